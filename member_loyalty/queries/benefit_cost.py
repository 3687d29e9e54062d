"""What the benefits of a tier are expected to cost a year, as SQL."""

from dataclasses import dataclass
from decimal import Decimal

from odoo.tools import SQL


@dataclass(frozen=True, slots=True)
class BenefitCost:
    """An estimate: a share of what a member buys, and an amount for each member.

    Seam: whoever knows better returns another object with a method ``of`` from
    ``member.tier._get_benefit_cost``.

    :param share: of the purchases, such as 0.05
    :param amount: for each member, in company currency
    """

    share: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)

    def of(self, revenue: SQL) -> SQL:
        """Return the cost for a member who buys for ``revenue``."""
        return SQL("(GREATEST(%s, 0) * %s + %s)", revenue, self.share, self.amount)
