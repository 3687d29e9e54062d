from odoo.http import Controller, request

from ..logic.inquiry_list import MOST_OF_ONE
from ..models.member_inquiry_login import COUNT, TOKEN

URL = "/shop/inquiry"
# how often in how many minutes
LIMITS = {
    "inquiry_add": (200, 10),
    "inquiry_send": (10, 60),
    "inquiry_mail": (5, 24 * 60),
}


class MemberInquiryBase(Controller):
    """What the pages of an inquiry list share: who is asking, and how often."""

    def _get_buyer(self):
        """Return the contact who is signed in; empty for a visitor."""
        user = request.env.user
        return user.partner_id.browse() if user._is_public() else user.partner_id

    def _get_token(self):
        """Return the token of the visitor's list, which is in the session."""
        token = request.session.get(TOKEN)
        return token if isinstance(token, str) else ""

    def _find(self):
        """Return the list of who is asking, with rights; may be none."""
        lists = request.env["member.inquiry.list"].sudo()
        return lists._find_open(
            request.website.sudo(), self._get_buyer(), self._get_token()
        )

    def _remember(self, found):
        """Keep in the session whose list it is, and how many lines the header shows."""
        if not found.partner_id:
            request.session[TOKEN] = found.token
        request.session[COUNT] = len(found.line_ids)

    def _refuse(self):
        """Answer who looks for a list where there is none."""
        website = request.website
        if website.member_inquiry_enabled and not website.has_ecommerce_access():
            return request.redirect(f"/web/login?redirect={URL}")
        raise request.not_found()

    def _get_today(self):
        return request.website.sudo().company_id._member_today()

    def _get_address(self):
        """Return what a visitor is counted by."""
        buyer = self._get_buyer()
        return f"partner {buyer.id}" if buyer else request.httprequest.remote_addr

    def _take(self, action, who):
        """Count an attempt; tell whether it is still within its limit."""
        attempts = request.env["member.attempt"].sudo()
        return attempts._take(action, who, *LIMITS[action])

    def _get_messages(self):
        """Return the sentences about what can go wrong, by code."""
        return {
            "quantity": request.env._(
                "Please enter quantities as numbers above 0 and up to %(most)s, with a"
                " point before decimals. The other quantities were left as they were.",
                most=MOST_OF_ONE,
            ),
            "full": request.env._(
                "Your list is full. Please send it, then begin another one."
            ),
            "limit": request.env._(
                "That was often in a short time. Please try again later."
            ),
            "robot": request.env._(
                "A field that people do not see was filled in. Please clear what your"
                " browser filled in by itself, and send again."
            ),
        }
