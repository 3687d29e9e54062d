from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .freight_common import FreightCommon


@tagged("post_install", "-at_install")
class TestFreightLimits(FreightCommon):
    """Which deliveries are subsidised, and up to how much."""

    def setUp(self):
        super().setUp()
        self.germany = self.env.ref("base.de")
        self.ada = self._create_member(tier=self.silver, country_id=self.germany.id)

    def _subsidise(self, *amounts, carrier=None, **values):
        """Return what is paid of a new quotation's freight."""
        order = self._create_shipped(self.ada, *amounts, carrier=carrier, **values)
        return sum(self._get_subsidies(order))

    def test_a_cap_limits_what_is_paid(self):
        self._create_freight(50, freight_cap=8)

        self.assertEqual(self._subsidise(), -8)

    def test_the_order_has_to_reach_the_amount(self):
        self._create_freight(100, freight_minimum=100)

        self.assertEqual(self._subsidise(99.99), 0)
        self.assertEqual(self._subsidise(100), -20)

    def test_an_order_that_shrinks_below_the_amount_loses_the_subsidy(self):
        self._create_freight(100, freight_minimum=100)
        order = self._create_shipped(self.ada, 100)

        order.order_line.filtered(lambda one: one.price_unit == 100).price_unit = 99

        self.assertEqual(self._get_subsidies(order), [])

    def test_only_chosen_carriers_are_subsidised(self):
        self._create_freight(50, freight_carrier_ids=[Command.set(self.courier.ids)])

        self.assertEqual(self._subsidise(), 0)
        self.assertEqual(self._subsidise(carrier=self.courier), -25)

    def test_only_chosen_countries_are_subsidised(self):
        france = self.env.ref("base.fr")
        self._create_freight(50, freight_country_ids=[Command.set(france.ids)])
        order = self._create_shipped(self.ada)
        self.assertEqual(self._get_subsidies(order), [])

        order.partner_shipping_id = self._create_customer(
            "Ada abroad", parent_id=self.ada.id, type="delivery", country_id=france.id
        )

        self.assertEqual(self._get_subsidies(order), [-10])

    def test_a_country_of_a_group_is_subsidised(self):
        group = self.env["res.country.group"].create(
            {"name": "Near", "country_ids": [Command.set(self.germany.ids)]}
        )
        self._create_freight(50, freight_country_group_ids=[Command.set(group.ids)])

        self.assertEqual(self._subsidise(), -10)

    def test_an_empty_country_group_is_nowhere(self):
        group = self.env["res.country.group"].create({"name": "Nowhere"})
        self._create_freight(50, freight_country_group_ids=[Command.set(group.ids)])

        self.assertEqual(self._subsidise(), 0)

    def test_a_product_line_has_to_be_bought(self):
        line = self.env["product.category"].create({"name": "Lamps"})
        self._create_freight(50, category_ids=[Command.set(line.ids)])
        self.assertEqual(self._subsidise(), 0)

        self.lamp.categ_id = line

        self.assertEqual(self._subsidise(), -10)

    def test_amounts_are_in_the_orders_currency(self):
        currency = self._enable_currency(
            "EUR" if self.env.company.currency_id.name == "USD" else "USD"
        )
        currency.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "rate": 2,
                "name": "2026-01-01",
                "company_id": self.env.company.id,
            }
        )
        abroad = self.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": currency.id}
        )
        benefit = self._create_freight(100, freight_cap=5, freight_minimum=100)

        self.assertEqual(self._subsidise(199, pricelist_id=abroad.id), 0)
        order = self._create_shipped(self.ada, 200, pricelist_id=abroad.id)
        self.assertEqual(self._get_subsidies(order), [-10])
        order.action_confirm()
        self.assertEqual(self._get_uses(benefit), [(1, 5)])

    def test_the_best_for_the_customer_wins(self):
        self._create_freight(30, name="Small")
        self._create_freight(100, name="Large", freight_minimum=100)
        self._create_freight(80, name="Capped", freight_cap=1)

        order = self._create_shipped(self.ada, 100)

        self.assertEqual(self._get_subsidies(order), [-20])
        benefit = order.order_line.member_benefit_id
        self.assertEqual(benefit.name, "Large")

    def test_a_benefit_of_another_company_does_not_apply(self):
        other = self._create_company()
        abroad = self._create_program(company=other)
        self._enroll(self.ada, program=abroad)
        self._create_freight(
            50, abroad.tier_ids, program_id=abroad.id, freight_percent=50
        )

        self.assertEqual(self._subsidise(), 0)

    def test_nonsense_is_refused(self):
        for values in (
            {"percent": 101},
            {"percent": 0},
            {"percent": -1},
            {"freight_cap": -1},
            {"freight_minimum": -1},
        ):
            with (
                self.subTest(str(values)),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self._create_freight(**values)

    def test_a_carrier_of_another_company_is_refused_with_what_to_do(self):
        other = self._create_company()
        self.post.company_id = other

        with self.assertRaisesRegex(ValidationError, "belongs to Northwind. Choose"):
            self._create_freight(50, freight_carrier_ids=[Command.set(self.post.ids)])

    def test_a_manager_without_sales_rights_makes_one(self):
        manager = self._create_user("freight_manager", "manager")
        form = Form(self.env["member.benefit"].with_user(manager))
        form.name = "Half the freight"
        form.kind = "freight"
        form.freight_percent = 50
        form.freight_carrier_ids.add(self.post)
        form.tier_ids.add(self.silver)

        benefit = form.save()

        self.assertEqual((benefit.family, benefit.icon), ("logistics", "fa-truck"))
