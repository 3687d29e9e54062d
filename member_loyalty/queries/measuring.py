"""How members are measured: whom to look at, what counts, all figures in one statement.

A metric that is the sum of a column says so in :meth:`Metric.aggregate`; all of those
are had from one pass over the journal. Any other gives a :meth:`Metric.subquery`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from odoo.tools import SQL

from ..logic.figures import FigureKey
from .anniversaries import last_anniversary

NOTHING = SQL()


@dataclass(frozen=True, slots=True)
class Scope:
    """Who is looked at: partners by id, or a span of partner ids.

    ``after`` is left out of the span, ``upto`` belongs to it.
    """

    partner_ids: tuple[int, ...] | None = None
    after: int = 0
    upto: int = 0

    def contains(self, column: SQL) -> SQL:
        """Return the condition that a partner id is in the scope."""
        if self.partner_ids is not None:
            return SQL("%s = ANY(%s)", column, list(self.partner_ids))
        return SQL(
            "%(column)s > %(after)s AND %(column)s <= %(upto)s",
            column=column,
            after=self.after,
            upto=self.upto,
        )


EVERYBODY = Scope(after=0, upto=2**31 - 1)


@dataclass(frozen=True, slots=True)
class Measuring:
    """Whom to measure, and what of the journal counts.

    :param partner_column: the journal's column that names the member
    :param recorded_until: leave out what was recorded later than that (UTC)
    :param only_members: look at those alone who are in the CTE ``member``
    """

    program_id: int
    company_id: int
    partner_column: str
    as_of: date
    scope: Scope
    recorded_until: datetime | None = None
    only_members: bool = False

    @property
    def partner(self) -> SQL:
        """Return the member of the row ``activity``."""
        return SQL.identifier("activity", self.partner_column)

    def counts(self) -> SQL:
        """Return the condition that the row ``activity`` can count at all."""
        more = []
        if self.recorded_until:
            more.append(SQL(" AND activity.create_date <= %s", self.recorded_until))
        if self.only_members:
            more.append(SQL(" AND %s IN (SELECT partner_id FROM member)", self.partner))
        return SQL(
            "activity.company_id = %s AND activity.date <= %s AND %s%s",
            self.company_id,
            self.as_of,
            self.scope.contains(self.partner),
            SQL("").join(more),
        )

    def in_window(self, figure: FigureKey) -> SQL:
        """Return the condition that ``activity`` is in the window and the limits.

        Categories are left to those who can tell them.
        """
        conditions = [self.days(figure, SQL("activity.date"))]
        if figure.limit.country_ids:
            conditions.append(
                SQL("activity.country_id = ANY(%s)", list(figure.limit.country_ids))
            )
        if figure.limit.team_ids:
            conditions.append(
                SQL("activity.team_id = ANY(%s)", list(figure.limit.team_ids))
            )
        return SQL(" AND ").join(conditions)

    def days(self, figure: FigureKey, day: SQL) -> SQL:
        """Return the condition that ``day`` is not before the window.

        For the anniversary it looks at ``member.joined_on``, of the CTE ``member``
        that every statement has.
        """
        if figure.window.type == "anniversary":
            since = last_anniversary(SQL("member.joined_on"), self.as_of)
        else:
            since = figure.window.days_as_of(self.as_of).first
        return SQL("%s >= %s", day, since) if since else SQL("TRUE")

    def rows(self, figure: FigureKey, joins: SQL = NOTHING) -> SQL:
        """Return FROM and WHERE that give the activities a figure looks at.

        :param joins: what else to join to the row ``activity``
        """
        return SQL(
            "FROM member_activity activity%s%s WHERE %s AND %s",
            self.join_member(figure),
            joins,
            self.counts(),
            self.in_window(figure),
        )

    def join_member(self, *figures: FigureKey) -> SQL:
        """Return the join with the CTE ``member``, if some window asks for it."""
        if not any(figure.window.type == "anniversary" for figure in figures):
            return SQL()
        return SQL(" JOIN member ON member.partner_id = %s", self.partner)


class Metric:
    """One way to measure a member.

    ``unit`` is "money", "count", "units", "days", "months", "points" or "yes" (1 or 0).
    ``limits`` names the fields of :class:`Limit` that it understands, ``required`` the
    one without which it means nothing. ``follows_journal`` says that it only changes
    with an activity or with the days of its window; ``kind`` is the kind of activity
    that it counts, if it counts any. ``is_internal`` keeps what staff noted out of what
    members read.
    """

    name: ClassVar[str]
    unit: ClassVar[str] = "count"
    has_window: ClassVar[bool] = True
    limits: ClassVar[tuple[str, ...]] = ()
    required: ClassVar[str] = ""
    follows_journal: ClassVar[bool] = True
    kind: ClassVar[str | None] = None
    is_internal: ClassVar[bool] = False

    def aggregate(self, figure: FigureKey, measuring: Measuring) -> SQL | None:
        """Return an aggregate over the rows ``activity``; None when it is not one."""
        return None

    def subquery(self, figure: FigureKey, measuring: Measuring) -> SQL:
        """Return a query of partner_id and value; who is left out has 0."""
        raise NotImplementedError


class NothingKnown(Metric):
    """The figure of a metric whose module is gone: nobody has any of it."""

    follows_journal = False

    def aggregate(self, figure, measuring):
        return SQL("0")


NOTHING_KNOWN = NothingKnown()


@dataclass(frozen=True, slots=True)
class Figures:
    """How a set of figures is measured in one statement: CTEs, joins and columns.

    The statement has a CTE ``member`` (partner_id, joined_on) before them, and reads
    ``FROM member`` followed by ``joins``; ``columns`` are then the measured values.
    """

    ctes: SQL
    joins: SQL
    columns: Mapping[FigureKey, SQL]


def measure(
    keys: tuple[FigureKey, ...], metrics: Mapping[str, Metric], measuring: Measuring
) -> Figures:
    """Return how to measure the members in scope for all ``keys`` at once.

    A metric that no module offers any more comes to 0, so that its rule holds for
    nobody and the others go on.
    """
    summed, looked_up = {}, {}
    for position, key in enumerate(keys):
        metric = metrics.get(key.metric, NOTHING_KNOWN)
        aggregate = metric.aggregate(key, measuring)
        if aggregate is None:
            looked_up[key] = position
        else:
            summed[key] = SQL(
                "%s AS %s", aggregate, SQL.identifier(f"figure_{position}")
            )
    ctes = [SQL("figure AS (%s)", _sums(tuple(summed), summed, measuring))]
    joins = [SQL(" LEFT JOIN figure ON figure.partner_id = member.partner_id")]
    columns = {}
    for position, key in enumerate(keys):
        name, column = "figure", f"figure_{position}"
        if key in looked_up:
            name, column = f"looked_up_{position}", "value"
            alias = SQL.identifier(name)
            query = metrics[key.metric].subquery(key, measuring)
            ctes.append(SQL("%s AS (%s)", alias, query))
            joins.append(
                SQL(
                    " LEFT JOIN %s ON %s = member.partner_id",
                    alias,
                    SQL.identifier(name, "partner_id"),
                )
            )
        columns[key] = SQL("COALESCE(%s, 0)", SQL.identifier(name, column))
    return Figures(SQL(", ").join(ctes), SQL("").join(joins), columns)


def _sums(keys, columns: Mapping[FigureKey, SQL], measuring: Measuring) -> SQL:
    """Sum the journal once for every figure that is a sum."""
    partner = measuring.partner
    return SQL(
        """
              SELECT %(partner)s AS partner_id, %(columns)s
                FROM member_activity activity%(member)s
               WHERE %(counts)s%(since)s
            GROUP BY %(partner)s""",
        partner=partner,
        columns=SQL(", ").join([SQL("NULL::int AS nothing"), *columns.values()]),
        member=measuring.join_member(*keys),
        counts=measuring.counts() if keys else SQL("FALSE"),
        since=_earliest_day(keys, measuring.as_of),
    )


def _earliest_day(keys: tuple[FigureKey, ...], as_of: date) -> SQL:
    """Leave out what is older than every window, if every window has a start."""
    firsts = [key.window.earliest_day(as_of) for key in keys]
    if not firsts or None in firsts:
        return SQL()
    return SQL(" AND activity.date >= %s", min(firsts))
