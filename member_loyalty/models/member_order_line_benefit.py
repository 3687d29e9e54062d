from odoo import fields, models

from ..logic.benefit_lines import Line


class MemberOrderLineBenefit(models.AbstractModel):
    """A line that is there because of a benefit, or is free because of one."""

    _name = "member.order.line.benefit"
    _description = "Benefit on an Order Line"

    member_benefit_id = fields.Many2one(
        comodel_name="member.benefit",
        string="Benefit",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The benefit by which the line is there.",
    )
    member_benefit_part = fields.Char(
        readonly=True,
        copy=False,
        help="Set on lines that come and go by themselves; tells them apart.",
    )
    member_is_uncounted = fields.Boolean(
        readonly=True,
        copy=False,
        help="The line is no purchase: it counts neither for tiers nor for points.",
    )

    def _get_benefit_line(self):
        """Return the line as ``Line`` of ``logic``, worth what it comes to now.

        Whoever changes its quantity, such as in a cart, finds it set right again.
        """
        self.ensure_one()
        return Line(
            self.member_benefit_id.id,
            self.member_benefit_part,
            self.name,
            self.price_unit * self.product_uom_qty,
            tuple(self.tax_ids.ids),
        )

    def _get_benefit_cost(self):
        """Return what a free product costs, in company currency."""
        self.ensure_one()
        product = self.product_id.with_company(self.company_id)
        cost = self.member_benefit_id.cost or product.standard_price
        return cost * self.product_uom_qty

    def _get_display_price(self):
        """Override of `sale`: lines of benefits keep the price that they came with."""
        if self.sudo().member_benefit_id:
            return self.price_unit
        return super()._get_display_price()

    def _compute_name(self):
        """Override of `sale`: lines of benefits keep their words."""
        ours = self.filtered(lambda line: line.sudo().member_benefit_id and line.name)
        return super(MemberOrderLineBenefit, self - ours)._compute_name()

    def _compute_discount(self):
        """Override of `sale`: lines of benefits have no discount beside."""
        ours = self.filtered(lambda line: line.sudo().member_benefit_id)
        return super(MemberOrderLineBenefit, self - ours)._compute_discount()

    def _compute_tax_ids(self):
        """Override of `sale`: lines that come by themselves keep their taxes."""
        ours = self.filtered("member_benefit_part")
        return super(MemberOrderLineBenefit, self - ours)._compute_tax_ids()
