"""What is taken from sales of limited quantity."""

from odoo.tools import SQL


def take(event_id, quantity) -> SQL:
    """Take a quantity from a sale, if there is so much left; returns a row if so.

    The row of the sale is changed in any case, also when it has no limit: of two
    buyers at the same moment PostgreSQL refuses the second, and Odoo runs it again.
    Whatever is summed up afterwards, such as what one member took, is complete.
    """
    return SQL(
        """
           UPDATE member_sale_event
              SET taken_quantity = taken_quantity + %(quantity)s
            WHERE id = %(event)s
              AND (quantity_limit = 0
                   OR taken_quantity + %(quantity)s <= quantity_limit)
        RETURNING taken_quantity
        """,
        event=event_id,
        quantity=quantity,
    )


def give_back(event_id, quantity) -> SQL:
    """Give a quantity back to a sale."""
    return SQL(
        """
        UPDATE member_sale_event
           SET taken_quantity = GREATEST(taken_quantity - %s, 0)
         WHERE id = %s
        """,
        quantity,
        event_id,
    )
