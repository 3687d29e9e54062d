from odoo import fields, models

KEPT = (
    "name",
    "product_id",
    "product_uom_qty",
    "price_unit",
    "discount",
    "sequence",
    "points_cost",
    "reward_id",
    "coupon_id",
    "reward_identifier_code",
)


class MemberOrderPaid(models.AbstractModel):
    """Remembers the rewards of an order while it is being paid.

    A buyer who looks at the cart after the reservation has ended loses the reward
    there, and may then still pay the old amount in another window.
    """

    _name = "member.order.paid"
    _description = "Rewards an Order Was Paid With"

    def _prepare_member_rewards(self):
        """Return the lines of rewards for points as plain data, for one order."""
        if len(self) != 1:
            return False
        lines = self._get_reward_lines()
        return [
            {
                **line._convert_to_write({name: line[name] for name in KEPT}),
                "tax_ids": line.tax_ids.ids,
            }
            for line in lines
        ] or False

    def _put_rewards_back(self, rewards):
        """Put back what the order lost, when it then comes to exactly what was paid.

        :param list rewards: as ``_prepare_member_rewards`` returned them
        """
        self.ensure_one()
        here = self._get_reward_lines().reward_id.ids
        lost = [one for one in rewards if one["reward_id"] not in here]
        still_there = self.env["loyalty.reward"].browse({o["reward_id"] for o in lost})
        if not lost or len(still_there.exists()) < len(still_there):
            return
        lines = self.env["sale.order.line"].create(
            [
                {
                    **one,
                    "order_id": self.id,
                    "tax_ids": [fields.Command.set(one["tax_ids"])],
                }
                for one in lost
            ]
        )
        if self.currency_id.compare_amounts(self.amount_total, self.amount_paid):
            lines.unlink()

    def _is_underpaid(self):
        """Tell whether less was paid online than the order comes to."""
        self.ensure_one()
        compare = self.currency_id.compare_amounts
        return compare(self.amount_paid, self.amount_total) < 0
