from odoo import Command

from odoo.addons.member_loyalty.tests.benefit_common import BenefitCommon


class FreightCommon(BenefitCommon):
    """The club, and two carriers: Post (20) and Courier (50), without taxes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls._create_carrier("Post", 20)
        cls.courier = cls._create_carrier("Courier", 50)
        cls.lamp = cls._create_product("Parcel lamp", type="consu")

    @classmethod
    def _create_carrier(cls, name, price, tax=None, **values):
        service = cls._create_product(f"{name} delivery", price, taxes_id=tax)
        return cls.env["delivery.carrier"].create(
            {
                "name": name,
                "delivery_type": "fixed",
                "product_id": service.id,
                "fixed_price": price,
                **values,
            }
        )

    @classmethod
    def _create_freight(cls, percent=50, tiers=None, name="Freight", **values):
        values = {"freight_percent": percent, **values}
        return cls._create_benefit("freight", tiers, name, **values)

    @classmethod
    def _prepare_line(cls, **values):
        return Command.create({"product_id": cls.lamp.id, "tax_ids": False, **values})

    @classmethod
    def _ship(cls, order, carrier=None):
        """Choose a delivery method on an order, as the dialog does."""
        carrier = carrier or cls.post
        order.set_delivery_line(carrier, carrier.rate_shipment(order)["price"])
        return order

    @classmethod
    def _create_shipped(cls, customer, *amounts, carrier=None, **values):
        order = cls._create_order(customer, *(amounts or (100,)), **values)
        return cls._ship(order, carrier)

    def _get_subsidies(self, order):
        """Return what the company pays of the freight of an order, line by line."""
        order.invalidate_recordset()
        lines = order.order_line.filtered(lambda line: line._is_freight_subsidy())
        return lines.mapped("price_unit")
