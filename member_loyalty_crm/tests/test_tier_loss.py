from datetime import date

from odoo.tests import tagged

from .tier_loss_common import TierLossCommon


@tagged("post_install", "-at_install")
class TestTierLoss(TierLossCommon):
    """Who loses a tier if nothing more is bought, and which order keeps it."""

    def test_the_missing_amount_keeps_the_tier_and_a_cent_less_does_not(self):
        self._book(self.ada, 400, date(2025, 4, 1))
        self._book(self.ada, 250.55, date(2026, 1, 10))

        self._forecast()

        forecast = self._get_forecast()
        self.assertTrue(forecast.has_tier_loss)
        self.assertEqual(forecast.tier_loss_on, date(2026, 3, 31))
        # what was bought on 1 April a year ago is out of the window by the review
        self.assertEqual(forecast.keeping_amount, 749.45)
        for amount, falls in ((749.45, False), (749.44, True)):
            found = self._falls_after(self.membership, amount, forecast.tier_loss_on)
            self.assertEqual(found, falls, amount)

    def test_who_meets_the_rules_loses_nothing(self):
        self._book(self.ada, 1000, date(2025, 4, 2))

        self._forecast()

        self.assertFalse(self._get_forecast().has_tier_loss)
        self.assertEqual(self._get_forecast().keeping_amount, 0)

    def test_days_of_grace_move_the_end_to_a_later_review(self):
        self.program.grace_days = 10

        self._forecast()

        self.assertEqual(self._get_forecast().tier_loss_on, date(2026, 4, 30))

    def test_rules_to_keep_ask_for_less(self):
        draft = self._draft_rules()
        draft.rule_ids = [
            self._prepare_rule({"value": 300}, tier_id=self.silver.id, purpose="keep")
        ]
        draft._activate()
        self._book(self.ada, 100, date(2026, 1, 10))

        self._forecast()

        self.assertEqual(self._get_forecast().keeping_amount, 200)

    def test_where_one_order_is_not_enough_no_amount_is_said(self):
        self._change_rules(self.gold, metric="referrals", value=9)
        self._change_rules(self.silver, metric="order_count", value=3)
        self._book(self.ada, 100, date(2026, 1, 10))

        self._forecast()
        self.assertEqual(self._get_forecast().keeping_amount, 0)
        self._book(self.ada, 100, date(2026, 1, 11))
        self._forecast()

        self.assertEqual(self._get_forecast().keeping_amount, 0.01)

    def test_an_order_that_would_raise_the_member_keeps_the_tier_too(self):
        self._change_rules(self.silver, metric="referrals", value=1)

        self._forecast()

        self.assertEqual(self._get_forecast().keeping_amount, 10000)
        self.assertFalse(self._falls_after(self.membership, 10000, date(2026, 3, 31)))

    def test_what_no_order_gives_has_no_amount(self):
        self._change_rules(self.gold, metric="referrals", value=9)
        self._change_rules(self.silver, metric="referrals", value=1)

        self._forecast()

        self.assertTrue(self._get_forecast().has_tier_loss)
        self.assertEqual(self._get_forecast().keeping_amount, 0)

    def test_a_window_that_begins_with_the_review_is_reached_by_no_order(self):
        self._change_rules(self.gold, metric="referrals", value=9)
        self._change_rules(
            self.silver, value=100, window_type="calendar_month", window_length=0
        )

        self._forecast()

        self.assertTrue(self._get_forecast().has_tier_loss)
        self.assertEqual(self._get_forecast().keeping_amount, 0)
        self.assertTrue(
            self._falls_after(self.membership, 10**6, date(2026, 3, 31)),
        )

    def test_amounts_are_of_the_companys_money(self):
        company = self._create_company(currency="JPY")
        program = self._create_program(company=company)
        bob = self._create_customer("Bob")
        membership = self._enroll(bob, program=program, tier=program.tier_ids[1])
        membership.valid_until = date(2026, 3, 31)
        self._book(bob, 100, date(2026, 1, 10), company=company)
        self._change_rules(program.tier_ids[1], value=1000.4)

        self._forecast(program)

        # 900.40 are missing, and there is no money smaller than a yen
        self.assertEqual(self._get_forecast(bob).keeping_amount, 901)

    def test_nobody_falls_where_tiers_are_given_by_hand(self):
        self._forecast()
        self.assertTrue(self._get_forecast().has_tier_loss)

        self.program.automatic = False
        self._forecast()

        self.assertFalse(self._get_forecast().has_tier_loss)
        self.assertFalse(self._get_forecast().tier_loss_on)

    def test_a_loss_is_forgotten_when_the_tier_is_gone_or_held_by_hand(self):
        for values in (
            {"tier_id": self.ordinary.id, "valid_until": None},
            {"automatic": False},
            {"valid_until": date(2028, 1, 1)},
            {"granted_tier_id": self.silver.id, "granted_until": date(2026, 12, 31)},
        ):
            self._forecast()
            self.assertTrue(self._get_forecast().has_tier_loss)
            with self._for_a_moment():
                self._put(self.membership, **values)
                self._forecast()

                self.assertFalse(self._get_forecast().has_tier_loss, values)

    def test_the_chance_is_the_share_of_comparable_members_who_bought_less(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Member {number}"} for number in range(60)]
        )
        self._enroll(*partners)
        # each bought 1,200 in a year before the last 16 days; every third came back
        for number, partner in enumerate(partners):
            self._book(partner, 1200, date(2025, 9, 1))
            if number % 3 == 0:
                self._book(partner, 400, date(2026, 3, 5))
        self._book(self.ada, 600, date(2025, 9, 1))

        self._forecast()

        # Ada is one of the 61 who bought once in the year before, and stayed away.
        # 16 days of a year of 600 are 26.30, and 400 of them are missing: 15.2 times;
        # of 1,200 they are 52.60, and who came back bought 7.6 times that
        forecast = self._get_forecast()
        self.assertTrue(forecast.has_tier_loss_chance)
        self.assertEqual(forecast.keeping_amount, 400)
        self.assertEqual(forecast.tier_loss_chance, 0.99)
        self._book(self.ada, 300, date(2026, 1, 10))
        self._forecast()
        forecast = self._get_forecast()
        # with 900 a year and 100 missing, a third of them would have been enough
        self.assertEqual(forecast.keeping_amount, 100)
        self.assertAlmostEqual(forecast.tier_loss_chance, (41 + 0.5) / 62, delta=0.0051)

    def test_without_comparable_members_no_chance_is_said(self):
        self._book(self.ada, 600, date(2025, 9, 1))

        self._forecast()

        self.assertTrue(self._get_forecast().has_tier_loss)
        self.assertFalse(self._get_forecast().has_tier_loss_chance)

    def test_the_screen_says_which_conditions_are_not_looked_at(self):
        arch = self.env["member.forecast"].get_view(view_type="form")["arch"]

        self.assertIn('name="limited_conditions"', arch)
