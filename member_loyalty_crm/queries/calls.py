"""Turn signals into calls, for all members at once; each cause calls once for ever.

A call is *current* until ``closed_on``: a customer has one at most. Whoever is left
alone to compare with (``held_out``) has a current call as well, that nobody sees.
"""

from datetime import date

from odoo.tools import SQL

from ..logic.call_queue import HASH_DIGITS, PARTS

CALL_LOCK = 0x63616C6C  # "call": our own corner of PostgreSQL's lock numbers


def try_lock(program_id: int) -> SQL:
    """Ask for the program's calls, held until the end of this transaction."""
    return SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", CALL_LOCK, program_id)


def end(env, program_id: int, day: date) -> SQL:
    """End the calls that nobody made yet and whose reasons are all gone.

    Who is left alone stays watched once their turn has come. Returns the activities
    of the calls.
    """
    return SQL(
        """
        WITH ended AS (
            UPDATE member_call call
               SET state = 'expired', closed_on = %(day)s
             WHERE call.program_id = %(program_id)s
               AND call.closed_on IS NULL
               AND (call.state <> 'held_out' OR call.started_on IS NULL)
               AND (
                   NOT EXISTS (
                       SELECT
                         FROM member_call_signal_rel bound
                         JOIN member_signal signal ON signal.id = bound.signal_id
                        WHERE bound.call_id = call.id
                          AND signal.ended_on IS NULL
                   )
                   OR EXISTS (
                       SELECT
                         FROM member_membership membership
                         JOIN res_partner partner
                           ON partner.id = membership.partner_id
                        WHERE membership.id = call.membership_id
                          AND NOT (membership.active AND partner.active)
                   )
               )
         RETURNING call.activity_id
        )
        SELECT activity_id FROM ended WHERE activity_id IS NOT NULL
        """,
        program_id=program_id,
        day=day,
        to_flush=_of_calls(env),
    )


def join(env, program_id: int) -> SQL:
    """Put new signals of customers who have a current call on that call."""
    return SQL(
        """
        INSERT INTO member_call_signal_rel (call_id, signal_id)
             SELECT call.id, signal.id
               FROM member_signal signal
               JOIN member_call call
                 ON call.membership_id = signal.membership_id
                AND call.closed_on IS NULL
              WHERE %(is_fresh)s
                 ON CONFLICT DO NOTHING
        """,
        is_fresh=_is_fresh(program_id),
        to_flush=_of_calls(env),
    )


def make(env, program, day: date, closed_after: date) -> SQL:
    """Make a call of the signals of each customer who has none.

    :param closed_after: whose last call was closed since then is not called again yet
    """
    return SQL(
        """
        WITH fresh AS (%(fresh)s),
        chief AS (
              SELECT DISTINCT ON (membership_id) *
                FROM fresh
            ORDER BY membership_id, weight DESC NULLS LAST, id
        ),
        made AS (%(made)s)
        INSERT INTO member_call_signal_rel (call_id, signal_id)
             SELECT made.id, fresh.id
               FROM made
               JOIN fresh USING (membership_id)
        """,
        fresh=_without_call(program.id, closed_after),
        made=_new_calls(program.call_holdout_percent, day, env.uid),
        to_flush=_of_calls(env),
    )


def _without_call(program_id: int, closed_after: date) -> SQL:
    """Return the new signals of customers who have no call, nor had one lately."""
    return SQL(
        """
        SELECT signal.*
          FROM member_signal signal
          JOIN member_membership membership
            ON membership.id = signal.membership_id AND membership.active
          JOIN res_partner partner
            ON partner.id = membership.partner_id AND partner.active
         WHERE %(is_fresh)s
           AND NOT EXISTS (
               SELECT
                 FROM member_call call
                WHERE call.membership_id = signal.membership_id
                  AND (call.closed_on IS NULL
                       OR call.state = 'done'
                          AND call.closed_on > %(closed_after)s)
           )
        """,
        is_fresh=_is_fresh(program_id),
        closed_after=closed_after,
    )


