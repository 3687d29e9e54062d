from datetime import date

from odoo.tests import tagged

from .gift_common import GiftsCommon


@tagged("post_install", "-at_install")
class TestGiftEvents(GiftsCommon):
    def test_who_joins_is_welcomed_once_for_ever(self):
        self._create_gift("welcome")
        ada = self._create_member()
        self._follow_up()
        self._get_membership(ada).active = False

        self._enroll(ada)
        self._follow_up()

        self.assertEqual(self._get_gifts(ada).mapped("occasion_key"), ["welcome"])

    def test_imported_members_were_members_before(self):
        self._create_gift("welcome")
        self._create_gift("tier_reached")
        ada = self._create_customer()
        self._book(ada, 2000)

        self.program._enroll_partners(ada, "import")
        self.program._let_members_rise(ada.ids)
        self._follow_up()

        self.assertEqual(self._get_tier(ada), "Silver")
        self.assertFalse(self._get_gifts(ada))

    def test_who_joined_before_is_not_welcomed(self):
        ada = self._create_member()
        self._travel_to("2026-03-16 08:00:00")
        self._create_gift("welcome")

        decisions = self._get_membership(ada).decision_ids
        self.env["member.benefit"]._give_for_moves(decisions)

        self.assertFalse(self._get_gifts(ada))

    def test_who_rises_at_once_is_welcomed_still(self):
        self._create_gift("welcome", tiers=self.ordinary)
        ada = self._create_customer()
        self._book(ada, 2000)

        self._enroll(ada)
        self.program._let_members_rise(ada.ids)
        self._follow_up()

        self.assertEqual(self._get_tier(ada), "Silver")
        self.assertEqual(len(self._get_gifts(ada)), 1)

    def test_a_tier_is_celebrated_once_and_only_on_the_way_up(self):
        self._create_gift("tier_reached", tiers=self.silver)
        [membership] = self._enroll(ada := self._create_customer())

        for tier in (self.silver, self.gold, self.silver, self.ordinary, self.silver):
            membership._assign_tier(tier, "For the test")
            self._follow_up()

        self.assertEqual(
            self._get_gifts(ada).mapped("occasion_key"), [f"tier,{self.silver.id}"]
        )

    def test_each_tier_that_is_reached_is_an_occasion(self):
        self._create_gift("tier_reached")
        [membership] = self._enroll(ada := self._create_customer())

        for tier in (self.silver, self.gold):
            membership._assign_tier(tier, "For the test")
            self._follow_up()

        self.assertEqual(len(self._get_gifts(ada)), 2)

    def test_the_first_order_is_thanked_for_once(self):
        self._create_gift("first_order")
        ada = self._create_member()
        first = self._confirm_order(ada, 100)
        self._confirm_order(ada, 200)

        self._follow_up()
        self._confirm_order(ada, 300)
        self._follow_up()

        self.assertEqual(self._get_gifts(ada).order_id, first)
        self.assertEqual(
            self._get_told(ada, "first_order_thanks"), ["first_order_thanks"]
        )

    def test_a_second_order_is_not_the_first(self):
        ada = self._create_member()
        self._confirm_order(ada, 100)
        self._create_gift("first_order")

        self._confirm_order(ada, 100)
        self._follow_up()

        self.assertFalse(self._get_gifts(ada))

    def test_an_order_that_was_cancelled_is_not_thanked_for(self):
        self._create_gift("first_order")
        ada = self._create_member()
        self._confirm_order(ada, 100).action_cancel()

        self._follow_up()

        self.assertFalse(self._get_gifts(ada))

    def test_who_ordered_for_a_company_is_thanked(self):
        self._create_gift("first_order")
        acme = self._create_customer("Acme", is_company=True)
        ann = self._create_customer("Ann", parent_id=acme.id)

        self._confirm_order(ann, 100)
        self._follow_up()

        gift = self._get_gifts(ann)
        self.assertEqual(gift.membership_id.partner_id, acme)

    def test_nothing_is_queued_without_such_a_gift(self):
        self._create_benefit("promise")
        self._confirm_order(self._create_member(), 100)

        queued = self.env["member.follow.up"].search([("topic", "=", "first_orders")])
        self.assertFalse(queued)

    def test_a_customer_of_years_ago_who_is_found_is_given_nothing(self):
        """As the messages have it: their first tier is history, not an occasion."""
        self._create_gift("tier_reached")
        self._create_gift("welcome").gift_since = "2025-01-01"
        ada = self._create_customer()
        self._book(ada, 2000, on=date(2025, 6, 1))

        self.program._enroll_partners(ada, "order")
        self.program._let_members_rise(ada.ids)
        self._follow_up()

        self.assertEqual(self._get_tier(ada), "Silver")
        self.assertFalse(self._get_gifts(ada))

    def test_the_evaluation_after_an_import_gives_nothing(self):
        self._create_gift("tier_reached")
        ada = self._create_customer()
        self._book(ada, 2000)
        self.program._enroll_partners(ada, "import")

        self._travel_to("2026-03-16 08:00:00")
        self._run_cron("evaluate")
        self._follow_up()

        self.assertEqual(self._get_tier(ada), "Silver")
        self.assertFalse(self._get_gifts(ada))
