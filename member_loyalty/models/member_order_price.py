from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.benefit_use import Use
from .member_benefit_price import PRICE_KINDS


class MemberOrderPrice(models.AbstractModel):
    """An order at member prices: who may have them, and what they save."""

    _name = "member.order.price"
    _description = "Member Prices on an Order"

    currency_id = fields.Many2one(comodel_name="res.currency")
    member_saving = fields.Monetary(
        compute="_compute_member_saving",
        help="What the lines are cheaper by because the customer is a member.",
    )
    member_has_member_price = fields.Boolean(compute="_compute_member_saving")

    @api.depends("order_line.member_saving", "pricelist_id")
    def _compute_member_saving(self):
        for order in self:
            is_priced = order.pricelist_id._is_for_members()
            order.member_has_member_price = is_priced
            order.member_saving = (
                sum(order.order_line.mapped("member_saving")) if is_priced else 0
            )

    @api.constrains("pricelist_id", "partner_id", "company_id")
    def _check_member_pricelist(self):
        for order in self:
            pricelist = order.pricelist_id
            if not pricelist._is_for_members() or not order.partner_id:
                continue
            company = order.company_id or self.env.company
            if not pricelist.with_company(company)._is_entitled(order.partner_id):
                raise ValidationError(
                    self.env._(
                        "%(customer)s has no right to the price list %(pricelist)s:"
                        " only members with the benefit get it. Choose another price"
                        " list, or let a manager grant the benefit by a tier or tag.",
                        customer=order.partner_id.display_name,
                        pricelist=pricelist.sudo().name,
                    )
                )

    def _get_normal_pricelist(self):
        """Return the price list that the customer would have without membership."""
        self.ensure_one()
        company = self.company_id or self.env.company
        lists = self.env["product.pricelist"].with_company(company)
        customer = self.partner_id
        return lists._get_normal_pricelists(customer._ids).get(customer.id, lists)

    def copy(self, default=None):
        """Override of `sale`: a copy has the prices that its customer has today.

        Whoever lost a member price list does not get it back by a copy.
        """
        if not any(order.pricelist_id._is_for_members() for order in self):
            return super().copy(default)
        copies = self.browse()
        for order in self:
            instead = order._get_pricelist_instead(default or {})
            if instead is None:
                copies |= super(MemberOrderPrice, order).copy(default)
                continue
            values = {**(default or {}), "pricelist_id": instead.id}
            copied = super(MemberOrderPrice, order).copy(values)
            copied._recompute_prices()
            copies |= copied
        return copies

    def _get_pricelist_instead(self, default):
        """Return the price list for a copy, None when it may keep what it has."""
        self.ensure_one()
        if not self.pricelist_id._is_for_members() or "pricelist_id" in default:
            return None
        partner = self.env["res.partner"].browse(
            default.get("partner_id", self.partner_id.id)
        )
        company = self.company_id or self.env.company
        if self.pricelist_id.with_company(company)._is_entitled(partner):
            return None
        return partner.with_company(company).property_product_pricelist

    def _get_benefit_uses_due(self):
        """Override of `member.order.benefit`: a confirmed order at member prices."""
        due = super()._get_benefit_uses_due()
        if self.state != "sale" or not self.pricelist_id._is_for_members():
            return due
        saved = sum(line._get_untaxed_saving() for line in self.order_line)
        membership, benefit = self._find_price_benefit()
        if membership and self.currency_id.compare_amounts(saved, 0) > 0:
            cost = self._get_benefit_cost_in_company_currency(saved)
            due[membership, benefit] = Use(1, cost)
        return due

    def _find_price_benefit(self):
        """Return the membership and the benefit by which the order has its prices.

        Who had the benefit when the quotation was made, and no more when it was
        confirmed, has used it all the same.
        """
        for membership, benefit in self._get_granted_benefits(*PRICE_KINDS):
            if benefit._get_pricelist() == self.pricelist_id.sudo():
                return membership, benefit
        benefits = (
            self.env["member.benefit"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("kind", "in", PRICE_KINDS),
                    "|",
                    ("pricelist_id", "=", self.pricelist_id.id),
                    ("own_pricelist_id", "=", self.pricelist_id.id),
                ]
            )
        )
        for benefit in benefits:
            membership = self._get_benefit_membership(benefit)
            if membership and benefit._get_pricelist() == self.pricelist_id.sudo():
                return membership, benefit
        return self._find_booked_price_benefit()

    def _find_booked_price_benefit(self):
        """Return by what the order was booked, whatever the benefit gives today."""
        usages = (
            self.env["member.benefit.usage"]
            .sudo()
            .search(
                [
                    ("source_model", "=", self._name),
                    ("source_id", "=", self.id),
                    ("benefit_id.kind", "in", PRICE_KINDS),
                ]
            )
        )
        for benefit, of_benefit in usages.grouped("benefit_id").items():
            if sum(of_benefit.mapped("quantity")) > 0:
                return of_benefit[0].membership_id._get_current(), benefit
        return None, None
