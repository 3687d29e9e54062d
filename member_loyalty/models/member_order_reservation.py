from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..queries.order_points import owed_by_orders

LIVE = ("pending", "authorized", "done")
PAID = ("authorized", "done")
OPEN = ("draft", "sent")
PATIENCE = timedelta(days=1)


class MemberOrderReservation(models.AbstractModel):
    """Points that a quotation keeps while its online payment is under way.

    They are booked as spent when the payment begins, so that nobody else can spend
    them, and come back when it fails. Once the buyer has paid, the order is taken as
    it was paid for: nothing is computed anew, and points that lack are owed.
    """

    _name = "member.order.reservation"
    _description = "Reservation of Points"

    def write(self, vals):
        """Override of `sale` to give back what a cancelled quotation keeps."""
        if "partner_id" in vals:
            moved = self.filtered(lambda one: one.partner_id.id != vals["partner_id"])
            moved._release_points()
        result = super().write(vals)
        if vals.get("state") == "cancel":
            self._release_points()
        return result

    def unlink(self):
        """Override of `sale` to give back what a deleted quotation keeps."""
        self._release_points()
        return super().unlink()

    def _update_programs_and_rewards(self):
        """Override of `sale_loyalty` to leave paid orders as they were paid for."""
        if self._is_paid_with_points():
            return None
        return super()._update_programs_and_rewards()

    def _reserve_points(self):
        """Keep the points that quotations cost, for as long as their programs say.

        :raises UserError: when the points are not there any more
        """
        now = fields.Datetime.now()
        for order in self.sudo().filtered(lambda one: one.state in OPEN):
            cards = order._get_charged_cards()
            order._check_points_are_there(cards)
            for program in cards.member_program_id:
                minutes = timedelta(minutes=program.points_reservation_minutes)
                order._write_promise(program, {"reserved_until": now + minutes})
            if cards:
                order._settle_points()

    def _prolong_reservation(self):
        """Keep what is reserved a day longer: a payment is being dealt with."""
        until = fields.Datetime.now() + PATIENCE
        self._get_reservations().write({"reserved_until": until})

    def _release_points(self):
        """Give back what quotations keep."""
        reservations = self._get_reservations()
        if reservations:
            orders = reservations.order_id
            reservations.write({"reserved_until": False})
            orders._settle_points()

    def _release_unless_paying(self):
        """Give back what is kept, unless a payment may still come or has come."""
        self.filtered(lambda order: not order._has_live_payment())._release_points()

    def _get_reservations(self):
        """Return what quotations keep, as ``member.order.points``."""
        return self.sudo().member_points_ids.filtered(
            lambda one: one.reserved_until and one.order_id.state != "sale"
        )

    def _get_charged_cards(self):
        """Return the cards of the ledger that pay for rewards of the order."""
        self.ensure_one()
        lines = self.sudo().order_line.filtered(lambda line: line.points_cost > 0)
        return lines.coupon_id.filtered("member_program_id")

    def _check_points_are_there(self, cards):
        for card in cards:
            left = self._get_real_points_for_coupon(card)
            if left >= 0:
                continue
            lines = self.order_line.filtered(
                lambda one, card=card: one.coupon_id == card
            )
            cost = sum(lines.mapped("points_cost"))
            raise UserError(
                self.env._(
                    "The rewards on %(order)s cost %(cost)s points, and %(points)s can"
                    " be used now: the others were spent or have expired. Nothing was"
                    " paid. Go back to the cart; it shows what you can still have.",
                    order=self.name,
                    cost=f"{cost:g}",
                    points=f"{max(0, left + cost):g}",
                )
            )

    def _has_live_payment(self):
        """Tell whether a payment of the order has come, or is being dealt with."""
        self.ensure_one()
        return any(one.state in LIVE for one in self.sudo().transaction_ids)

    def _is_paid_with_points(self):
        """Tell whether a quotation was paid online and by points."""
        if len(self) != 1 or self.state not in OPEN or not self._get_charged_cards():
            return False
        order = self.sudo()
        paid = any(one.state in PAID for one in order.transaction_ids)
        return paid and order._is_confirmation_amount_reached()

    def _tell_of_owed_points(self):
        """Ask salespeople to look at paid orders whose points were not there."""
        if not self:
            return
        rows = self.env.execute_query(owed_by_orders(self.env, self.ids))
        for order_id, points in rows:
            order = self.browse(order_id)
            seller = order.user_id or order.team_id.user_id
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=(seller or self.env.ref("base.user_admin")).id,
                summary=self.env._("Points owed"),
                note=self.env._(
                    "The order was paid with %(points)s points that were spent"
                    " elsewhere before the payment arrived. It is confirmed, and"
                    " %(member)s owes the points: what is earned next pays them.",
                    points=f"{points:g}",
                    member=order.partner_id.commercial_partner_id.display_name,
                ),
            )
