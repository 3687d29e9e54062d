from inspect import signature

from odoo.tests import tagged

from odoo.addons.delivery.models.sale_order import SaleOrder as Delivered
from odoo.addons.delivery.models.sale_order_line import SaleOrderLine as DeliveredLine
from odoo.addons.sale.models.sale_order import SaleOrder
from odoo.addons.sale.models.sale_order_line import SaleOrderLine
from odoo.addons.sale_loyalty.models.sale_order import SaleOrder as Rewarded
from odoo.addons.sale_loyalty_delivery.models.sale_order import SaleOrder as Shipped

from .freight_common import FreightCommon

HOOKED = [
    (Delivered, "_compute_amount_total_without_delivery", "(self)"),
    (Delivered, "_remove_delivery_line", "(self)"),
    (Delivered, "set_delivery_line", "(self, carrier, amount)"),
    (Delivered, "_create_delivery_line", "(self, carrier, price_unit)"),
    (DeliveredLine, "_check_line_unlink", "(self)"),
    (DeliveredLine, "_can_be_invoiced_alone", "(self)"),
    (Rewarded, "_get_no_effect_on_threshold_lines", "(self)"),
    (Rewarded, "_get_not_rewarded_order_lines", "(self)"),
    (Shipped, "_get_reward_values_free_shipping", "(self, reward, coupon, **kwargs)"),
    (SaleOrder, "_get_lang", "(self)"),
    (SaleOrder, "_get_copiable_order_lines", "(self)"),
    (SaleOrderLine, "_check_line_unlink", "(self)"),
    (SaleOrderLine, "_can_be_invoiced_alone", "(self)"),
    (SaleOrderLine, "create", "(self, vals_list)"),
    (SaleOrderLine, "write", "(self, vals)"),
]


@tagged("post_install", "-at_install")
class TestFreightNativeSeams(FreightCommon):
    """What we assume of Odoo; a failure here says which assumption no longer holds."""

    def test_hooked_methods_take_what_we_pass_on(self):
        found = {
            f"{owner.__module__}.{name}": str(signature(getattr(owner, name)))
            for owner, name, _expected in HOOKED
        }

        self.assertEqual(
            found, {f"{owner.__module__}.{name}": text for owner, name, text in HOOKED}
        )

    def test_a_delivery_is_a_line_with_a_mark_and_the_order_has_the_carrier(self):
        order = self._create_shipped(self._create_customer())

        line = order.order_line.filtered("is_delivery")

        self.assertEqual(line.price_unit, 20)
        self.assertEqual(order.carrier_id, self.post)

    def test_what_takes_off_the_freight_natively_is_a_reward_of_kind_shipping(self):
        kinds = self.env["loyalty.reward"]._fields["reward_type"].get_values(self.env)

        self.assertIn("shipping", kinds)
