from odoo import fields, models

from ..logic.notification import Notice


class MemberBenefitReminder(models.Model):
    """A member was told that something unused ends soon: once for each end."""

    _name = "member.benefit.reminder"
    _description = "Reminder of a Benefit"
    _log_access = False
    _order = "id desc"
    _rec_name = "benefit_id"

    benefit_id = fields.Many2one(
        comodel_name="member.benefit",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    membership_id = fields.Many2one(
        comodel_name="member.membership",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    program_id = fields.Many2one(
        comodel_name="member.program", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="restrict"
    )
    issue_id = fields.Many2one(
        comodel_name="member.benefit.gift.issue",
        string="Gift",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    ends_on = fields.Date(required=True, readonly=True)
    available = fields.Integer(
        string="Left", readonly=True, help="How often it could still be used then."
    )

    _once = models.UniqueIndex(
        "(membership_id, benefit_id, ends_on, COALESCE(issue_id, 0))"
    )

    def _tell(self):
        """Tell members what they have not used yet, and until when they can."""
        for program, reminders in self.grouped("program_id").items():
            self.env["member.notification"]._notify(
                "benefit_expiring",
                [reminder._get_notice() for reminder in reminders],
                program,
            )

    def _get_notice(self):
        """Return what there is to tell."""
        self.ensure_one()
        return Notice(
            self.partner_id.id,
            f"reminder,{self.id}",
            {
                "benefit": self._say("name"),
                "text": self._say("member_text"),
                "how": self._say("usage_text"),
                "code": self.issue_id.code or "",
                "left": self.available if not self.issue_id else "",
                "until": self.ends_on,
            },
            source=("member.benefit", self.benefit_id.id),
        )

    def _say(self, name):
        """Return a function that reads a text of the benefit in a language."""
        return lambda env: self.with_env(env).sudo().benefit_id[name]
