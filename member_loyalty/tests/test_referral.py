from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .referral_common import ReferralCommon

REWARDING = "odoo.addons.member_loyalty.models.member_referral_rewarding"
BOTH = [("Lumen", "earned", 50), ("Bolt", "earned", 20)]


@tagged("post_install", "-at_install")
class TestReferral(ReferralCommon):
    """Both sides are rewarded once, after the payment and the return window."""

    def test_the_course_of_a_referral_from_registration_to_reward(self):
        referral = self._refer()
        self._follow()
        self.assertEqual(referral.state, "bound")

        order = self._confirm_order(self.bob, 100)
        self._follow()
        self.assertRecordValues(
            referral, [{"state": "ordered", "order_id": order.id, "due_on": False}]
        )

        self._pay(order)
        self._follow()
        self.assertRecordValues(
            referral, [{"state": "waiting", "due_on": date(2026, 3, 29)}]
        )

        self._follow("2026-03-28")
        self.assertEqual(referral.state, "waiting")
        self.assertEqual(self._get_rewards(), [])

        self._follow("2026-03-29")
        self.assertRecordValues(
            referral,
            [{"state": "rewarded", "referrer_points": 50, "referred_points": 20}],
        )
        self.assertEqual(self._get_rewards(), BOTH)
        self.assertEqual(self._get_counted(), 1)

    def test_both_sides_are_told_once(self):
        self._refer_and_buy()
        self._follow("2026-03-29")

        self.assertEqual(self._get_told(self.ann), ["referral_rewarded"])
        self.assertEqual(self._get_told(self.bob), ["referred_rewarded"])
        message = self.env["member.notification"].search(
            [("kind", "=", "referral_rewarded")]
        )
        self.assertIn("50 points", message.body.lower())
        self.assertNotIn("Bolt", message.body)

    def test_a_tier_rule_sees_the_referral(self):
        self._change_rules(self.silver, metric="referrals", value=1)
        self._refer_and_buy()
        self.assertEqual(self._get_tier(self.lumen), "Ordinary")

        self._follow("2026-03-29")

        self.assertEqual(self._get_tier(self.lumen), "Silver")

    def test_an_order_below_the_minimum_does_not_count_and_a_later_one_does(self):
        self.program.referral_minimum_amount = 100
        referral = self._refer()
        self._confirm_order(self.bob, 99)
        self._follow()
        self.assertEqual(referral.state, "bound")

        order = self._confirm_order(self.bob, 100)
        self._follow()

        self.assertEqual(referral.order_id, order)

    def test_a_quotation_a_foreign_and_an_older_order_do_not_count(self):
        self._confirm_order(self.ann, 500)
        self._travel_to("2026-03-16 08:00:00")
        referral = self._refer()
        self._create_order(self.bob, 500)
        self._follow()

        self.assertFalse(referral.order_id)

    def test_a_half_paid_order_waits(self):
        referral = self._refer()
        order = self._confirm_order(self.bob, 100, 100)
        order.order_line[0].qty_to_invoice = 1
        self._invoice(order)
        self._follow("2026-06-01")

        self.assertEqual(referral.state, "ordered")

    def test_an_order_that_is_cancelled_is_waited_for_no_more(self):
        referral = self._refer()
        order = self._confirm_order(self.bob)
        self._follow()
        order._action_cancel()
        self._follow()

        self.assertRecordValues(referral, [{"state": "bound", "order_id": False}])

    def test_a_credit_note_in_the_window_ends_it(self):
        referral, invoice = self._refer_and_buy()
        self._credit(invoice)
        self._follow("2026-03-29")

        self.assertRecordValues(referral, [{"state": "bound", "due_on": False}])
        self.assertEqual(self._get_rewards(), [])

    def test_a_partial_credit_note_leaves_the_rest(self):
        _referral, invoice = self._refer_and_buy()
        self._credit(invoice, 40)
        self._follow("2026-03-29")

        self.assertEqual(self._get_rewards(), BOTH)

    def test_a_draft_credit_note_is_waited_for(self):
        referral, invoice = self._refer_and_buy()
        note = invoice._reverse_moves([{}])
        self._follow("2026-03-29")
        self.assertEqual(referral.state, "waiting")

        note.unlink()
        self._follow()

        self.assertEqual(referral.state, "rewarded")

    def test_a_referral_without_an_order_lapses(self):
        self.program.referral_lapse_days = 30
        referral = self._refer()
        self._follow("2026-04-14")
        self.assertEqual(referral.state, "bound")

        self._follow("2026-04-15")
        self.assertEqual(referral.state, "lapsed")

        self._confirm_order(self.bob)
        self._follow()
        self.assertEqual(referral.state, "lapsed")

    def test_what_was_promised_is_kept_when_referrals_are_switched_off(self):
        self._refer_and_buy()
        self.program.referral_active = False
        self._follow("2026-03-29")

        self.assertEqual(self._get_rewards(), BOTH)

    def test_who_is_no_member_gets_no_points_and_the_other_side_does(self):
        self.program.enroll_on_order = False
        self._refer_and_buy()
        self._follow("2026-03-29")

        self.assertEqual(self._get_rewards(), BOTH[:1])

    def test_a_reward_that_fails_keeps_no_other_waiting(self):
        _firm, eve = self._create_firm("Elm", "Eve")
        failing, _invoice = self._refer_and_buy()
        other, _invoice = self._refer_and_buy(eve)
        model = type(self.env["member.referral"])
        tell = model._tell_rewarded

        def fail(referrals, entries):
            if failing in referrals:
                raise ValueError("broken")
            return tell(referrals, entries)

        with (
            patch.object(model, "_tell_rewarded", fail),
            mute_logger(REWARDING),
        ):
            self._follow("2026-03-29")

        self.assertEqual(failing.state, "waiting")
        self.assertEqual(other.state, "rewarded")
        self.assertEqual(self._get_counted(), 1)

    def test_coupons_are_given_by_gifts_on_these_occasions(self):
        self._give_coupons()
        self._refer_and_buy()
        self._follow("2026-03-29")

        given = self.env["member.benefit.gift.issue"].search([], order="id")
        self.assertEqual(
            given.mapped(lambda one: (one.partner_id.name, one.occasion)),
            [("Ann", "referral"), ("Bob", "referred")],
        )
        self.assertTrue(all(given.mapped("code")))

    def test_what_they_get_is_said_in_words(self):
        self.assertEqual(
            self.program.referral_rewards,
            "Who refers: 50 points\nWho is referred: 20 points",
        )
        self.assertEqual(len(self.program._say_referral_rules()), 4)

    def test_negative_settings_are_refused(self):
        for name in ("referral_window_days", "referral_limit", "referral_lapse_days"):
            with (
                self.subTest(name),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.program[name] = -1
                self.env.flush_all()

    def test_history_is_not_deleted(self):
        with self.assertRaises(UserError):
            self._refer().unlink()


@tagged("post_install", "-at_install")
class TestReferralMerge(ReferralCommon):
    """Referrals follow contacts and memberships that become one."""

    def test_a_merged_referrer_is_rewarded(self):
        referral, _invoice = self._refer_and_buy()
        heir, _contact = self._create_firm("Lumen Group", "Al")
        self._enroll(heir)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.lumen | heir).ids, heir)
        self._follow("2026-03-29")

        self.assertEqual(referral.state, "rewarded")
        self.assertEqual(referral.membership_id.partner_id, heir)
        self.assertEqual(self._get_counted(heir), 1)
