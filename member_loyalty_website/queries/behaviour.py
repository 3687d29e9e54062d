"""Compact rows of what contacts and visitors do in the shop, one for each day.

Two tables have the same shape: who (contact or visitor), website, what, day, counters.
"""

from typing import NamedTuple

from odoo.tools import SQL


class Store(NamedTuple):
    """A table of daily rows."""

    table: str
    what: str
    """The column that says what a row counts: a product, words."""
    limits: dict[str, int]
    """The most that each counter comes to in a row."""

    @property
    def columns(self):
        """The counters, for a list of columns."""
        return SQL(", ").join(SQL.identifier(name) for name in self.limits)

    @property
    def sums(self):
        """What a row becomes when another one joins it."""
        return SQL(", ").join(
            SQL(
                "%s = LEAST(known.%s + EXCLUDED.%s, %s)",
                SQL.identifier(name),
                SQL.identifier(name),
                SQL.identifier(name),
                limit,
            )
            for name, limit in self.limits.items()
        )


INTERESTS = Store(
    "member_product_interest",
    "product_tmpl_id",
    {
        "view_count": 50,
        "seconds": 3600,
        "search_count": 50,
        "inquiry_count": 50,
        "cart_count": 50,
    },
)
SEARCHES = Store("member_product_search", "words", {"search_count": 50})


def add(store, owner, website_id, day, whats, counts) -> SQL:
    """Add counts to the rows of the day; all of ``whats`` are added the same.

    :param owner: ``InterestOwner``: contact or visitor
    """
    owner_column = "partner_id" if owner.partner_id else "visitor_key"
    values = SQL(", ").join(
        SQL("%s", min(counts.get(name, 0), limit))
        for name, limit in store.limits.items()
    )
    return SQL(
        """
        INSERT INTO %(table)s AS known
                    (%(owner)s, website_id, day, %(what)s, %(columns)s)
             SELECT %(owner_id)s, %(website_id)s, %(day)s, added.what, %(values)s
               FROM unnest(%(whats)s) AS added(what)
           ORDER BY added.what
        ON CONFLICT (%(owner)s, website_id, day, %(what)s) WHERE %(owner)s IS NOT NULL
          DO UPDATE SET %(sums)s
        """,
        table=SQL.identifier(store.table),
        owner=SQL.identifier(owner_column),
        what=SQL.identifier(store.what),
        columns=store.columns,
        owner_id=owner.partner_id or owner.visitor_key,
        website_id=website_id,
        day=day,
        values=values,
        whats=sorted(set(whats)),
        sums=store.sums,
    )


def give(store, condition, partner_id) -> SQL:
    """Move rows to a contact, each once; rows of the same day are summed.

    :param condition: which rows, by :func:`of_visitor` or :func:`of_contacts`
    """
    sums = SQL(", ").join(
        SQL("LEAST(SUM(%s), %s)", SQL.identifier(name), limit)
        for name, limit in store.limits.items()
    )
    return SQL(
        """
          WITH moved AS (
                   DELETE FROM %(table)s
                         WHERE %(condition)s
                     RETURNING website_id, day, %(what)s, %(columns)s
               )
        INSERT INTO %(table)s AS known
                    (partner_id, website_id, day, %(what)s, %(columns)s)
             SELECT %(partner_id)s, website_id, day, %(what)s, %(totals)s
               FROM moved
           GROUP BY website_id, day, %(what)s
           ORDER BY website_id, day, %(what)s
        ON CONFLICT (partner_id, website_id, day, %(what)s) WHERE partner_id IS NOT NULL
          DO UPDATE SET %(sums)s
        """,
        table=SQL.identifier(store.table),
        condition=condition,
        what=SQL.identifier(store.what),
        columns=store.columns,
        partner_id=partner_id,
        totals=sums,
        sums=store.sums,
    )


def of_visitor(visitor_key) -> SQL:
    """Return the condition of a visitor's rows."""
    return SQL("visitor_key = %s", visitor_key)


def of_contacts(partner_ids) -> SQL:
    """Return the condition of contacts' rows."""
    return SQL("partner_id = ANY(%s)", list(partner_ids))


def of_product(partner_id, product_id) -> SQL:
    """Return the condition of a contact's rows of one product."""
    return SQL("partner_id = %s AND product_tmpl_id = %s", partner_id, product_id)


def of_past(website_id, before) -> SQL:
    """Return the condition of rows of a website that are not kept any longer."""
    return SQL("website_id = %s AND day < %s", website_id, before)


def of_strangers(before) -> SQL:
    """Return the condition of rows of visitors who never logged in since."""
    return SQL("visitor_key IS NOT NULL AND day < %s", before)


def forget(store, condition, limit=None) -> SQL:
    """Delete rows, at most so many; returns their ids."""
    return SQL(
        """
        DELETE FROM %(table)s
              WHERE id IN (SELECT id FROM %(table)s WHERE %(condition)s LIMIT %(limit)s)
          RETURNING id
        """,
        table=SQL.identifier(store.table),
        condition=condition,
        limit=limit,
    )
