from odoo import api, fields, models
from odoo.fields import Domain


class MemberBenefitFigures(models.AbstractModel):
    """How many members have a benefit, and how many used it: on its own form."""

    _name = "member.benefit.figures"
    _description = "Figures of a Benefit"

    preset_line_id = fields.Many2one(
        comodel_name="member.benefit.preset.line",
        string="From the Usual Set",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    entitled_count = fields.Integer(
        string="Members Who Have It", compute="_compute_entitled_count"
    )
    never_used_count = fields.Integer(
        string="Never Used It", compute="_compute_entitled_count"
    )
    use_count = fields.Integer(
        string="Uses", compute="_compute_use_count", help="Of all time."
    )

    def _compute_entitled_count(self):
        Entitlement = self.env["member.benefit.entitlement"]
        mine = Domain("benefit_id", "in", self.ids)
        everybody = self._count_by_benefit(Entitlement, mine)
        never = self._count_by_benefit(
            Entitlement, mine & Domain("last_used_on", "=", False)
        )
        for benefit in self:
            benefit.entitled_count = everybody.get(benefit._origin.id, 0)
            benefit.never_used_count = never.get(benefit._origin.id, 0)

    def _compute_use_count(self):
        uses = self._count_by_benefit(
            self.env["member.benefit.usage"],
            Domain("benefit_id", "in", self.ids),
            "quantity:sum",
        )
        for benefit in self:
            benefit.use_count = uses.get(benefit._origin.id, 0)

    @api.model
    def _count_by_benefit(self, records, domain, aggregate="__count"):
        """Return a number of records for each benefit id."""
        groups = records._read_group(domain, ["benefit_id"], [aggregate])
        return {benefit.id: count for benefit, count in groups}

    def action_open_entitlements(self):
        """Open the members who have this benefit."""
        return self._open_of_benefit("member_benefit_entitlement_action", {})

    def action_open_never_used(self):
        """Open the members who have this benefit and never used it."""
        return self._open_of_benefit(
            "member_benefit_entitlement_action", {"search_default_never_used": 1}
        )

    def action_open_uses(self):
        """Open the uses of this benefit."""
        return self._open_of_benefit("member_benefit_usage_action", {})

    def _open_of_benefit(self, xml_id, context):
        """Return an action, for what is of this benefit only."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"member_loyalty.{xml_id}"
        )
        action["domain"] = [("benefit_id", "=", self.id)]
        action["context"] = context
        return action
