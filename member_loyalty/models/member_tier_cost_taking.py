from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import AccessError

from ..logic.benefit_spending import Spending, estimate
from ..logic.purchase_posting import exact
from ..queries import benefit_spending as queries

MONTHS = 12


class MemberTierCostTaking(models.AbstractModel):
    """Taking what benefits are expected to cost from what they did cost."""

    _name = "member.tier.cost.taking"
    _description = "Cost of Benefits from Use"

    def action_take_benefit_cost(self):
        """Fill in what the benefits of these tiers cost in the last 12 months.

        :raises AccessError: for anyone but managers
        """
        if not self.env.user.has_group("member_loyalty.member_loyalty_group_manager"):
            raise AccessError(
                self.env._("Only membership managers may change expected costs.")
            )
        self.check_access("write")
        for program, tiers in self.grouped("program_id").items():
            found = program._get_benefit_spending()
            for tier in tiers:
                percent, amount = estimate(found.get(tier.id, Spending()))
                tier.write(
                    {
                        "benefit_cost_percent": float(percent),
                        "benefit_cost_amount": float(amount),
                    }
                )
        return True


class MemberProgramSpendingOnBenefits(models.AbstractModel):
    """What the benefits of a program cost, tier by tier."""

    _name = "member.program.benefit.spending"
    _description = "Spending on Benefits"

    def action_take_benefit_cost(self):
        """Fill in, for each tier, what its benefits cost in the last 12 months."""
        self.ensure_one()
        self._get_tiers().with_env(self.env).action_take_benefit_cost()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Benefits Cost"),
            "res_model": "member.tier",
            "views": [
                (self.env.ref("member_loyalty.member_tier_view_list_cost").id, "list"),
                (False, "form"),
            ],
            "domain": [("program_id", "=", self.id)],
        }

    def _get_benefit_spending(self):
        """Return ``Spending`` of the last 12 months, by tier id."""
        self.ensure_one()
        last = self.company_id._member_today()
        first = last - relativedelta(months=MONTHS) + relativedelta(days=1)
        rows = self.env.execute_query(
            queries.spent_by_tier(self.env, self, first, last)
        )
        return {
            tier_id: Spending(members, *map(exact, amounts))
            for tier_id, members, *amounts in rows
        }
