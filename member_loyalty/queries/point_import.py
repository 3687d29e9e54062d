"""Keep rows of opening balances, find their members, and sum them up."""

from collections.abc import Sequence

from odoo.tools import SQL


def forget_lines(import_id: int) -> SQL:
    """Delete what an earlier check kept."""
    return SQL("DELETE FROM member_point_import_line WHERE import_id = %s", import_id)


def analyze_lines() -> SQL:
    """Let the planner know how many rows there are now.

    Else it takes them for one or two, and compares each with every contact.
    """
    return SQL("ANALYZE member_point_import_line")


def insert_lines(import_id: int, rows: str) -> SQL:
    """Keep rows of a file.

    :param rows: JSON list of objects, named like the columns
    """
    return SQL(
        """
        INSERT INTO member_point_import_line (
               import_id, number, excerpt, ref, email, code, name, points,
               expires_on, note, problem, state)
        SELECT %(import_id)s, number, excerpt, NULLIF(ref, ''), NULLIF(email, ''),
               NULLIF(code, ''), NULLIF(name, ''), points, expires_on,
               NULLIF(note, ''), problem,
               CASE WHEN problem IS NULL THEN 'good' ELSE 'refused' END
          FROM jsonb_to_recordset(%(rows)s::jsonb) AS line (
                   number int, excerpt text, ref text, email text, code text,
                   name text, points numeric, expires_on date, note text, problem text)
        """,
        import_id=import_id,
        rows=rows,
    )


def insert_cards(env, import_id: int, native_program_id: int) -> SQL:
    """Keep the cards of a native program as rows, one for each card."""
    Card = env["loyalty.card"]
    return SQL(
        """
        INSERT INTO member_point_import_line (
               import_id, number, excerpt, code, points, native_card_id,
               native_partner_id, problem, state)
        SELECT %(import_id)s, number, excerpt, code, points, id, partner_id, problem,
               CASE WHEN problem IS NULL THEN 'good' ELSE 'refused' END
          FROM (SELECT card.id, card.code, card.partner_id,
                       row_number() OVER (ORDER BY card.id) AS number,
                       concat_ws(' | ', card.code, partner.complete_name) AS excerpt,
                       round(COALESCE(card.points, 0)::numeric, 2) AS points,
                       CASE WHEN card.partner_id IS NULL THEN 'missing_member'
                            WHEN card.points < 0 THEN 'negative'
                            WHEN round(card.points::numeric, 2) <> card.points::numeric
                                 THEN 'too_precise'
                            WHEN COALESCE(card.points, 0) = 0 THEN 'no_points'
                             END AS problem
                  FROM loyalty_card card
             LEFT JOIN res_partner partner ON partner.id = card.partner_id
                 WHERE card.program_id = %(native_program_id)s
                   AND card.active) AS card
        """,
        import_id=import_id,
        native_program_id=native_program_id,
        to_flush=Card._fields["points"],
    )


def changed_cards(import_id: int, native_program_id: int) -> SQL:
    """Return the cards that came, went or changed since they were kept as rows."""
    return SQL(
        """
           SELECT COALESCE(card.id, line.native_card_id)
             FROM (SELECT id, partner_id, points
                     FROM loyalty_card
                    WHERE program_id = %(native_program_id)s
                      AND active) AS card
        FULL JOIN (SELECT native_card_id, native_partner_id, points
                     FROM member_point_import_line
                    WHERE import_id = %(import_id)s) AS line
               ON line.native_card_id = card.id
            WHERE card.id IS NULL
               OR line.native_card_id IS NULL
               OR card.partner_id IS DISTINCT FROM line.native_partner_id
               OR round(card.points::numeric, 2) <> line.points
        """,
        import_id=import_id,
        native_program_id=native_program_id,
    )


def mark_repeated(import_id: int) -> SQL:
    """Set aside the rows that say the same as an earlier one."""
    return SQL(
        """
        UPDATE member_point_import_line AS line
           SET problem = 'repeated', state = 'refused'
          FROM (SELECT id,
                       row_number() OVER (
                           PARTITION BY ref, email, code, name, points, expires_on,
                                        note
                               ORDER BY number) > 1 AS is_repeated
                  FROM member_point_import_line
                 WHERE import_id = %(import_id)s
                   AND problem IS NULL) AS same
         WHERE line.id = same.id
           AND same.is_repeated
        """,
        import_id=import_id,
    )


