"""Find contacts that may be the same customer: by what they share, in sets."""

from collections.abc import Sequence
from datetime import datetime

from odoo.tools import SQL

BIGGEST_BLOCK = 20  # contacts; what more of them share is no evidence


def changed_contacts(
    env, since: datetime | None, until: datetime, after: int, limit: int
) -> SQL:
    """Ask for the next contacts to look at: what changed of or about them.

    Only companies and people on their own, not archived. Somebody who becomes a
    customer counts as changed.

    :param datetime since: from when on (UTC); None for everybody
    :param datetime until: later changes are left to the next search
    :param int after: the last contact looked at
    """
    return SQL(
        """
          SELECT contact.id
            FROM res_partner contact
           WHERE contact.id > %(after)s
             AND contact.active
             AND contact.commercial_partner_id = contact.id
             %(is_new)s
        ORDER BY contact.id
           LIMIT %(limit)s
        """,
        after=after,
        limit=limit,
        is_new=SQL("AND contact.id IN (%s)", _news(since, until)) if since else SQL(),
        to_flush=(
            env["res.partner"]._fields["commercial_partner_id"],
            env["res.partner"]._fields["active"],
        ),
    )


def _news(since, until):
    span = SQL("BETWEEN %s AND %s", since, until)
    return SQL(
        """
        SELECT id FROM res_partner WHERE write_date %(span)s
         UNION
        SELECT partner_id FROM member_membership WHERE create_date %(span)s
         UNION
        SELECT buyer.commercial_partner_id
          FROM sale_order ordered
          JOIN res_partner buyer ON buyer.id = ordered.partner_id
         WHERE ordered.create_date %(span)s
         UNION
        SELECT asker.commercial_partner_id
          FROM crm_lead lead
          JOIN res_partner asker ON asker.id = lead.partner_id
         WHERE lead.write_date %(span)s
        """,
        span=span,
    )


def facts(env, ids: Sequence[int]) -> SQL:
    """Ask what is compared of contacts: the fields of ``Contact`` of ``logic``."""
    Partner = env["res.partner"]
    read = ("name", "email", "phone", "vat", "country_id", "zip", "city", "street")
    return SQL(
        """
          SELECT contact.id, COALESCE(contact.name, ''),
                 COALESCE(contact.email_normalized, contact.email, ''),
                 COALESCE(contact.phone_sanitized, contact.phone, ''),
                 COALESCE(contact.vat, ''), COALESCE(country.code, ''),
                 COALESCE(contact.zip, ''), COALESCE(contact.city, ''),
                 CONCAT_WS(' ', contact.street, contact.street2),
                 COALESCE(contact.is_company, FALSE)
            FROM res_partner contact
       LEFT JOIN res_country country ON country.id = contact.country_id
           WHERE contact.id = ANY(%(ids)s)
        """,
        ids=list(ids),
        to_flush=[
            Partner._fields[name]
            for name in (*read, "email_normalized", "phone_sanitized", "street2")
        ],
    )


def forget_keys(ids: Sequence[int]) -> SQL:
    """Forget what contacts were found by."""
    return SQL("DELETE FROM member_duplicate_key WHERE partner_id = ANY(%s)", list(ids))


def remember_keys(rows: Sequence[tuple[int, str, str]]) -> SQL:
    """Remember what contacts are found by: contact, kind and key."""
    return SQL(
        """
        INSERT INTO member_duplicate_key (partner_id, kind, key)
        SELECT * FROM UNNEST(%(ids)s::int[], %(kinds)s::text[], %(keys)s::text[])
        """,
        ids=[row[0] for row in rows],
        kinds=[row[1] for row in rows],
        keys=[row[2] for row in rows],
    )


def forget_gone() -> SQL:
    """Forget contacts that were archived or became somebody's contact, and pairs."""
    return SQL(
        """
        WITH gone AS (
              SELECT contact.id
                FROM res_partner contact
               WHERE NOT contact.active OR contact.commercial_partner_id <> contact.id
        ), keys AS (
              DELETE FROM member_duplicate_key USING gone WHERE partner_id = gone.id
        )
        DELETE FROM member_duplicate pair
              USING gone
              WHERE pair.state = 'open' AND gone.id IN (pair.partner_id, pair.other_id)
        """
    )


