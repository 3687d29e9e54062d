from odoo import api, fields, models
from odoo.exceptions import UserError


class MemberActivityRecording(models.TransientModel):
    """Enters what a member did and no document tells, such as a referral.

    Seam: another module adds its kinds to ``kind`` here and to ``member.activity``.
    """

    _name = "member.activity.recording"
    _description = "Record Activity"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Member",
        required=True,
        default=lambda self: self._default_partner_id(),
    )
    kind = fields.Selection(
        selection=[("referral", "Referral")], required=True, default="referral"
    )
    date = fields.Date(
        required=True, default=lambda self: self.env.company._member_today()
    )
    quantity = fields.Integer(
        required=True, default=1, help="How often it happened on that day."
    )
    reason = fields.Char(required=True)

    @api.model
    def _default_partner_id(self):
        if self.env.context.get("active_model") == "member.membership":
            membership = self.env["member.membership"].browse(
                self.env.context.get("active_id")
            )
            return membership.partner_id
        return self.env["res.partner"]

    def action_record(self):
        """Record the activity; it counts at once.

        :raises AccessError: for anyone but officers
        :raises UserError: when it is of the future, of nobody, or no times at all
        """
        self.ensure_one()
        self._check_is_recordable()
        self.env["member.activity"]._record(
            self.company_id,
            self.partner_id,
            {
                "kind": self.kind,
                "date": self.date,
                "quantity": self.quantity,
                "reason": self.reason,
                "source_key": f"{self._name},{self.id}",
            },
        )
        return True

    def _check_is_recordable(self):
        if self.date > self.company_id._member_today():
            raise UserError(
                self.env._(
                    "%(day)s has not come yet. Choose the day on which it happened.",
                    day=fields.Date.to_string(self.date),
                )
            )
        if self.quantity < 1:
            raise UserError(
                self.env._(
                    "Say how often it happened, at least once. To take something"
                    " back, reverse its activity."
                )
            )
        if not self._find_memberships():
            raise UserError(
                self.env._(
                    "%(contact)s is no member. Enrol the contact first, then record"
                    " what it did.",
                    contact=self.partner_id.display_name,
                )
            )

    def _find_memberships(self):
        """Find a membership that this counts for, of the contact or its company."""
        members = self.partner_id | self.partner_id.commercial_partner_id
        return self.env["member.membership"].search(
            [
                ("partner_id", "in", members.ids),
                ("company_id", "=", self.company_id.id),
            ],
            limit=1,
        )
