from odoo import models
from odoo.http import request

from ..queries import behaviour as queries
from .member_website_interest import VISITOR_KEY


class MemberInterestUser(models.AbstractModel):
    """A visitor who logs in, and is known from then on.

    What the suite assumes of Odoo here: every way to log in, sign-up too, goes through
    ``authenticate``, and keeps the session's values.
    """

    _name = "member.interest.user"
    _description = "User with Interests"

    def authenticate(self, credential, user_agent_env):
        """Override of `base`: what a visitor looked at was looked at by the contact."""
        auth_info = super().authenticate(credential, user_agent_env)
        key = request and request.session.pop(VISITOR_KEY, None)
        if key and auth_info.get("uid"):
            user = self.env["res.users"].sudo().browse(auth_info["uid"])
            user._take_visitor_interests(key)
        return auth_info

    def _take_visitor_interests(self, key):
        """Take over what was noted of a visitor; forget it where it may not be kept."""
        self.ensure_one()
        contact, condition = self.partner_id, queries.of_visitor(key)
        if self._is_internal() or contact._get_interest_consent() == "refused":
            contact._forget_interests(condition)
        else:
            contact._take_interests(condition)

    def _deactivate_portal_user(self, **post):
        """Override of `base`: whoever deletes their account is forgotten."""
        contacts = self.partner_id
        result = super()._deactivate_portal_user(**post)
        contacts._forget_interests()
        return result