def candidates(ids: Sequence[int]) -> SQL:
    """Ask for the pairs that share a key with one of these contacts.

    Both are customers and may belong to the same company; a key that more than
    twenty contacts share says nothing. Pairs that were decided are left out.
    """
    return SQL(
        """
          SELECT pair.one, pair.other
            FROM (%(pairs)s) pair
            JOIN res_partner one ON one.id = pair.one
            JOIN res_partner other ON other.id = pair.other
           WHERE one.active AND other.active
             AND (one.company_id IS NULL OR other.company_id IS NULL
                  OR one.company_id = other.company_id)
             AND %(one_buys)s
             AND %(other_buys)s
             AND NOT EXISTS (
                     SELECT 1
                       FROM member_duplicate decided
                      WHERE decided.partner_id = pair.one
                        AND decided.other_id = pair.other
                        AND decided.state = 'different')
        ORDER BY pair.one, pair.other
        """,
        pairs=_pairs(ids),
        one_buys=_is_customer("one"),
        other_buys=_is_customer("other"),
    )


def _pairs(ids):
    """Ask for the pairs that share a key which few contacts have."""
    return SQL(
        """
        WITH mine AS (
              SELECT partner_id, kind, key
                FROM member_duplicate_key
               WHERE partner_id = ANY(%(ids)s)
        ), small AS (
              SELECT block.kind, block.key
                FROM (SELECT DISTINCT kind, key FROM mine) block
               WHERE (SELECT COUNT(*)
                        FROM (SELECT 1
                                FROM member_duplicate_key held
                               WHERE held.kind = block.kind AND held.key = block.key
                               LIMIT %(too_many)s) counted) < %(too_many)s
        )
        SELECT DISTINCT LEAST(mine.partner_id, held.partner_id) AS one,
               GREATEST(mine.partner_id, held.partner_id) AS other
          FROM mine
          JOIN small USING (kind, key)
          JOIN member_duplicate_key held USING (kind, key)
         WHERE held.partner_id <> mine.partner_id
        """,
        ids=list(ids),
        too_many=BIGGEST_BLOCK + 1,
    )


def _is_customer(alias: str) -> SQL:
    """Tell of a contact whether it or a contact of it is a customer or may be one."""
    contact = SQL.identifier(alias)
    return SQL(
        """(%(contact)s.customer_rank > 0
            OR EXISTS (SELECT 1 FROM member_membership held
                        WHERE held.partner_id = %(contact)s.id)
            OR EXISTS (SELECT 1
                         FROM res_partner person
                         JOIN sale_order ordered ON ordered.partner_id = person.id
                        WHERE person.commercial_partner_id = %(contact)s.id)
            OR EXISTS (SELECT 1
                         FROM res_partner person
                         JOIN crm_lead lead ON lead.partner_id = person.id
                        WHERE person.commercial_partner_id = %(contact)s.id))""",
        contact=contact,
    )


def propose(rows: Sequence[tuple], today, now: datetime) -> SQL:
    """Write down pairs with their score, and what changed of those known.

    :param rows: contact, other contact, score, level, reasons as JSON and their kinds
    """
    columns = list(zip(*rows, strict=True))
    return SQL(
        """
        INSERT INTO member_duplicate (
               partner_id, other_id, score, level, reasons, reason_kinds, state,
               found_on, create_date, write_date)
        SELECT one, other, score, level, reasons::jsonb, kinds, 'open', %(today)s,
               %(now)s, %(now)s
          FROM UNNEST(%(one)s::int[], %(other)s::int[], %(score)s::int[],
                      %(level)s::text[], %(reasons)s::text[], %(kinds)s::text[])
               AS found (one, other, score, level, reasons, kinds)
   ON CONFLICT (partner_id, other_id) WHERE state <> 'merged'
     DO UPDATE SET score = EXCLUDED.score, level = EXCLUDED.level,
                   reasons = EXCLUDED.reasons, reason_kinds = EXCLUDED.reason_kinds,
                   write_date = EXCLUDED.write_date
             WHERE member_duplicate.state = 'open'
               AND member_duplicate.reasons IS DISTINCT FROM EXCLUDED.reasons
     RETURNING id, (xmax = 0) AS is_new
        """,
        today=today,
        now=now,
        one=list(columns[0]),
        other=list(columns[1]),
        score=list(columns[2]),
        level=list(columns[3]),
        reasons=list(columns[4]),
        kinds=list(columns[5]),
    )


def withdraw(ids: Sequence[int], found: Sequence[tuple[int, int]]) -> SQL:
    """Forget open pairs of these contacts that are no longer alike.

    :param found: the pairs that still are
    """
    return SQL(
        """
        DELETE FROM member_duplicate pair
         WHERE pair.state = 'open'
           AND (pair.partner_id = ANY(%(ids)s) OR pair.other_id = ANY(%(ids)s))
           AND NOT EXISTS (
                   SELECT 1
                     FROM UNNEST(%(one)s::int[], %(other)s::int[])
                          AS still (one, other)
                    WHERE still.one = pair.partner_id AND still.other = pair.other_id)
        """,
        ids=list(ids),
        one=[one for one, _other in found],
        other=[other for _one, other in found],
    )
