from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from ..logic.price_rules import unit_saving


class MemberOrderLinePrice(models.AbstractModel):
    """A line at a member price: what it would cost without, and what that saves."""

    _name = "member.order.line.price"
    _description = "Member Price on an Order Line"

    currency_id = fields.Many2one(comodel_name="res.currency")
    member_normal_price = fields.Float(
        string="Normal Price",
        min_display_digits="Product Price",
        compute="_compute_member_price",
        store=True,
        precompute=True,
        copy=False,
        help="What a unit would cost if the customer were no member.",
    )
    member_saving = fields.Monetary(
        string="Saved as Member",
        compute="_compute_member_price",
        store=True,
        precompute=True,
        copy=False,
        help="What the line is cheaper by because the customer is a member.",
    )

    def _auto_init(self):
        """Leave the lines there are as they are: no member had a price so far."""
        for name, kind in (
            ("member_normal_price", "float8"),
            ("member_saving", "numeric"),
        ):
            if self._auto and not column_exists(self.env.cr, self._table, name):
                create_column(self.env.cr, self._table, name, kind)
        return super()._auto_init()

    @api.depends(
        *("product_id", "product_uom_id", "product_uom_qty", "price_unit", "discount"),
        "order_id.pricelist_id",
    )
    def _compute_member_price(self):
        for order, lines in self.grouped("order_id").items():
            priced = lines.filtered(
                lambda line: (
                    line.order_id.pricelist_id._is_for_members()
                    and line._may_have_member_price()
                )
            )
            (lines - priced).member_normal_price = 0
            (lines - priced).member_saving = 0
            if priced:
                priced._keep_normal_prices(order._get_normal_pricelist())

    def _may_have_member_price(self):
        """Tell whether the line's price comes from a price list at all."""
        self.ensure_one()
        return bool(
            self.product_id
            and not self.display_type
            and not self.is_downpayment
            and not self.reward_id
            and not self.sudo().member_benefit_id
            and not self.combo_item_id
            and self.product_type != "combo"
            and not self._is_delivery()
        )

    def _keep_normal_prices(self, normal_pricelist):
        """Keep what units cost without membership, where that is more."""
        for line in self:
            normal = line._get_unit_price_by(normal_pricelist)
            member = line._get_unit_price_by(line.order_id.pricelist_id)
            currency = line.currency_id or line.company_id.currency_id
            saved = unit_saving(normal, member, line._get_paid_unit_price())
            saving = currency.round(saved * line.product_uom_qty)
            line.member_saving = saving
            line.member_normal_price = normal if saved and saving else 0

    def _get_unit_price_by(self, pricelist):
        """Return what a unit of the line costs by a price list.

        As Odoo computes a line's unit price: in the order's currency and the line's
        unit of measure, with taxes where its own price has them.
        """
        self.ensure_one()
        line = self.with_company(self.company_id)
        product = line.product_id.with_context(**line._get_product_price_context())
        return line.product_id._get_tax_included_unit_price_from_price(
            pricelist.with_company(line.company_id)._get_product_price(
                product, **line._get_pricelist_kwargs()
            ),
            product_taxes=line.product_id.taxes_id._filter_taxes_by_company(
                line.company_id
            ),
            fiscal_position=line.order_id.fiscal_position_id,
        )

    def _get_paid_unit_price(self):
        """Return the unit price after the line's discount."""
        self.ensure_one()
        return self.price_unit * (1 - (self.discount or 0) / 100)

    def _is_priced_by_hand(self):
        """Tell whether somebody entered the price or a discount of the line."""
        self.ensure_one()
        currency = self.currency_id or self.company_id.currency_id
        if currency.compare_amounts(self.technical_price_unit, self.price_unit):
            return True
        return bool(self.discount) and not self.pricelist_item_id._show_discount()

    def _get_untaxed_saving(self):
        """Return what the line saves, without taxes that are part of its price."""
        self.ensure_one()
        paid = self._get_paid_unit_price() * self.product_uom_qty
        return self.member_saving * (self.price_subtotal / paid if paid else 1)
