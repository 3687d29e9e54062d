from importlib import util
from pathlib import Path

from odoo.tests import tagged

from .journal_common import JournalCommon

SCRIPT = Path(__file__).parents[1] / "migrations/19.0.1.1.0/post-freeze-facts.py"


@tagged("post_install", "-at_install")
class TestMigrationFacts(JournalCommon):
    """What was booked before 19.0.1.1.0 gets its country, team and categories."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Category = cls.env["product.category"]
        cls.gears, cls.oil = Category.create([{"name": "Gears"}, {"name": "Oil"}])
        cls.gear = cls._create_product("Gear", categ_id=cls.gears.id)
        cls.can = cls._create_product("Can", categ_id=cls.oil.id)
        cls.customer.country_id = cls.env.ref("base.de")
        spec = util.spec_from_file_location("post_freeze_facts", SCRIPT)
        cls.script = util.module_from_spec(spec)
        spec.loader.exec_module(cls.script)

    def _play_a_past(self):
        """Return orders and credit notes: plain, partly credited, cancelled."""
        orders = self.env["sale.order"]
        for _number in range(3):
            order = self._create_order(self.customer)
            order.order_line = [
                self._prepare_line(
                    product_id=self.gear.id, product_uom_qty=3, price_unit=33.33
                ),
                self._prepare_line(product_id=self.can.id, price_unit=0.02),
            ]
            order.action_confirm()
            orders |= order
        note = self._credit(self._invoice(orders[1]), 30)
        orders[2]._action_cancel()
        self._get_rows(orders[0])._reverse("Wrong")
        return [*orders, note]

    def _tell(self):
        self.env.invalidate_all()
        return [
            (
                row.id,
                row.country_id.code,
                row.team_id.id,
                row.quantity,
                sorted(
                    (line.category_id.id, round(line.amount, 2), line.quantity)
                    for line in row.line_ids
                ),
            )
            for row in self.env["member.activity"].search([], order="id")
        ]

    def _forget(self):
        """Leave the journal as the version before this one did."""
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM member_activity_line")
        self.env.cr.execute(
            "UPDATE member_activity"
            " SET country_id = NULL, team_id = NULL, quantity = NULL"
        )

    def test_it_fills_what_would_have_been_booked(self):
        self._play_a_past()
        booked = self._tell()
        self._forget()
        self.assertNotEqual(self._tell(), booked)

        self.script.migrate(self.env.cr, "19.0.1.0.0")

        self.assertEqual(self._tell(), booked)

    def test_a_second_time_changes_nothing(self):
        self._play_a_past()
        self._forget()
        self.script.migrate(self.env.cr, "19.0.1.0.0")
        filled = self._tell()
        self.customer.country_id = self.env.ref("base.fr")
        self.can.categ_id = self.gears
        self.env.flush_all()

        self.script.migrate(self.env.cr, "19.0.1.1.0")

        self.assertEqual(self._tell(), filled)

    def test_an_import_stays_without_categories(self):
        row = self._book(self.customer, 100)
        self._forget()

        self.script.migrate(self.env.cr, "19.0.1.0.0")

        self.env.invalidate_all()
        self.assertEqual(row.country_id.code, "DE")
        self.assertFalse(row.line_ids)
