from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome
from odoo.addons.member_loyalty.logic import referral_code
from odoo.addons.web.controllers.home import SIGN_UP_REQUEST_PARAMS

from ..models.member_referral_signup import CODE

FIELD = "referral_code"
ATTEMPTS = 20
MINUTES = 10

SIGN_UP_REQUEST_PARAMS.add(FIELD)  # it stays in the form after a mistake


class MemberReferralSignup(AuthSignupHome):
    """Asks for the code of a member when somebody registers."""

    def get_auth_signup_qcontext(self):
        """Override of `auth_signup` to fill in the code that the visitor came with."""
        context = super().get_auth_signup_qcontext()
        if request.env["member.centre"]._has_referrals():
            context["asks_referral"] = True
            if FIELD not in context:
                typed = request.env["res.users"]._get_remembered_referral()
                code = referral_code.normalise(typed)
                context[FIELD] = referral_code.show(code) if code else ""
        return context

    def do_signup(self, qcontext, do_login=True):
        """Override of `auth_signup` to say that a code is wrong, before all else."""
        self._check_referral_code()
        return super().do_signup(qcontext, do_login=do_login)

    def _prepare_signup_values(self, qcontext):
        """Override of `auth_signup` to hand on what was typed, an empty field too."""
        values = super()._prepare_signup_values(qcontext)
        if FIELD in request.params:
            values[CODE] = self._get_typed_code()
        return values

    def _get_typed_code(self):
        typed = request.params.get(FIELD)
        return typed.strip() if isinstance(typed, str) else ""

    def _check_referral_code(self):
        """Let pass registrations with a code that can be used, or without one.

        :raises UserError: for all others alike; the attempt stays counted
        """
        typed = self._get_typed_code()
        if not typed or not request.env["member.centre"]._has_referrals():
            return
        visitor = request.httprequest.remote_addr or ""
        attempts = request.env["member.attempt"].sudo()
        if not attempts._take("referral_code", visitor, ATTEMPTS, MINUTES):
            raise UserError(
                request.env._(
                    "Too many codes were tried. Wait some minutes, or register without"
                    " a referral code."
                )
            )
        company = request.website.company_id
        if not request.env["member.referral.code"]._find(typed, company):
            raise UserError(
                request.env._(
                    "This referral code cannot be used. Look at it once more, or leave"
                    " the field empty."
                )
            )
