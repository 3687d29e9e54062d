"""Members by what no field of theirs says, as queries of contact ids."""

from datetime import date

from odoo.tools import SQL


def with_points(env, wallet_id: int | bool, points: float) -> SQL:
    """Return the query of those who have at least so many points in a wallet."""
    return SQL(
        """(
        SELECT card.member_owner_id
          FROM loyalty_card card
         WHERE card.program_id = %(wallet_id)s
           AND card.active
           AND card.member_owner_id IS NOT NULL
           AND card.points >= %(points)s)""",
        wallet_id=wallet_id or 0,
        points=points,
        to_flush=(
            env["loyalty.card"]._fields["points"],
            env["loyalty.card"]._fields["active"],
        ),
    )


def with_promotions(env, company_id: int, level: str, since: date, percent: int) -> SQL:
    """Return the query of those who had a promotion in so many of their orders.

    Promotions and coupons are rewards of any program but those that points are kept
    in. Who has fewer than two orders since that day is left out.

    :param level: "contact" when each contact buys alone, else companies buy
    :param percent: of the orders, from 1 to 100
    """
    column = "id" if level == "contact" else "commercial_partner_id"
    return SQL(
        """(
        SELECT %(buyer)s
          FROM sale_order bought
          JOIN res_partner buyer ON buyer.id = bought.partner_id
     LEFT JOIN LATERAL (%(promotion)s
               ) promotion ON TRUE
         WHERE bought.state = 'sale'
           AND bought.company_id = %(company_id)s
           AND bought.date_order >= %(since)s
      GROUP BY %(buyer)s
        HAVING COUNT(*) >= 2
           AND 100 * COUNT(promotion.is_there) >= %(percent)s * COUNT(*))""",
        buyer=SQL.identifier("buyer", column),
        promotion=_promotion(),
        company_id=company_id,
        since=since,
        percent=percent,
        to_flush=(
            *(env["sale.order"]._fields[name] for name in ("state", "date_order")),
            env["sale.order"]._fields["partner_id"],
            env["sale.order.line"]._fields["reward_id"],
            env["res.partner"]._fields["commercial_partner_id"],
        ),
    )


def _promotion() -> SQL:
    """Return a row when the order ``bought`` had a promotion or a coupon."""
    return SQL(
        """
                   SELECT TRUE AS is_there
                     FROM sale_order_line line
                     JOIN loyalty_reward reward ON reward.id = line.reward_id
                     JOIN loyalty_program program ON program.id = reward.program_id
                    WHERE line.order_id = bought.id
                      AND program.program_type NOT IN (
                              'loyalty', 'ewallet', 'gift_card')
                    LIMIT 1"""
    )
