from odoo import api, fields, models

from .member_tier_appeal import OPEN_STATES


class MemberMembershipAppeal(models.AbstractModel):
    """The appeals of a member, and the promise that runs."""

    _name = "member.membership.appeal"
    _description = "Appeals of a Member"

    appeal_ids = fields.One2many(
        comodel_name="member.tier.appeal",
        inverse_name="membership_id",
        readonly=True,
    )
    appeal_count = fields.Integer(
        string="Number of Appeals", compute="_compute_appeal_count"
    )
    currency_id = fields.Many2one(comodel_name="res.currency")
    promise_id = fields.Many2one(
        comodel_name="member.tier.appeal",
        compute="_compute_promise",
        help="The appeal whose promise is tracked now.",
    )
    promise_until = fields.Date(string="Promised until", compute="_compute_promise")
    promised_amount = fields.Monetary(compute="_compute_promise")
    promise_bought_amount = fields.Monetary(string="Bought", compute="_compute_promise")
    promise_missing_amount = fields.Monetary(
        string="Missing", compute="_compute_promise"
    )
    promise_percentage = fields.Integer(
        string="Promise Kept", compute="_compute_promise"
    )

    def _compute_appeal_count(self):
        counts = dict(
            self.env["member.tier.appeal"]._read_group(
                [("membership_id", "in", self.ids)], ["membership_id"], ["__count"]
            )
        )
        for membership in self:
            membership.appeal_count = counts.get(membership._origin, 0)

    @api.depends(
        "appeal_ids.state", "appeal_ids.promised_amount", "appeal_ids.wished_until"
    )
    def _compute_promise(self):
        for membership in self:
            appeal = membership.appeal_ids.filtered(
                lambda appeal: appeal.state == "granted"
            )[:1]
            membership.promise_id = appeal
            membership.promise_until = appeal.wished_until
            membership.promised_amount = appeal.promised_amount
            membership.promise_bought_amount = appeal.bought_amount
            membership.promise_missing_amount = appeal.missing_amount
            membership.promise_percentage = appeal.promise_percentage

    def write(self, vals):
        """Withdraw the appeals of memberships that end."""
        result = super().write(vals)
        if vals.get("active") is False:
            self._get_open_appeals()._withdraw(
                self.env._("Withdrawn: the membership has ended.")
            )
        return result

    def action_appeal(self):
        """Open the appeal that is open, or a new one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Appeal"),
            "res_model": "member.tier.appeal",
            "view_mode": "form",
            "res_id": self._get_open_appeals()[:1].id,
            "context": {"default_membership_id": self.id},
        }

    def action_open_appeals(self):
        """Open all appeals of the member."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_tier_appeal_action"
        )
        action["domain"] = [("membership_id", "=", self.id)]
        action["context"] = {"default_membership_id": self.id}
        return action

    def _get_open_appeals(self):
        """Return the appeals that are not over yet, one per member at most."""
        return self.sudo().appeal_ids.filtered(
            lambda appeal: appeal.state in OPEN_STATES
        )

    def _give_appeals_to(self, heir):
        """Let one open appeal go on when memberships become that of ``heir``.

        A promise that runs comes first, the one for the highest tier; then the heir's
        own appeal, then the oldest.
        """
        ranks = heir.program_id._get_tiers().ids
        appeals = (self | heir)._get_open_appeals()
        appeals = appeals.sorted(
            lambda appeal: (
                appeal.state != "granted",
                appeal.state == "granted" and -ranks.index(appeal.tier_id.id),
                appeal.membership_id != heir,
                appeal.id,
            )
        )
        appeals[1:]._withdraw(
            self.env._("Withdrawn: the contact was merged with another member.")
        )
        # one open appeal per member: the database has to know of those first
        appeals.flush_recordset()
        appeals[:1].filtered(
            lambda appeal: appeal.membership_id != heir
        ).membership_id = heir
