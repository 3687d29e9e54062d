"""What a merge of contacts has to put in order, and what its undoing gives back."""

from collections.abc import Sequence

from odoo.tools import SQL


def unique_indexes_on_contacts() -> SQL:
    """Ask for the unique indexes over a reference to contacts that are no constraint.

    Odoo's merge repoints such references without looking, and fails. Returns table,
    column of the contact, the other columns, and the condition of a partial index.
    """
    return SQL(
        """
          SELECT held.relname,
                 contact.attname,
                 ARRAY(SELECT other.attname
                         FROM pg_attribute other
                        WHERE other.attrelid = held.oid
                          AND other.attnum = ANY(index.indkey)
                          AND other.attnum <> contact.attnum),
                 pg_get_expr(index.indpred, index.indrelid)
            FROM pg_index index
            JOIN pg_class held ON held.oid = index.indrelid
            JOIN pg_attribute contact
              ON contact.attrelid = held.oid
             AND contact.attnum = ANY(index.indkey)
            JOIN pg_constraint reference
              ON reference.contype = 'f'
             AND reference.conrelid = held.oid
             AND reference.confrelid = 'res_partner'::regclass
             AND reference.conkey[1] = contact.attnum
           WHERE index.indisunique
             AND index.indexprs IS NULL
             AND held.relnamespace = current_schema::regnamespace
             AND NOT EXISTS (SELECT 1
                               FROM pg_constraint made
                              WHERE made.conindid = index.indexrelid
                                AND made.contype IN ('p', 'u'))
        ORDER BY held.relname, contact.attname
        """
    )


def delete_clashes(index: tuple, source_ids: Sequence[int], winner_id: int) -> SQL:
    """Delete the rows that would be there twice when all contacts are the winner.

    Those of the winner stay, or else the oldest.

    :param index: a row of :func:`unique_indexes_on_contacts`
    """
    table, column, others, condition = index
    names = [SQL.identifier(other) for other in others]
    known = [
        SQL((condition or "TRUE").replace("%", "%%")),
        *(SQL("%s IS NOT NULL", name) for name in names),
    ]
    return SQL(
        """
        DELETE FROM %(table)s
         WHERE %(column)s = ANY(%(source_ids)s)
           AND id IN (
                  SELECT id
                    FROM (SELECT id,
                                 ROW_NUMBER() OVER (
                                     PARTITION BY %(partition)s
                                         ORDER BY %(column)s = %(winner_id)s DESC, id
                                 ) AS place
                            FROM %(table)s
                           WHERE %(column)s = ANY(%(ids)s) AND %(known)s) ranked
                   WHERE place > 1)
        """,
        table=SQL.identifier(table),
        column=SQL.identifier(column),
        partition=SQL(", ").join(names or [SQL("TRUE")]),
        known=SQL(" AND ").join(SQL("(%s)", one) for one in known),
        source_ids=list(source_ids),
        ids=[*source_ids, winner_id],
        winner_id=winner_id,
    )


def rows_of(contact_id: int) -> SQL:
    """Ask for a contact's rows of the journal.

    Returns id, whether the contact itself bought, whether it is the company, and the
    document's key, in the order booked.
    """
    return SQL(
        """
          SELECT id, partner_id = %(contact_id)s,
                 commercial_partner_id = %(contact_id)s, source_key
            FROM member_activity
           WHERE partner_id = %(contact_id)s OR commercial_partner_id = %(contact_id)s
        ORDER BY id
        """,
        contact_id=contact_id,
    )


def last_ids() -> SQL:
    """Ask for the ids of the last row of the journal and of the last point entry."""
    return SQL(
        """
        SELECT (SELECT COALESCE(MAX(id), 0) FROM member_activity),
               (SELECT COALESCE(MAX(id), 0) FROM member_point_entry)
        """
    )


def repoint_rows(
    column: str,
    winner_id: int,
    contact_id: int,
    ids: Sequence[int],
    keys: Sequence[str],
    last_id: int,
) -> SQL:
    """Let rows of the journal be a contact's again, and what came of them since.

    As a merge repoints them: no row is changed otherwise.

    :param str column: ``partner_id`` or ``commercial_partner_id``
    :param ids: the rows that were the contact's when it was merged
    :param keys: their documents, whose later rows go along
    :param int last_id: the last row there was when the contact was merged
    """
    return SQL(
        """
        UPDATE member_activity
           SET %(column)s = %(contact_id)s
         WHERE %(column)s = %(winner_id)s
           AND (id = ANY(%(ids)s) OR (id > %(last_id)s AND source_key = ANY(%(keys)s)))
     RETURNING id
        """,
        column=SQL.identifier(column),
        contact_id=contact_id,
        winner_id=winner_id,
        ids=list(ids),
        keys=list(keys),
        last_id=last_id,
    )


