from dataclasses import replace
from decimal import Decimal

from odoo import api, fields, models

from ..logic.point_earning import Earning
from .member_program_wallet import PointsBase

BATCH = 50


class MemberOrderPoints(models.Model):
    """What an order was promised when it was confirmed, and what a payment reserved.

    Frozen, so that a credit note a year later takes back its share of what was
    earned then, whatever the rules and the tier are by that time.
    """

    _name = "member.order.points"
    _description = "Points of an Order"
    _rec_name = "order_id"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    card_id = fields.Many2one(
        comodel_name="loyalty.card",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The card it earns on; empty when it only tops up or spends.",
    )
    program_id = fields.Many2one(
        comodel_name="member.program", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, precompute=True
    )
    confirmed_at = fields.Datetime(readonly=True)
    tier_id = fields.Many2one(
        comodel_name="member.tier", readonly=True, ondelete="restrict"
    )
    is_first = fields.Boolean(readonly=True)
    currency_factor = fields.Float(
        digits=0,
        readonly=True,
        help="Program currency for one unit of the order's currency, frozen.",
    )
    base = fields.Json(readonly=True, help="What of an order counts, frozen.")
    earning = fields.Json(
        readonly=True, help="Points for each unit of currency, by rule and line."
    )
    topup = fields.Json(
        readonly=True,
        help="The amount topped up and its bonuses: card, part, points, expiry.",
    )
    reserved_until = fields.Datetime(
        readonly=True, help="Until then an online payment keeps the points it spends."
    )

    _one_per_program = models.UniqueIndex("(order_id, program_id)")
    _reserved = models.Index("(reserved_until) WHERE reserved_until IS NOT NULL")

    def _get_base(self):
        """Return what of the order counts, as it was when it was promised."""
        self.ensure_one()
        if self.base:
            return PointsBase(**self.base)
        return self.program_id._get_points_policy().base

    def _get_earning(self):
        """Return what was promised, as ``Earning`` of ``logic``."""
        self.ensure_one()
        data = self.earning or {}
        return Earning(
            {
                int(rule): {int(line): Decimal(rate) for line, rate in rates.items()}
                for rule, rates in data.get("rates", {}).items()
            },
            {
                int(rule): Decimal(value)
                for rule, value in data.get("fixed", {}).items()
            },
            {int(rule): Decimal(value) for rule, value in data.get("room", {}).items()},
        )

    def _narrow_room(self):
        """Keep the promise to what rules with a limit still leave the member.

        Orders that wait do not count against a limit; when they are released, others
        may have been given the points.
        """
        for promised in self.filtered("earning"):
            earning = promised._get_earning()
            rules = self.env["member.earning.rule"].browse(earning.room)
            left = rules._get_cap_room(
                promised.card_id._get_current(),
                rules,
                promised.company_id._member_today(),
                (promised.order_id._name, promised.order_id.id),
            )
            room = {
                rule: held if left[rule] is None else min(held, left[rule])
                for rule, held in earning.room.items()
            }
            promised.earning = promised._prepare_earning(
                replace(earning, room=room), promised.earning["lines"]
            )

    def _prepare_earning(self, earning, line_ids):
        """Return an ``Earning`` as the field ``earning`` keeps it.

        :param line_ids: all lines it speaks of, those that earn nothing as well
        """
        return {
            "lines": sorted(line_ids),
            "rates": {
                str(rule): {str(line): str(rate) for line, rate in rates.items()}
                for rule, rates in earning.rates.items()
            },
            "fixed": {str(rule): str(value) for rule, value in earning.fixed.items()},
            "room": {str(rule): str(value) for rule, value in earning.room.items()},
        }

    @api.model
    def _cron_release(self):
        """Give back what quotations keep whose buyers did not go on paying."""
        due = [("reserved_until", "<=", fields.Datetime.now())]
        remaining = self.sudo().search_count(due)
        self.env["ir.cron"]._commit_progress(remaining=remaining)
        while batch := self.sudo().search(due, limit=BATCH, order="reserved_until"):
            self.env["member.batch"]._run_batch(batch._release)
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                return

    def _release(self):
        """Give back what has lapsed; keep what is being paid."""
        self.env.invalidate_all()
        now = fields.Datetime.now()
        lapsed = self.exists().filtered(
            lambda one: one.reserved_until and one.reserved_until <= now
        )
        for order in lapsed.order_id:
            if order._has_live_payment():
                order._prolong_reservation()
            else:
                order._release_points()
        lapsed.filtered(lambda one: one.order_id.state == "sale").reserved_until = False
