from odoo import models
from odoo.http import request

TOKEN = "member_inquiry_token"
COUNT = "member_inquiry_count"


class MemberInquiryLogin(models.AbstractModel):
    """A visitor with an inquiry list who signs in.

    What we assume of Odoo: every way to sign in comes by ``authenticate``, and what
    the session held before is still in it.
    """

    _name = "member.inquiry.login"
    _description = "Inquiry List of Who Signs In"

    def authenticate(self, credential, user_agent_env):
        """Override of `base` to give the visitor's inquiry list to the buyer."""
        auth_info = super().authenticate(credential, user_agent_env)
        if request and auth_info.get("uid"):
            self._take_inquiry_list_along(auth_info["uid"])
        return auth_info

    def _take_inquiry_list_along(self, user_id):
        """Merge the list of this session into the buyer's, and count its lines."""
        token = request.session.get(TOKEN)
        website = self.env["website"].sudo().get_current_website()
        if not (website.member_inquiry_enabled or token):
            return
        buyer = self.env["res.users"].sudo().browse(user_id).partner_id
        lists = self.env["member.inquiry.list"].sudo()
        if token:
            lists._merge_at_login(token, buyer)
            request.session.pop(TOKEN)
        own = lists._find_open(website, buyer, "")
        request.session[COUNT] = len(own.line_ids)
