"""Give and take the tags that segments keep, in sets, and log it."""

from datetime import date

from odoo.tools import SQL


def keep_tag(
    env, segment_id: int, tag_id: int, company_id: int, day: date, members: SQL
) -> SQL:
    """Let exactly the members of a segment carry its tag.

    Rows are written only for who did not carry it or no longer may. Returns one row:
    how many got it, how many lost it.

    :param members: a query of membership ids
    """
    return SQL(
        """
        WITH wanted AS (
              SELECT partner_id, MIN(id) AS membership_id
                FROM member_membership
               WHERE id IN %(members)s
            GROUP BY partner_id
        ), moved AS (
              SELECT COALESCE(wanted.partner_id, carried.partner_id) AS partner_id,
                     wanted.membership_id,
                     carried.partner_id IS NULL AS is_added
                FROM wanted
           FULL JOIN (
                        SELECT res_partner_id AS partner_id
                          FROM member_tag_res_partner_rel
                         WHERE member_tag_id = %(tag_id)s
                     ) carried USING (partner_id)
               WHERE wanted.partner_id IS NULL
                  OR carried.partner_id IS NULL
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
        ), logged AS (
              INSERT INTO member_tag_change (
                     tag_id, partner_id, membership_id, company_id, date, change,
                     origin, segment_id, user_id, create_uid, create_date,
                     write_uid, write_date)
              SELECT %(tag_id)s, partner_id, membership_id, %(company_id)s, %(day)s,
                     CASE WHEN is_added THEN 'added' ELSE 'removed' END,
                     'segment', %(segment_id)s, %(user_id)s, %(user_id)s, %(now)s,
                     %(user_id)s, %(now)s
                FROM moved
        )
          SELECT COUNT(*) FILTER (WHERE is_added),
                 COUNT(*) FILTER (WHERE NOT is_added)
            FROM moved
        """,
        members=members,
        tag_id=tag_id,
        segment_id=segment_id,
        company_id=company_id,
        day=day,
        user_id=env.uid,
        now=env.cr.now(),
        to_flush=(
            env["member.membership"]._fields["partner_id"],
            env["member.tag"]._fields["partner_ids"],
            env["member.tag.change"]._fields["tag_id"],
            env["member.segment"]._fields["tag_id"],
        ),
    )
