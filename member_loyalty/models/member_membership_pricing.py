from odoo import fields, models


class MemberMembershipPricing(models.AbstractModel):
    """The quotations of a member that were made at other prices than today's."""

    _name = "member.membership.pricing"
    _description = "Prices of a Member"

    quotation_to_reprice_count = fields.Integer(
        string="Quotations to Re-price",
        compute="_compute_quotation_to_reprice_count",
        help="Quotations whose price list is not the one that the member has today.",
    )

    def _compute_quotation_to_reprice_count(self):
        for membership in self:
            quotations = membership._find_quotations_to_reprice()
            membership.quotation_to_reprice_count = len(quotations)

    def write(self, vals):
        """Ask again who has which price list when tiers change."""
        result = super().write(vals)
        if {"tier_id", "active"} & vals.keys():
            self.env["res.partner"]._forget_prices()
        return result

    def _find_quotations_to_reprice(self):
        """Return the member's quotations that have another price list than today's."""
        self.ensure_one()
        Order = self.env["sale.order"]
        member = self.partner_id
        if not member or not Order.has_access("read"):
            return Order
        buyers = "child_of" if self.program_id.member_level == "commercial" else "="
        quotations = Order.search(
            [
                ("partner_id", buyers, member.id),
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("draft", "sent")),
            ]
        )
        return quotations._filter_to_reprice()

    def action_open_quotations_to_reprice(self):
        """Open the quotations whose prices are no longer the member's."""
        self.ensure_one()
        quotations = self._find_quotations_to_reprice()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Quotations to Re-price"),
            "res_model": "sale.order",
            "view_mode": "list,form",
            "domain": [("id", "in", quotations.ids)],
            "help": self.env._("All quotations have the prices that the member has."),
        }
