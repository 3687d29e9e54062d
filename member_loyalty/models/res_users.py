from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def signup(self, values, token=None):
        """Override of `auth_signup` to make members of those who sign up."""
        login, password = super().signup(values, token=token)
        user = self.sudo().search([("login", "=", login)], limit=1)
        programs = self.env["member.program"]._get_company_programs(self.env.company)
        if user and not user._is_internal():
            for program in programs.filtered("enroll_on_signup"):
                program._enroll_partners(user.partner_id, "signup")
        return login, password
