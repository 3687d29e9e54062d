"""Turn cards of Odoo's own loyalty into wallets, and back."""

from odoo.tools import SQL


def empty_cards(env, import_id: int, user_id: int, description: str) -> SQL:
    """Take the points off the cards of a batch, and say so in Odoo's history.

    What the history says of a card becomes zero too: the account begins there.
    """
    Card = env["loyalty.card"]
    return SQL(
        """
          WITH taken AS (
                   SELECT card.id, card.points
                     FROM loyalty_card card
                     JOIN member_point_import_line line
                       ON line.native_card_id = card.id
                    WHERE line.import_id = %(import_id)s
                      AND line.owner_id IS NOT NULL),
               emptied AS (
                   UPDATE loyalty_card card
                      SET points = 0
                     FROM taken
                    WHERE card.id = taken.id),
               told AS (
                   SELECT taken.id,
                          COALESCE(SUM(history.issued - history.used), 0) AS held
                     FROM taken
                LEFT JOIN loyalty_history history ON history.card_id = taken.id
                 GROUP BY taken.id)
        INSERT INTO loyalty_history (
               card_id, description, issued, used, create_uid, write_uid,
               create_date, write_date)
        SELECT id, %(description)s, GREATEST(-held, 0), GREATEST(held, 0),
               %(user_id)s, %(user_id)s, now() AT TIME ZONE 'UTC',
               now() AT TIME ZONE 'UTC'
          FROM told
         WHERE held <> 0
        """,
        import_id=import_id,
        user_id=user_id,
        description=description,
        to_flush=Card._fields["points"],
    )


def adopt_cards(import_id: int, program_id: int, is_shared: bool) -> SQL:
    """Make one card of each owner a wallet: the owner's own, else the oldest.

    A purse that a company shares names no contact.
    """
    return SQL(
        """
          WITH chosen AS (
                 SELECT DISTINCT ON (line.owner_id)
                        line.native_card_id AS id, line.owner_id
                   FROM member_point_import_line line
                   JOIN loyalty_card card ON card.id = line.native_card_id
                  WHERE line.import_id = %(import_id)s
                    AND line.owner_id IS NOT NULL
               ORDER BY line.owner_id, card.partner_id <> line.owner_id, card.id)
        UPDATE loyalty_card card
           SET member_program_id = %(program_id)s,
               member_owner_id = chosen.owner_id,
               partner_id = CASE WHEN %(is_shared)s THEN NULL
                                 ELSE chosen.owner_id END
          FROM chosen
         WHERE card.id = chosen.id
        """,
        import_id=import_id,
        program_id=program_id,
        is_shared=is_shared,
    )


def archive_cards(import_id: int) -> SQL:
    """Archive the cards of a batch that did not become wallets."""
    return SQL(
        """
        UPDATE loyalty_card card
           SET active = FALSE
          FROM member_point_import_line line
         WHERE line.import_id = %s
           AND line.native_card_id = card.id
           AND line.owner_id IS NOT NULL
           AND card.member_program_id IS NULL
        """,
        import_id,
    )


def is_spoken_of(import_id: int, program_id: int) -> SQL:
    """Tell whether the program's account holds more than a batch and its undoing,
    or whether anything of the batch could not be taken back.
    """
    return SQL(
        """
        SELECT EXISTS (
                   SELECT FROM member_point_entry
                    WHERE program_id = %(program_id)s
                      AND (source_model, source_id)
                          IS DISTINCT FROM ('member.point.import', %(import_id)s))
            OR EXISTS (
                   SELECT FROM member_point_import_line
                    WHERE import_id = %(import_id)s
                      AND state = 'undone'
                      AND undone_points <> points)
        """,
        import_id=import_id,
        program_id=program_id,
    )


def hand_back(env, import_id: int, user_id: int, description: str) -> SQL:
    """Make the cards of a batch what they were: contact, in use, and the points that
    could be taken back.
    """
    Card = env["loyalty.card"]
    return SQL(
        """
          WITH given AS (
                 UPDATE loyalty_card card
                    SET points = COALESCE(line.undone_points, 0),
                        partner_id = line.native_partner_id,
                        active = TRUE,
                        member_program_id = NULL,
                        member_owner_id = NULL
                   FROM member_point_import_line line
                  WHERE line.import_id = %(import_id)s
                    AND line.native_card_id = card.id
                    AND line.owner_id IS NOT NULL
              RETURNING card.id, card.points)
        INSERT INTO loyalty_history (
               card_id, description, issued, used, create_uid, write_uid,
               create_date, write_date)
        SELECT id, %(description)s, points, 0, %(user_id)s, %(user_id)s,
               now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
          FROM given
         WHERE points <> 0
        """,
        import_id=import_id,
        user_id=user_id,
        description=description,
        to_flush=Card._fields["points"],
    )
