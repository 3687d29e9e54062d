from odoo import fields, models
from odoo.tools import SQL

from ..queries.point_liability import (
    full_months,
    last_month,
    redeemed_share,
    survival_join,
    value_per_point,
)

KINDS = [("loyalty", "Points"), ("ewallet", "Stored value")]


class MemberPointLiability(models.Model):
    """What a company owes in points today, by the month in which they expire."""

    _name = "member.point.liability"
    _description = "Points Owed"
    _auto = False
    _order = "program_id, kind desc, expiry_month"
    _rec_name = "program_id"
    _depends = {
        "member.point.lot": [
            "card_id",
            "program_id",
            "remaining",
            "earned_at",
            "expires_at",
        ],
        "member.program": [
            "company_id",
            "points_value",
            "points_expected_redemption",
            "points_survival_ages",
        ],
        "member.point.survival": ["program_id", "age", "share"],
        "loyalty.card": ["program_id"],
        "loyalty.program": ["program_type"],
        "res.company": ["currency_id", "partner_id"],
        "res.partner": ["tz"],
    }

    program_id = fields.Many2one(comodel_name="member.program", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    kind = fields.Selection(selection=KINDS, readonly=True)
    expiry_month = fields.Date(
        readonly=True,
        help="The last month in which the points can be used; empty: never expires.",
    )
    lot_count = fields.Integer(string="Lots", readonly=True)
    points = fields.Float(string="Open Points", digits=(16, 2), readonly=True)
    value_per_point = fields.Float(
        string="Value of a Point", digits=(16, 6), readonly=True, aggregator=None
    )
    nominal_value = fields.Monetary(
        readonly=True, help="What it would cost if every open point were used."
    )
    expected_share = fields.Float(
        string="Will Be Used",
        digits=(5, 4),
        readonly=True,
        aggregator=None,
        help="The share of these points that is expected to be used.",
    )
    expected_points = fields.Float(digits=(16, 2), readonly=True)
    expected_value = fields.Monetary(
        readonly=True, help="The value of the points that are expected to be used."
    )

    @property
    def _table_query(self):
        """Return a row for each program, kind and month of expiry.

        Points that have expired are owed no more, also before the sweep took them.
        """
        return SQL(
            """
            SELECT MIN(lot.id) AS id,
                   lot.program_id,
                   lot.company_id,
                   lot.currency_id,
                   lot.kind,
                   lot.expiry_month,
                   COUNT(*) AS lot_count,
                   SUM(lot.remaining) AS points,
                   lot.value AS value_per_point,
                   SUM(lot.remaining) * lot.value AS nominal_value,
                   SUM(lot.remaining * lot.share) / SUM(lot.remaining)
                   AS expected_share,
                   SUM(lot.remaining * lot.share) AS expected_points,
                   SUM(lot.remaining * lot.share) * lot.value AS expected_value
              FROM (%s) lot
          GROUP BY lot.program_id, lot.company_id, lot.currency_id, lot.kind,
                   lot.expiry_month, lot.value
            """,
            self._get_open_lots(),
        )

    def _get_open_lots(self):
        """Return a row for each open lot, with its value and what is expected of it."""
        now = fields.Datetime.now()
        kind = SQL("native.program_type")
        age = full_months(SQL("lot.earned_at"), SQL("%s::timestamp", now))
        month = last_month(SQL("lot.expires_at"), SQL("COALESCE(partner.tz, 'UTC')"))
        return SQL(
            """
               SELECT lot.id,
                      lot.program_id,
                      program.company_id,
                      company.currency_id,
                      native.program_type AS kind,
                      CASE WHEN lot.expires_at IS NOT NULL
                           THEN %(month)s END AS expiry_month,
                      lot.remaining,
                      %(value)s AS value,
                      %(share)s AS share
                 FROM member_point_lot lot
                 JOIN loyalty_card card ON card.id = lot.card_id
                 JOIN loyalty_program native ON native.id = card.program_id
                 JOIN member_program program ON program.id = lot.program_id
                 JOIN res_company company ON company.id = program.company_id
                 JOIN res_partner partner ON partner.id = company.partner_id
                      %(survival)s
                WHERE lot.remaining > 0
                  AND (lot.expires_at IS NULL OR lot.expires_at > %(now)s)
            """,
            month=month,
            value=value_per_point(kind),
            share=redeemed_share(kind),
            survival=survival_join(age),
            now=now,
        )

    def action_open_lots(self):
        """Open the lots behind a row."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lots"),
            "res_model": "member.point.lot",
            "view_mode": "list",
            "domain": self._get_lots(),
        }

    def _get_lots(self):
        """Return the domain of the lots behind a row."""
        lots = [
            ("program_id", "=", self.program_id.id),
            ("card_id.program_id.program_type", "=", self.kind),
            ("remaining", ">", 0),
        ]
        if not self.expiry_month:
            return [*lots, ("expires_at", "=", False)]
        end_of_day = self.program_id._get_end_of_day
        begin = fields.Date.subtract(self.expiry_month, days=1)
        end = fields.Date.end_of(self.expiry_month, "month")
        return [
            *lots,
            ("expires_at", ">", max(end_of_day(begin).ends_at, fields.Datetime.now())),
            ("expires_at", "<=", end_of_day(end).ends_at),
        ]
