from datetime import date, datetime

from odoo.tests import tagged

from ..logic.figures import FigureKey, Limit
from ..logic.windows import Window
from .metric_common import MetricCommon

EVER = Window("lifetime")


@tagged("post_install", "-at_install")
class TestMetric(MetricCommon):
    """What is measured of orders as they are made in Odoo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(country_id=cls.countries[0].id)
        cls._enroll(cls.customer)
        cls.gear = cls._create_product("Gear", categ_id=cls.small.id)
        cls.can = cls._create_product("Can", categ_id=cls.oil.id)

    def _buy(self, *lines, **values):
        """Confirm an order of lines of product, units and price."""
        order = self._create_order(self.customer, **values)
        order.order_line = [
            self._prepare_line(
                product_id=product.id, product_uom_qty=units, price_unit=price
            )
            for product, units, price in lines
        ]
        order.action_confirm()
        return order

    def _get_figure(self, metric, window=EVER, as_of=date(2026, 3, 15), **limit):
        key = FigureKey(metric, window, Limit(**limit))
        [figures] = self._measure_in_sql([key], self.customer, as_of).values()
        return figures[key]

    def test_a_category_is_measured_with_those_below_it(self):
        self._buy((self.gear, 3, 20), (self.can, 1, 40))
        gears = {"category_ids": (self.gears.id,)}

        self.assertEqual(self._get_figure("purchase_amount", **gears), 60)
        self.assertEqual(self._get_figure("order_count", **gears), 1)
        self.assertEqual(self._get_figure("units_bought", **gears), 3)
        self.assertEqual(self._get_figure("units_bought"), 4)

    def test_a_wholly_credited_order_is_no_order_of_any_category(self):
        order = self._buy((self.gear, 3, 20))
        self._credit(self._invoice(order))
        gears = {"category_ids": (self.gears.id,)}

        for metric in ("purchase_amount", "order_count", "units_bought"):
            self.assertEqual(self._get_figure(metric, **gears), 0, metric)
        self.assertEqual(self._get_figure("largest_order"), 0)
        self.assertEqual(self._get_figure("lifetime_value"), 0)

    def test_hotel_nights_fall_with_a_partial_credit(self):
        order = self._buy((self.gear, 4, 100))
        self._credit(self._invoice(order), 100)

        self.assertEqual(self._get_figure("units_bought"), 3)

    def test_a_country_is_the_one_at_the_time_of_the_order(self):
        self._buy((self.gear, 1, 60))
        self.customer.country_id = self.countries[1]
        self._buy((self.gear, 1, 40))
        germany, france = [{"country_ids": (one,)} for one in self.countries.ids]

        self.assertEqual(self._get_figure("purchase_amount", **germany), 60)
        self.assertEqual(self._get_figure("purchase_amount", **france), 40)
        self.assertEqual(self._get_figure("from_country", **germany), 0)
        self.assertEqual(self._get_figure("from_country", **france), 1)

    def test_a_team_is_the_one_of_the_order(self):
        east, west = self.teams
        self._buy((self.gear, 1, 60), team_id=east.id)

        self.assertEqual(self._get_figure("order_count", team_ids=(east.id,)), 1)
        self.assertEqual(self._get_figure("order_count", team_ids=(west.id,)), 0)

    def test_a_reversed_order_is_not_the_largest(self):
        self._buy((self.gear, 1, 60))
        largest = self._buy((self.gear, 1, 900))
        rows = self.env["member.activity"].search(
            [("source_key", "=", f"sale.order,{largest.id}")]
        )
        self.assertEqual(self._get_figure("largest_order"), 900)

        rows._reverse("Wrong")

        self.assertEqual(self._get_figure("largest_order"), 60)

    def test_points_count_on_the_company_s_day(self):
        self.env.company.partner_id.tz = "Asia/Tokyo"
        card = self.env["loyalty.card"].create(
            {"partner_id": self.customer.id, "program_id": self.wallets[0].id}
        )
        self._issue(card, 12.5, datetime(2026, 2, 28, 14, 59, 59))
        self._issue(card, 7, datetime(2026, 2, 28, 15, 0, 0))
        month = Window("calendar_month")

        self.assertEqual(self._get_figure("points_earned", month), 7)
        self.assertEqual(self._get_figure("points_earned"), 19.5)

    def test_points_of_a_contact_count_for_its_company(self):
        contact = self._create_customer("Bea", parent_id=self.customer.id)
        card = self.env["loyalty.card"].create(
            {"partner_id": contact.id, "program_id": self.wallets[0].id}
        )
        self._issue(card, 10, datetime(2026, 3, 1))

        self.assertEqual(self._get_figure("points_earned"), 10)

    def test_points_of_another_company_do_not_count(self):
        abroad = self._create_company()
        self.wallets[0].company_id = abroad
        card = self.env["loyalty.card"].create(
            {"partner_id": self.customer.id, "program_id": self.wallets[0].id}
        )
        self._issue(card, 10, datetime(2026, 3, 1))

        self.assertEqual(self._get_figure("points_earned"), 0)

    def test_a_tier_of_any_program_is_held(self):
        other = self._create_program(name="Regional", sequence=50)
        top = other.tier_ids.sorted("sequence")[-1]
        [membership] = self._enroll(self.customer, program=other)
        held = {"tier_ids": (top.id,)}
        self.assertEqual(self._get_figure("holds_tier", **held), 0)

        membership._assign_tier(top, "For the test")

        self.assertEqual(self._get_figure("holds_tier", **held), 1)

    def test_a_figure_is_said_with_its_limits(self):
        key = FigureKey(
            "purchase_amount",
            Window("rolling_months", 12),
            Limit(category_ids=(self.gears.id,), country_ids=self.countries[:1]._ids),
        )
        said = self.env["member.metric"]._say_figure(
            key, 1200, self.env.company.currency_id
        )

        for part in ("Purchase amount", "Gears", "Germany", "12 months", "1,200"):
            self.assertIn(part, said)

    def test_units_are_said_as_what_they_are(self):
        Metric = self.env["member.metric"]
        currency = self.env.company.currency_id

        self.assertEqual(
            Metric._format_figure("active_months", 3, currency), "3 months"
        )
        self.assertEqual(
            Metric._format_figure("consecutive_days", 1, currency), "1 day"
        )
        self.assertEqual(
            Metric._format_figure("points_earned", 1200.5, currency), "1,200.50 points"
        )
        self.assertEqual(Metric._format_figure("units_bought", 12, currency), "12")
