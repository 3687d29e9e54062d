from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .journal_common import JournalCommon


@tagged("post_install", "-at_install")
class TestJournalSplit(JournalCommon):
    """What was bought, by whom and through whom is frozen with each activity."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Category = cls.env["product.category"]
        cls.gears, cls.oil = Category.create([{"name": "Gears"}, {"name": "Oil"}])
        cls.gear = cls._create_product("Gear", categ_id=cls.gears.id)
        cls.can = cls._create_product("Can", categ_id=cls.oil.id)
        cls.customer.country_id = cls.env.ref("base.de")

    def _confirm_both(self, **values):
        """Confirm an order of 3 gears at 20 and 1 can at 40."""
        order = self._create_order(self.customer, **values)
        order.order_line = [
            self._prepare_line(
                product_id=self.gear.id, product_uom_qty=3, price_unit=20
            ),
            self._prepare_line(product_id=self.can.id, price_unit=40),
        ]
        order.action_confirm()
        return order

    def _tell(self, *documents):
        """Return net amount and units by the name of the category."""
        told = {}
        for line in self._get_rows(*documents).line_ids:
            name = line.category_id.name
            amount, units = told.get(name, (0, 0))
            told[name] = (
                round(amount + line.amount, 2),
                round(units + line.quantity, 6),
            )
        return {name: both for name, both in told.items() if any(both)}

    def _check_rows(self, *documents):
        for row in self._get_rows(*documents):
            self.assertEqual(
                round(sum(row.line_ids.mapped("amount")), 2), round(row.amount, 2)
            )

    def test_a_confirmed_order_is_split_by_category(self):
        order = self._confirm_both()

        self.assertEqual(self._tell(order), {"Gears": (60, 3), "Oil": (40, 1)})
        self._check_rows(order)

    def test_units_are_counted_in_the_product_s_own_unit(self):
        order = self._create_order(self.customer)
        order.order_line = [
            self._prepare_line(
                product_id=self.gear.id,
                product_uom_id=self.env.ref("uom.product_uom_dozen").id,
                product_uom_qty=2,
                price_unit=240,
            )
        ]
        order.action_confirm()

        self.assertEqual(self._tell(order), {"Gears": (480, 24)})

    def test_a_line_without_a_category_is_told_so(self):
        self.can.categ_id = False
        order = self._confirm_both()

        self.assertEqual(self._tell(order), {"Gears": (60, 3), False: (40, 1)})

    def test_a_changed_line_changes_its_category_alone(self):
        order = self._confirm_both()

        order.order_line[1].price_unit = 70

        self.assertEqual(self._tell(order), {"Gears": (60, 3), "Oil": (70, 1)})
        self._check_rows(order)

    def test_another_product_at_the_same_price_is_told_by_a_row_of_no_worth(self):
        order = self._confirm_both()

        order.order_line[1].product_id = self.gear
        order.order_line[1].price_unit = 40

        self.assertEqual(self._tell(order), {"Gears": (100, 4)})
        self.assertEqual(self._get_net(order), (100, 1))

    def test_a_product_put_in_another_category_changes_no_past_purchase(self):
        order = self._confirm_both()
        self.can.categ_id = self.gears

        self.assertEqual(self._tell(order), {"Gears": (60, 3), "Oil": (40, 1)})
        self.assertFalse(self.env["member.journal"]._find_drift(self.env.company))

    def test_half_credited_takes_back_half_of_the_units(self):
        order = self._confirm_both()
        note = self._credit(self._invoice(order), 30)

        self.assertEqual(self._tell(note), {"Gears": (-30, -1.5)})
        self.assertEqual(self._tell(order, note), {"Gears": (30, 1.5), "Oil": (40, 1)})

    def test_wholly_credited_leaves_no_part_behind(self):
        order = self._confirm_both()
        note = self._credit(self._invoice(order))

        self.assertEqual(self._tell(order, note), {})
        self._check_rows(order, note)

    def test_a_credit_note_taken_back_gives_the_parts_back(self):
        order = self._confirm_both()
        note = self._credit(self._invoice(order), 30)

        note.button_draft()

        self.assertEqual(self._tell(order, note), {"Gears": (60, 3), "Oil": (40, 1)})

    def test_a_cancelled_order_leaves_no_part_behind(self):
        order = self._confirm_both()
        order._action_cancel()

        self.assertEqual(self._tell(order), {})
        self._check_rows(order)

    def test_another_customer_takes_the_parts_over(self):
        order = self._confirm_both()
        bert = self._create_customer("Bert")

        order.partner_id = bert

        own = self._get_rows(order).filtered(lambda row: row.partner_id == bert)
        self.assertEqual(
            {line.category_id.name: line.amount for line in own.line_ids},
            {"Gears": 60, "Oil": 40},
        )
        self.assertEqual(self._tell(order), {"Gears": (60, 3), "Oil": (40, 1)})

    def test_a_contact_that_joins_a_company_takes_the_parts_along(self):
        order = self._confirm_both()
        factory = self._create_customer("Factory", is_company=True)

        self.customer.parent_id = factory

        moved = self._get_rows(order)[-1]
        self.assertEqual(moved.commercial_partner_id, factory)
        self.assertEqual(moved.line_ids.category_id, self.gears | self.oil)
        self._check_rows(order)

    def test_an_import_has_no_parts_wherever_it_goes(self):
        row = self._book(self.customer, 100)

        self.customer.parent_id = self._create_customer("Factory", is_company=True)

        rows = self.env["member.activity"].search([("source_key", "=", row.source_key)])
        self.assertEqual(len(rows), 3)
        self.assertFalse(rows.line_ids)

    def test_a_reversed_activity_takes_its_parts_back(self):
        order = self._confirm_both()
        [reversal] = self._get_rows(order)._reverse("Wrong")

        self.assertEqual(
            {
                (line.category_id, line.amount, line.quantity)
                for line in reversal.line_ids
            },
            {(self.gears, -60, -3), (self.oil, -40, -1)},
        )

    def test_country_and_team_stay_as_they_were(self):
        team = self.env["crm.team"].create({"name": "Exporters"})
        order = self._confirm_both(team_id=team.id)
        self.customer.country_id = self.env.ref("base.fr")
        order.team_id = self.env["crm.team"].create({"name": "Others"})

        order.order_line[0].price_unit = 30
        note = self._credit(self._invoice(order), 10)
        order._action_cancel()

        rows = self._get_rows(order, note)
        self.assertGreater(len(rows), 3)
        self.assertEqual(rows.country_id, self.env.ref("base.de"))
        self.assertEqual(rows.team_id, team)

    def test_an_order_of_another_day_is_of_the_country_of_that_day(self):
        old = self._confirm_both()
        self.customer.country_id = self.env.ref("base.fr")
        new = self._confirm_both()

        self.assertEqual(self._get_rows(old).country_id.code, "DE")
        self.assertEqual(self._get_rows(new).country_id.code, "FR")

    def test_activities_are_found_and_grouped_by_country_and_category(self):
        self._confirm_both()
        Activity = self.env["member.activity"]

        groups = Activity._read_group([], ["country_id"], ["amount:sum"])
        self.assertIn((self.env.ref("base.de"), 100), groups)
        self.assertTrue(
            Activity.search([("line_ids.category_id", "child_of", self.oil.ids)])
        )

    def test_parts_are_never_changed_or_deleted(self):
        line = self._get_rows(self._confirm_both()).line_ids[0]

        with self.assertRaisesRegex(UserError, "cannot be changed"):
            line.amount = 1
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            line.unlink()

    def test_parts_are_seen_in_the_own_companies_only_and_made_by_nobody(self):
        line = self._get_rows(self._confirm_both()).line_ids[0]
        reader = self._create_user("reader", "user")
        abroad = self._create_company()
        stranger = self._create_user(
            "stranger",
            "manager",
            company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )

        self.assertEqual(line.with_user(reader).amount, line.amount)
        self.assertFalse(
            self.env["member.activity.line"].with_user(stranger).search([])
        )
        with self.assertRaises(AccessError):
            line.with_user(stranger).copy()
