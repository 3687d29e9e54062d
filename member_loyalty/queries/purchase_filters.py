"""Who bought what, and since when, as conditions in a search for members.

Each returns a correlated EXISTS, so that the database can turn it, and its negation
alike, into one join: no list of ids ever leaves it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL

from .member_figures import is_undone


@dataclass(frozen=True, slots=True)
class Buyer:
    """The column of the searched table that names who bought.

    :param level: "commercial" when it names a company, whose contacts all buy for
        it, "contact" when it names the contact alone
    :param company: the column that names the only company whose journal counts
    """

    column: SQL
    level: str = "commercial"
    company: SQL | None = None

    @property
    def journal_column(self) -> SQL:
        """Return the column of the journal that names the same buyer."""
        name = "partner_id" if self.level == "contact" else "commercial_partner_id"
        return SQL.identifier("activity", name)

    @property
    def contact_column(self) -> SQL:
        """Return the column of contacts that names the same buyer."""
        name = "id" if self.level == "contact" else "commercial_partner_id"
        return SQL.identifier("buyer", name)


def in_categories(categories: SQL) -> SQL:
    """Return the condition that a product is of categories or of those below them.

    :param categories: a query of category ids
    """
    return SQL(
        """template.categ_id IN (
                  SELECT below.id
                    FROM product_category chosen
                    JOIN product_category below
                      ON below.parent_path LIKE chosen.parent_path || '%%'
                   WHERE chosen.id IN (%s))""",
        categories,
    )


def in_products(products: SQL) -> SQL:
    """Return the condition that a product is one of those a query gives."""
    return SQL("product.id IN (%s)", products)


def bought(env, company_ids: Sequence[int], which: SQL, buyer: Buyer) -> SQL:
    """Return the condition that a buyer has a confirmed order line for a product.

    :param which: a condition on ``product`` and its ``template``
    """
    line = env["sale.order.line"]._fields
    return SQL(
        """EXISTS (
            SELECT 1
              FROM sale_order_line line
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN res_partner buyer ON buyer.id = line.order_partner_id
             WHERE line.state = 'sale'
               AND line.company_id = ANY(%(company_ids)s)
               AND line.product_uom_qty > 0
               AND %(buyer)s = %(searched)s
               AND %(which)s)""",
        company_ids=list(company_ids),
        buyer=buyer.contact_column,
        searched=buyer.column,
        which=which,
        to_flush=(
            *(line[name] for name in ("state", "product_id", "order_partner_id")),
            line["product_uom_qty"],
            env["product.template"]._fields["categ_id"],
            env["res.partner"]._fields["commercial_partner_id"],
        ),
    )


def bought_since(
    env, company_ids: Sequence[int], since: date | None, as_of: date, buyer: Buyer
) -> SQL:
    """Return the condition that a buyer placed an order that was not undone.

    :param since: the first day that counts; None for all of them
    :param as_of: the last day that counts
    """
    return SQL(
        """EXISTS (
            SELECT 1
              FROM member_activity activity
             WHERE activity.company_id = ANY(%(company_ids)s)%(own_company)s
               AND activity.kind = 'purchase'
               AND activity.order_count > 0
               AND activity.date <= %(as_of)s%(since)s
               AND %(buyer)s = %(searched)s
               AND NOT %(undone)s)""",
        company_ids=list(company_ids),
        own_company=(
            SQL(" AND activity.company_id = %s", buyer.company)
            if buyer.company
            else SQL()
        ),
        as_of=as_of,
        since=SQL(" AND activity.date >= %s", since) if since else SQL(),
        buyer=buyer.journal_column,
        searched=buyer.column,
        undone=is_undone(as_of),
        to_flush=(
            env["member.activity"]._fields["amount"],
            env["res.partner"]._fields["commercial_partner_id"],
        ),
    )


def by_contact(alias: str) -> Buyer:
    """Return the buyer that a contact stands for when each contact buys alone."""
    return Buyer(SQL.identifier(alias, "id"), "contact")


def by_company_of_contact(env, alias: str) -> Buyer:
    """Return the buyer that a contact stands for when companies buy."""
    return Buyer(
        SQL.identifier(
            alias,
            "commercial_partner_id",
            to_flush=env["res.partner"]._fields["commercial_partner_id"],
        )
    )


def by_membership(env, bought, alias: str, contact_program_ids: Sequence[int]) -> SQL:
    """Return the condition that the member of a membership bought.

    :param bought: function that makes the condition for a ``Buyer``
    :param contact_program_ids: programs whose members are contacts alone
    """
    member, company = (
        SQL.identifier(alias, name, to_flush=env["member.membership"]._fields[name])
        for name in ("partner_id", "company_id")
    )
    of_company = bought(Buyer(member, "commercial", company))
    if not contact_program_ids:
        return of_company
    return SQL(
        "CASE WHEN %s = ANY(%s) THEN %s ELSE %s END",
        SQL.identifier(alias, "program_id"),
        list(contact_program_ids),
        bought(Buyer(member, "contact", company)),
        of_company,
    )


def negated(condition: SQL) -> SQL:
    """Return the opposite of a condition that is never unknown."""
    return SQL("NOT %s", condition)


def last_purchases(
    env, company_ids: Sequence[int], as_of: date, buyer_ids: Sequence[int], level: str
) -> SQL:
    """Find the last day on which buyers placed an order that was not undone.

    Columns: buyer, day.
    """
    buyer = Buyer(SQL(), level).journal_column
    return SQL(
        """
          SELECT %(buyer)s, MAX(activity.date)
            FROM member_activity activity
           WHERE activity.company_id = ANY(%(company_ids)s)
             AND activity.kind = 'purchase'
             AND activity.order_count > 0
             AND activity.date <= %(as_of)s
             AND %(buyer)s = ANY(%(buyer_ids)s)
             AND NOT %(undone)s
        GROUP BY %(buyer)s
        """,
        buyer=buyer,
        company_ids=list(company_ids),
        as_of=as_of,
        buyer_ids=list(buyer_ids),
        undone=is_undone(as_of),
        to_flush=(env["member.activity"]._fields["amount"],),
    )
