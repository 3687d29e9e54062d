from decimal import Decimal

from odoo import fields, models

from ..logic.order_points import credited_part
from ..logic.purchase_posting import exact
from ..logic.topup_bonus import keep

ZERO = Decimal(0)
TOP_UP = "top_up"


class MemberOrderTopup(models.AbstractModel):
    """What an order tops up on an eWallet, and the bonus that comes with it."""

    _name = "member.order.topup"
    _description = "Top-up by an Order"
    _inherit = "member.order.settling"

    def _prepare_promise(self, program):
        """Override: a bonus is chosen anew when the order is confirmed anew."""
        return {**super()._prepare_promise(program), "topup": False}

    def _get_topup_targets(self, promised, billed):
        """Return {(card, part): (points, expiry)} of what tops up stored value.

        What was credited is topped up no more, and takes its share of the bonus.

        :param promised: the ``member.order.points`` of a program
        :param billed: {line id: (invoiced, credited)}, and loose credits under 0
        """
        native = promised.program_id.stored_value_id
        if self.state != "sale" or not native:
            return {}
        amount, credited = self._get_topup_amounts(promised, billed)
        card = amount and self._find_topup_card(native)
        if not card:
            return {}
        targets = {(card, TOP_UP): (amount - credited, None)}
        for bonus_card, part, bonus, expires_at in self._get_topup_bonuses(
            promised, amount, card
        ):
            left = keep(bonus, amount, credited)
            if bonus_card.program_id != native:
                left = promised._get_base().get_rounding().of(left)
            targets[bonus_card, part] = (left, expires_at)
        return targets

    def _get_topup_amounts(self, promised, billed):
        """Return what the order tops up and what of it was credited, in hundredths.

        In the program's currency, with tax: what the customer paid is stored.
        """
        program = promised.program_id
        taxed = "price_total" if promised._get_base().taxed else "price_subtotal"
        rate = exact(promised.currency_factor or self._get_point_rate(program))
        amount = credited = ZERO
        for line, value in self._get_topup_lines(program.stored_value_id):
            base = exact(line[taxed])
            back = credited_part(base, *billed.get(line.id, (ZERO, ZERO)))
            amount += value * rate
            credited += value * rate * (back / base if base else ZERO)
        total = exact(
            self.amount_total if taxed == "price_total" else self.amount_untaxed
        )
        if billed.get(0) and total > 0:
            credited += amount * billed[0] / total
        cent = Decimal("0.01")
        return amount.quantize(cent), min(credited, amount).quantize(cent)

    def _get_topup_lines(self, native):
        """Return pairs of a line that tops up and what it stores."""
        lines = self.order_line.filtered(
            lambda line: line.product_id and not line.is_reward_line
        )
        found = []
        for rule, products in native._get_valid_products(lines.product_id).items():
            for line in lines:
                if line.product_id not in products:
                    continue
                base = {
                    "money": exact(line.price_total),
                    "unit": exact(line.product_uom_qty),
                }.get(rule.reward_point_mode, ZERO)
                found.append((line, base * exact(rule.reward_point_amount)))
        return found

    def _find_topup_card(self, native):
        """Return the card that is topped up: on the order, or the customer's."""
        card = self.coupon_point_ids.coupon_id.filtered(
            lambda card: card.program_id == native
        )[:1]
        if not card:
            card = self.env["loyalty.card"].search(
                [
                    ("program_id", "=", native.id),
                    ("partner_id", "=", self.partner_id.id),
                ],
                limit=1,
            )
        if not card and not self.partner_id.is_public:
            values = {"program_id": native.id, "partner_id": self.partner_id.id}
            card = card.with_context(loyalty_no_mail=True).create(values)
        return card._get_current()

    def _get_topup_bonuses(self, promised, amount, card):
        """Return the bonuses for an amount: card, part, points, expiry.

        Chosen once and kept, until another amount is ordered.
        """
        kept = promised.topup or {}
        if kept.get("amount") != str(amount):
            day = promised.company_id._get_member_day(promised.confirmed_at)
            chosen = self.env["member.topup.bonus"]._choose(
                promised.program_id, amount, card, day, self.id
            )
            kept = {
                "amount": str(amount),
                "bonuses": [
                    [target.id, rule._get_part(), str(bonus), until and str(until)]
                    for target, bonus, until, rule in chosen
                ],
            }
            promised.topup = kept
        return [
            (
                self.env["loyalty.card"].browse(card_id)._get_current(),
                part,
                Decimal(bonus),
                fields.Datetime.to_datetime(until) or None,
            )
            for card_id, part, bonus, until in kept["bonuses"]
        ]
