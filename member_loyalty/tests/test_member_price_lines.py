from odoo import Command
from odoo.tests import tagged

from .price_common import PriceCommon


@tagged("post_install", "-at_install")
class TestMemberPriceLines(PriceCommon):
    """What a line would cost without membership, and what membership saves."""

    def _assert_line(self, line, normal, saving):
        self.assertAlmostEqual(line.member_normal_price, normal)
        self.assertAlmostEqual(line.member_saving, saving)

    @classmethod
    def _enable_discounts(cls):
        group = cls.env.ref("sale.group_discount_per_so_line")
        cls.env.ref("base.group_user")._apply_group(group)

    def _render(self, order):
        report = self.env["ir.actions.report"]
        return report._render_qweb_html("sale.report_saleorder", order.ids)[0].decode()

    def test_a_line_at_member_price_shows_the_normal_one(self):
        order = self._quote(self.ada, quantity=3)

        self._assert_line(order.order_line, 100, 15)
        self.assertEqual(order.member_saving, 15)

    def test_a_line_of_a_customer_without_shows_none(self):
        order = self._quote(self._create_customer("Bob"))

        self._assert_line(order.order_line, 0, 0)
        self.assertEqual(order.member_saving, 0)

    def test_the_normal_price_is_the_one_of_the_customers_country(self):
        belgium = self.env.ref("base.be")
        group = self.env["res.country.group"].create(
            {"name": "Benelux", "country_ids": [Command.set(belgium.ids)]}
        )
        self._create_pricelist(2, "Benelux", country_group_ids=group.ids)
        self.ada.country_id = belgium

        self._assert_line(self._quote(self.ada).order_line, 98, 3)

    def test_discounts_shown_on_lines_are_counted(self):
        self._enable_discounts()
        line = self._quote(self.ada, quantity=2).order_line

        self.assertEqual((line.price_unit, line.discount), (100, 5))
        self._assert_line(line, 100, 10)

    def test_in_another_unit_of_measure(self):
        line = self._quote(self.ada).order_line

        line.product_uom_id = self.env.ref("uom.product_uom_dozen")

        self.assertEqual(line.price_unit, 1140)
        self._assert_line(line, 1200, 60)

    def test_in_another_currency(self):
        euro = self._enable_currency("EUR")
        self.env["res.currency.rate"].create(
            {
                "name": "2026-03-01",
                "currency_id": euro.id,
                "rate": 2.0,
                "company_id": self.env.company.id,
            }
        )
        export = self._create_pricelist(0, "Export", currency_id=euro.id)
        self.discount.base_pricelist_id = export
        order = self._quote(self.ada)

        self.assertEqual(order.currency_id, euro)
        self._assert_line(order.order_line, 200, 10)
        order.action_confirm()
        self.assertEqual(self._get_uses(self.discount), [(1, 5)])

    def test_in_another_company(self):
        company = self._create_company()
        program = self._create_program(company=company)
        tier = program.tier_ids.sorted("sequence")[1]
        self._enroll(self.ada, program=program, tier=tier)
        theirs = self.env["member.benefit"].create(
            {
                "program_id": program.id,
                "name": "Half",
                "kind": "discount",
                "discount_percent": 50,
                "tier_ids": [Command.set(tier.ids)],
            }
        )

        order = self._quote(self.ada, company_id=company.id)

        self.assertEqual(order.pricelist_id, theirs.own_pricelist_id)
        normal = order.order_line.member_normal_price
        self.assertAlmostEqual(order.order_line.price_unit, normal / 2)

    def test_of_quantity_breaks(self):
        self.silver_list.item_ids = [
            Command.create(
                {
                    "compute_price": "percentage",
                    "percent_price": 20,
                    "applied_on": "3_global",
                    "min_quantity": 10,
                }
            )
        ]
        line = self._quote(self.ada).order_line

        line.product_uom_qty = 10

        self._assert_line(line, 100, 200)

    def test_of_variants_with_extra_prices(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Size",
                "value_ids": [
                    Command.create({"name": "S"}),
                    Command.create({"name": "L", "default_extra_price": 20}),
                ],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Shade",
                "list_price": 100,
                "taxes_id": False,
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                ],
            }
        )

        large = self._quote(self.ada, template.product_variant_ids[1]).order_line

        self._assert_line(large, 120, 6)

    def test_what_a_salesperson_gives_beside_is_no_saving_of_membership(self):
        line = self._quote(self.ada).order_line

        line.price_unit = 70

        self._assert_line(line, 100, 5)

    def test_a_price_by_hand_as_high_as_the_normal_one_saves_nothing(self):
        line = self._quote(self.ada).order_line

        line.price_unit = 100

        self._assert_line(line, 0, 0)

    def test_a_member_list_dearer_than_the_normal_one_saves_nothing(self):
        self._create_pricelist(30, "Sale for all")

        self._assert_line(self._quote(self.ada).order_line, 0, 0)

    def test_a_confirmed_order_keeps_what_it_said(self):
        order = self._quote(self.ada)
        order.action_confirm()

        self.discount.discount_percent = 50

        self._assert_line(order.order_line, 100, 5)

    def test_a_confirmed_order_is_a_use_that_cost_what_it_saved(self):
        order = self._quote(self.ada, quantity=2)
        self.assertEqual(self._get_uses(self.discount), [])

        order.action_confirm()

        self.assertEqual(self._get_uses(self.discount), [(1, 10)])

    def test_a_use_is_taken_back_booked_again_and_corrected(self):
        order = self._quote(self.ada)
        order.action_confirm()
        order.action_cancel()
        order.action_draft()
        order.action_confirm()

        order.order_line.product_uom_qty = 3

        self.assertEqual(
            self._get_uses(self.discount), [(1, 5), (-1, -5), (1, 5), (0, 10)]
        )

    def test_an_order_confirmed_after_a_fall_is_a_use_all_the_same(self):
        order = self._quote(self.ada)
        self._move_to(self.ada, self.ordinary)

        order.action_confirm()

        self.assertEqual(self._get_prices(order), [95])
        self.assertEqual(self._get_uses(self.discount), [(1, 5)])

    def test_taxes_in_the_price_are_no_cost(self):
        tax = self.env["account.tax"].create(
            {"name": "25%", "amount": 25, "price_include_override": "tax_included"}
        )
        lamp = self._create_product("Taxed", taxes_id=[Command.set(tax.ids)])
        order = self._quote(self.ada, lamp)

        self.assertEqual(order.member_saving, 5)
        order.action_confirm()
        self.assertEqual(self._get_uses(self.discount), [(1, 4)])

    def test_the_quotation_shows_the_normal_price_struck_through(self):
        order = self._quote(self.ada)

        page = self._render(order)

        self.assertIn("<del", page)
        self.assertIn("Saved as a member", page)

    def test_the_quotation_of_others_looks_as_ever(self):
        order = self._quote(self._create_customer("Bob"))

        page = self._render(order)

        self.assertNotIn("<del", page)
        self.assertNotIn("Saved as a member", page)
