from odoo import api, models
from odoo.http import request

CODE = "member_referral_code"  # in what signs up, and in the session
COOKIE = "member_referral"
COOKIE_DAYS = 30


class MemberReferralSignup(models.AbstractModel):
    """Binds who registers to the member whose link or code brought them.

    Forms and other ways to register, such as OAuth, all come by ``signup``.
    """

    _name = "member.referral.signup"
    _description = "Registration by a Referral"

    @api.model
    def signup(self, values, token=None):
        """Override of `auth_signup` to write down who referred the new user."""
        typed = values.pop(CODE, None)
        if typed is None:
            typed = self._get_remembered_referral()
        login, password = super().signup(values, token=token)
        if typed:
            user = self.sudo().search(
                self._get_login_domain(login), order=self._get_login_order(), limit=1
            )
            if user and not user.login_date and not user._is_internal():
                user._bind_referral(typed)
        return login, password

    def _bind_referral(self, typed):
        """Write down that this user registered with a code, when it can be used."""
        self.ensure_one()
        company = self._get_member_seller()
        code = self.env["member.referral.code"]._find(typed, company)
        if code:
            referrals = self.env["member.referral"].sudo().with_company(company)
            referrals._bind(code, self.sudo().partner_id)
            self._forget_referral()

    @api.model
    def _get_remembered_referral(self):
        """Return the code that the visitor's browser came with, if any."""
        if not request:
            return ""
        return request.session.get(CODE) or request.cookies.get(COOKIE) or ""

    @api.model
    def _forget_referral(self):
        """Let the browser forget the code: it was used."""
        if request:
            request.session.pop(CODE, None)
            request.future_response.set_cookie(COOKIE, max_age=0)
