from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import member_follow_up
from .appeal_common import UNTIL
from .notification_common import NotificationCommon


@tagged("post_install", "-at_install")
class TestNotificationOfMoves(NotificationCommon):
    """Members are told that they joined, rose, fell, or will fall."""

    def test_an_order_that_makes_a_member_and_lifts_it_tells_both(self):
        self._create_benefit(name="2% off")
        ada = self._create_customer(email="ada@example.com")

        self._confirm_order(ada, 1500)
        self.assertFalse(self._get_messages(ada))
        self._follow_up()

        joined, risen = self._get_messages(ada)
        self.assertEqual((joined.kind, risen.kind), ("joined", "tier_up"))
        self.assertEqual(joined.title, "Welcome to Club")
        self.assertIn("your tier is Ordinary", joined.body)
        self.assertEqual(risen.title, "You are now Silver")
        self.assertIn("You rose from Ordinary to Silver", risen.body)
        self.assertIn("• 2% off", risen.body)
        self.assertIn("Click to see your benefits", risen.body)
        self.assertEqual(len(self._get_mails(joined | risen)), 2)

    def test_following_up_twice_tells_nobody_twice(self):
        ada = self._create_customer()
        self._confirm_order(ada, 1500)
        self._follow_up()
        decisions = self._get_membership(ada).decision_ids

        self.env["member.follow.up"].sudo()._follow_tier_moves(decisions.ids)

        self.assertEqual(self._get_told(ada), ["joined", "tier_up"])

    def test_nobody_is_told_where_the_program_tells_nobody(self):
        self.program.notify_members = False
        ada = self._create_customer(email="ada@example.com")

        self._confirm_order(ada, 1500)

        self.assertFalse(self.env["member.follow.up"].search([]))
        self.program.notify_members = True
        self._follow_up()
        self.assertFalse(self._get_messages(ada))

    def test_a_new_program_tells_nobody_until_it_is_switched_on(self):
        self.assertFalse(self._create_program().notify_members)
        self.assertFalse(self.program.copy().notify_members)

    def test_a_fall_says_what_is_missing_to_rise_again(self):
        ada = self._create_customer(email="ada@example.com")
        self._book(ada, 1500, on=date(2025, 2, 1))
        self._enroll(ada, tier=self.silver)
        self._get_membership(ada)._write_tier({"valid_until": date(2026, 3, 1)})
        self._follow_up()

        self.program._evaluate(date(2026, 4, 1), may_fall=True)
        self._follow_up()

        fallen = self._get_messages(ada, "tier_down")
        self.assertEqual(fallen.title, "Your tier is now Ordinary")
        self.assertIn("To keep Silver", fallen.body)

    def test_a_tier_given_and_taken_by_hand_is_told(self):
        [membership] = self._enroll(self._create_customer())
        membership._assign_tier(self.gold, "Partner")
        self._follow_up()
        membership._assign_tier(self.silver, "Less")
        self._follow_up()

        told = self._get_messages(membership.partner_id)
        self.assertEqual(told.mapped("kind"), ["joined", "tier_up", "tier_down"])

    def test_imported_customers_are_neither_welcomed_nor_told_of_their_first_tier(self):
        ada = self._create_customer()
        self._book(ada, 1500)

        self.program._enroll_partners(ada, "import")
        self.program._let_members_rise(ada.ids)
        self._follow_up()
        self.assertEqual(self._get_tier(ada), "Silver")
        self.assertFalse(self._get_messages(ada))

    def test_the_evaluation_after_an_import_tells_nobody_of_a_first_tier(self):
        """An import lets nobody rise; the night after it does."""
        ada = self._create_customer()
        self._book(ada, 1500)
        self.program._enroll_partners(ada, "import")

        self._travel_to("2026-03-16 10:00:00")
        self._run_cron("evaluate")
        self._follow_up()

        self.assertEqual(self._get_tier(ada), "Silver")
        self.assertFalse(self._get_messages(ada))

    def test_an_imported_member_who_rises_later_is_told(self):
        ada = self._create_customer()
        self.program._enroll_partners(ada, "import")
        self._follow_up()

        self._travel_to("2026-03-20 10:00:00")
        self._confirm_order(ada, 1500)
        self._follow_up()

        self.assertEqual(self._get_told(ada), ["tier_up"])

    def test_customers_of_years_ago_are_not_welcomed_when_they_are_found(self):
        ada = self._create_customer()

        self.program._enroll_partners(ada, "order", date(2024, 1, 1))
        self._follow_up()

        self.assertFalse(self._get_messages(ada))

    def test_many_are_followed_in_slices(self):
        customers = [self._create_customer(f"C{number}") for number in range(5)]
        with patch.object(member_follow_up, "SLICE", 2):
            self._enroll(*customers)
            self._follow_up()

        self.assertEqual(
            [self._get_told(customer) for customer in customers], [["joined"]] * 5
        )
        self.assertFalse(self.env["member.follow.up"].search([]))

    def test_a_text_that_fails_breaks_neither_the_order_nor_the_run(self):
        Model = type(self.Notification)
        ada = self._create_customer()
        with (
            mute_logger("odoo.addons.member_loyalty.models.member_notification"),
            patch.object(Model, "_put_into_words", side_effect=ZeroDivisionError),
        ):
            order = self._confirm_order(ada, 1500)
            self._follow_up()

        self.assertEqual(order.state, "sale")
        self.assertFalse(self._get_messages(ada))
        self.assertFalse(self.env["member.follow.up"].search([]))

    def test_a_warning_is_read_on_the_website_as_well(self):
        self.program.write({"fall_day": 1, "warn_days": 30})
        ada = self._create_customer(email="ada@example.com")
        self._book(ada, 1000, on=date(2025, 3, 20))
        self._enroll(ada, tier=self.silver)
        self._get_membership(ada)._write_tier({"valid_until": date(2026, 3, 31)})

        with self._without_commit():
            self.program._warn_members(date(2026, 3, 15))

        warning = self._get_messages(ada, "tier_warning")
        self.assertEqual(warning.title, "Keep your tier Silver")
        self.assertIn("To keep Silver after", warning.body)
        self.assertEqual((warning.on_site, warning.mail_state), (True, "queued"))
        self.assertEqual(
            self.env["mail.mail"].search_count(
                [("model", "=", "member.tier.decision")]
            ),
            1,
        )
        self.assertFalse(self._get_mails(warning))

    def test_an_appeal_is_read_on_the_website_as_well(self):
        ada = self._create_member(email="ada@example.com", tier=self.silver)
        self._follow_up()
        appeal = self.env["member.tier.appeal"].create(
            {
                "membership_id": self._get_membership(ada).id,
                "tier_id": self.gold.id,
                "reason": "A new line",
                "promised_amount": 5000,
                "wished_until": UNTIL,
            }
        )

        appeal.action_submit()

        told = self._get_messages(ada, "appeal_submitted")
        self.assertEqual(told.title, "We received your request for Gold")
        self.assertIn("5,000", told.body)
        self.assertTrue(told.on_site)

    def test_mails_of_appeals_do_not_need_the_switch(self):
        self.program.notify_members = False
        ada = self._create_member(email="ada@example.com")

        told = self._tell("appeal_granted", ada, tier=self.gold)

        self.assertEqual((told.on_site, told.mail_state), (False, "queued"))


