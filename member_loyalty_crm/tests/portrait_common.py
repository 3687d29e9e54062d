from odoo import Command, fields

from odoo.addons.member_loyalty.tests.benefit_common import BenefitCommon
from odoo.addons.member_loyalty.tests.point_common import PointsCommon


class PortraitCommon(PointsCommon, BenefitCommon):
    """A club with points, a salesperson for their own documents, and a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_customer = cls._create_customer("Northwind", is_company=True)
        cls.person = cls._create_customer("Erin", parent_id=cls.company_customer.id)
        cls.salesperson = cls._create_user(
            "portrait_sales", "sales_team.group_sale_salesman"
        )
        cls.seller_of_all = cls._create_user(
            "portrait_all", "sales_team.group_sale_salesman_all_leads"
        )

    def _portray(self, customer, user=None, **context):
        """Return the portrait as a user reads it."""
        self.env.flush_all()
        Portrait = self.env["member.portrait"]
        reader = user or self.seller_of_all
        return (
            Portrait.with_user(reader).with_context(**context).get_portrait(customer.id)
        )

    def _get_section(self, name, customer=None, user=None, **context):
        """Return one section, None when it is left out."""
        portrait = self._portray(customer or self.company_customer, user, **context)
        return portrait["sections"].get(name)

    @classmethod
    def _create_products(cls, *names):
        return [cls._create_product(name) for name in names]

    @classmethod
    def _order_products(cls, customer, *products, **values):
        """Confirm an order of some products, each at 100."""
        order = cls.env["sale.order"].create(
            {
                "partner_id": customer.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": 2,
                            "price_unit": 100,
                            "tax_ids": False,
                        }
                    )
                    for product in products
                ],
                **values,
            }
        )
        order.action_confirm()
        return order

    @classmethod
    def _create_lead(cls, customer, name="Inquiry", **values):
        return cls.env["crm.lead"].create(
            {"name": name, "partner_id": customer.id, "type": "opportunity", **values}
        )

    @classmethod
    def _create_score(cls, membership, **values):
        return cls.env["member.score"].create(
            {
                **cls._name_member(membership),
                "recency": 5,
                "frequency": 4,
                "monetary": 3,
                "value_score": 78,
                "segment": "loyal",
                "stage": "active",
                "interval_days": 20,
                "next_expected_on": "2026-03-10",
                "lifetime_value": 4321,
                "scored_on": fields.Date.today(),
                **values,
            }
        )

    @classmethod
    def _create_forecast(cls, membership, **values):
        return cls.env["member.forecast"].create(
            {
                **cls._name_member(membership),
                "has_return_chance": True,
                "return_chance": 0.734,
                "expected_value": 500,
                "forecast_on": fields.Date.today(),
                **values,
            }
        )

    @classmethod
    def _create_signal(cls, membership, **values):
        return cls.env["member.signal"].create(
            {
                **cls._name_member(membership),
                "program_id": membership.program_id.id,
                "kind": "overdue",
                "cause": f"test,{membership.id},{values}",
                "found_on": fields.Date.today(),
                "weight": 50,
                **values,
            }
        )

    @classmethod
    def _name_member(cls, membership):
        return {
            "membership_id": membership.id,
            "company_id": membership.company_id.id,
            "partner_id": membership.partner_id.id,
        }
