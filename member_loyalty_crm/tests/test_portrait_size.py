from odoo import Command
from odoo.tests import freeze_time, tagged

from .portrait_common import PortraitCommon

MOST = 110  # statements of a whole page on cold caches


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestPortraitSize(PortraitCommon):
    """A customer with many documents costs as many statements as one with few."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = cls._create_products(*(f"Product {n}" for n in range(8)))
        cls.membership = cls._enroll(cls.company_customer)
        cls._create_score(cls.membership)
        cls._create_forecast(cls.membership)
        cls._create_signal(cls.membership)

    def _sell(self, count):
        """Make confirmed orders and leads, without what confirming does besides."""
        values = [
            {
                "partner_id": self.company_customer.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.products[(number + place) % 8].id,
                            "price_unit": 10,
                            "tax_ids": False,
                        }
                    )
                    for place in range(3)
                ],
            }
            for number in range(count)
        ]
        orders = self.env["sale.order"].create(values)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET state = 'sale' WHERE id = ANY(%s)", [orders.ids]
        )
        self.env["crm.lead"].create(
            [
                {"name": f"Lead {number}", "partner_id": self.company_customer.id}
                for number in range(count)
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def _count_statements(self):
        self._portray(self.company_customer)  # what is read once and kept
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        portrait = self._portray(self.company_customer)
        return self.cr.sql_log_count - before, portrait["sections"]

    def test_the_statements_do_not_grow_with_the_orders(self):
        self._sell(12)
        few, sections = self._count_statements()
        self.assertEqual(sections["orders"]["count"], 12)

        self._sell(188)
        many, sections = self._count_statements()

        self.assertEqual(sections["orders"]["count"], 200)
        self.assertEqual(len(sections["orders"]["orders"]), 10)
        self.assertEqual(len(sections["inquiries"]["leads"]), 8)
        self.assertEqual(many, few)
        self.assertLess(many, MOST)