def _new_calls(percent: int, day: date, uid: int) -> SQL:
    """Write a call for each row of ``chief``; some, by lot, are left alone."""
    return SQL(
        """
        INSERT INTO member_call (
            program_id, company_id, membership_id, partner_id, tier_id, kind,
            made_on, weight, value_score, priority, state,
            create_uid, create_date, write_uid, write_date
        )
        SELECT chief.program_id, chief.company_id, chief.membership_id,
               membership.partner_id, membership.tier_id, chief.kind,
               %(day)s, COALESCE(chief.weight, 0), COALESCE(score.value_score, 0),
               %(priority)s,
               CASE WHEN %(draw)s < %(percent)s THEN 'held_out' ELSE 'waiting' END,
               %(uid)s, NOW() AT TIME ZONE 'UTC', %(uid)s, NOW() AT TIME ZONE 'UTC'
          FROM chief
          JOIN member_membership membership ON membership.id = chief.membership_id
     LEFT JOIN member_score score ON score.membership_id = chief.membership_id
     RETURNING id, membership_id
        """,
        day=day,
        priority=_priority(SQL("chief.weight")),
        draw=_draw(),
        percent=percent,
        uid=uid,
    )


def weigh(env, program_id: int) -> SQL:
    """Weigh anew what waits: signals came and went, scores changed."""
    return SQL(
        """
        UPDATE member_call call
           SET weight = fresh.weight,
               value_score = fresh.value_score,
               priority = fresh.priority
          FROM (
                SELECT waiting.id,
                       COALESCE(MAX(signal.weight), 0) AS weight,
                       COALESCE(score.value_score, 0) AS value_score,
                       %(priority)s AS priority
                  FROM member_call waiting
                  JOIN member_call_signal_rel bound ON bound.call_id = waiting.id
                  JOIN member_signal signal
                    ON signal.id = bound.signal_id AND signal.ended_on IS NULL
             LEFT JOIN member_score score
                    ON score.membership_id = waiting.membership_id
                 WHERE waiting.program_id = %(program_id)s
                   AND waiting.closed_on IS NULL
                   AND waiting.started_on IS NULL
              GROUP BY waiting.id, score.value_score
               ) fresh
         WHERE fresh.id = call.id
           AND (call.weight, call.value_score, call.priority)
               IS DISTINCT FROM (fresh.weight, fresh.value_score, fresh.priority)
        """,
        program_id=program_id,
        priority=_priority(SQL("MAX(signal.weight)")),
        to_flush=_of_calls(env),
    )


def candidates(env, program_id: int, room: int) -> SQL:
    """Return whose turn may come: of each salesperson's customers the first ones.

    Columns: call id, priority, value score, salesperson of the customer, held out.

    :param room: how many calls people can take; nobody takes more
    """
    return SQL(
        """
          SELECT id, priority, value_score, manager_id, is_held_out
            FROM (
                  SELECT call.id, call.priority, call.value_score,
                         partner.user_id AS manager_id,
                         call.state = 'held_out' AS is_held_out,
                         ROW_NUMBER() OVER (
                             PARTITION BY partner.user_id, call.state
                                 ORDER BY call.priority DESC, call.id
                         ) AS place
                    FROM member_call call
                    JOIN res_partner partner ON partner.id = call.partner_id
                   WHERE call.program_id = %(program_id)s
                     AND call.closed_on IS NULL
                     AND (call.state = 'waiting'
                          OR call.state = 'held_out' AND call.started_on IS NULL)
                 ) queue
           WHERE place <= %(room)s
        ORDER BY priority DESC, id
        """,
        program_id=program_id,
        room=room,
        to_flush=(*_of_calls(env), env["res.partner"]._fields["user_id"]),
    )


def _of_calls(env) -> tuple:
    """Return fields of all that calls are made of, to be flushed."""
    names = {
        "member.call": ("closed_on", "signal_ids"),
        "member.signal": ("ended_on",),
        "member.score": ("value_score",),
        "member.membership": ("active",),
        "res.partner": ("active",),
    }
    return tuple(
        env[model]._fields[name] for model, many in names.items() for name in many
    )


def _is_fresh(program_id: int) -> SQL:
    """Tell whether the row ``signal`` holds, and was no cause of any call yet."""
    return SQL(
        """
        signal.program_id = %s
        AND signal.ended_on IS NULL
        AND NOT EXISTS (
            SELECT
              FROM member_call_signal_rel bound
             WHERE bound.signal_id = signal.id
        )
        """,
        program_id,
    )


def _priority(weight: SQL) -> SQL:
    """Return weight times value; neither makes it nothing."""
    return SQL("GREATEST(%s, 1) * GREATEST(score.value_score, 1)", weight)


def _draw() -> SQL:
    """Return 0 to 99 for the row ``chief``, as ``logic.call_queue.is_held_out``."""
    return SQL(
        "MOD(('x' || SUBSTR(MD5(chief.membership_id || ':' || chief.cause), 1, %s))"
        "::bit(%s)::bigint, %s)",
        HASH_DIGITS,
        SQL(str(HASH_DIGITS * 4)),
        PARTS,
    )
