from odoo import Command

from .benefit_common import BenefitCommon


class PriceCommon(BenefitCommon):
    """A lamp costs 100; silver members have 5% off by a benefit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["member.benefit"].search([]).active = False
        cls.env["product.pricelist"].search([]).active = False
        cls.discount = cls._create_benefit(
            kind="discount", name="5% off", discount_percent=5
        )
        cls.env["product.pricelist"].search(
            [("is_member_pricelist", "=", False)]
        ).active = False
        cls.silver_list = cls.discount.own_pricelist_id
        cls.ada = cls._create_member(tier=cls.silver)

    @classmethod
    def _create_pricelist(cls, percent=10, name="List", **values):
        return cls.env["product.pricelist"].create(
            {
                "name": name,
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "percentage",
                            "percent_price": percent,
                            "applied_on": "3_global",
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def _quote(cls, customer, *products, quantity=1, **values):
        """Make a quotation that has the prices of the customer's price list."""
        company = cls.env["res.company"].browse(values.get("company_id"))
        return (
            cls.env["sale.order"]
            .with_company(company or cls.env.company)
            .create(
                {
                    "partner_id": customer.id,
                    "order_line": [
                        Command.create(
                            {"product_id": product.id, "product_uom_qty": quantity}
                        )
                        for product in products or (cls.product,)
                    ],
                    **values,
                }
            )
        )

    def _get_pricelist(self, customer, company=None):
        customer = customer.with_company(company or self.env.company)
        return customer.property_product_pricelist

    def _move_to(self, customer, tier):
        self._get_membership(customer)._assign_tier(tier, "For the test")

    def _get_prices(self, order):
        return order.order_line.mapped("price_unit")
