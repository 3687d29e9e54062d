from datetime import date, datetime

from odoo import Command
from odoo.tests import freeze_time, tagged

from .signal_common import SignalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestSignalDemand(SignalCommon):
    """Who asks for a category again and again, and orders nothing of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bearings = cls.env["product.category"].create({"name": "Bearings"})
        cls.small, cls.large = (
            cls._create_product(name, categ_id=cls.bearings.id)
            for name in ("Small Bearing", "Large Bearing")
        )

    def _ask(self, member, *products, state="ordinary", on=None):
        lead = self.env["crm.lead"].create(
            {
                "name": "Asks",
                "partner_id": member.id,
                "member_inquiry_line_ids": [
                    Command.create({"product_id": product.id, "name": product.name})
                    for product in products
                ],
            }
        )
        lead.member_inquiry_state = state
        lead.flush_recordset()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE id = %s",
            (on or datetime(2026, 3, 1), lead.id),
        )
        return lead

    def test_asking_twice_for_a_category_is_interest_with_its_products(self):
        self._create_rule("demand", inquiry_times=2, times=5, months=3)
        member = self._create_member("Ada", self.silver)
        self._ask(member, self.small, self.large)
        self.assertFalse(self._refresh())

        self._ask(member, self.large)

        signal = self._refresh()
        self.assertEqual(signal.partner_id, member)
        self.assertEqual(signal.facts["product_ids"], [self.large.id, self.small.id])
        self.assertEqual(
            signal.reason,
            "Silver: asked for Bearings 2 times in 3 months and ordered none",
        )

    def test_spam_and_what_is_long_ago_do_not_count(self):
        self._create_rule("demand", inquiry_times=2)
        member = self._create_member()
        self._ask(member, self.small)
        self._ask(member, self.small, state="spam")
        self._ask(member, self.small, on=datetime(2025, 12, 15))

        self.assertFalse(self._refresh())

    def test_an_order_for_the_category_ends_the_interest(self):
        self._create_rule("demand", inquiry_times=1)
        member = self._create_member()
        self._ask(member, self.small)
        self.assertTrue(self._refresh())

        order = self._create_order(member, 100)
        order.order_line.product_id = self.large
        order.action_confirm()

        self.assertFalse(self._refresh())

    def test_views_in_the_shop_count_where_there_is_one(self):
        if not self.env["member.program"]._has_product_views():
            self.skipTest("no shop here")
        self._create_rule("demand", times=5, inquiry_times=9, months=3)
        member = self._create_member("Ada", self.gold)
        visitor = self.env["website.visitor"].create(
            {
                "access_token": str(member.id),
                "website_id": self.env["website"]
                .search([("company_id", "=", self.env.company.id)], limit=1)
                .id,
            }
        )
        views = self.env["website.track"].create(
            [
                {
                    "visitor_id": visitor.id,
                    "product_id": self.small.id,
                    "visit_datetime": datetime(2026, 3, day),
                }
                for day in range(1, 6)
            ]
        )
        views.flush_recordset()
        self.assertEqual(visitor.partner_id, member)

        self.assertEqual(
            self._refresh().reason,
            "Gold: viewed Bearings 5 times in 3 months, inquiries: 0, and ordered none",
        )
        self.assertFalse(self._refresh(date(2026, 6, 5)))
