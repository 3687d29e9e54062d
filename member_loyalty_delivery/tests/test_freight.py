from odoo import Command
from odoo.tests import Form, tagged

from .freight_common import FreightCommon


@tagged("post_install", "-at_install")
class TestFreight(FreightCommon):
    """A silver member pays half of the freight."""

    def setUp(self):
        super().setUp()
        self.ada = self._create_member(tier=self.silver)

    def test_a_part_of_the_freight_stands_on_the_order_as_a_line(self):
        self._create_freight(50, name="Half the freight")

        order = self._create_shipped(self.ada)

        line = order.order_line.filtered("member_benefit_id")
        self.assertRecordValues(
            line,
            [
                {
                    "name": "Half the freight",
                    "price_unit": -10,
                    "product_uom_qty": 1,
                    "member_is_uncounted": True,
                }
            ],
        )
        self.assertEqual(order.amount_total, 110)

    def test_free_shipping_is_a_hundred_percent(self):
        self._create_freight(100)

        order = self._create_shipped(self.ada)

        self.assertEqual(order.amount_total, 100)

    def test_others_pay_the_freight_themselves(self):
        self._create_freight(50)
        bea = self._create_member("Bea")

        self.assertEqual(self._create_shipped(bea).amount_total, 120)

    def test_without_a_delivery_there_is_no_subsidy(self):
        self._create_freight(100)

        order = self._create_order(self.ada, 100)

        self.assertEqual(self._get_subsidies(order), [])

    def test_a_delivery_that_is_free_already_gets_no_line(self):
        self._create_freight(50)
        self.post.write({"free_over": True, "amount": 100})

        order = self._create_shipped(self.ada, 100)

        self.assertEqual(self._get_subsidies(order), [])

    def test_a_subsidy_does_not_take_an_order_below_the_free_amount(self):
        self._create_freight(50)
        order = self._create_shipped(self.ada, 100)

        self.post.write({"free_over": True, "amount": 100})

        self.assertEqual(self.post.rate_shipment(order)["price"], 0)

    def test_the_subsidy_goes_with_the_delivery(self):
        self._create_freight(50)
        order = self._create_shipped(self.ada)

        order._remove_delivery_line()

        self.assertEqual(self._get_subsidies(order), [])
        self.assertEqual(order.amount_total, 100)

    def test_another_carrier_is_subsidised_anew(self):
        self._create_freight(50)
        order = self._create_shipped(self.ada)

        self._ship(order, self.courier)

        self.assertEqual(self._get_subsidies(order), [-25])

    def test_the_dialog_of_the_back_office_brings_the_subsidy_up_to_date(self):
        self._create_freight(50)
        order = self._create_order(self.ada, 100)
        action = order.action_open_delivery_wizard()
        dialog = Form(self.env[action["res_model"]].with_context(**action["context"]))
        dialog.carrier_id = self.courier
        dialog.save().button_confirm()
        self.assertEqual(self._get_subsidies(order), [-25])

        self.courier.fixed_price = 30
        action = order.with_context(
            carrier_recompute=True
        ).action_open_delivery_wizard()
        dialog = Form(self.env[action["res_model"]].with_context(**action["context"]))
        wizard = dialog.save()
        wizard.update_price()
        wizard.button_confirm()

        self.assertEqual(self._get_subsidies(order), [-15])

    def test_a_quotation_of_another_customer_loses_it(self):
        self._create_freight(50)
        order = self._create_shipped(self.ada)

        order.partner_id = self._create_customer("Bea")

        self.assertEqual(self._get_subsidies(order), [])

    def test_a_subsidy_has_the_taxes_of_the_delivery(self):
        tax = self.env["account.tax"].create({"name": "VAT", "amount": 20})
        self._create_freight(50)
        taxed = self._create_carrier("Taxed", 20, tax.ids)

        order = self._create_shipped(self.ada, 100, carrier=taxed)

        self.assertEqual(order.order_line.filtered("member_benefit_id").tax_ids, tax)
        self.assertEqual((order.amount_untaxed, order.amount_tax), (110, 2))

    def test_whoever_changes_the_line_finds_it_set_right(self):
        self._create_freight(50)
        order = self._create_shipped(self.ada)
        line = order.order_line.filtered("member_benefit_id")

        line.product_uom_qty = 5
        self.assertEqual(order.amount_total, 110)
        line.price_unit = -20
        self.assertEqual(order.amount_total, 110)
        line.unlink()

        self.assertEqual(self._get_subsidies(order), [-10])

    def test_new_prices_leave_the_subsidy_alone(self):
        self._create_freight(50)
        order = self._create_shipped(self.ada)

        order.action_update_prices()

        self.assertEqual(self._get_subsidies(order), [-10])

    def test_a_copy_gets_what_its_own_delivery_gets(self):
        self._create_freight(50)
        order = self._create_shipped(self.ada)

        copy = order.copy()

        self.assertEqual(self._get_subsidies(copy), [-10])
        self.assertEqual(copy.amount_total, 110)

    def test_two_lines_of_delivery_share_the_limit(self):
        self._create_freight(50, freight_cap=15)
        order = self._create_shipped(self.ada)

        order.order_line = [
            Command.create(
                {
                    "product_id": self.courier.product_id.id,
                    "price_unit": 40,
                    "is_delivery": True,
                }
            )
        ]

        self.assertEqual(sorted(self._get_subsidies(order)), [-10, -5])
