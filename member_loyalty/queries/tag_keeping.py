"""Give and take the tags that rules keep, in sets, and log why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from odoo.tools import SQL

from ..logic.figures import FigureKey
from ..logic.ladder import Rule
from .ladder_ranks import any_rule_holds, figure_json
from .metrics import Measuring, Metric, measure
from .tier_evaluation import read_fields


@dataclass(frozen=True, slots=True)
class TagRules:
    """The rules that keep a tag: who meets any of them carries it."""

    tag_id: int
    rules: tuple[Rule, ...]

    def figure_keys(self) -> tuple[FigureKey, ...]:
        """Return every figure that the rules ask for, each once."""
        return tuple(
            dict.fromkeys(one.figure for rule in self.rules for one in rule.conditions)
        )


@dataclass(frozen=True, slots=True)
class Keeping:
    """Whose tags are kept, as of when, and who does it."""

    tags: tuple[TagRules, ...]
    metrics: Mapping[str, Metric]
    measuring: Measuring
    run_id: int | None = None
    user_id: int = 1

    def figure_keys(self) -> tuple[FigureKey, ...]:
        """Return every figure that some tag asks for, each once."""
        return tuple(
            dict.fromkeys(key for tag in self.tags for key in tag.figure_keys())
        )


def keep_tags(env, keeping: Keeping) -> SQL:
    """Let exactly those members carry the tags who meet their rules.

    Rows are written only for who did not carry a tag or no longer may; so does who
    is no longer a member. Returns, for each tag that changed: tag id, how many
    members got it, how many contacts lost it.
    """
    return SQL(
        """
        WITH %(measured)s, moved AS (%(moved)s
        ), given AS (
              INSERT INTO member_tag_res_partner_rel (member_tag_id, res_partner_id)
              SELECT tag_id, partner_id
                FROM moved
               WHERE is_added
        ), taken AS (
              DELETE FROM member_tag_res_partner_rel carried
               USING moved
               WHERE carried.member_tag_id = moved.tag_id
                 AND carried.res_partner_id = moved.partner_id
                 AND NOT moved.is_added
        ), logged AS (%(log)s
        )
          SELECT tag_id,
                 COUNT(*) FILTER (WHERE is_added),
                 COUNT(*) FILTER (WHERE NOT is_added)
            FROM moved
        GROUP BY tag_id
        """,
        measured=_measured(keeping),
        moved=_moved(keeping),
        log=_log(keeping, env.cr.now()),
        to_flush=(
            *read_fields(env),
            env["member.tag"]._fields["partner_ids"],
            env["member.tag.change"]._fields["tag_id"],
        ),
    )


def _columns(keeping: Keeping) -> Mapping[FigureKey, SQL]:
    """Return the columns of ``measured`` by the figure they hold."""
    return {
        key: SQL.identifier("measured", f"figure_{position}")
        for position, key in enumerate(keeping.figure_keys())
    }


def _measured(keeping: Keeping) -> SQL:
    """Measure the members in scope for all tags at once."""
    measuring = keeping.measuring
    figures = measure(keeping.figure_keys(), keeping.metrics, measuring)
    return SQL(
        """member AS (
              SELECT id, partner_id, tier_id, joined_on
                FROM member_membership
               WHERE program_id = %(program_id)s
                 AND active
                 AND %(in_scope)s
        ), %(ctes)s, measured AS (
              SELECT member.id, member.partner_id%(columns)s
                FROM member%(joins)s
        )""",
        program_id=measuring.program_id,
        in_scope=measuring.scope.contains(SQL("partner_id")),
        ctes=figures.ctes,
        columns=SQL("").join(
            SQL(", %s AS %s", column, SQL.identifier(f"figure_{position}"))
            for position, column in enumerate(figures.columns.values())
        ),
        joins=figures.joins,
    )


def _moved(keeping: Keeping) -> SQL:
    """Compare who meets the rules with who carries the tags."""
    return SQL(
        """
              SELECT tag_id, partner_id, carried.tag_id IS NULL AS is_added
                FROM (%(wanted)s
                     ) wanted
           FULL JOIN (
                        SELECT member_tag_id AS tag_id, res_partner_id AS partner_id
                          FROM member_tag_res_partner_rel
                         WHERE member_tag_id = ANY(%(tag_ids)s)
                           AND %(in_scope)s
                     ) carried USING (tag_id, partner_id)
               WHERE wanted.tag_id IS NULL
                  OR carried.tag_id IS NULL""",
        wanted=_wanted(keeping),
        tag_ids=[tag.tag_id for tag in keeping.tags],
        in_scope=keeping.measuring.scope.contains(SQL("res_partner_id")),
    )


def _wanted(keeping: Keeping) -> SQL:
    """Say which members meet the rules of which tag."""
    columns = _columns(keeping)
    verdicts = [
        SQL("(%s, %s)", tag.tag_id, any_rule_holds(tag.rules, columns) or SQL("FALSE"))
        for tag in keeping.tags
    ]
    return SQL(
        """
              SELECT verdict.tag_id, measured.partner_id
                FROM measured
          CROSS JOIN LATERAL (VALUES %s) verdict (tag_id, holds)
               WHERE verdict.holds""",
        SQL(", ").join(verdicts),
    )


def _log(keeping: Keeping, now: datetime) -> SQL:
    """Keep a change, with the tag's figures, for each that was given or taken."""
    measuring = keeping.measuring
    return SQL(
        """
              INSERT INTO member_tag_change (
                     tag_id, partner_id, membership_id, company_id, date, change,
                     origin, figures, run_id, user_id, create_uid, create_date,
                     write_uid, write_date)
              SELECT moved.tag_id, moved.partner_id, measured.id, %(company_id)s,
                     %(as_of)s, CASE WHEN is_added THEN 'added' ELSE 'removed' END,
                     'rules', %(figures)s, %(run_id)s, %(user_id)s, %(user_id)s,
                     %(now)s, %(user_id)s, %(now)s
                FROM moved
           LEFT JOIN measured ON measured.partner_id = moved.partner_id""",
        company_id=measuring.company_id,
        as_of=measuring.as_of,
        figures=_figures_of_tag(keeping),
        run_id=keeping.run_id,
        user_id=keeping.user_id,
        now=now,
    )


