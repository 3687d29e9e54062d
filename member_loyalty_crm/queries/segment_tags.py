"""Give and take the tags that segments keep, in sets, and log it."""

from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL


@dataclass(frozen=True, slots=True)
class Keeping:
    """Which segment keeps which tag on whom, and the day that the log names.

    :param members: a query of membership ids
    """

    segment_id: int
    tag_id: int
    company_id: int
    day: date
    members: SQL


def keep_tag(env, keeping: Keeping) -> SQL:
    """Let exactly the members of a segment carry its tag.

    Rows are written only for who did not carry it or no longer may. Returns one row:
    how many got it, how many lost it.
    """
    return SQL(
        """
        WITH moved AS (%(moved)s
        ), given AS (
              INSERT INTO member_tag_res_partner_rel (member_tag_id, res_partner_id)
              SELECT %(tag_id)s, partner_id
                FROM moved
               WHERE is_added
        ), taken AS (
              DELETE FROM member_tag_res_partner_rel carried
               USING moved
               WHERE carried.member_tag_id = %(tag_id)s
                 AND carried.res_partner_id = moved.partner_id
                 AND NOT moved.is_added
        ), logged AS (%(log)s
        )
          SELECT COUNT(*) FILTER (WHERE is_added),
                 COUNT(*) FILTER (WHERE NOT is_added)
            FROM moved
        """,
        moved=_moved(keeping),
        tag_id=keeping.tag_id,
        log=_log(env, keeping),
        to_flush=(
            env["member.membership"]._fields["partner_id"],
            env["member.tag"]._fields["partner_ids"],
            env["member.tag.change"]._fields["tag_id"],
            env["member.segment"]._fields["tag_id"],
        ),
    )


def _moved(keeping: Keeping) -> SQL:
    """Compare who is in the segment with who carries the tag."""
    return SQL(
        """
              SELECT COALESCE(wanted.partner_id, carried.partner_id) AS partner_id,
                     wanted.membership_id,
                     carried.partner_id IS NULL AS is_added
                FROM (
                         SELECT partner_id, MIN(id) AS membership_id
                           FROM member_membership
                          WHERE id IN %(members)s
                       GROUP BY partner_id
                     ) wanted
           FULL JOIN (
                         SELECT res_partner_id AS partner_id
                           FROM member_tag_res_partner_rel
                          WHERE member_tag_id = %(tag_id)s
                     ) carried USING (partner_id)
               WHERE wanted.partner_id IS NULL
                  OR carried.partner_id IS NULL""",
        members=keeping.members,
        tag_id=keeping.tag_id,
    )


def _log(env, keeping: Keeping) -> SQL:
    """Keep a change for each contact that got the tag or lost it."""
    return SQL(
        """
              INSERT INTO member_tag_change (
                     tag_id, partner_id, membership_id, company_id, date, change,
                     origin, segment_id, user_id, create_uid, create_date,
                     write_uid, write_date)
              SELECT %(tag_id)s, partner_id, membership_id, %(company_id)s, %(day)s,
                     CASE WHEN is_added THEN 'added' ELSE 'removed' END,
                     'segment', %(segment_id)s, %(user_id)s, %(user_id)s, %(now)s,
                     %(user_id)s, %(now)s
                FROM moved""",
        tag_id=keeping.tag_id,
        company_id=keeping.company_id,
        day=keeping.day,
        segment_id=keeping.segment_id,
        user_id=env.uid,
        now=env.cr.now(),
    )
