from decimal import Decimal

from odoo import fields, models

from ..queries.benefit_cost import BenefitCost


class MemberTierBenefitCost(models.AbstractModel):
    """What the benefits of a tier are expected to cost, for simulations of rules."""

    _name = "member.tier.benefit.cost"
    _description = "Expected Cost of Benefits"

    currency_id = fields.Many2one(comodel_name="res.currency")
    benefit_cost_percent = fields.Float(
        string="Benefits in Percent of Purchases",
        digits=(5, 2),
        help="What the benefits of this tier are expected to cost, as a share of what"
        " its members buy in the program's window. Simulations of rules use it.",
    )
    benefit_cost_amount = fields.Monetary(
        string="Benefits for Each Member and Year",
        help="What the benefits of this tier are expected to cost beside that, for"
        " each member and year. Simulations of rules use it.",
    )

    _benefit_cost_not_negative = models.Constraint(
        "CHECK(benefit_cost_percent >= 0 AND benefit_cost_amount >= 0)",
        "Benefits cost nothing or something: enter 0 or more.",
    )

    def _get_benefit_cost(self):
        """Return what the benefits of this tier are expected to cost.

        Seam: an object with a method ``of(revenue)`` that returns the cost of a
        member as SQL, like :class:`BenefitCost`.
        """
        self.ensure_one()
        return BenefitCost(
            Decimal(str(round(self.benefit_cost_percent, 2))) / 100,
            Decimal(str(round(self.benefit_cost_amount, 2))),
        )
