from datetime import datetime
from decimal import Decimal
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError

from odoo.addons.base.models.ir_cron import IrCron

from ..logic.point_posting import Posting
from ..models import member_program_points_expiry as expiry
from .point_common import PointsCommon


class TestPointExpiry(PointsCommon):
    """Points can be used until their last day is over; then they are booked out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.write({"points_expiry": "months", "points_expiry_months": 12})
        cls.customer = cls._create_customer()
        cls.card = cls._open_card(cls.customer)

    def _give(self, points, expires_at=None, card=None, kind="earned"):
        """Book points with an expiry of their own; return their lot."""
        card = card or self.card
        entry = self.env["member.point.ledger"]._post(
            [
                Posting(
                    card.id,
                    kind,
                    Decimal(points),
                    datetime(2026, 3, 15, 10),
                    expires_at=expires_at,
                )
            ]
        )
        return self.env["member.point.lot"].search([("entry_id", "=", entry.id)])

    def _sweep(self, at):
        with patch.object(IrCron, "_commit_progress", lambda *_args, **_values: 1):
            return self.env["member.program"]._expire_points(at)

    def _entries(self, card=None):
        return self.env["member.point.entry"].search(
            [("card_id", "=", (card or self.card).id)], order="id"
        )

    def _spend(self, points):
        return self._give(-points, kind="spent")

    def test_points_of_an_order_can_be_used_for_a_year_in_the_companys_time(self):
        self.env.company.partner_id.tz = "Europe/Berlin"
        self.env.registry.clear_cache()

        self._confirm_order(self.customer, 100)

        lot = self.env["member.point.lot"].search([("card_id", "=", self.card.id)])
        self.assertEqual(lot.expires_at, datetime(2027, 3, 15, 23))

    def test_what_has_expired_is_booked_out(self):
        self._give(70, datetime(2026, 3, 20))
        self._give(30, datetime(2026, 4, 20))
        self._travel_to("2026-03-20 08:00:00")

        self._run_cron("expire_points")

        entry = self._entries()[-1]
        self.assertRecordValues(
            entry, [{"kind": "expired", "points": -70, "balance": 30, "debt": 0}]
        )
        self.assertEqual(entry.date, datetime(2026, 3, 20, 8))
        self.assertEqual(self.card.points, 30)
        self.assertEqual(self.card.history_ids[0].used, 70)

    def test_points_expire_in_the_second_they_are_said_to(self):
        lot = self._give(70, datetime(2026, 3, 20))

        self._sweep(datetime(2026, 3, 19, 23, 59, 59))
        self.assertEqual(lot.remaining, 70)
        self._sweep(datetime(2026, 3, 20))
        self.assertEqual(lot.remaining, 0)

    def test_expired_points_are_unusable_before_they_are_booked_out(self):
        self._give(300, datetime(2026, 3, 20))
        self._travel_to("2026-03-19 23:59:59")
        self.card.invalidate_recordset()
        self.assertEqual(self.card.member_usable_points, 300)
        self._travel_to("2026-03-20 00:00:00")
        self.card.invalidate_recordset()
        self.assertEqual((self.card.points, self.card.member_usable_points), (300, 0))

        with self.assertRaisesRegex(UserError, "has 0 points to use; this takes 100"):
            self.env["member.point.ledger"]._post(
                [Posting(self.card.id, "spent", Decimal(-100), datetime(2026, 3, 20))]
            )
        order = self._create_order(self.customer, 500)
        with self.assertRaises(AssertionError):
            self._claim(order)

    def test_an_order_that_claimed_points_in_time_cannot_spend_them_too_late(self):
        self._give(300, datetime(2026, 3, 20))
        order = self._create_order(self.customer, 500)
        self._claim(order)
        self._travel_to("2026-03-20 00:00:00")
        self.env.invalidate_all()

        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            order.action_confirm()

        self.assertEqual(self.card.points, 300)

    def test_each_lot_is_booked_out_once_however_often_the_sweep_runs(self):
        self._give(70, datetime(2026, 3, 20))
        self._give(20, datetime(2026, 3, 21))

        for day in (20, 20, 21, 22):
            self._sweep(datetime(2026, 3, day))

        lost = self._entries().filtered(lambda entry: entry.kind == "expired")
        self.assertEqual(lost.mapped("points"), [-70, -20])

    def test_all_lots_of_a_card_are_one_entry_with_an_allocation_each(self):
        lots = self._give(70, datetime(2026, 3, 20)) | self._give(
            20, datetime(2026, 3, 19)
        )

        self._sweep(datetime(2026, 3, 20))

        entry = self._entries()[-1]
        self.assertEqual(entry.points, -90)
        self.assertEqual(entry.allocation_ids.lot_id, lots.entry_id)

    def test_only_what_was_not_spent_expires(self):
        self._give(70, datetime(2026, 3, 20))
        self._spend(50)

        self._sweep(datetime(2026, 3, 20))

        self.assertEqual(self._entries()[-1].points, -20)
        self.assertEqual(self.card.points, 0)

    def test_points_that_come_back_after_their_expiry_expire_again(self):
        self._give(200, datetime(2026, 3, 20))
        order = self._create_order(self.customer, 500)
        self._claim(order)
        order.action_confirm()
        self._travel_to("2026-03-25 08:00:00")
        self._run_cron("expire_points")

        order._action_cancel()
        self._run_cron("expire_points")
        self._run_cron("expire_points")

        lost = self._entries().filtered(lambda entry: entry.kind == "expired")
        self.assertEqual(lost.mapped("points"), [-200])
        self.assertEqual(self.card.points, 0)

    def test_slices_leave_nothing_out(self):
        cards = [
            self._open_card(self._create_customer(f"Customer {number}"))
            for number in range(7)
        ]
        for card in cards:
            self._give(10, datetime(2026, 3, 20), card)
            self._give(5, datetime(2026, 3, 19), card)

        with (
            patch.object(expiry, "LOTS_AT_ONCE", 3),
        ):
            count = self._sweep(datetime(2026, 3, 20))

        self.assertEqual(count, 7)
        self.assertEqual([card.points for card in cards], [0] * 7)
        self.assertEqual([len(self._entries(card)) for card in cards], [3] * 7)

    def test_the_sweep_stops_when_its_time_is_up_and_goes_on_later(self):
        for number in range(4):
            card = self._open_card(self._create_customer(f"Customer {number}"))
            self._give(10, datetime(2026, 3, 20), card)

        with (
            patch.object(expiry, "LOTS_AT_ONCE", 2),
            patch.object(IrCron, "_commit_progress", lambda *_args, **_values: 0),
        ):
            first = self.env["member.program"]._expire_points(datetime(2026, 3, 20))
        rest = self._sweep(datetime(2026, 3, 20))

        self.assertEqual((first, rest), (2, 2))

    def test_points_that_never_expire_stay(self):
        lot = self._give(70)

        self._sweep(datetime(2126, 3, 20))

        self.assertEqual(lot.remaining, 70)

    def test_the_day_of_expiry_is_that_of_each_company(self):
        company = self._create_company()
        company.partner_id.tz = "Pacific/Auckland"
        self.env.registry.clear_cache()
        program = self._create_program(company=company)
        program._start_points()
        card = self._open_card(self._create_customer("Kiri"), program)
        self._give(10, datetime(2026, 3, 20), card)
        self._give(10, datetime(2026, 3, 20))

        self._sweep(datetime(2026, 3, 20, 20))

        self.assertEqual(str(self._entries(card)[-1].day), "2026-03-21")
        self.assertEqual(str(self._entries()[-1].day), "2026-03-20")

    def test_a_length_that_makes_no_sense_is_refused_in_words(self):
        with self.assertRaisesRegex(ValidationError, "after 0 months"):
            self.program.points_expiry_months = 0
        with self.assertRaisesRegex(ValidationError, "after -1 years"):
            self.program.write({"points_expiry": "year_end", "points_expiry_years": -1})


class TestPointInactivity(PointsCommon):
    """Points of members who are active live on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.write({"points_expiry": "inactivity", "points_expiry_months": 6})
        cls.customer = cls._create_customer()

    def _expiries(self):
        lots = self.env["member.point.lot"].search(
            [("card_id", "=", self._get_card(self.customer).id)], order="id"
        )
        return lots.mapped("expires_at")

    def test_earning_prolongs_everything(self):
        self._confirm_order(self.customer, 100)
        self.assertEqual(self._expiries(), [datetime(2026, 9, 16)])
        self._travel_to("2026-08-31 10:00:00")

        self._confirm_order(self.customer, 100)

        self.assertEqual(self._expiries(), [datetime(2027, 3, 1)] * 2)

    def test_spending_prolongs_what_is_left(self):
        self._confirm_order(self.customer, 300)
        self._travel_to("2026-08-31 10:00:00")
        order = self._create_order(self.customer, 100)
        self._claim(order)

        order.action_confirm()

        self.assertEqual(self._get_points(self.customer), 200)
        self.assertEqual(self._expiries()[0], datetime(2027, 3, 1))

    def test_what_has_expired_does_not_come_back_to_life(self):
        self._confirm_order(self.customer, 100)
        self._travel_to("2026-09-16 00:00:00")

        self._confirm_order(self.customer, 50)
        self._run_cron("expire_points")

        self.assertEqual(self._get_points(self.customer), 50)

    def test_nothing_lives_shorter_than_an_officer_promised(self):
        self._confirm_order(self.customer, 100)
        lot = self.env["member.point.lot"].search([], order="id desc", limit=1)
        lot.sudo().expires_at = datetime(2030, 1, 1)
        self.env.flush_all()

        self._confirm_order(self.customer, 100)

        self.assertEqual(self._expiries()[0], datetime(2030, 1, 1))

    def test_other_policies_do_not_care_about_activity(self):
        self.program.points_expiry = "months"
        self._confirm_order(self.customer, 100)
        self._travel_to("2026-08-31 10:00:00")

        self._confirm_order(self.customer, 100)

        self.assertEqual(self._expiries()[0], datetime(2026, 9, 16))
