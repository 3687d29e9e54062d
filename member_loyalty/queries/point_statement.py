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


def totals(env, card_ids: Sequence[int], now: datetime) -> SQL:
    """Return card, usable points, next expiry, the points that expire with it, and
    those that orders have earned and that are not usable yet.
    """
    return SQL(
        """
           SELECT card.id,
                  COALESCE(sum(lot.remaining), 0)::float8,
                  min(lot.next_expiry),
                  COALESCE(sum(lot.remaining)
                           FILTER (WHERE lot.expires_at = lot.next_expiry), 0)::float8,
                  (SELECT COALESCE(sum(points), 0)::float8
                     FROM member_point_pending
                    WHERE card_id = card.id
                      AND state = 'waiting')
             FROM unnest(%(card_ids)s::int[]) AS card (id)
        LEFT JOIN (
                  SELECT card_id, remaining, expires_at,
                         min(expires_at) OVER (PARTITION BY card_id) AS next_expiry
                    FROM member_point_lot
                   WHERE card_id = ANY(%(card_ids)s)
                     AND remaining > 0
                     AND (expires_at IS NULL OR expires_at > %(now)s)) lot
               ON lot.card_id = card.id
         GROUP BY card.id
        """,
        card_ids=list(card_ids),
        now=now,
        to_flush=(
            env["member.point.lot"]._fields["remaining"],
            env["member.point.pending"]._fields["state"],
        ),
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
