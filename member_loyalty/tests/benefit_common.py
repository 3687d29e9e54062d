from odoo import Command, fields

from .common import MemberCommon


class BenefitCommon(MemberCommon):
    """A club with tiers Ordinary, Silver (1,000) and Gold (10,000), and benefits."""

    @classmethod
    def _create_benefit(cls, kind="promise", tiers=None, name="Benefit", **values):
        tiers = cls.silver if tiers is None else tiers
        if kind == "product":
            values.setdefault("product_ids", [Command.set(cls.product.ids)])
        return cls.env["member.benefit"].create(
            {
                "program_id": cls.program.id,
                "name": name,
                "kind": kind,
                "tier_ids": [Command.set(tiers.ids)],
                **values,
            }
        )

    @classmethod
    def _create_member(cls, name="Ada", tier=None, **values):
        customer = cls._create_customer(name, **values)
        cls._enroll(customer, tier=tier)
        return customer

    def _claim(self, order, benefit, quantity=1, product=None):
        """Put a free product on an order, as a benefit."""
        return self.env["sale.order.line"].create(
            {
                "order_id": order.id,
                "product_id": (product or self.product).id,
                "product_uom_qty": quantity,
                "price_unit": 0,
                "tax_ids": False,
                "member_benefit_id": benefit.id,
            }
        )

    def _get_uses(self, benefit):
        """Return what was booked of a benefit: (times, cost) of each row."""
        usages = self.env["member.benefit.usage"].search(
            [("benefit_id", "=", benefit.id)], order="id"
        )
        return [(usage.quantity, usage.cost) for usage in usages]

    def _get_granted(self, customer, *kinds):
        """Return the names of the benefits that a customer has today."""
        granted = self.env["member.benefit"]._find_granted(
            customer, self.env.company, fields.Date.today(), *kinds
        )
        return [benefit.name for _one, benefit in granted[customer.id]]