def own_documents(winner_id: int, contact_id: int, user_id: int) -> SQL:
    """Remember whose purchase the documents are that a merge gave to the winner.

    The documents stay with the winner; the journal goes by this. One that was given
    back before, by undoing a later merge, still names the customer of then.
    """
    return SQL(
        """
        INSERT INTO member_purchase_owner (
               source_model, source_id, partner_id, document_partner_id,
               create_uid, write_uid, create_date, write_date)
        SELECT DISTINCT source_model, source_id, partner_id, %(winner_id)s,
               %(user_id)s, %(user_id)s, NOW() AT TIME ZONE 'UTC',
               NOW() AT TIME ZONE 'UTC'
          FROM member_activity
         WHERE partner_id = %(contact_id)s
           AND source_id IS NOT NULL
           AND source_model IN ('sale.order', 'account.move')
   ON CONFLICT (source_model, source_id)
     DO UPDATE SET partner_id = EXCLUDED.partner_id
        """,
        winner_id=winner_id,
        contact_id=contact_id,
        user_id=user_id,
    )


def owners_of(env, model: str, ids: Sequence[int]) -> SQL:
    """Ask whose purchases documents are, where that is not whom they name.

    A credit note goes with its order. Returns document, the contact that it names for
    this to hold, the contact and its company.
    """
    held = SQL(
        """
        SELECT source_id AS id, partner_id, document_partner_id
          FROM member_purchase_owner
         WHERE source_model = %(model)s AND source_id = ANY(%(ids)s)
        """,
        model=model,
        ids=list(ids),
    )
    if model == "account.move":
        held = SQL("%s UNION %s", _owners_by_order(ids), held)
    return SQL(
        """
        SELECT held.id, held.document_partner_id, contact.id,
               contact.commercial_partner_id
          FROM (%(held)s) held
          JOIN res_partner contact ON contact.id = held.partner_id
        """,
        held=held,
        to_flush=(
            env["res.partner"]._fields["commercial_partner_id"],
            env["member.purchase.owner"]._fields["partner_id"],
        ),
    )


def _owners_by_order(ids: Sequence[int]) -> SQL:
    """Ask for the owners of the orders that credit notes belong to."""
    return SQL(
        """
        SELECT line.move_id AS id, owner.partner_id, owner.document_partner_id
          FROM account_move_line line
          JOIN sale_order_line_invoice_rel link ON link.invoice_line_id = line.id
          JOIN sale_order_line ordered ON ordered.id = link.order_line_id
          JOIN member_purchase_owner owner
            ON owner.source_model = 'sale.order' AND owner.source_id = ordered.order_id
         WHERE line.move_id = ANY(%(ids)s)
        """,
        ids=list(ids),
    )


def repoint_promises(from_card_id: int, to_card_id: int, order_ids) -> SQL:
    """Let what orders are promised in points be booked on another card."""
    return SQL(
        """
        UPDATE member_order_points
           SET card_id = %(to_card_id)s
         WHERE card_id = %(from_card_id)s AND NOT order_id = ANY(%(order_ids)s)
        """,
        from_card_id=from_card_id,
        to_card_id=to_card_id,
        order_ids=list(order_ids),
    )


def promised_orders(card_id: int) -> SQL:
    """Ask for the orders that are promised points on a card."""
    return SQL("SELECT order_id FROM member_order_points WHERE card_id = %s", card_id)


def brought_lots(card_id: int, from_card_id: int, after_entry_id: int) -> SQL:
    """Ask for the lots that a merge made on a card from those of another one.

    Both sides of a transfer are booked in the same order. Returns the lot, its points
    and the lot that it was made from.
    """
    return SQL(
        """
        WITH side AS (
              SELECT id, card_id, points, lot_id,
                     ROW_NUMBER() OVER (PARTITION BY card_id ORDER BY id) AS place
                FROM member_point_entry
               WHERE id > %(after_entry_id)s
                 AND kind = 'transferred'
                 AND source_model = 'member.point.statement'
                 AND ((card_id = %(card_id)s AND source_id = %(from_card_id)s
                       AND points > 0)
                      OR (card_id = %(from_card_id)s AND source_id = %(card_id)s
                          AND points < 0))
        )
          SELECT came.id, came.points, went.lot_id
            FROM side came
            JOIN side went ON went.card_id = %(from_card_id)s
                          AND went.place = came.place
           WHERE came.card_id = %(card_id)s
        ORDER BY came.id
        """,
        card_id=card_id,
        from_card_id=from_card_id,
        after_entry_id=after_entry_id,
    )
