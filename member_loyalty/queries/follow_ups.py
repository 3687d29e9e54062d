"""What happened and has to be followed up, later and in sets."""

from collections.abc import Sequence

from odoo.tools import SQL


def queue(topic: str, record_ids: Sequence[int]) -> SQL:
    """Remember records that something has to follow from."""
    return SQL(
        """
        INSERT INTO member_follow_up (topic, record_id)
        SELECT %(topic)s, record_id FROM unnest(%(record_ids)s) record_id
        """,
        topic=topic,
        record_ids=list(record_ids),
    )


def queue_last_decisions(topic: str, membership_ids: Sequence[int]) -> SQL:
    """Remember the latest decision on each of these memberships."""
    return SQL(
        """
        INSERT INTO member_follow_up (topic, record_id)
        SELECT %(topic)s, MAX(decision.id)
          FROM member_tier_decision decision
         WHERE decision.membership_id = ANY(%(membership_ids)s)
      GROUP BY decision.membership_id
        """,
        topic=topic,
        membership_ids=list(membership_ids),
    )


def queue_expired(topic: str, program_ids: Sequence[int]) -> SQL:
    """Remember the entries that book out points of these programs.

    A part of ``point_expiry.expire``, whose rows ``lot`` it reads.
    """
    return SQL(
        """
            INSERT INTO member_follow_up (topic, record_id)
                 SELECT %(topic)s, expiry_id
                   FROM lot
                  WHERE is_first
                    AND program_id = ANY(%(program_ids)s)""",
        topic=topic,
        program_ids=list(program_ids),
    )


def take_next(topic: str, limit: int) -> SQL:
    """Take the next records of a topic out of the queue; nobody else gets them.

    Columns: record.
    """
    return SQL(
        """
        DELETE FROM member_follow_up
              WHERE id IN (SELECT id
                             FROM member_follow_up
                            WHERE topic = %(topic)s
                         ORDER BY id
                            LIMIT %(limit)s
                              FOR UPDATE SKIP LOCKED)
          RETURNING record_id
        """,
        topic=topic,
        limit=limit,
    )
