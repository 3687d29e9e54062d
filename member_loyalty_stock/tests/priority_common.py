from odoo import Command

from odoo.addons.member_loyalty.tests.benefit_common import BenefitCommon


class PriorityCommon(BenefitCommon):
    """The club, a lamp that is stored, and ten of them in stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.lamp = cls._create_product("Stored lamp", type="consu", is_storable=True)
        cls.env["stock.quant"]._update_available_quantity(
            cls.lamp, cls.warehouse.lot_stock_id, 10
        )

    @classmethod
    def _create_priority(cls, tiers=None, **values):
        return cls._create_benefit(
            "priority_delivery", tiers, name="Delivered first", **values
        )

    @classmethod
    def _confirm_goods(cls, customer, quantity=2, product=None):
        order = cls._create_order(customer)
        order.order_line = [cls._prepare_goods(quantity, product)]
        order.action_confirm()
        return order

    @classmethod
    def _prepare_goods(cls, quantity=2, product=None):
        return Command.create(
            {
                "product_id": (product or cls.lamp).id,
                "product_uom_qty": quantity,
                "price_unit": 100,
                "tax_ids": False,
            }
        )

    @classmethod
    def _deliver(cls, transfer, quantity):
        """Validate a part of a transfer and return what is left as its backorder."""
        transfer.action_assign()
        transfer.move_ids.write({"quantity": quantity, "picked": True})
        transfer.with_context(skip_backorder=True).button_validate()
        return transfer.backorder_ids
