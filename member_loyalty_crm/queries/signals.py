"""Find the members that a rule is about, and keep its signals true, in one statement.

Each kind of rule gives a query of its own (``signals_*.py``) with the columns
membership_id, partner_id, cause and facts; it reads the CTE ``member``.
"""

from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL

from odoo.addons.member_loyalty.logic.windows import add_months

NOTHING = SQL()


@dataclass(frozen=True, slots=True)
class SignalRule:
    """A rule of the company, as of a day.

    :param str partner_column: the journal's column that names the member
    :param float percent: 50 is half
    :param int days: looked back, or ahead for what ends
    """

    rule_id: int
    program_id: int
    company_id: int
    kind: str
    partner_column: str
    day: date
    time_zone: str
    tier_ids: tuple[int, ...]
    minimum_score: int
    weight: int
    months: int
    until_months: int
    days: int
    percent: float
    times: int
    inquiry_times: int
    minimum_amount: float
    tag_ids: tuple[int, ...]
    lead_tag_ids: tuple[int, ...]

    @property
    def buyer(self) -> SQL:
        """Return the member of the row ``activity``."""
        return SQL.identifier("activity", self.partner_column)

    def member_of(self, contact: str) -> SQL:
        """Return the member that a contact, given by its alias, is or belongs to."""
        is_company = self.partner_column == "commercial_partner_id"
        return SQL.identifier(contact, "commercial_partner_id" if is_company else "id")

    def day_of(self, moment: SQL) -> SQL:
        """Return the company's day of a moment that is kept in UTC."""
        return SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, self.time_zone
        )

    def months_ago(self, months: int) -> date:
        """Return the day that lies so many months before the rule's."""
        return add_months(self.day, -months)

    @property
    def quarter(self) -> str:
        """Return the name of the calendar quarter, such as ``2026-2``."""
        return f"{self.day.year}-{(self.day.month + 2) // 3}"


def keep_signals(rule: SignalRule, found: SQL) -> SQL:
    """Let the open signals of a rule be what it finds today.

    A cause that was found before keeps its row, and so its call: it is opened again.
    Columns: how many signals were written, how many ended.
    """
    return SQL(
        """
        WITH member AS (%(members)s
        ), found AS MATERIALIZED (
              SELECT DISTINCT ON (cause) membership_id, partner_id, cause, facts
                FROM (%(found)s) one
            ORDER BY cause, membership_id
        ), kept AS (%(keep)s
        ), ended AS (%(end)s
        )
        SELECT (SELECT COUNT(*) FROM kept), (SELECT COUNT(*) FROM ended)
        """,
        members=_members(rule),
        found=found,
        keep=_keep(rule),
        end=_end(rule),
    )


def _keep(rule: SignalRule) -> SQL:
    """Write what was found, and open again what had ended."""
    return SQL(
        """
              INSERT INTO member_signal (
                     program_id, company_id, membership_id, partner_id, rule_id, kind,
                     cause, found_on, weight, facts, create_date, write_date)
              SELECT %(program_id)s, %(company_id)s, membership_id, partner_id,
                     %(rule_id)s, %(kind)s, cause, %(day)s, %(weight)s, facts,
                     now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                FROM found
         ON CONFLICT (program_id, cause) DO UPDATE
                 SET ended_on = NULL, facts = EXCLUDED.facts,
                     weight = EXCLUDED.weight, write_date = EXCLUDED.write_date
               WHERE member_signal.rule_id = EXCLUDED.rule_id
                 AND (member_signal.ended_on, member_signal.facts, member_signal.weight)
                     IS DISTINCT FROM (NULL, EXCLUDED.facts, EXCLUDED.weight)
           RETURNING id""",
        program_id=rule.program_id,
        company_id=rule.company_id,
        rule_id=rule.rule_id,
        kind=rule.kind,
        day=rule.day,
        weight=rule.weight,
    )


def _end(rule: SignalRule) -> SQL:
    """End the open signals that were not found.

    Both are sorted by cause: what a rule finds is hard to foresee for the planner, and
    a loop over all causes for each signal would take hours.
    """
    return SQL(
        """
              UPDATE member_signal
                 SET ended_on = %(day)s, write_date = now() AT TIME ZONE 'UTC'
                FROM (
                      SELECT id, BOOL_OR(id IS NULL) OVER (
                                 PARTITION BY cause) AS is_found
                        FROM (
                              SELECT id, cause
                                FROM member_signal
                               WHERE rule_id = %(rule_id)s AND ended_on IS NULL
                           UNION ALL
                              SELECT NULL, cause
                                FROM found
                             ) named
                     ) held
               WHERE member_signal.id = held.id
                 AND NOT held.is_found
           RETURNING member_signal.id""",
        rule_id=rule.rule_id,
        day=rule.day,
    )


def end_signals_without_rule(program_id: int, day: date) -> SQL:
    """End the open signals whose rule is archived, or whose member is gone."""
    return SQL(
        """
        UPDATE member_signal signal
           SET ended_on = %(day)s, write_date = now() AT TIME ZONE 'UTC'
         WHERE signal.program_id = %(program_id)s
           AND signal.ended_on IS NULL
           AND (EXISTS (
                   SELECT 1
                     FROM member_signal_rule rule
                    WHERE rule.id = signal.rule_id
                      AND NOT rule.active
               )
               OR EXISTS (
                   SELECT 1
                     FROM member_membership membership
                    WHERE membership.id = signal.membership_id
                      AND NOT membership.active
               ))
     RETURNING id
        """,
        day=day,
        program_id=program_id,
    )


def _members(rule: SignalRule) -> SQL:
    """Return the members that the rule looks at."""
    tiers = scored = NOTHING
    if rule.tier_ids:
        tiers = SQL(" AND membership.tier_id = ANY(%s)", list(rule.tier_ids))
    if rule.minimum_score:
        scored = SQL(
            """ AND EXISTS (
                        SELECT 1
                          FROM member_score score
                         WHERE score.membership_id = membership.id
                           AND score.value_score >= %s
                    )""",
            rule.minimum_score,
        )
    return SQL(
        """
              SELECT membership.id, membership.partner_id, membership.tier_id
                FROM member_membership membership
               WHERE membership.program_id = %(program_id)s
                 AND membership.active%(tiers)s%(scored)s""",
        program_id=rule.program_id,
        tiers=tiers,
        scored=scored,
    )