def find_owners(
    env, import_id: int, owner_column: str, company_ids: Sequence[int]
) -> SQL:
    """Find the owner of each row; what it says has to agree.

    By card number, reference and mail; by name only where nothing else is said.

    :param owner_column: of a contact, "commercial_partner_id" or "id"
    """
    Partner = env["res.partner"]
    return SQL(
        """
          WITH %(found)s,
               owner AS (
                   SELECT id, count(*) AS owners, min(owner_id) AS owner_id
                     FROM found
                 GROUP BY id)
        UPDATE member_point_import_line AS target
           SET owner_id = CASE WHEN owner.owners = 1 THEN owner.owner_id END,
               problem = CASE WHEN owner.owners IS NULL THEN 'unknown_member'
                              WHEN owner.owners > 1 THEN 'ambiguous_member' END,
               state = CASE WHEN owner.owners = 1 THEN 'good' ELSE 'refused' END
          FROM line
     LEFT JOIN owner ON owner.id = line.id
         WHERE target.id = line.id
        """,
        found=_found(import_id, owner_column, company_ids),
        to_flush=Partner._fields["ref"],
    )


def _found(import_id: int, owner_column: str, company_ids: Sequence[int]) -> SQL:
    """Return the CTEs ``line`` and ``found``: each row with every owner that fits."""
    return SQL(
        """
               line AS (
                   SELECT id, ref, lower(email) AS email, code, name
                     FROM member_point_import_line
                    WHERE import_id = %(import_id)s
                      AND state = 'good'
                      AND native_card_id IS NULL),
               contact AS (
                   SELECT id, %(owner)s AS owner_id, ref, email_normalized, name
                     FROM res_partner
                    WHERE active
                      AND (company_id IS NULL OR company_id = ANY(%(company_ids)s))),
               found AS (
                   SELECT line.id, contact.owner_id
                     FROM line JOIN contact ON contact.ref = line.ref
                    UNION
                   SELECT line.id, contact.owner_id
                     FROM line JOIN contact ON contact.email_normalized = line.email
                    UNION
                   SELECT line.id, contact.owner_id
                     FROM line
                     JOIN loyalty_card card
                       ON card.code = line.code AND card.active
                     JOIN contact
                       ON contact.id
                          = COALESCE(card.member_owner_id, card.partner_id)
                    UNION
                   SELECT line.id, contact.owner_id
                     FROM line JOIN contact ON lower(contact.name) = lower(line.name)
                    WHERE line.ref IS NULL AND line.email IS NULL
                      AND line.code IS NULL)
        """,
        import_id=import_id,
        owner=SQL.identifier(owner_column),
        company_ids=list(company_ids),
    )


def set_owners_of_cards(import_id: int, owner_column: str) -> SQL:
    """Let the rows of cards belong to their cards' contacts, or their companies."""
    return SQL(
        """
        UPDATE member_point_import_line AS line
           SET owner_id = partner.%(owner)s
          FROM loyalty_card card
          JOIN res_partner partner ON partner.id = card.partner_id
         WHERE line.import_id = %(import_id)s
           AND card.id = line.native_card_id
           AND (line.problem IS NULL OR line.problem = 'no_points')
        """,
        import_id=import_id,
        owner=SQL.identifier(owner_column),
    )


def mark_booked(rows: Sequence[tuple]) -> SQL:
    """Set rows as booked, on their cards.

    Found by id, which the database does well whatever it knows of the tables: while
    a batch is booked, its figures about cards and rows are those of before.

    :param rows: tuples of the row's id and the card's
    """
    ids, card_ids = zip(*rows, strict=True)
    return SQL(
        """
        UPDATE member_point_import_line AS line
           SET state = 'booked', card_id = booked.card_id
          FROM unnest(%(ids)s::int[], %(card_ids)s::int[]) AS booked(id, card_id)
         WHERE line.id = booked.id
        """,
        ids=list(ids),
        card_ids=list(card_ids),
    )


def mark_undone(import_id: int, rows: str) -> SQL:
    """Set rows as undone.

    :param rows: JSON list of objects with number and points
    """
    return SQL(
        """
        UPDATE member_point_import_line AS line
           SET state = 'undone', undone_points = taken.points
          FROM jsonb_to_recordset(%(rows)s::jsonb) AS taken (
                   number int, points numeric)
         WHERE line.import_id = %(import_id)s
           AND line.number = taken.number
        """,
        import_id=import_id,
        rows=rows,
    )


def figures(import_id: int) -> SQL:
    """Return state, problem, rows and points."""
    return SQL(
        """
          SELECT state, problem, count(*), COALESCE(sum(points), 0)::text
            FROM member_point_import_line
           WHERE import_id = %s
        GROUP BY state, problem
        ORDER BY count(*) DESC
        """,
        import_id,
    )


def booked_points(import_id: int) -> SQL:
    """Return what the entries of a batch come to, apart from the rows."""
    return SQL(
        """
        SELECT count(*), COALESCE(sum(points), 0)::text
          FROM member_point_entry
         WHERE source_model = 'member.point.import'
           AND source_id = %s
           AND kind = 'opening'
        """,
        import_id,
    )
