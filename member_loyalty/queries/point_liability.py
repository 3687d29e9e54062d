"""What is owed in points, on any day, as SQL.

Entries and allocations are append-only, so a day in the past can always be told from
them. Lots are asked only which entries are lots and how much came with them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from odoo.tools import SQL

OPEN_LOTS = (
    ("member.point.lot", ("entry_id", "card_id", "program_id", "points", "earned_at")),
    ("member.point.entry", ("program_id", "kind", "day", "date", "expires_at")),
    ("member.point.allocation", ("lot_id", "entry_id", "points")),
    ("loyalty.card", ("program_id",)),
    ("loyalty.program", ("program_type",)),
)


@dataclass(frozen=True, slots=True)
class AsOf:
    """The end of a day in one company: its calendar day and the moment it is over.

    ``ends_at``: in UTC, the first moment that no longer belongs to the day.
    ``zone``: the name of the company's time zone.
    """

    day: date
    ends_at: datetime
    zone: str


def to_flush(env) -> tuple:
    """Return the fields that these statements read."""
    return tuple(
        env[model]._fields[name] for model, names in OPEN_LOTS for name in names
    )


def full_months(begin: SQL, end: SQL) -> SQL:
    """Return the number of whole months between two moments."""
    return SQL(
        "(EXTRACT(YEAR FROM age(%(end)s, %(begin)s)) * 12"
        " + EXTRACT(MONTH FROM age(%(end)s, %(begin)s)))::integer",
        begin=begin,
        end=end,
    )


def last_month(moment: SQL, zone: SQL) -> SQL:
    """Return the first day of the last month in which points can be used."""
    return SQL(
        "date_trunc('month', %s AT TIME ZONE 'UTC' AT TIME ZONE %s"
        " - INTERVAL '1 microsecond')::date",
        moment,
        zone,
    )


def survival_join(age: SQL) -> SQL:
    """Return the join of what is expected of points of an age, where it is measured."""
    return SQL(
        """
        LEFT JOIN member_point_survival survival
               ON survival.program_id = program.id
              AND survival.age = LEAST(%s, program.points_survival_ages)
        """,
        age,
    )


def redeemed_share(kind: SQL) -> SQL:
    """Return the share of open points that will be used. Needs the survival join.

    Measured where there is enough history, else the program's own estimate. Stored
    value is money that was paid: all of it is owed.
    """
    return SQL(
        "CASE %s WHEN 'loyalty'"
        " THEN COALESCE(survival.share, program.points_expected_redemption / 100)"
        " ELSE 1 END",
        kind,
    )


def open_lots(program_id: int, as_of: AsOf) -> SQL:
    """Return a lot per row that was open at the end of a day, and what was in it.

    Activity prolongs lots without an entry, and only those that have not expired: a
    lot that lives longer than its entries tell was open all the time until then.
    """
    return SQL(
        """
          SELECT lot.entry_id,
                 lot.card_id,
                 native.program_type AS kind,
                 lot.earned_at,
                 CASE WHEN told.expires_at < %(ends_at)s THEN lot.expires_at
                      ELSE told.expires_at END AS expires_at,
                 lot.points - COALESCE(taken.points, 0) AS remaining
            FROM member_point_lot lot
            JOIN member_point_entry earned ON earned.id = lot.entry_id
            JOIN loyalty_card card ON card.id = lot.card_id
            JOIN loyalty_program native ON native.id = card.program_id
       LEFT JOIN (
                   SELECT allocation.lot_id, SUM(allocation.points) AS points
                     FROM member_point_allocation allocation
                     JOIN member_point_entry entry ON entry.id = allocation.entry_id
                    WHERE entry.program_id = %(program_id)s AND entry.day <= %(day)s
                 GROUP BY allocation.lot_id
                 ) taken ON taken.lot_id = lot.entry_id
                 %(told)s
           WHERE lot.program_id = %(program_id)s
             AND earned.day <= %(day)s
             AND lot.points - COALESCE(taken.points, 0) > 0
             AND (told.expires_at IS NULL
                  OR told.expires_at >= %(ends_at)s
                  OR lot.expires_at IS NULL
                  OR lot.expires_at >= %(ends_at)s)
        """,
        program_id=program_id,
        day=as_of.day,
        ends_at=as_of.ends_at,
        told=_told_join(program_id, as_of.day),
    )


def _told_join(program_id: int, day: date) -> SQL:
    """Return the joins that give ``told``: when a lot expires, by the entries."""
    return SQL(
        """
       LEFT JOIN (
                   SELECT DISTINCT ON (entry.lot_id) entry.lot_id, entry.expires_at
                     FROM member_point_entry entry
                    WHERE entry.program_id = %(program_id)s
                      AND entry.day <= %(day)s
                      AND entry.lot_id IS NOT NULL
                      AND entry.points = 0
                 ORDER BY entry.lot_id, entry.id DESC
                 ) extended ON extended.lot_id = lot.entry_id
