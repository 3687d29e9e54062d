"""What can be measured of a member.

Another module adds a metric by extending ``member.metric`` with one more small class,
a :class:`Metric`. The classes of the core lie in ``metrics_*.py``.
"""

from .measuring import EVERYBODY, Figures, Measuring, Metric, Scope, measure
from .metrics_activity import ActiveMonths, ConsecutiveDays, JournalSum, Referrals
from .metrics_member import FromCountry, HasTag, HoldsTier
from .metrics_points import PointsEarned, ToppedUp
from .metrics_purchase import (
    LargestOrder,
    LifetimeValue,
    OrderCount,
    PurchaseAmount,
    UnitsBought,
)

__all__ = [
    "CORE_METRICS",
    "EVERYBODY",
    "Figures",
    "JournalSum",
    "Measuring",
    "Metric",
    "Scope",
    "measure",
]

CORE_METRICS: tuple[Metric, ...] = (
    PurchaseAmount(),
    OrderCount(),
    LargestOrder(),
    LifetimeValue(),
    UnitsBought(),
    ActiveMonths(),
    ConsecutiveDays(),
    Referrals(),
    PointsEarned(),
    ToppedUp(),
    HasTag(),
    HoldsTier(),
    FromCountry(),
)


def read_fields(env) -> tuple:
    """Return the fields whose pending writes the metrics of the core have to see."""
    names = {
        "member.activity": ("amount",),
        "member.activity.line": ("amount",),
        "product.category": ("parent_path",),
        "loyalty.history": ("issued", "card_id"),
        "loyalty.card": ("partner_id", "member_owner_id", "member_program_id"),
        "res.partner": ("member_tag_ids", "country_id", "commercial_partner_id"),
    }
    return tuple(env[model]._fields[name] for model in names for name in names[model])
