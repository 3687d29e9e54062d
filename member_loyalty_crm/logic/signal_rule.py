"""What makes a member worth a call: which figures a rule of each kind uses.

>>> sorted(PARAMETERS) == sorted(rule["kind"] for rule in USUAL_RULES)
True
>>> months_between(date(2026, 1, 31), date(2026, 4, 30))
3
"""

from calendar import monthrange
from datetime import date

PARAMETERS = {
    "silent": ("months", "until_months"),
    "overdue": ("percent", "until_months"),
    "falling": ("percent", "months", "minimum_amount"),
    "lost_quotation": ("days", "minimum_amount"),
    "complaint": ("days", "tag_ids", "lead_tag_ids"),
    "returned": ("percent", "months"),
    "leaving": ("percent",),
    "tier_loss": ("days", "percent"),
    "demand": ("times", "inquiry_times", "months"),
    "unused_benefit": ("days",),
}
SENTENCES = (
    "kind",
    "tier_ids",
    "minimum_score",
    *sorted({*sum(PARAMETERS.values(), ())}),
)
USUAL_RULES = (
    {"sequence": 10, "kind": "complaint", "weight": 90, "days": 14},
    {"sequence": 20, "kind": "tier_loss", "weight": 80, "days": 60, "percent": 50},
    {"sequence": 30, "kind": "leaving", "weight": 70, "percent": 30},
    {"sequence": 40, "kind": "overdue", "weight": 65, "percent": 150},
    {"sequence": 50, "kind": "lost_quotation", "weight": 60, "days": 30},
    {"sequence": 60, "kind": "falling", "weight": 55, "percent": 50, "months": 3},
    {"sequence": 70, "kind": "silent", "weight": 50, "months": 3},
    {"sequence": 80, "kind": "demand", "weight": 45, "times": 5, "months": 3},
    {"sequence": 90, "kind": "returned", "weight": 40, "percent": 20, "months": 6},
    {"sequence": 100, "kind": "unused_benefit", "weight": 20, "days": 30},
)


def months_between(first: date, last: date) -> int:
    """Return how many whole months have gone by from one day to another.

    A month is over on the same day of the next, or on its last day where it is
    shorter.
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    is_over = min(first.day, monthrange(last.year, last.month)[1]) <= last.day
    return months if is_over else months - 1
