"""What members have, by card."""

from collections.abc import Sequence
from datetime import datetime

from odoo.tools import SQL


def cards() -> SQL:
    """Return a row for each card that the ledger keeps."""
    return SQL(
        """
        SELECT card.id,
               card.id AS card_id,
               card.code,
               card.active,
               card.member_owner_id AS owner_id,
               card.partner_id IS NOT NULL AS is_own,
               card.member_program_id AS program_id,
               card.program_id AS wallet_id,
               program.company_id,
               card.points,
               COALESCE(card.member_debt, 0) AS debt
          FROM loyalty_card card
          JOIN member_program program ON program.id = card.member_program_id
        """
    )


def open_lots(env, card_ids: Sequence[int], now: datetime) -> SQL:
    """Return card, usable points, next expiry and the points that expire with it."""
    Lot = env["member.point.lot"]
    return SQL(
        """
          WITH lot AS (
                   SELECT card_id, remaining, expires_at,
                          min(expires_at) OVER (PARTITION BY card_id) AS next_expiry
                     FROM member_point_lot
                    WHERE card_id = ANY(%(card_ids)s)
                      AND remaining > 0
                      AND (expires_at IS NULL OR expires_at > %(now)s))
        SELECT card_id,
               sum(remaining)::float8,
               min(next_expiry),
               COALESCE(sum(remaining) FILTER (WHERE expires_at = next_expiry), 0)
                   ::float8
          FROM lot
      GROUP BY card_id
        """,
        card_ids=list(card_ids),
        now=now,
        to_flush=Lot._fields["remaining"],
    )


def pending(env, card_ids: Sequence[int]) -> SQL:
    """Return card and points that orders have earned and that are not usable yet."""
    Pending = env["member.point.pending"]
    return SQL(
        """
          SELECT card_id, sum(points)::float8
            FROM member_point_pending
           WHERE card_id = ANY(%(card_ids)s)
             AND state = 'waiting'
        GROUP BY card_id
        """,
        card_ids=list(card_ids),
        to_flush=Pending._fields["state"],
    )


def usable_by_partner(
    env, partner_ids: Sequence[int], program_ids: Sequence[int], now: datetime
) -> SQL:
    """Return contact and the points it can use: its own, or its company's purse."""
    needed = (
        env["member.point.lot"]._fields["remaining"],
        env["res.partner"]._fields["commercial_partner_id"],
        env["loyalty.card"]._fields["member_owner_id"],
    )
    return SQL(
        """
          SELECT partner.id, sum(lot.remaining)::float8
            FROM res_partner partner
            JOIN loyalty_card card
              ON card.member_owner_id IN (partner.id, partner.commercial_partner_id)
             AND (card.partner_id IS NULL OR card.partner_id = partner.id)
             AND card.member_program_id = ANY(%(program_ids)s)
             AND card.active
            JOIN loyalty_program wallet
              ON wallet.id = card.program_id AND wallet.program_type = 'loyalty'
            JOIN member_point_lot lot
              ON lot.card_id = card.id
             AND lot.remaining > 0
             AND (lot.expires_at IS NULL OR lot.expires_at > %(now)s)
           WHERE partner.id = ANY(%(partner_ids)s)
        GROUP BY partner.id
        """,
        partner_ids=list(partner_ids),
        program_ids=list(program_ids),
        now=now,
        to_flush=needed,
    )