@tagged("post_install", "-at_install")
class TestNotificationOfUses(NotificationCommon):
    """Members are told what they used, once for each document."""

    def test_a_use_is_told_on_the_website_with_what_is_left(self):
        ada = self._create_member(tier=self.silver, email="ada@example.com")
        self._follow_up()
        benefit = self._create_benefit(name="Free sample", quota=3)

        benefit._use(self._get_membership(ada))
        self._follow_up()

        used = self._get_messages(ada, "benefit_used")
        self.assertEqual(used.title, "You used: Free sample")
        self.assertIn("Free sample: 2 of 3", used.body)
        self.assertEqual((used.on_site, used.mail_state), (True, False))

    def test_an_order_that_uses_several_is_one_message(self):
        ada = self._create_member(tier=self.silver)
        order = self._create_order(ada, 100)
        for name in ("Free sample", "Gift wrap"):
            self._claim(order, self._create_benefit("product", name=name))

        order.action_confirm()
        self._follow_up()

        used = self._get_messages(ada, "benefit_used")
        self.assertEqual(len(used), 1)
        self.assertEqual(used.title, "You used: Free sample, Gift wrap")
        self.assertIn(order.name, used.body)

    def test_what_is_taken_back_is_not_told(self):
        ada = self._create_member(tier=self.silver)
        benefit = self._create_benefit()
        benefit._use(self._get_membership(ada))
        self._follow_up()

        benefit._use(self._get_membership(ada), -1)
        self._follow_up()

        self.assertEqual(len(self._get_messages(ada, "benefit_used")), 1)

    def test_what_happens_without_the_member_is_no_use_to_tell(self):
        """Nobody used anything who was given an account manager."""
        user = self._create_user("ann", "manager")
        benefit = self._create_benefit(
            "account_manager", manager_user_ids=[Command.set(user.ids)]
        )
        ada = self._create_member(tier=self.silver)

        self._follow_up()
        self._follow_up()

        self.assertEqual(self._get_uses(benefit), [(1, 0)])
        self.assertFalse(self._get_messages(ada, "benefit_used"))
