"""A crowd of members with a purchase history, made by the database itself.

Everything is reproducible: the same numbers give the same people and purchases. The
journal lies in the order of its days, as it would after two years of business.
"""

from contextlib import contextmanager

FIRST_KEY = "crowd"


def add_members(cr, count, program_id=1):
    """Add ``count`` contacts who are members in the lowest tier."""
    with bulk(cr, "res_partner", "member_membership"):
        _add_contacts(cr, count)
        cr.execute(
            """
            INSERT INTO member_membership (
                   partner_id, program_id, company_id, tier_id, tier_since, joined_on,
                   joined_by, active, automatic, version_id, create_uid, write_uid,
                   create_date, write_date)
            SELECT partner.id, program.id, program.company_id, base.id,
                   DATE '2020-01-01', DATE '2020-01-01', 'import', TRUE, TRUE,
                   program.version_id, 1, 1,
                   '2020-01-01', '2020-01-01'
              FROM res_partner partner
              JOIN member_program program ON program.id = %s
CROSS JOIN LATERAL (SELECT id FROM member_tier WHERE program_id = program.id
                  ORDER BY sequence, id LIMIT 1) base
             WHERE partner.ref LIKE 'crowd-%%'
          ORDER BY partner.id
            """,
            [program_id],
        )


def _add_contacts(cr, count):
    """Copy a contact ``count`` times, with names and numbers of their own."""
    cr.execute(
        """
        SELECT string_agg(quote_ident(column_name), ', ')
          FROM information_schema.columns
         WHERE table_name = 'res_partner'
           AND column_name NOT IN ('id', 'name', 'complete_name', 'ref',
                                   'commercial_partner_id', 'email', 'vat')
        """
    )
    [(columns,)] = cr.fetchall()
    cr.execute("SELECT MAX(id) FROM res_partner")
    [(last,)] = cr.fetchall()
    cr.execute(
        f"""
        INSERT INTO res_partner (
               id, name, complete_name, ref, commercial_partner_id, {columns})
        SELECT %(last)s + number, 'Customer ' || number, 'Customer ' || number,
               'crowd-' || number, %(last)s + number, {columns}
          FROM (SELECT * FROM res_partner WHERE id = 1) pattern
    CROSS JOIN generate_series(1, %(count)s) number
        """,
        {"last": last, "count": count},
    )
    cr.execute("SELECT setval('res_partner_id_seq', (SELECT MAX(id) FROM res_partner))")


def add_purchases(cr, first_day, last_day, each=5):
    """Give every member of the crowd ``each`` purchases between two days.

    Amounts are spread as in a shop: many small ones, a few large ones, and customers
    who tend to one or the other. Every 25th takes an amount back.
    """
    cr.execute("SELECT setseed(0.5)")
    with bulk(cr, "member_activity"):
        cr.execute(
            """
            INSERT INTO member_activity (
                   company_id, currency_id, partner_id, commercial_partner_id, kind,
                   event, date, amount, order_count, document_amount,
                   document_currency_id, document_rate, source_model, source_id,
                   source_ref, source_key, revision, country_id, quantity,
                   create_uid, write_uid, create_date, write_date)
            SELECT company.id, company.currency_id, buyer_id, buyer_id, 'purchase',
                   CASE WHEN takes_back THEN 'credited' ELSE 'booked' END, day, amount,
                   CASE WHEN takes_back THEN 0 ELSE 1 END, amount,
                   company.currency_id, 1, 'crowd', number, 'C' || number,
                   %(key)s || ',' || number, 1, country_id, 0, 1, 1, day, day
              FROM ("""
            + PURCHASES
            + """) purchase
              JOIN res_company company ON company.id = 1
          ORDER BY day, number
            """,
            {"first": first_day, "last": last_day, "each": each, "key": FIRST_KEY},
        )


PURCHASES = """
    SELECT buyer_id, country_id, number, day, takes_back,
           ROUND((CASE WHEN takes_back THEN -20 ELSE 200 END
                  * taste * -LN(1 - random()))::numeric, 2) AS amount
      FROM (SELECT partner.id AS buyer_id, partner.country_id,
                   ROW_NUMBER() OVER () AS number,
                   %(first)s::date + FLOOR(
                       random() * (%(last)s::date - %(first)s::date + 1)
                   )::int AS day,
                   random() < 0.04 AS takes_back,
                   POWER((partner.id %% 1000 * 7919 %% 1000 + 1) / 1000.0, -0.6)
                       AS taste
              FROM res_partner partner
        CROSS JOIN generate_series(1, %(each)s)
             WHERE partner.ref LIKE 'crowd-%%'
            OFFSET 0) chance
"""


@contextmanager
def bulk(cr, *tables):
    """Load tables without their indexes, which are built afterwards.

    What is loaded is known to refer to what exists, so a superuser skips that check.
    """
    cr.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if cr.fetchall() == [(True,)]:
        cr.execute("SET LOCAL session_replication_role = replica")
    cr.execute(
        """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid),
               obj_description(indexrelid, 'pg_class')
          FROM pg_index
         WHERE indrelid = ANY(%s::regclass[])
           AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
        """,
        [list(tables)],
    )
    indexes = cr.fetchall()
    for name, _definition, _comment in indexes:
        cr.execute(f"DROP INDEX {name}")
    yield
    for name, definition, comment in indexes:
        cr.execute(definition)
        cr.execute(f"COMMENT ON INDEX {name} IS %s", [comment])
    cr.execute("SET LOCAL session_replication_role = DEFAULT")
