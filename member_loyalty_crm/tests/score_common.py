from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo.tests import freeze_time

from odoo.addons.member_loyalty.logic.purchase_posting import exact
from odoo.addons.member_loyalty.logic.windows import add_months
from odoo.addons.member_loyalty.tests.common import TODAY, MemberCommon

from ..logic.member_score import Facts, Levels, Score, score_members


@freeze_time("2026-03-15 10:00:00")
class ScoreCommon(MemberCommon):
    """Members whose scores can be compared with the pure rules."""

    def _score(self, program=None, day=TODAY):
        """Score everybody; return how many rows were written."""
        written = (program or self.program).sudo()._refresh_scores(day)
        self.env.invalidate_all()
        return written

    def _get_score(self, customer, program=None):
        return self._get_membership(customer, program).score_ids

    def _buy(self, customer, *gaps, amount=100, **values):
        """Book a purchase for each number of days before today."""
        return [
            self._book(customer, amount, TODAY - timedelta(days=gap), **values)
            for gap in gaps
        ]

    def _inquire(self, customer, on=TODAY, quantity=1):
        """Enter an inquiry; the journal may not know the kind yet."""
        activity = self._book(customer, 0, on, count=0, quantity=quantity)
        activity.flush_recordset()
        self.env.cr.execute(
            "UPDATE member_activity SET kind = 'inquiry' WHERE id = %s", [activity.id]
        )
        activity.invalidate_recordset()

    def _set_points(self, customer, points):
        """Give a member points; the sums of the ledger are not looked at here."""
        card = self.env["loyalty.card"]._get_member_wallet(
            self.program, customer, create=True
        )
        card.flush_recordset()
        self.env.cr.execute(
            "UPDATE loyalty_card SET points = %s WHERE id = %s", [points, card.id]
        )
        card.invalidate_recordset()

    def _expect_scores(self, program, day):
        """Return what the pure rules say, by partner id."""
        memberships = self.env["member.membership"].search(
            [("program_id", "=", program.id)]
        )
        settings = program._get_score_settings()
        first_day = add_months(day, -settings.months) + timedelta(days=1)
        ladder = program._get_ladder()
        partners = memberships.mapped("partner_id.id")
        facts = [
            self._collect(program, membership, ladder, first_day, day)
            for membership in memberships
        ]
        scores = score_members(facts, day, first_day, settings, len(ladder.tiers) - 1)
        return dict(zip(partners, zip(facts, scores, strict=True), strict=True))

    def _collect(self, program, membership, ladder, first_day, day):
        """Collect a member's facts in plain Python."""
        partner = membership.partner_id
        rows = self.env["member.activity"].search(
            [
                ("company_id", "=", program.company_id.id),
                (program._get_partner_column(), "=", partner.id),
                ("date", "<=", day),
            ]
        )
        purchases = rows.filtered(lambda row: row.kind == "purchase")
        counted = purchases.filtered(lambda row: row.date >= first_day)
        inquiries = rows.filtered(
            lambda row: row.kind == "inquiry" and row.date > add_months(day, -12)
        )
        cards = self.env["loyalty.card"].search(
            [
                ("member_owner_id", "=", partner.id),
                ("member_program_id", "=", program.id),
            ]
        )
        return Facts(
            purchase_days=self._get_purchase_days(purchases),
            order_count=sum(counted.mapped("order_count")),
            amount=sum(map(exact, counted.mapped("amount")), Decimal(0)),
            points=sum(map(exact, cards.mapped("points")), Decimal(0)),
            inquiry_count=sum(inquiries.mapped("quantity")),
            tier_rank=ladder.rank(membership.tier_id.id),
        )

    def _get_purchase_days(self, purchases):
        """Return the days on which an order was placed that still stands."""
        by_document = defaultdict(list)
        for row in purchases.sorted("revision"):
            by_document[row.source_key].append(row)
        return tuple(
            sorted(
                {
                    row.date
                    for rows in by_document.values()
                    for position, row in enumerate(rows)
                    if row.order_count > 0
                    and all(later.order_count >= 0 for later in rows[position + 1 :])
                }
            )
        )

    def _read_score(self, score):
        """Return a record as the pure ``Score``."""
        return Score(
            Levels(
                score.recency,
                score.frequency,
                score.monetary,
                score.tier_rank,
                score.points_level,
                score.inquiry_level,
            ),
            score.segment,
            score.stage,
            score.value_score,
            score.interval_days,
            score.next_expected_on or None,
        )
