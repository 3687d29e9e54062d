"""Takes eWallet cards with what is on them into the ledger, as SQL."""

from odoo.tools import SQL


def balances(loyalty_program_id: int) -> SQL:
    """Return how many cards of a program hold money, and how much in all."""
    return SQL(
        """
        SELECT COUNT(*) FILTER (WHERE points <> 0),
               COALESCE(SUM(ROUND(points::numeric, 2)), 0)
          FROM loyalty_card
         WHERE program_id = %s
        """,
        loyalty_program_id,
    )


def take_over(env, loyalty_program_id: int, program_id: int, text: str) -> SQL:
    """Empty the cards of a program and give them to the ledger.

    Of several active cards of one partner the one with most on it is kept; it alone
    has an owner. Odoo's own history is brought to zero by a row that says so.

    :param text: the description of that row
    :return: card, what was on it, its last valid day, the card it is continued on
    """
    card = env["loyalty.card"]
    return SQL(
        """
          WITH held AS (%(held)s), noted AS (%(note)s)
        UPDATE loyalty_card card
           SET points = 0,
               expiration_date = NULL,
               member_program_id = %(program_id)s,
               member_owner_id = CASE WHEN held.main_id = card.id
                                      THEN card.partner_id END
          FROM held
         WHERE held.id = card.id
     RETURNING card.id, held.points, held.expiration_date, held.main_id
        """,
        held=_held(loyalty_program_id),
        note=_note(env, text),
        program_id=program_id,
        to_flush=tuple(
            card._fields[name]
            for name in ("points", "program_id", "partner_id", "active")
        ),
    )


def _held(loyalty_program_id):
    """Return what is on each card, and which card of its partner it continues on."""
    return SQL(
        """
        SELECT id,
               ROUND(points::numeric, 2) AS points,
               expiration_date,
               FIRST_VALUE(id) OVER (
                   PARTITION BY partner_id, active,
                                CASE WHEN partner_id IS NULL THEN id END
                       ORDER BY points DESC, id) AS main_id
          FROM loyalty_card
         WHERE program_id = %s
        """,
        loyalty_program_id,
    )


def _note(env, text):
    """Return the rows of history that bring it to zero: the ledger mirrors itself."""
    return SQL(
        """
        INSERT INTO loyalty_history (card_id, description, issued, used, create_uid,
                                     write_uid, create_date, write_date)
             SELECT history.card_id, %(text)s, 0, SUM(history.issued - history.used),
                    %(uid)s, %(uid)s,
                    now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
               FROM loyalty_history history
               JOIN held ON held.id = history.card_id
           GROUP BY history.card_id
             HAVING SUM(history.issued - history.used) <> 0
        """,
        text=text,
        uid=env.uid,
    )


def continue_on(pairs: list[tuple[int, int]]) -> SQL:
    """Archive cards whose money went to another card of the same partner.

    :param pairs: the card, and the one it is continued on
    """
    return SQL(
        """
        UPDATE loyalty_card card
           SET active = FALSE, member_successor_id = pair.main_id,
               member_owner_id = card.partner_id
          FROM (VALUES %s) AS pair (id, main_id)
         WHERE pair.id = card.id
        """,
        SQL(", ").join(SQL("(%s::int, %s::int)", *pair) for pair in pairs),
    )
