from datetime import date, datetime
from decimal import Decimal
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import ValidationError

from ..logic.point_posting import Posting
from ..models import member_program_points_warning as warning
from .point_common import PointsCommon


class TestPointWarning(PointsCommon):
    """Members are told before points expire, once for each day and number of days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.points_warning_days = "7, 30"
        cls.customer = cls._create_customer(email="ada@example.com")
        cls.card = cls._open_card(cls.customer)

    def _give(self, points, expires_at, card=None):
        self.env["member.point.ledger"]._post(
            [
                Posting(
                    (card or self.card).id,
                    "earned",
                    Decimal(points),
                    datetime(2026, 3, 15, 10),
                    expires_at=expires_at,
                )
            ]
        )

    def _warn(self, at="2026-03-15 10:00:00"):
        """Run the scheduled action at a moment; return new (last day, days, points)."""
        self._travel_to(at)
        before = self.env["member.point.warning"].search([])
        self._run_cron("warn_of_expiry")
        new = self.env["member.point.warning"].search([], order="id") - before
        return [(one.expires_on, one.days, one.points) for one in new]

    def _mails(self):
        return self.env["mail.mail"].search(
            [("model", "=", "member.point.warning")], order="id"
        )

    def test_a_member_is_told_thirty_and_seven_days_before(self):
        self._give(70, datetime(2026, 5, 1))

        told = [
            (day, self._warn(f"{day} 10:00:00"))
            for day in ("2026-03-30", "2026-03-31", "2026-04-22", "2026-04-23")
        ]

        last = date(2026, 4, 30)
        self.assertEqual(
            told,
            [
                ("2026-03-30", []),
                ("2026-03-31", [(last, 30, 70)]),
                ("2026-04-22", []),
                ("2026-04-23", [(last, 7, 70)]),
            ],
        )

    def test_running_twice_tells_nobody_twice(self):
        self._give(70, datetime(2026, 4, 1))

        self.assertEqual(len(self._warn()), 1)
        self.assertEqual(self._warn("2026-03-15 11:00:00"), [])
        self.assertEqual(self._warn("2026-03-16 10:00:00"), [])

    def test_missed_days_are_made_up_for_with_one_warning(self):
        self._give(70, datetime(2026, 3, 18))

        self.assertEqual(self._warn(), [(date(2026, 3, 17), 7, 70)])

    def test_points_earned_later_for_the_same_day_do_not_warn_again(self):
        self._give(70, datetime(2026, 4, 1))
        self._warn()
        self._give(30, datetime(2026, 4, 1))

        self.assertEqual(self._warn("2026-03-16 10:00:00"), [])
        self.assertEqual(
            self._warn("2026-03-25 10:00:00"), [(date(2026, 3, 31), 7, 100)]
        )

    def test_what_was_spent_or_has_expired_is_not_warned_of(self):
        self._give(70, datetime(2026, 3, 16))
        self._give(40, datetime(2026, 4, 1))
        self._give(-70, None)

        self.assertEqual(self._warn("2026-03-17 10:00:00")[0][2], 40)

    def test_the_last_day_is_the_companys(self):
        self.env.company.partner_id.tz = "America/New_York"
        self.env.registry.clear_cache()
        self._give(70, datetime(2026, 4, 1, 4))

        self.assertEqual(self._warn()[0][0], date(2026, 3, 31))

    def test_one_mail_says_how_much_until_when_and_what_it_buys(self):
        self._give(150, datetime(2026, 4, 1))
        self._give(60, datetime(2026, 4, 6))
        self._create_reward(required_points=50, description="Free sample")
        self._create_reward(required_points=5000, description="Cruise")

        self._warn()

        mail = self._mails()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn("150 Points", mail.subject)
        for words in ("150 Points", "03/31/2026", "60 Points", "04/05/2026"):
            self.assertIn(words, mail.body_html)
        self.assertIn("Free sample", mail.body_html)
        self.assertIn("Pay with points", mail.body_html)
        self.assertNotIn("Cruise", mail.body_html)

    def test_rewards_are_offered_at_the_price_of_the_members_tier(self):
        self._enroll(self.customer, tier=self.silver)
        self._create_reward(
            required_points=200,
            description="Lamp",
            member_price_ids=[
                Command.create({"tier_id": self.silver.id, "points": 120})
            ],
        )
        self._create_reward(description="Gold ring", member_tier_ids=self.gold.ids)
        self._give(150, datetime(2026, 4, 1))

        self._warn()

        self.assertIn("Lamp", self._mails().body_html)
        self.assertIn("120 Points", self._mails().body_html)
        self.assertNotIn("Gold ring", self._mails().body_html)

    def test_the_mail_speaks_the_members_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        template = self.env.ref("member_loyalty.mail_template_point_warning")
        template.with_context(lang="de_DE").subject = "Punkte verfallen"
        self.customer.lang = "de_DE"
        self._give(150, datetime(2026, 4, 1))

        self._warn()

        self.assertEqual(self._mails().subject, "Punkte verfallen")
        self.assertIn("31.03.2026", self._mails().body_html)

    def test_without_a_mail_address_nothing_is_sent(self):
        self.customer.email = False
        self._give(150, datetime(2026, 4, 1))

        self.assertEqual(len(self._warn()), 1)
        self.assertFalse(self._mails())

    def test_slices_leave_nobody_out(self):
        for number in range(5):
            card = self._open_card(self._create_customer(f"Customer {number}"))
            self._give(10, datetime(2026, 4, 1), card)
            self._give(10, datetime(2026, 4, 2), card)

        with patch.object(warning, "CARDS_AT_ONCE", 2):
            self.assertEqual(len(self._warn()), 10)

    def test_a_program_without_days_warns_nobody(self):
        self.program.points_warning_days = False
        self._give(150, datetime(2026, 4, 1))

        self.assertEqual(self._warn(), [])

    def test_each_program_warns_on_its_own_days(self):
        other = self._create_program(name="Other", points_warning_days="60")
        other._start_points()
        card = self._open_card(self.customer, other)
        self._give(10, datetime(2026, 5, 10), card)
        self._give(20, datetime(2026, 5, 10))

        self.assertEqual(self._warn(), [(date(2026, 5, 9), 60, 10)])

    def test_days_are_read_as_people_write_them(self):
        for words, days in (("7,30 , 7", (30, 7)), ("", ()), ("14;", (14,))):
            self.program.points_warning_days = words
            self.assertEqual(self.program._get_warning_days(), days)

    def test_other_words_for_days_are_refused(self):
        for words in ("a week", "0", "-3", "7.5", "400", "²"):
            with self.assertRaisesRegex(ValidationError, "whole days from 1 to 366"):
                self.program.points_warning_days = words
