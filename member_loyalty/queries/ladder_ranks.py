"""A ladder as SQL: which rank measured figures give, which tier stands where."""

from collections.abc import Mapping

from odoo.tools import SQL

from ..logic.figures import FigureKey
from ..logic.ladder import BELOW, Ladder, Rule


def entered_rank(ladder: Ladder, columns: Mapping[FigureKey, SQL]) -> SQL:
    """Return the rank that a member's figures give: the highest that holds."""
    branches = [
        SQL("WHEN %s THEN %s", holds, rank)
        for rank, tier in reversed(list(enumerate(ladder.tiers))[1:])
        if (holds := any_rule_holds(tier.rules, columns))
    ]
    return SQL("CASE %s ELSE 0 END", SQL(" ").join(branches)) if branches else SQL("0")


def any_rule_holds(
    rules: tuple[Rule, ...], columns: Mapping[FigureKey, SQL]
) -> SQL | None:
    """Return the condition that any of ``rules`` holds, None when none ever can."""
    ways = [
        SQL(
            "(%s)",
            SQL(" AND ").join(
                SQL(
                    "%s %s %s",
                    columns[condition.figure],
                    SQL("<") if condition.operator == BELOW else SQL(">="),
                    condition.threshold,
                )
                for condition in rule.conditions
            ),
        )
        for rule in rules
        if rule.conditions
    ]
    return SQL("(%s)", SQL(" OR ").join(ways)) if ways else None


def rank_of_tier(ladder: Ladder, tier: SQL) -> SQL:
    """Return the rank of a tier, 0 for one that is not on the ladder."""
    branches = [
        SQL("WHEN %s THEN %s", one.tier_id, rank)
        for rank, one in enumerate(ladder.tiers)
    ]
    return SQL("CASE %s %s ELSE 0 END", tier, SQL(" ").join(branches))


def tier_of_rank(ladder: Ladder, rank: SQL) -> SQL:
    """Return the tier that stands on a rank."""
    branches = [
        SQL("WHEN %s THEN %s", position, tier.tier_id)
        for position, tier in enumerate(ladder.tiers)
    ]
    return SQL("CASE %s %s END", rank, SQL(" ").join(branches))


def figure_json(columns: Mapping[FigureKey, SQL]) -> SQL:
    """Return the measured figures as a JSON object, by the code of the figure."""
    pairs = [SQL("%s::text, %s", key.code, column) for key, column in columns.items()]
    return SQL("jsonb_build_object(%s)", SQL(", ").join(pairs))
