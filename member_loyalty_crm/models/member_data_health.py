from odoo import api, fields, models
from odoo.exceptions import AccessError

OFFICER = "member_loyalty.member_loyalty_group_officer"


class MemberDataHealth(models.Model):
    """How good the data of a program's members was on a day."""

    _name = "member.data.health"
    _description = "Data Health Report"
    _order = "taken_on desc, id desc"

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True
    )
    taken_on = fields.Date(string="Day", required=True, readonly=True)
    line_ids = fields.One2many(
        comodel_name="member.data.health.line", inverse_name="health_id", readonly=True
    )

    _one_per_day = models.UniqueIndex("(program_id, taken_on)")

    @api.depends("program_id", "taken_on")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for health in self:
            day = fields.Date.to_string(health.taken_on) or ""
            health.display_name = f"{health.program_id.name or ''} {day}".strip()

    @api.model
    def _cron_take_health(self):
        """Take the report of each program, and mail it to whom that is wished."""
        cron = self.env["ir.cron"]
        programs = self.env["member.program"].sudo().search([("active", "=", True)])
        cron._commit_progress(remaining=len(programs))
        for program in programs:
            health = program.with_company(program.company_id)._take_health()
            health._mail()
            if not cron._commit_progress(1):
                break

    def action_take_now(self):
        """Take the report of the company's first program now and open it.

        :raises AccessError: for others than officers
        """
        if not self.env.user.has_group(OFFICER):
            raise AccessError(
                self.env._("Only membership officers take reports on the data.")
            )
        program = self.env["member.program"]._get_first_program(self.env.company)
        health = program.sudo()._take_health().with_env(self.env)
        return health._get_records_action(name=self.env._("Data Health"))

    def action_open_history(self):
        """Open how the figures of the program changed from report to report."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty_crm.member_data_health_line_action"
        )
        action["domain"] = [("program_id", "=", self.program_id.id)]
        return action

    def _mail(self):
        """Mail the report to those whom the program names, in their language."""
        self.ensure_one()
        readers = self.program_id.health_user_ids.filtered(
            lambda user: (
                user.active and user.email and self.company_id in user.company_ids
            )
        )
        for user in readers:
            self.with_context(lang=user.lang).with_user(user).sudo()._mail_to(user)

    def _mail_to(self, user):
        """Mail the report to one user."""
        body = self.env["ir.qweb"]._render(
            "member_loyalty_crm.member_data_health_mail", {"health": self}
        )
        self.env["mail.mail"].create(
            {
                "subject": self.env._(
                    "Data health of %(program)s", program=self.program_id.name
                ),
                "body_html": body,
                "email_from": self.company_id.email_formatted
                or self.env.user.email_formatted,
                "recipient_ids": [fields.Command.link(user.partner_id.id)],
                "auto_delete": True,
            }
        )
