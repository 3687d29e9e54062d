from odoo.tests import tagged

from .journal_common import JournalCommon


@tagged("post_install", "-at_install")
class TestJournalCompany(JournalCommon):
    """Two companies, each with its own journal, programs and currency."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.abroad = cls._create_company(currency="EUR")
        cls.circle = cls._create_program(silver=50, gold=5000, company=cls.abroad)

    def _confirm_abroad(self, amount):
        return self._confirm_order(self.customer, amount, company_id=self.abroad.id)

    def test_each_company_sums_its_own_orders(self):
        home = self._confirm_order(self.customer, 60)
        away = self._confirm_abroad(60)

        self.assertEqual(self._get_rows(home).company_id, self.company)
        self.assertEqual(self._get_rows(away).company_id, self.abroad)
        self.assertEqual(self._get_rows(away).currency_id, self.abroad.currency_id)
        self.assertEqual(self._get_tier(self.customer), "Ordinary")
        self.assertEqual(self._get_tier(self.customer, self.circle), "Silver")

    def test_an_order_abroad_makes_no_member_at_home(self):
        self._confirm_abroad(60)

        self.assertFalse(self._get_membership(self.customer))

    def test_orders_of_both_companies_confirmed_at_once(self):
        orders = self._create_order(self.customer, 1000) | self._create_order(
            self.customer, 50, company_id=self.abroad.id
        )

        orders.action_confirm()

        self.assertEqual(self._get_tier(self.customer), "Silver")
        self.assertEqual(self._get_tier(self.customer, self.circle), "Silver")

    def test_the_tier_shown_is_that_of_the_company_at_work(self):
        self._confirm_order(self.customer, 60)
        self._confirm_abroad(60)

        home = self.customer.with_company(self.company)
        away = self.customer.with_company(self.abroad)
        self.assertEqual(home.member_tier_id.program_id, self.program)
        self.assertEqual(away.member_tier_id.program_id, self.circle)

    def test_a_quotation_shows_the_tier_of_its_own_company(self):
        self._confirm_abroad(60)
        quotation = self._create_order(self.customer, 1, company_id=self.abroad.id)

        tier = quotation.with_company(self.company).member_tier_id
        self.assertEqual((tier.name, tier.program_id), ("Silver", self.circle))

    def test_quotations_are_found_by_the_tier_in_their_own_company(self):
        self._confirm_abroad(60)
        quotation = self._create_order(self.customer, 1, company_id=self.abroad.id)
        silver = self.circle.tier_ids.sorted("sequence")[1]

        found = self.env["sale.order"].search(
            [("member_tier_id", "=", silver.id), ("state", "=", "draft")]
        )

        self.assertEqual(found, quotation)

    def test_the_day_is_that_of_the_order_s_company(self):
        self.abroad.partner_id.tz = "Asia/Tokyo"
        self._travel_to("2026-03-15 20:00:00")
        home, away = self._confirm_order(self.customer, 1), self._confirm_abroad(1)

        self.assertEqual(str(self._get_rows(home).date), "2026-03-15")
        self.assertEqual(str(self._get_rows(away).date), "2026-03-16")

    def test_a_company_without_a_program_keeps_a_journal_all_the_same(self):
        self.circle.active = False
        away = self._confirm_abroad(60)

        self.assertEqual(self._get_net(away), (60, 1))
        self.assertFalse(self.customer.with_company(self.abroad).member_tier_id)

    def test_a_program_made_active_again_is_asked_at_once(self):
        self.circle.active = False
        self._confirm_abroad(10)
        self.circle.active = True
        self._confirm_abroad(60)

        self.assertEqual(self._get_tier(self.customer, self.circle), "Silver")

    def test_looking_at_archived_records_does_not_wake_archived_programs(self):
        self.circle.active = False
        self.env.registry.clear_cache()
        customer = self.customer.with_company(self.abroad)
        self.assertFalse(customer.with_context(active_test=False).member_tier_id)

        self._confirm_abroad(60)

        self.assertFalse(self._get_membership(self.customer, self.circle))
