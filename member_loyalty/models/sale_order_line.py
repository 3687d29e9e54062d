from odoo import api, models

from .loyalty_card import BY_LEDGER


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = [
        "member.reward.guard",
        "member.order.line.claim",
        "member.order.line.gift",
        "member.order.line.early.access",
        "member.order.line.benefit",
        "member.order.line.price",
        "sale.order.line",
        "member.journal.source",
        "member.order.line",
    ]

    _loyalty_card = models.Index("(coupon_id) WHERE coupon_id IS NOT NULL")
    _loyalty_reward = models.Index("(reward_id) WHERE reward_id IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale` to book lines that are added to confirmed orders."""
        with self._follow_in_journal() as pending:
            lines = super(SaleOrderLine, self._by_ledger()).create(vals_list)
            lines = lines.with_env(self.env)
            pending.order_ids.update(lines.order_id._filter_in_journal().ids)
            pending.benefit_order_ids.update(lines.order_id.ids)
        return lines

    def write(self, vals):
        """Override of `sale` to book changed lines of confirmed orders."""
        if not self._get_member_followed_fields() & vals.keys():
            return super().write(vals)
        with self._follow_in_journal() as pending:
            orders = self.order_id
            result = super(SaleOrderLine, self._by_ledger()).write(vals)
            orders |= self.order_id
            pending.order_ids.update(orders._filter_in_journal().ids)
            pending.benefit_order_ids.update(orders.ids)
        return result

    def unlink(self):
        """Override of `sale` to book lines taken off confirmed orders."""
        with self._follow_in_journal() as pending:
            pending.order_ids.update(self.order_id._filter_in_journal().ids)
            pending.benefit_order_ids.update(self.order_id.ids)
            return super(SaleOrderLine, self._by_ledger()).unlink()

    def _by_ledger(self):
        """Return the lines so that Odoo's engine leaves points to the ledger."""
        return self.with_context(**{BY_LEDGER: True})

    @api.model
    def _get_member_followed_fields(self):
        """Return the fields of a line that can change what it comes to."""
        return {
            "product_id",
            "product_uom_qty",
            "product_uom_id",
            "price_unit",
            "discount",
            "tax_ids",
            "display_type",
            "order_id",
            "points_cost",
            "coupon_id",
            *self._get_member_uncounted_marks(),
        }

    @api.model
    def _get_member_uncounted_marks(self):
        """Return the fields that, when set, mark a line as not being a purchase.

        Seam: a module with another such mark adds it. Delivery is not a dependency,
        so its mark counts only where it is installed.
        """
        marks = ["is_downpayment", "reward_id", "is_delivery", "member_is_uncounted"]
        return [name for name in marks if name in self._fields]
