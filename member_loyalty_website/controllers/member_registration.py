from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome


class MemberRegistration(AuthSignupHome):
    """Asks for consent where buyers register, with boxes that nobody ticked for them.

    Who signs in by another service, such as Google, agreed to nothing with that.
    """

    def get_auth_signup_qcontext(self):
        """Override of `auth_signup` to show what is asked at registration."""
        values = super().get_auth_signup_qcontext()
        if self._is_registering():
            purposes = self._find_asked_purposes()
            values["member_purposes"] = purposes
            values["member_ticked"] = self._get_ticked(purposes)
        return values

    def do_signup(self, qcontext, do_login=True):
        """Override of `auth_signup` to refuse who did not agree where that is required.

        :raises UserError: when a box is not ticked without which nobody registers
        """
        country = request.env["res.country"]
        if code := request.geoip.country_code:
            country = country.sudo().search([("code", "=", code)], limit=1)
        purposes = qcontext.get("member_purposes") or ()
        for purpose in purposes:
            if (
                purpose.registration == "required"
                and purpose not in qcontext["member_ticked"]
                and purpose._is_demanded_in(country)
            ):
                raise UserError(
                    request.env._(
                        "To register, please read “%(purpose)s” and tick its box: where"
                        " you live, we may not go on without it.",
                        purpose=purpose.version_id.title,
                    )
                )
        return super().do_signup(qcontext, do_login)

    def _signup_with_values(self, token, values, do_login):
        """Override of `auth_signup` to write down what was ticked.

        What protects documents has to be signed: with the name that is registered, as
        the form says beside the box.
        """
        result = super()._signup_with_values(token, values, do_login)
        if not self._is_registering():
            return result
        user = (
            request.env["res.users"]
            .sudo()
            .search([("login", "=", values.get("login"))], limit=1)
        )
        partner = user.partner_id.with_user(user).sudo()
        for purpose in self._get_ticked(self._find_asked_purposes()):
            proof = {"signature": partner.name} if purpose.level_ids else {}
            partner.with_context(lang=request.env.lang)._set_consent(
                purpose.code, True, "registration", purpose.company_id, **proof
            )
        return result

    def _is_registering(self):
        """Tell whether this is the form to register, not that for a new password."""
        return request.httprequest.path.rstrip("/").endswith("/web/signup") and bool(
            getattr(request, "website", None)
        )

    def _find_asked_purposes(self):
        """Return the purposes that this website asks for at registration."""
        purposes = request.env["member.consent.purpose"]
        found = purposes._find_asked(request.website.company_id)
        return found.filtered(lambda one: one.registration != "no").with_context(
            lang=request.env.lang
        )

    def _get_ticked(self, purposes):
        """Return the purposes whose boxes were ticked, for the words of today."""
        return purposes.filtered(
            lambda one: (
                request.params.get(f"consent_{one.id}") == str(one.version_id.id)
            )
        )
