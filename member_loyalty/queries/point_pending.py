"""When pending points become available, as the documents of their orders say."""

from collections.abc import Sequence
from datetime import date

from odoo.tools import SQL

PAID = ["paid", "in_payment", "reversed"]


def note_due(
    env, policy: str, days: int, today: date, pending_ids: Sequence[int]
) -> SQL:
    """Write down when waiting points become due; nothing while it is not known.

    Returns the ids of those that changed.

    :param policy: when points become available, as on the program
    :param days: how many days after the invoice or the delivery
    """
    return SQL(
        """
          WITH known AS (
                  SELECT waiting.id, %(due_on)s AS due_on
                    FROM member_point_pending waiting
                   WHERE waiting.id = ANY(%(pending_ids)s)
                     AND waiting.state = 'waiting'
          )
          UPDATE member_point_pending pending
             SET due_on = known.due_on
            FROM known
           WHERE pending.id = known.id
             AND pending.due_on IS DISTINCT FROM known.due_on
       RETURNING pending.id
        """,
        due_on=_due_on(env, policy, days, today),
        pending_ids=list(pending_ids),
        to_flush=read_fields(env),
    )


def is_paid(env) -> SQL:
    """Return the condition that the order of the row ``waiting`` is paid.

    Nothing is left to invoice, and each posted invoice is paid.
    """
    return SQL(
        """(NOT EXISTS (%(uninvoiced)s)
            AND COALESCE((SELECT bool_and(move.payment_state = ANY(%(paid)s))
                            FROM %(invoices)s
                           WHERE invoiced.order_id = waiting.order_id), FALSE))""",
        uninvoiced=_lines_lacking(env, _quantity_invoiced()),
        paid=PAID,
        invoices=_posted_invoices("invoiced"),
    )


def read_fields(env) -> tuple:
    """Return the fields of documents that these statements read."""
    names = {
        "member.point.pending": ("state", "due_on"),
        "sale.order.line": (
            *("product_uom_qty", "qty_delivered", "invoice_lines", "display_type"),
            *env["sale.order.line"]._get_member_uncounted_marks(),
        ),
        "account.move": ("state", "payment_state", "invoice_date", "move_type"),
        "account.move.line": ("quantity", "product_uom_id"),
    }
    return tuple(
        env[model]._fields[name] for model, fields in names.items() for name in fields
    )


def _due_on(env, policy: str, days: int, today: date) -> SQL:
    """Return the day on which the points of the row ``waiting`` become due."""
    if policy == "confirmed":
        return SQL("%s::date", today)
    if policy == "delivered":
        # the day the delivery was seen stays, however the days are changed later
        return SQL(
            """CASE WHEN NOT EXISTS (%(undelivered)s)
                    THEN COALESCE(waiting.due_on, %(today)s::date + %(days)s::int) END
            """,
            undelivered=_lines_lacking(env, SQL("COALESCE(line.qty_delivered, 0)")),
            today=today,
            days=days,
        )
    day = {
        "paid": SQL(
            """CASE WHEN bool_and(move.payment_state = ANY(%s))
                    THEN LEAST(waiting.due_on, %s::date) END""",
            PAID,
            today,
        ),
        "invoiced": SQL("MAX(move.invoice_date) + %s::int", days),
    }[policy]
    return SQL(
        """CASE WHEN NOT EXISTS (%(uninvoiced)s)
                THEN (SELECT %(day)s FROM %(invoices)s
                       WHERE invoiced.order_id = waiting.order_id) END""",
        uninvoiced=_lines_lacking(env, _quantity_invoiced()),
        day=day,
        invoices=_posted_invoices("invoiced"),
    )


def _posted_invoices(line: str) -> SQL:
    """Return the posted invoices of order lines, to be read behind FROM.

    Credit notes take nothing back from what is invoiced: an order of which a part
    was credited is not to be invoiced once more.
    """
    return SQL(
        """sale_order_line %(line)s
           JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = %(line)s.id
           JOIN account_move_line item ON item.id = rel.invoice_line_id
           JOIN account_move move
             ON move.id = item.move_id
            AND move.move_type = 'out_invoice'
            AND move.state = 'posted'""",
        line=SQL.identifier(line),
    )


def _quantity_invoiced() -> SQL:
    """Return how much of the row ``line`` is on posted invoices, in its own unit."""
    return SQL(
        """(SELECT COALESCE(SUM(item.quantity * COALESCE(invoiced.factor, 1)
                                / COALESCE(ordered.factor, 1)), 0)
              FROM %(invoices)s
         LEFT JOIN uom_uom invoiced ON invoiced.id = item.product_uom_id
         LEFT JOIN uom_uom ordered ON ordered.id = same.product_uom_id
             WHERE same.id = line.id)""",
        invoices=_posted_invoices("same"),
    )


def _lines_lacking(env, quantity: SQL) -> SQL:
    """Select the order's lines that count and of which ``quantity`` is too little."""
    return SQL(
        """
          SELECT 1
            FROM sale_order_line line
            JOIN product_product product ON product.id = line.product_id
            JOIN product_template template ON template.id = product.product_tmpl_id
           WHERE line.order_id = waiting.order_id
             AND line.display_type IS NULL
             AND template.type != 'combo'
             AND %(counts)s
             AND line.product_uom_qty > 0
             AND round(line.product_uom_qty::numeric, 4)
                 > round((%(quantity)s)::numeric, 4)
        """,
        counts=_counts(env),
        quantity=quantity,
    )


def _counts(env) -> SQL:
    """Return the condition that the row ``line`` is a purchase."""
    lines = env["sale.order.line"]
    marks = [
        SQL("line.%s IS NOT TRUE", SQL.identifier(name))
        if lines._fields[name].type == "boolean"
        else SQL("line.%s IS NULL", SQL.identifier(name))
        for name in lines._get_member_uncounted_marks()
    ]
    return SQL(" AND ").join(marks or [SQL("TRUE")])
