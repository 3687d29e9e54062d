from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .appeal_common import UNTIL, AppealCommon
from .common import TODAY

REVIEW = "odoo.addons.member_loyalty.models.member_tier_appeal_review"


@tagged("post_install", "-at_install")
class TestPromise(AppealCommon):
    """What was promised is compared with what is bought, until the end."""

    def test_progress_counts_from_the_day_of_the_grant_to_the_last_day(self):
        appeal = self._grant_appeal()
        for day, amount in (
            (TODAY - timedelta(days=1), 100_000),
            (TODAY, 1000),
            (UNTIL, 500),
            (UNTIL + timedelta(days=1), 100_000),
        ):
            self._book(self.ada, amount, on=day)
        self.env.invalidate_all()

        self.assertRecordValues(
            appeal,
            [
                {
                    "bought_amount": 1500,
                    "missing_amount": 3500,
                    "promise_percentage": 30,
                }
            ],
        )
        self.assertRecordValues(
            self.membership,
            [
                {
                    "promise_id": appeal.id,
                    "promise_until": UNTIL,
                    "promised_amount": 5000,
                    "promise_bought_amount": 1500,
                    "promise_missing_amount": 3500,
                    "promise_percentage": 30,
                    "appeal_count": 1,
                }
            ],
        )

    def test_orders_and_credit_notes_count_as_they_are_booked(self):
        appeal = self._grant_appeal()
        order = self._confirm_order(self.ada, 2000)
        invoice = self._invoice(order)
        self._credit(invoice, 500)
        self.env.invalidate_all()

        self.assertEqual(appeal.bought_amount, 1500)

    def test_progress_of_many_promises_is_one_query(self):
        appeals = self.env["member.tier.appeal"]
        for number in range(5):
            [member] = self._enroll(self._create_customer(f"Member {number}"))
            self._book(member.partner_id, 1000 * number)
            appeals |= self._grant_appeal(member).sudo()
        self.env.flush_all()
        self.env.invalidate_all()
        appeals.fetch(["state", "promised_amount", "program_id", "company_id"])
        appeals.currency_id.mapped("rounding")
        self.assertTrue(self.program._get_partner_column())

        with self.assertQueryCount(1):
            bought = appeals._get_purchases()

        self.assertEqual(sorted(bought.values()), [0, 1000, 2000, 3000, 4000])

    def test_contacts_share_the_promise_of_their_company(self):
        acme = self._create_customer("Acme", is_company=True)
        joe = self._create_customer("Joe", parent_id=acme.id)
        [member] = self._enroll(acme)
        appeal = self._grant_appeal(member)

        self._confirm_order(joe, 700)

        self.assertEqual(appeal.bought_amount, 700)

    def test_a_promise_is_not_reviewed_on_its_last_day(self):
        appeal = self._grant_appeal()
        self._travel_to("2026-09-15 22:00:00")
        self._review()

        self.assertEqual(appeal.state, "granted")

    def test_a_promise_that_was_reached_is_kept(self):
        appeal = self._grant_appeal()
        self._book(self.ada, 5000, on=UNTIL)
        self._travel_to("2026-09-16 06:00:00")

        self._review()

        self.assertRecordValues(
            appeal,
            [
                {
                    "state": "kept",
                    "reviewed_on": date(2026, 9, 16),
                    "reviewed_amount": 5000,
                    "promise_percentage": 100,
                }
            ],
        )

    def test_a_promise_that_was_not_reached_is_missed(self):
        appeal = self._grant_appeal()
        self._book(self.ada, 4999.99, on=UNTIL)
        self._travel_to("2026-09-16 06:00:00")

        self._review()

        self.assertEqual(appeal.state, "missed")
        self._book(self.ada, 1000, on=UNTIL)
        self.env.invalidate_all()
        self.assertRecordValues(
            appeal, [{"bought_amount": 4999.99, "promise_percentage": 99}]
        )

    def test_a_grant_without_a_promise_ends_as_kept(self):
        appeal = self._grant_appeal(promised_amount=0)
        self._travel_to("2026-09-16 06:00:00")
        self._review()

        self.assertEqual(appeal.state, "kept")

    def test_a_review_twice_says_everything_once_and_missed_days_are_caught_up(self):
        appeal = self._grant_appeal()
        self._travel_to("2026-12-24 06:00:00")
        self._review()
        notes = len(appeal.message_ids)
        mails = len(self._get_mails(appeal))

        self._review()

        self.assertEqual(appeal.reviewed_on, date(2026, 12, 24))
        self.assertEqual(len(appeal.message_ids), notes)
        self.assertEqual(len(self._get_mails(appeal)), mails)

    def test_the_review_tells_the_officer(self):
        appeal = self._grant_appeal()
        self._travel_to("2026-09-16 06:00:00")
        self._review()

        told = appeal.message_ids.filtered(
            lambda message: "Promise missed" in (message.body or "")
        )
        self.assertIn(self.otto.partner_id, told.notified_partner_ids)
        self.assertIn("0.00", told.body)
        self.assertIn("5,000.00", told.body)

    def test_the_tier_falls_at_the_next_review_of_the_program_only(self):
        self._grant_appeal()
        self._book(self.ada, 6000, on=UNTIL)
        for moment, tier in (
            ("2026-09-02 06:00:00", "Gold"),
            ("2026-09-16 06:00:00", "Gold"),
            ("2026-10-01 06:00:00", "Silver"),
        ):
            self._travel_to(moment)
            self._review()
            self._run_cron()
            self.assertEqual(self._get_tier(self.ada), tier, moment)

    def test_one_review_that_fails_does_not_keep_the_others_waiting(self):
        first = self._grant_appeal()
        [member] = self._enroll(self._create_customer("Bea"))
        second = self._grant_appeal(member)
        self._travel_to("2026-09-16 06:00:00")
        model = type(self.env["member.tier.appeal"])
        original = model._review

        def fail_first(appeal):
            if appeal == first:
                raise ValueError("out of luck")
            original(appeal)

        with patch.object(model, "_review", fail_first), mute_logger(REVIEW):
            self._review()

        self.assertEqual((first.state, second.state), ("granted", "missed"))


@tagged("post_install", "-at_install")
class TestLateAppeals(AppealCommon):
    def test_an_appeal_is_late_the_day_after_its_deadline(self):
        appeal = self._submit_appeal()
        late = [("state", "=", "submitted"), ("deadline", "<", "today")]
        for moment, is_late in (
            ("2026-03-29 12:00:00", False),
            ("2026-03-30 12:00:00", True),
        ):
            self._travel_to(moment)
            self.env.invalidate_all()
            self.assertEqual(appeal.is_late, is_late)
            self.assertEqual(bool(appeal.search(late) & appeal), is_late)

    def test_the_manager_is_reminded_once(self):
        appeal = self._submit_appeal()
        self._travel_to("2026-03-29 06:00:00")
        self._review()
        self.assertFalse(appeal.reminded_on)
        self._travel_to("2026-03-30 06:00:00")
        self._review()
        self._travel_to("2026-03-31 06:00:00")
        self._review()

        reminders = appeal.message_ids.filtered(
            lambda message: "Late" in (message.body or "")
        )
        self.assertEqual(len(reminders), 1)
        self.assertEqual(reminders.notified_partner_ids, self.mona.partner_id)
        self.assertEqual(appeal.reminded_on, date(2026, 3, 30))
