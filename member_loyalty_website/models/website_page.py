import re

from odoo import api, models

from .member_inquiry_login import COUNT

_COUNTER = re.compile(
    r'<li data-member-inquiry="0" class="(?P<item>[^"]*?)\s*d-none"(?P<rest>[^>]*)>'
    r"(?P<link>.*?)(?P<badge><sup[^>]*>)0</sup>",
    re.DOTALL,
)


class WebsitePage(models.Model):
    """A page that is kept, with the visitor's own number of lines in its header."""

    _inherit = "website.page"

    @api.model
    def _allow_cache_insertion(self, layout):
        """Override of `website`: no page with somebody's own number is kept."""
        is_own = "data-member-inquiry=" in layout and (
            layout.count("data-member-inquiry=")
            != layout.count('data-member-inquiry="0"')
        )
        return not is_own and super()._allow_cache_insertion(layout)

    @api.model
    def _post_process_response_from_cache(self, request, response):
        """Override of `website` to show this visitor's number of lines."""
        result = super()._post_process_response_from_cache(request, response)
        if count := int(request.session.get(COUNT, 0)):
            html = response.response[0]
            response.response = [
                _COUNTER.sub(
                    rf'<li data-member-inquiry="{count}" class="\g<item>"\g<rest>>'
                    rf"\g<link>\g<badge>{count}</sup>",
                    html,
                )
            ]
        return result
