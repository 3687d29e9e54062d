from odoo.tests import tagged

from .journal_common import JournalCommon


@tagged("post_install", "-at_install")
class TestJournalCustomer(JournalCommon):
    """Whose purchase it is: contacts, companies, moved orders, time zones."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.factory = cls._create_customer("Factory", is_company=True)
        cls.buyer = cls._create_customer("Buyer", parent_id=cls.factory.id)
        cls.boss = cls._create_customer("Boss", parent_id=cls.factory.id)

    def test_a_contact_buys_for_the_company(self):
        order = self._confirm_order(self.buyer, 600)
        self._confirm_order(self.boss, 500)

        row = self._get_rows(order)
        self.assertEqual(row.partner_id, self.buyer)
        self.assertEqual(row.commercial_partner_id, self.factory)
        self.assertEqual(self._get_tier(self.factory), "Silver")
        self.assertFalse(self._get_membership(self.buyer))
        for partner in (self.factory, self.buyer, self.boss):
            self.assertEqual(partner.member_tier_id, self.silver)

    def test_in_a_program_for_contacts_each_buys_alone(self):
        alone = self._create_program(member_level="contact", sequence=99)
        self._confirm_order(self.buyer, 600)
        self._confirm_order(self.boss, 1500)

        self.assertEqual(self._get_tier(self.buyer, alone), "Ordinary")
        self.assertEqual(self._get_tier(self.boss, alone), "Silver")
        self.assertFalse(self._get_membership(self.factory, alone))
        self.assertEqual(self._get_tier(self.factory), "Silver")

    def test_an_order_given_to_another_customer_leaves_the_first_at_its_date(self):
        order = self._confirm_order(self.customer, 1500)
        self._travel_to("2026-03-20")

        order.partner_id = self.buyer

        self.assertEqual(
            [
                (row.commercial_partner_id, str(row.date), row.amount, row.order_count)
                for row in self._get_rows(order)
            ],
            [
                (self.customer, "2026-03-15", 1500, 1),
                (self.customer, "2026-03-15", -1500, -1),
                (self.factory, "2026-03-15", 1500, 1),
            ],
        )
        self.assertEqual(self._get_tier(self.factory), "Silver")

    def test_an_order_can_wander_and_come_back(self):
        order = self._confirm_order(self.customer, 100)
        for partner in (self.buyer, self.boss, self.customer):
            order.partner_id = partner
        order.order_line.price_unit = 90

        own = self._get_rows(order).filtered(
            lambda row: row.commercial_partner_id == self.customer
        )
        self.assertEqual(sum(own.mapped("amount")), 90)
        self.assertEqual(self._get_net(order), (90, 1))

    def test_an_archived_customer_is_still_followed(self):
        order = self._confirm_order(self.buyer, 100)
        (self.factory | self.buyer | self.boss).active = False

        order.order_line.price_unit = 1200

        self.assertEqual(self._get_net(order), (1200, 1))
        self.assertEqual(self._get_tier(self.factory), "Silver")

    def test_an_archived_customer_is_enrolled_with_the_first_order(self):
        self.customer.active = False
        self._confirm_order(self.customer, 1200)

        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_the_day_is_the_one_where_the_company_is(self):
        days = {
            "Asia/Shanghai": "2026-03-16",
            "Pacific/Kiritimati": "2026-03-16",
            "UTC": "2026-03-15",
            "America/Los_Angeles": "2026-03-15",
            False: "2026-03-15",
        }
        self._travel_to("2026-03-15 16:00:01")
        for zone, day in days.items():
            self.company.partner_id.tz = zone
            order = self._confirm_order(self.customer, 1)
            self.assertEqual(str(self._get_rows(order).date), day, zone)
            order._action_cancel()
            self.assertEqual(str(self._get_rows(order)[-1].date), day, zone)

    def test_the_seller_in_another_time_zone_does_not_matter(self):
        self.company.partner_id.tz = "Asia/Shanghai"
        self._travel_to("2026-03-15 15:59:59")
        seller = self._create_user(
            "seller", "sales_team.group_sale_salesman_all_leads", tz="Asia/Tokyo"
        )
        order = self._create_order(self.customer, 1)
        order.with_user(seller).action_confirm()

        self.assertEqual(str(self._get_rows(order).date), "2026-03-15")

    def test_a_contact_given_a_company_takes_its_purchases_there(self):
        order = self._confirm_order(self.customer, 1500)
        self._confirm_order(self.buyer, 100)

        self.customer.parent_id = self.factory

        self.assertEqual(self._get_rows(order)[-1].commercial_partner_id, self.factory)
        self.assertEqual(self._get_tier(self.factory), "Silver")
        self.assertFalse(self._get_membership(self.customer))
        self.assertEqual(self.customer.member_tier_id, self.silver)

    def test_a_customer_given_to_a_company_that_is_no_member_makes_it_one(self):
        self._confirm_order(self.customer, 1500)

        self.customer.parent_id = self.factory

        self.assertEqual(self._get_tier(self.factory), "Silver")
        self.assertEqual(self.customer.member_tier_id, self.silver)

    def test_a_contact_that_leaves_takes_its_own_purchases_along(self):
        mine = self._confirm_order(self.buyer, 100)
        theirs = self._confirm_order(self.boss, 100)

        self.buyer.parent_id = False

        self.assertEqual(self._get_rows(mine)[-1].commercial_partner_id, self.buyer)
        self.assertEqual(len(self._get_rows(theirs)), 1)
        self.assertEqual(self._get_tier(self.buyer), "Ordinary")
        self.assertEqual(self._get_tier(self.factory), "Ordinary")
