import logging
from datetime import datetime, time, timedelta, timezone

from odoo import api, fields, models

from ..logic import breakage
from ..logic.purchase_posting import exact
from ..queries import point_survival
from ..queries.point_liability import AsOf

_logger = logging.getLogger(__name__)

DEMANDS = breakage.Demands()


class MemberProgramLiability(models.AbstractModel):
    """What points are worth, and how many of them will be used."""

    _name = "member.program.liability"
    _description = "Liability of a Program"

    points_value_fixed = fields.Float(
        string="Value of a Point by Hand",
        digits=(16, 6),
        help="Company currency for one point. 0: what the best reward of the points"
        " program gives for a point.",
    )
    points_value = fields.Float(
        string="Value of a Point",
        digits=(16, 6),
        compute="_compute_points_value",
        store=True,
        help="What one point buys, in company currency.",
    )
    points_expected_redemption = fields.Float(
        string="Expected to Be Used",
        digits=(5, 2),
        default=100,
        help="Percent of the points that will be used, as you estimate it. It counts"
        " until there is enough history to measure it.",
    )
    points_redeemed_share = fields.Float(
        string="Counted On",
        digits=(5, 2),
        compute="_compute_points_redeemed_share",
        help="Percent of new points that are expected to be used: measured, or your"
        " own estimate.",
    )
    points_measured_share = fields.Float(
        string="Measured", digits=(5, 2), readonly=True, copy=False
    )
    points_measured_on = fields.Date(string="Measured on", readonly=True, copy=False)
    points_measured_lots = fields.Integer(string="Lots", readonly=True, copy=False)
    points_measured_points = fields.Float(
        string="Points Given", digits=(16, 2), readonly=True, copy=False
    )
    points_measured_months = fields.Integer(
        string="Months of History", readonly=True, copy=False
    )
    points_measured_oldest = fields.Date(string="Oldest Lot", readonly=True, copy=False)
    points_measured_known = fields.Float(
        string="End Is Known",
        digits=(5, 2),
        readonly=True,
        copy=False,
        help="Percent of points whose end was observed at some age; the estimate by"
        " hand stands for the others.",
    )
    points_measured_lacking = fields.Selection(
        selection=[
            ("lots", "Too little history: too few lots"),
            ("months", "Too little history: too few months"),
            ("known", "Too little history: most points have not come to an end"),
        ],
        string="Why Not Measured",
        readonly=True,
        copy=False,
    )
    points_survival_ages = fields.Integer(readonly=True, copy=False)
    points_survival_ids = fields.One2many(
        comodel_name="member.point.survival", inverse_name="program_id", readonly=True
    )

    _points_share_is_a_share = models.Constraint(
        "CHECK(points_expected_redemption BETWEEN 0 AND 100)",
        "The points expected to be used must be from 0 to 100 percent.",
    )
    _points_value_not_negative = models.Constraint(
        "CHECK(points_value_fixed >= 0)",
        "A point cannot be worth less than nothing. Enter 0 to take the value from"
        " the rewards.",
    )

    @api.depends(
        "points_value_fixed",
        "currency_id",
        "wallet_id.currency_id",
        "wallet_id.reward_ids.active",
        "wallet_id.reward_ids.reward_type",
        "wallet_id.reward_ids.discount_mode",
        "wallet_id.reward_ids.discount",
        "wallet_id.reward_ids.required_points",
    )
    def _compute_points_value(self):
        for program in self:
            program.points_value = (
                program.points_value_fixed or program._get_value_by_rewards()
            )

    @api.depends(
        "points_measured_share",
        "points_measured_on",
        "points_measured_lacking",
        "points_expected_redemption",
    )
    def _compute_points_redeemed_share(self):
        for program in self:
            program.points_redeemed_share = (
                program.points_measured_share
                if program._is_redemption_measured()
                else program.points_expected_redemption
            )

    def _get_value_by_rewards(self):
        """Return what one point buys by the reward that gives most, in money.

        Rewards in percent and free products have no price of a point.
        """
        self.ensure_one()
        wallet = self.sudo().wallet_id
        rewards = wallet.reward_ids.filtered(
            lambda reward: (
                reward.reward_type == "discount"
                and reward.discount_mode in ("per_point", "per_order")
            )
        )
        value = max(map(self._get_value_by_reward, rewards), default=0)
        if not value or wallet.currency_id == self.currency_id:
            return value
        return value * wallet.currency_id._get_conversion_rate(
            wallet.currency_id,
            self.currency_id,
            self.company_id,
            self.company_id._member_today(),
        )

    @api.model
    def _get_value_by_reward(self, reward):
        if reward.discount_mode == "per_point":
            return reward.discount
        return reward.discount / reward.required_points

    def _is_redemption_measured(self):
        """Tell whether the share of points that will be used rests on history."""
        self.ensure_one()
        return bool(self.points_measured_on) and not self.points_measured_lacking

    def action_measure_redemption(self):
        """Measure from the company's own lots how many points are used."""
        self.ensure_one()
        self.check_access("write")
        self._measure_redemption()
        return True

    @api.model
    def _cron_measure_redemption(self):
        """Measure every program that has points; one that fails stops no other."""
        for program in self.sudo().search([("wallet_id", "!=", False)], limit=1000):
            try:
                with self.env.cr.savepoint():
                    program._measure_redemption()
            except Exception:
                if self.env.cr.connection.closed:
                    raise
                _logger.exception("Points of program %s cannot be measured", program.id)
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _measure_redemption(self):
        """Write what share of points is used, by age, and what that rests on."""
        self.ensure_one()
        now = fields.Datetime.now()
        beyond = exact(self.points_expected_redemption) / 100
        demands = self._get_demands()
        curve = breakage.estimate(self._get_exits(now), beyond, demands.at_risk)
        evidence, oldest = self._get_evidence(now, curve)
        lacking = breakage.lacking(evidence, demands)
        self.sudo().write(
            {
                "points_measured_on": self.company_id._get_member_day(now),
                "points_measured_share": float(curve.share * 100),
                "points_measured_lots": evidence.lots,
                "points_measured_points": float(evidence.points),
                "points_measured_months": evidence.months,
                "points_measured_oldest": oldest,
                "points_measured_known": float(evidence.known * 100),
                "points_measured_lacking": lacking,
            }
        )
        self._write_survival(() if lacking else curve.months, curve.beyond)

    @api.model
    def _get_demands(self):
        """Return what an estimate must at least rest on. Seam for stricter rules."""
        return DEMANDS

    def _get_exits(self, moment):
        """Return how many points left their lots at which age."""
        query = point_survival.exits_by_age(self.env, self.id, moment)
        return [
            breakage.Exits(age, *map(exact, amounts))
            for age, *amounts in self.env.execute_query(query)
        ]

    def _get_evidence(self, moment, curve):
        """Return what an estimate rests on, and the day of the oldest lot."""
        query = point_survival.evidence(self.env, self.id, moment)
        [(lots, points, oldest, months)] = self.env.execute_query(query)
        evidence = breakage.Evidence(lots, exact(points), months, 1 - curve.unknown)
        return evidence, oldest and self.company_id._get_member_day(oldest)

    def _write_survival(self, months, beyond):
        """Keep what is expected of points of each age, in place of what was."""
        Survival = self.env["member.point.survival"].sudo()
        self.sudo().points_survival_ids.unlink()
        rows = [
            {
                "age": month.age,
                "at_risk": float(month.at_risk),
                "used": float(month.used),
                "expired": float(month.expired),
                "left": float(month.left),
                "share": float(month.later),
            }
            for month in months
        ]
        if rows:
            rows.append({"age": len(rows), "share": float(beyond)})
        Survival.create([{"program_id": self.id, **row} for row in rows])
        self.sudo().points_survival_ages = max(len(rows) - 1, 0)

    def _get_end_of_day(self, day):
        """Return the end of a day where the company is, as the queries take it."""
        self.ensure_one()
        zone = self.company_id._get_member_timezone()
        midnight = datetime.combine(day + timedelta(days=1), time.min, zone)
        ends_at = midnight.astimezone(timezone.utc).replace(tzinfo=None)
        return AsOf(day, ends_at, str(zone))
