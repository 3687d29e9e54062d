from datetime import date
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.base.models.ir_cron import IrCron

from ..models import member_program_warning
from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestTierWarning(EvaluationCommon):
    """Members who would fall are told in time what is missing, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.warn_days = 20
        cls.customer = cls._create_customer(email="ada@example.com", lang="en_US")
        cls.membership = cls._enroll(cls.customer, tier=cls.silver)
        cls._book(cls.customer, 400)

    def _find_warnings(self):
        return self.membership.decision_ids.filtered(lambda one: one.event == "warned")

    def _find_mails(self):
        return self.env["mail.mail"].search(
            [("recipient_ids", "in", self.customer.ids)]
        )

    def test_who_would_fall_is_warned_with_what_is_missing(self):
        self._catch_up(self.program)

        warning = self._find_warnings()
        self.assertEqual(
            (warning.from_tier_id, warning.to_tier_id, warning.due_on),
            (self.silver, self.ordinary, date(2026, 4, 1)),
        )
        self.assertIn("400", warning.member_sentence)
        self.assertIn("1,000", warning.member_sentence)
        self.assertEqual(self.membership.tier_id, self.silver)

    def test_the_mail_is_queued_in_words_of_the_member(self):
        self._catch_up(self.program)

        mail = self._find_mails()
        self.assertEqual(mail.state, "outgoing")
        self.assertIn("Silver", mail.subject)
        self.assertIn("1,000", mail.body_html)

    def test_nobody_is_warned_twice_of_the_same_end(self):
        self._catch_up(self.program)
        self._travel_to("2026-03-20 10:00:00")
        self._catch_up(self.program)

        self.assertEqual(len(self._find_warnings()), 1)
        self.assertEqual(len(self._find_mails()), 1)

    def test_a_new_promise_is_a_new_warning(self):
        self._catch_up(self.program)
        self._book(self.customer, 600)
        self._travel_to("2026-04-01 10:00:00")
        self._catch_up(self.program)
        self.membership.invalidate_recordset()
        self.assertEqual(self.membership.valid_until, date(2026, 4, 30))

        self._book(self.customer, -600, on=date(2026, 4, 2), count=0)
        self._travel_to("2026-04-15 10:00:00")
        self._catch_up(self.program)

        self.assertEqual(len(self._find_warnings()), 2)

    def test_who_bought_enough_is_not_warned(self):
        self._book(self.customer, 600)
        self._catch_up(self.program)

        self.assertFalse(self._find_warnings())

    def test_a_purchase_that_leaves_the_window_by_then_does_not_count(self):
        self._book(self.customer, 600, on=date(2025, 3, 20))
        self._catch_up(self.program)

        self.assertTrue(self._find_warnings())

    def test_it_is_too_early_before_the_days_of_warning(self):
        self.program.warn_days = 10
        self._catch_up(self.program)

        self.assertFalse(self._find_warnings())

    def test_without_days_of_warning_nobody_is_warned(self):
        self.program.warn_days = 0
        self._catch_up(self.program)

        self.assertFalse(self._find_warnings())

    def test_without_mail_the_warning_is_still_in_the_history(self):
        self.program.warn_by_mail = False
        self._catch_up(self.program)

        self.assertTrue(self._find_warnings())
        self.assertFalse(self._find_mails())

    def test_a_member_without_an_address_does_no_harm(self):
        self.customer.email = False
        self._catch_up(self.program)

        self.assertTrue(self._find_warnings())
        self.assertFalse(self._find_mails())

    def test_a_tier_given_by_hand_beyond_the_review_is_not_warned_of(self):
        self.membership._assign_tier(self.gold, "Fair", until=date(2026, 4, 1))
        self._catch_up(self.program)

        self.assertFalse(self._find_warnings())

    def test_a_warning_and_its_mail_are_committed_together(self):
        found = []

        def look(*_args, **_values):
            self.membership.invalidate_recordset()
            found.append((len(self._find_warnings()), len(self._find_mails())))
            return float("inf")

        with patch.object(IrCron, "_commit_progress", look):
            self.program._catch_up()

        self.assertEqual(found[-1], (1, 1))
        self.assertNotIn((1, 0), found)

    def test_many_are_warned_in_several_batches(self):
        other = self._create_customer("Bert", email="bert@example.com")
        self._enroll(other, tier=self.silver)
        with patch.object(member_program_warning, "WARNINGS_AT_ONCE", 1):
            self._catch_up(self.program)

        self.assertTrue(self._find_warnings())
        self.assertTrue(self._get_membership(other).warned_for)
