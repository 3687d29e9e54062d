"""Check-ins of members."""

from odoo.tools import SQL


def last_check_in(env, partner_id: int, company_id: int) -> SQL:
    """Find a contact's last check-in at a seller.

    Columns: day, when it began and ended in UTC, time zone, streak, points.
    """
    return SQL(
        """
          SELECT day, day_begins_at, day_ends_at, timezone, streak, points
            FROM member_check_in
           WHERE partner_id = %s
             AND company_id = %s
        ORDER BY day DESC
           LIMIT 1
        """,
        partner_id,
        company_id,
        to_flush=(env["member.check.in"]._fields["day"],),
    )


def record(partner_id: int, company_id: int, moment, zone, verdict, points) -> SQL:
    """Write a check-in down; returns its id, nothing when the day is taken.

    The database has the last word on days that overlap: of two requests at the same
    moment the second one finds the first, or conflicts with it and is run again.
    """
    return SQL(
        """
        INSERT INTO member_check_in
                    (partner_id, company_id, moment, timezone, day, day_begins_at,
                     day_ends_at, streak, points)
             VALUES (%(partner_id)s, %(company_id)s, %(moment)s, %(zone)s, %(day)s,
                     %(begins_at)s, %(ends_at)s, %(streak)s, %(points)s)
        ON CONFLICT DO NOTHING
          RETURNING id
        """,
        partner_id=partner_id,
        company_id=company_id,
        moment=moment,
        zone=zone,
        day=verdict.day.date,
        begins_at=verdict.day.begins_at,
        ends_at=verdict.day.ends_at,
        streak=verdict.streak,
        points=points,
    )
