from datetime import timedelta

from odoo import api, fields, models


class MemberRewardCoupon(models.Model):
    """A coupon that was given for points, so that each claim gives exactly one."""

    _name = "member.reward.coupon"
    _description = "Coupon Given for Points"
    _order = "id desc"
    _rec_name = "card_id"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    reward_id = fields.Many2one(
        comodel_name="loyalty.reward",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    card_id = fields.Many2one(
        comodel_name="loyalty.card",
        string="Coupon",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    points = fields.Float(
        digits=(16, 2), readonly=True, help="What the coupon was worth when given."
    )
    is_withdrawn = fields.Boolean(readonly=True)

    _one_per_coupon = models.UniqueIndex("(card_id)")

    def _settle(self, order, reward, due):
        """Let an order have as many coupons of a reward as are due.

        :param self: the coupons of the reward that were given for the order
        :param int due: how many it has claimed
        """
        good = self.filtered(lambda given: not given.is_withdrawn)
        if len(good) > due:
            unused = good.filtered(lambda given: given._is_unused())
            unused[-(len(good) - due) :]._withdraw()
        elif len(good) < due:
            again = (self - good)[: due - len(good)]
            again._give_again()
            if missing := due - len(good) - len(again):
                self._give(order, reward, missing)

    @api.model
    def _give(self, order, reward, count):
        """Give the customer of an order coupons of a reward, and mail them."""
        program = reward.member_coupon_program_id
        worth = max([1, *program.reward_ids.mapped("required_points")[:1]])
        cards = (
            self.env["loyalty.card"]
            .with_context(loyalty_no_mail=True, tracking_disable=True)
            .create(
                [
                    {
                        "program_id": program.id,
                        "partner_id": order.partner_id.id,
                        "order_id": order.id,
                        "points": worth,
                        "expiration_date": self._get_last_day(order, reward),
                    }
                ]
                * count
            )
        )
        given = self.create(
            [
                {
                    "order_id": order.id,
                    "reward_id": reward.id,
                    "card_id": card.id,
                    "points": worth,
                }
                for card in cards
            ]
        )
        cards.with_context(
            loyalty_no_mail=False, tracking_disable=False
        )._send_creation_communication()
        return given

    @api.model
    def _get_last_day(self, order, reward):
        """Return the last day of a coupon given today, False without an end."""
        if not reward.member_coupon_days:
            return False
        company = order.company_id or self.env.company
        return company._member_today() + timedelta(days=reward.member_coupon_days)

    def _withdraw(self):
        """Make the coupons worthless, for those who still have the code too."""
        for given in self:
            given.card_id.points = 0
        self.card_id.action_archive()
        self.is_withdrawn = True

    def _give_again(self):
        """Make withdrawn coupons good again: their codes are with the customers."""
        self.card_id.action_unarchive()
        for given in self:
            given.card_id.write(
                {
                    "points": given.points,
                    "expiration_date": self._get_last_day(
                        given.order_id, given.reward_id
                    ),
                }
            )
        self.is_withdrawn = False

    def _is_unused(self):
        """Tell whether nothing of the coupon was used yet."""
        self.ensure_one()
        return not self.is_withdrawn and self.card_id.points >= self.points
