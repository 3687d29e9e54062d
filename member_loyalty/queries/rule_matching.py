"""Count the members who meet rules, without deciding anything."""

from collections.abc import Mapping

from odoo.tools import SQL

from ..logic.ladder import Rule
from .ladder_ranks import any_rule_holds
from .metrics import Measuring, Metric, measure
from .tier_evaluation import read_fields


def count_matches(
    env, rules: tuple[Rule, ...], metrics: Mapping[str, Metric], measuring: Measuring
) -> SQL:
    """Count the active members for whom any of ``rules`` holds."""
    keys = tuple(dict.fromkeys(one.figure for rule in rules for one in rule.conditions))
    figures = measure(keys, metrics, measuring)
    return SQL(
        """
        WITH member AS (
              SELECT partner_id, joined_on
                FROM member_membership
               WHERE program_id = %(program_id)s
                 AND active
                 AND %(in_scope)s
        ), %(ctes)s
        SELECT COUNT(*)
          FROM member%(joins)s
         WHERE %(holds)s
        """,
        program_id=measuring.program_id,
        in_scope=measuring.scope.contains(SQL("partner_id")),
        ctes=figures.ctes,
        joins=figures.joins,
        holds=any_rule_holds(rules, figures.columns) or SQL("FALSE"),
        to_flush=read_fields(env),
    )
