from decimal import Decimal

from odoo import fields, models

from odoo.addons.member_loyalty.logic.benefit_use import Use

KIND = "priority_delivery"


class MemberOrderPriority(models.AbstractModel):
    """Whether the transfers of an order go first: decided when it is confirmed.

    What becomes of the customer's tier later changes no order that is under way.
    """

    _name = "member.order.priority"
    _description = "Priority of an Order's Transfers"

    member_priority_benefit_id = fields.Many2one(
        comodel_name="member.benefit",
        string="Delivered First by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The benefit by which the transfers of this order go first.",
    )

    def write(self, vals):
        """Override of `sale` to decide as orders are confirmed."""
        if vals.get("state") == "sale":
            for order in self.filtered(lambda order: order.state != "sale"):
                order._keep_priority()
        return super().write(vals)

    def _keep_priority(self):
        """Remember by which benefit the order is delivered first, if by any."""
        self.ensure_one()
        benefit = self._find_priority_benefit()
        if benefit != self.sudo().member_priority_benefit_id:
            self.sudo().member_priority_benefit_id = benefit

    def _find_priority_benefit(self):
        """Return the benefit that gives priority to what this order delivers."""
        self.ensure_one()
        none = self.env["member.benefit"]
        granted = self._get_granted_benefits(KIND)
        if not granted:
            return none
        goods = self.order_line.product_id.filtered(lambda one: one.type == "consu")
        for membership, benefit in granted:
            day = benefit.company_id._member_today()
            if any(benefit._covers_product(product) for product in goods) and (
                benefit._get_available(membership, day) != 0
            ):
                return benefit
        return none

    def _get_benefit_uses_due(self):
        """Override: a confirmed order uses the benefit once."""
        due = super()._get_benefit_uses_due()
        benefit = self.sudo().member_priority_benefit_id
        if self.state != "sale" or not benefit:
            return due
        if membership := self._get_benefit_membership(benefit):
            due[membership, benefit] = Use(1, Decimal(str(benefit.cost)))
        return due