def _figures_of_tag(keeping: Keeping) -> SQL:
    """Return what was measured for the rules of the row's tag; null for who left."""
    columns = _columns(keeping)
    branches = [
        SQL(
            "WHEN %s THEN %s",
            tag.tag_id,
            figure_json({key: columns[key] for key in tag.figure_keys()}),
        )
        for tag in keeping.tags
    ]
    return SQL(
        "CASE WHEN measured.id IS NOT NULL THEN CASE moved.tag_id %s END END",
        SQL(" ").join(branches),
    )


def carried(env, partner_ids: Sequence[int] = (), tag_ids: Sequence[int] = ()) -> SQL:
    """Read who carries what, of contacts or of tags. Columns: tag id, partner id."""
    return SQL(
        """
        SELECT member_tag_id, res_partner_id
          FROM member_tag_res_partner_rel
         WHERE res_partner_id = ANY(%s)
            OR member_tag_id = ANY(%s)
        """,
        list(partner_ids),
        list(tag_ids),
        to_flush=env["member.tag"]._fields["partner_ids"],
    )


def unused_tags(env, untouched_since: datetime) -> SQL:
    """Find tags kept by hand that nobody carries, untouched for long. Column: id."""
    return SQL(
        """
        SELECT tag.id
          FROM member_tag tag
         WHERE tag.active
           AND tag.kept_by = 'hand'
           AND tag.write_date < %(since)s
           AND NOT EXISTS (
                 SELECT 1
                   FROM member_tag_res_partner_rel carried
                  WHERE carried.member_tag_id = tag.id
               )
           AND NOT EXISTS (
                 SELECT 1
                   FROM member_tag_change change
                  WHERE change.tag_id = tag.id
                    AND change.create_date >= %(since)s
               )
        """,
        since=untouched_since,
        to_flush=(
            env["member.tag"]._fields["kept_by"],
            env["member.tag"]._fields["active"],
            env["member.tag"]._fields["partner_ids"],
            env["member.tag.change"]._fields["tag_id"],
        ),
    )
