from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def signup(self, values, token=None):
        """Override of `auth_signup` to make members of those who sign up.

        Odoo also calls it for a new password: who logged in before is left alone. The
        company is that of the user, which the website where they sign up sets.
        """
        login, password = super().signup(values, token=token)
        user = self.sudo().search([("login", "=", login)], limit=1)
        if user and not user.login_date and not user._is_internal():
            programs = self.env["member.program"]._get_company_programs(user.company_id)
            for program in programs.filtered("enroll_on_signup"):
                joined = program._enroll_partners(user.partner_id, "signup")
                program._let_members_rise(joined.partner_id.ids)
        return login, password