CROSS JOIN LATERAL (
                   SELECT CASE WHEN extended.lot_id IS NULL THEN earned.expires_at
                               ELSE extended.expires_at
                                END AS expires_at
                 ) told
        """,
        program_id=program_id,
        day=day,
    )


def write_day(env, day_id: int, program_id: int, as_of: AsOf) -> SQL:
    """Write what was owed at the end of a day, a row for each month of expiry."""
    return SQL(
        """
        INSERT INTO member_point_liability_day_line (
                    day_id, program_id, company_id, currency_id, kind, expiry_month,
                    lot_count, points, value_per_point, nominal_value,
                    expected_points, expected_value,
                    create_uid, create_date, write_uid, write_date)
             SELECT %(day_id)s, lot.program_id, lot.company_id,
                    lot.currency_id, lot.kind, lot.month,
                    COUNT(*), SUM(lot.remaining), lot.value,
                    SUM(lot.remaining) * lot.value,
                    SUM(lot.remaining * lot.share),
                    SUM(lot.remaining * lot.share) * lot.value,
                    %(uid)s, now() AT TIME ZONE 'UTC',
                    %(uid)s, now() AT TIME ZONE 'UTC'
               FROM (%(lots)s) lot
           GROUP BY lot.program_id, lot.company_id, lot.currency_id, lot.kind,
                    lot.month, lot.value
          RETURNING id
        """,
        day_id=day_id,
        uid=env.uid,
        lots=_valued_lots(program_id, as_of),
        to_flush=to_flush(env),
    )


def _valued_lots(program_id, as_of):
    """Return a row for each open lot, with its value and what is expected of it."""
    age = full_months(SQL("lot.earned_at"), SQL("%s::timestamp", as_of.ends_at))
    return SQL(
        """
        SELECT program.id AS program_id, program.company_id,
               company.currency_id, lot.kind, lot.remaining,
               CASE WHEN lot.expires_at IS NOT NULL THEN %(month)s END AS month,
               %(value)s AS value,
               %(share)s AS share
          FROM (%(open_lots)s) lot
          JOIN member_program program ON program.id = %(program_id)s
          JOIN res_company company ON company.id = program.company_id
               %(survival)s
        """,
        month=last_month(SQL("lot.expires_at"), SQL("%s", as_of.zone)),
        value=value_per_point(SQL("lot.kind")),
        share=redeemed_share(SQL("lot.kind")),
        survival=survival_join(age),
        open_lots=open_lots(program_id, as_of),
        program_id=program_id,
    )


def value_per_point(kind: SQL) -> SQL:
    """Return what one point is worth: stored value is money already."""
    return SQL("CASE %s WHEN 'loyalty' THEN program.points_value ELSE 1 END", kind)


def open_points(env, program_id: int, as_of: AsOf) -> SQL:
    """Return the open points of a program's wallet and how many will be used."""
    age = full_months(SQL("lot.earned_at"), SQL("%s::timestamp", as_of.ends_at))
    return SQL(
        """
        SELECT COALESCE(SUM(lot.remaining), 0),
               COALESCE(SUM(lot.remaining * %(share)s), 0)
          FROM (%(open_lots)s) lot
          JOIN member_program program ON program.id = %(program_id)s
               %(survival)s
         WHERE lot.kind = 'loyalty'
        """,
        program_id=program_id,
        share=redeemed_share(SQL("lot.kind")),
        survival=survival_join(age),
        open_lots=open_lots(program_id, as_of),
        to_flush=to_flush(env),
    )
