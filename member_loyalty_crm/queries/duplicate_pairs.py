"""What becomes of pairs of possible duplicates in a merge, and what both bought."""

from collections.abc import Sequence

from odoo.tools import SQL


def close_merged(source_ids: Sequence[int], winner_id: int, user_id: int, now) -> SQL:
    """Close the pairs whose two contacts become one."""
    return SQL(
        """
        UPDATE member_duplicate
           SET state = 'merged', partner_id = %(winner_id)s, other_id = NULL,
               decided_by_id = %(user_id)s, decided_at = %(now)s
         WHERE state <> 'merged'
           AND partner_id = ANY(%(ids)s) AND other_id = ANY(%(ids)s)
        """,
        ids=[*source_ids, winner_id],
        winner_id=winner_id,
        user_id=user_id,
        now=now,
    )


def follow_merge(source_ids: Sequence[int], winner_id: int) -> SQL:
    """Let pairs with merged contacts be pairs with the one that stays.

    Of several with the same contact one stays; what was decided comes first.
    """
    return SQL(
        """
        WITH pair AS (
              SELECT id, state, score,
                     CASE WHEN partner_id = ANY(%(ids)s)
                          THEN other_id ELSE partner_id END AS stranger
                FROM member_duplicate
               WHERE state <> 'merged'
                 AND (partner_id = ANY(%(ids)s)) <> (other_id = ANY(%(ids)s))
        ), ranked AS (
              SELECT id, stranger,
                     ROW_NUMBER() OVER (
                         PARTITION BY stranger
                             ORDER BY state = 'different' DESC, score DESC, id
                     ) AS place
                FROM pair
        ), doomed AS (
              DELETE FROM member_duplicate doomed
               USING ranked
               WHERE doomed.id = ranked.id AND ranked.place > 1
        )
        SELECT id, LEAST(stranger, %(winner_id)s), GREATEST(stranger, %(winner_id)s)
          FROM ranked
         WHERE place = 1
        """,
        ids=[*source_ids, winner_id],
        winner_id=winner_id,
    )


def repoint_pairs(rows: Sequence[tuple[int, int, int]]) -> SQL:
    """Write the two contacts of pairs anew."""
    return SQL(
        """
        UPDATE member_duplicate pair
           SET partner_id = moved.one, other_id = moved.other
          FROM UNNEST(%(ids)s::int[], %(one)s::int[], %(other)s::int[])
               AS moved (id, one, other)
         WHERE pair.id = moved.id
        """,
        ids=[row[0] for row in rows],
        one=[row[1] for row in rows],
        other=[row[2] for row in rows],
    )


def bought(env, ids: Sequence[int]) -> SQL:
    """Ask how many orders customers placed, and what for, by customer and company."""
    return SQL(
        """
          SELECT commercial_partner_id, SUM(order_count), MAX(date)
            FROM member_activity
           WHERE commercial_partner_id = ANY(%(ids)s)
             AND company_id = ANY(%(companies)s)
             AND kind = 'purchase'
        GROUP BY commercial_partner_id
        """,
        ids=list(ids),
        companies=env.companies.ids,
        to_flush=(env["member.activity"]._fields["commercial_partner_id"],),
    )
