from decimal import Decimal

from odoo import fields, models

from ..logic.benefit_lines import Line
from ..logic.benefit_use import Use
from ..logic.order_reduction import ZERO, reduction_of, share


class MemberOrderReduction(models.AbstractModel):
    """The reduction of a member's first order: a line for each tax combination."""

    _name = "member.order.reduction"
    _description = "Reduction of a First Order"

    def _get_benefit_lines_due(self):
        """Override of `member.order.benefit` to reduce first orders."""
        return [*super()._get_benefit_lines_due(), *self._get_reduction_lines_due()]

    def _get_reduction_lines(self):
        """Return the lines that reduce this order."""
        return self.order_line.filtered(
            lambda line: (
                line.member_benefit_part
                and line.sudo().member_benefit_id.kind == "first_order"
            )
        )

    def _get_reduction_lines_due(self):
        """Return the lines by which this quotation is reduced, as ``Line``."""
        held = self._get_reduction_lines()
        if held and self._is_benefit_use_forced():
            return [line._get_benefit_line() for line in held]
        granted = self._get_granted_benefits("first_order")
        if not granted or self._has_earlier_order():
            return []
        day = (self.company_id or self.env.company)._member_today()
        for membership, benefit in granted:
            if benefit.quota and not benefit._get_available(membership, day):
                continue
            if shares := self._share_reduction(benefit):
                return [
                    self._get_reduction_line(benefit, tax_ids, amount)
                    for tax_ids, amount in shares.items()
                ]
        return []

    def _get_reduction_line(self, benefit, tax_ids, amount):
        reader = benefit.with_context(lang=self.partner_id.lang or self.env.lang)
        part = ",".join(str(tax_id) for tax_id in tax_ids)
        return Line(
            benefit.id, f"first_order,{part}", reader.name, -float(amount), tax_ids
        )

    def _share_reduction(self, benefit):
        """Return what a benefit takes off, by the ids of taxes, as decimals."""
        unit = Decimal(str(self.currency_id.rounding))
        bought = {}
        for line in self._get_bought_lines():
            if benefit._covers_product(line.product_id):
                taxes = tuple(sorted(line.tax_ids.ids))
                bought[taxes] = bought.get(taxes, ZERO) + self._get_paid_amount(line)
        bought = {taxes: amount for taxes, amount in bought.items() if amount > ZERO}
        day = fields.Date.to_date(self.date_order)
        total = reduction_of(
            benefit._get_reduction(self.currency_id, day),
            sum(bought.values(), ZERO),
            self._get_payable_amount(),
            unit,
        )
        return share(total, bought, unit)

    def _get_bought_lines(self):
        """Return the lines of products that are bought: not delivery nor rewards."""
        return self.order_line.filtered(
            lambda line: (
                line.product_id
                and not line.display_type
                and not line.is_downpayment
                and not line.reward_id
                and not line.member_benefit_id
                and not line._is_delivery()
            )
        )

    def _get_payable_amount(self):
        """Return what is bought comes to after coupons and rewards, as a decimal."""
        lines = self._get_bought_lines() | self.order_line.filtered("reward_id")
        return sum((self._get_paid_amount(line) for line in lines), ZERO)

    def _get_paid_amount(self, line):
        """Return what a line comes to on the basis of unit prices, as a decimal."""
        amount = line._get_paid_unit_price() * line.product_uom_qty
        return Decimal(str(self.currency_id.round(amount)))

    def _has_earlier_order(self):
        """Tell whether the customer's whole company has bought before.

        By another confirmed order, or by a purchase that was imported.
        """
        customer = self.sudo().partner_id.commercial_partner_id
        [(imported,)] = (
            self.env["member.activity"]
            .sudo()
            ._read_group(
                [
                    ("commercial_partner_id", "=", customer.id),
                    ("company_id", "=", self.company_id.id),
                    ("source_model", "not in", ("sale.order", "account.move")),
                ],
                aggregates=["order_count:sum"],
            )
        )
        return (imported or 0) > 0 or bool(self._find_earlier_order(customer))

    def _find_earlier_order(self, customer):
        """Return another confirmed order of a company, if any."""
        return (
            self.env["sale.order"]
            .sudo()
            .search(
                [
                    ("partner_id", "child_of", customer.ids),
                    ("company_id", "=", self.company_id.id),
                    ("state", "=", "sale"),
                    ("id", "not in", self.ids),
                ],
                limit=1,
            )
        )

    def _leave_reduction_to_first_order(self):
        """Take the reduction off orders about to be confirmed that are not the first.

        Of several at once the oldest keeps it; who has paid keeps it too.
        """
        reduced = self.sorted("id").filtered(lambda order: order._get_reduction_lines())
        seen = self.env["res.partner"]
        for order in reduced:
            customer = order.sudo().partner_id.commercial_partner_id
            is_first = customer not in seen and not order._has_earlier_order()
            seen |= customer
            if is_first or order._is_benefit_use_forced():
                continue
            lines = order._get_reduction_lines()
            order.message_post(
                body=self.env._(
                    "%(reduction)s was taken off: this is no longer the customer's"
                    " first order.",
                    reduction=lines[0].name,
                )
            )
            lines.sudo().unlink()

    def _get_benefit_uses_due(self):
        """Override of `member.order.benefit`: the reduction of a confirmed order."""
        due = super()._get_benefit_uses_due()
        if self.state != "sale":
            return due
        lines = self._get_reduction_lines().sudo()
        for benefit, of_benefit in lines.grouped("member_benefit_id").items():
            if membership := self._get_benefit_membership(benefit):
                reduced = -sum(of_benefit.mapped("price_subtotal"))
                cost = self._get_benefit_cost_in_company_currency(reduced)
                due[membership, benefit] = Use(1, cost)
        return due

    def _get_benefit_cost_in_company_currency(self, amount):
        """Return an amount of this order in its company's currency, as a decimal.

        By the order's own rate.
        """
        currency = self.company_id.currency_id
        return Decimal(str(currency.round(amount / (self.currency_rate or 1))))
