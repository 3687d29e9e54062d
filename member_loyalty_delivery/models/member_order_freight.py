from decimal import Decimal

from odoo import fields, models

from odoo.addons.member_loyalty.logic.benefit_lines import Line, compare
from odoo.addons.member_loyalty.logic.benefit_use import Use
from odoo.addons.member_loyalty.logic.purchase_posting import exact

from ..logic.freight import Charge, Offer, Shipment, left_to_pay, subsidise

ZERO = Decimal(0)
KIND = "freight"


class MemberOrderFreight(models.AbstractModel):
    """The part of an order's freight that the company pays for a member.

    It stands on the order as a line of its own beside each delivery. What rewards of
    Odoo take off the delivery comes first, so that nobody gets more than it costs.
    """

    _name = "member.order.freight"
    _description = "Freight Subsidy on an Order"

    def _get_freight_lines(self):
        """Return the lines by which a benefit pays for the delivery."""
        return self.order_line.filtered(lambda line: line._is_freight_subsidy())

    def _get_benefit_lines_due(self):
        """Override: the lines that pay for the delivery."""
        return [*super()._get_benefit_lines_due(), *self._get_freight_lines_due()]

    def _get_freight_lines_due(self):
        """Return a ``Line`` for each delivery that a benefit pays something of."""
        subsidy = self._find_freight_subsidy()
        if not subsidy:
            return []
        benefit = self.env["member.benefit"].sudo().browse(subsidy.benefit_id)
        name = benefit.with_context(lang=self._get_lang()).name
        deliveries = {line.id: line for line in self.order_line if line.is_delivery}
        return [
            Line(
                benefit.id,
                f"{KIND},{line_id}",
                name,
                -float(amount),
                tuple(deliveries[line_id].tax_ids.ids),
            )
            for line_id, amount in subsidy.parts
        ]

    def _find_freight_subsidy(self, beside_rewards=True):
        """Return the best ``Subsidy`` of ``logic`` for the order, None without one.

        :param bool beside_rewards: of what Odoo's free shipping leaves to pay
        """
        self.ensure_one()
        shipment = self._get_freight_shipment(beside_rewards)
        company = self.company_id or self.env.company
        benefits = self.env["member.benefit"]
        if not shipment.charges or not benefits._is_kind_granted(company, KIND):
            return None
        return subsidise(self._get_freight_offers(), shipment)

    def _get_freight_shipment(self, beside_rewards):
        """Return the delivery of the order as ``Shipment`` of ``logic``."""
        charges = tuple(
            Charge(line.id, exact(self.currency_id.round(line._get_freight_price())))
            for line in self.order_line
            if line.is_delivery and line._get_freight_price() > 0
        )
        if beside_rewards:
            free = self.order_line.filtered(
                lambda line: line.reward_id.reward_type == "shipping"
            )
            off = -sum(line._get_freight_price() for line in free)
            charges = left_to_pay(charges, max(ZERO, exact(round(off, 6))))
        digits = self.env["decimal.precision"].precision_get("Product Price")
        return Shipment(
            self.carrier_id.id or None,
            self.partner_shipping_id.country_id.id or None,
            charges,
            max(exact(self.currency_id.rounding), Decimal(1).scaleb(-digits)),
        )

    def _get_freight_offers(self):
        """Return the benefits that may pay for the delivery, as ``Offer``."""
        return [
            Offer(
                benefit.id,
                exact(benefit.freight_percent),
                self._get_freight_amount(benefit, benefit.freight_cap),
                self._get_freight_amount(benefit, benefit.freight_minimum),
                self._get_bought_amount(benefit),
                frozenset(benefit.freight_carrier_ids.ids),
                benefit._get_freight_country_ids(),
            )
            for membership, benefit in self._get_granted_benefits(KIND)
            if self._may_use_freight(membership, benefit)
        ]

    def _may_use_freight(self, membership, benefit):
        """Tell whether the member has a use left, or this order has it already."""
        if not benefit.quota:
            return True
        if benefit._get_available(membership, benefit.company_id._member_today()):
            return True
        usages = self.env["member.benefit.usage"].sudo()
        own = usages.search(
            [
                ("source_model", "=", self._name),
                ("source_id", "=", self._origin.id),
                ("benefit_id", "=", benefit.id),
            ]
        )
        return sum(own.mapped("quantity")) > 0

    def _get_freight_amount(self, benefit, amount):
        """Return an amount of a benefit in the order's currency, at its date."""
        if not amount:
            return ZERO
        return exact(
            benefit.currency_id._convert(
                amount,
                self.currency_id,
                self.company_id or self.env.company,
                self.date_order or fields.Date.today(),
            )
        )

    def _get_bought_amount(self, benefit):
        """Return what is bought of what a benefit counts; None when nothing is."""
        lines = self.order_line - self._get_no_effect_on_threshold_lines()
        lines = lines.filtered(
            lambda line: (
                not line.display_type
                and not line.member_benefit_part
                and not line.reward_id.program_id.is_payment_program
            )
        )
        if benefit.category_ids:
            lines = lines.filtered(lambda one: benefit._covers_product(one.product_id))
            if not lines:
                return None
        total = sum(lines.mapped("price_total"))
        return exact(self.currency_id.round(total))

    def _prepare_benefit_line(self, line):
        """Override: what pays for the delivery is no purchase."""
        values = super()._prepare_benefit_line(line)
        if line.part.startswith(f"{KIND},"):
            values["member_is_uncounted"] = True
        return values

    def _get_benefit_uses_due(self):
        """Override: a confirmed order uses the benefit once, at what it takes off.

        The cost is what the company bears: without taxes, in its currency.
        """
        due = super()._get_benefit_uses_due()
        if self.state != "sale":
            return due
        for benefit, lines in (
            self._get_freight_lines()
            .grouped(lambda line: line.sudo().member_benefit_id)
            .items()
        ):
            if membership := self._get_benefit_membership(benefit):
                cost = self.currency_id._convert(
                    -sum(lines.mapped("price_subtotal")),
                    benefit.currency_id,
                    self.company_id,
                    self.date_order,
                )
                due[membership, benefit] = Use(1, exact(cost))
        return due

    def _follow_delivery(self):
        """Bring the subsidy of confirmed orders to a delivery that was changed.

        All else on them stays as it was agreed. What is invoiced stays too. The
        warehouse, which may price deliveries, need not be allowed to read benefits.
        """
        if not self or not self.env["member.benefit"]._is_anything_granted():
            return
        for order in self.sudo().filtered(lambda order: order.state == "sale"):
            held = order._get_freight_lines()
            if held.invoice_lines:
                continue
            due = order._get_freight_lines_due()
            changes = compare(due, {line.id: line._get_benefit_line() for line in held})
            order._apply_benefit_lines(changes)
