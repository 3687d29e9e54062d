from odoo import api, fields, models

from ..logic.point_lots import Lot, take
from ..logic.point_posting import Posting
from ..logic.purchase_posting import exact


class MemberCardTransfer(models.AbstractModel):
    """Points that go from one card to another and expire when they would have."""

    _name = "member.card.transfer"
    _description = "Transfer of Points"

    @api.model
    def _give_to_member(self, contacts, heir):
        """Bring the cards of contacts that become one member to that member.

        Points, what is owed and what is pending go over to the card of the heir; the
        other card is archived and points to it. Where the heir has none, the card
        itself goes over. What a company shares goes to the heir's company.

        :param contacts: who had cards until now
        :param heir: the contact they now are
        """
        cards = self.sudo().search(
            [
                ("member_owner_id", "in", contacts.ids),
                ("member_program_id", "!=", False),
            ],
            order="id",
        )
        for card in cards:
            owner = heir if card.partner_id else heir.commercial_partner_id
            kept = cards.search(
                [
                    ("program_id", "=", card.program_id.id),
                    ("member_owner_id", "=", owner.id),
                    ("id", "!=", card.id),
                ],
                limit=1,
            )
            if kept:
                card._merge_into(kept)
            elif card.member_owner_id != owner:
                card.write(
                    {
                        "member_owner_id": owner.id,
                        "partner_id": owner.id if card.partner_id else False,
                    }
                )
                card.flush_recordset()

    def _merge_into(self, kept):
        """Give all that this card holds and owes to another one, and archive it."""
        self.ensure_one()
        reason = self.env._(
            "Merged from %(name)s", name=self.member_owner_id.display_name
        )
        lots = self._read_lots()
        postings = self._prepare_transfer(
            kept, [(lot, lot.remaining) for lot in lots], reason
        )
        self._ledger()._post([*postings, *self._prepare_debt(kept, reason)])
        self._give_pending_to(kept)
        self.with_context(tracking_disable=True).write(
            {"active": False, "member_successor_id": kept.id}
        )
        self.flush_recordset()

    def _transfer_points(self, taker, points, reason):
        """Move usable points to another card, the soonest to expire first.

        :param taker: the card they go to
        :param Decimal points: how many; the caller has seen that there are enough
        :param str reason: shown in both statements
        """
        self.ensure_one()
        lots = {lot.lot_id: lot for lot in self._read_lots()}
        parts = take(tuple(lots.values()), points, fields.Datetime.now())
        self._ledger()._post(
            self._prepare_transfer(
                taker, [(lots[part.lot_id], part.points) for part in parts], reason
            )
        )

    def _prepare_transfer(self, taker, parts, reason):
        """Return the postings that move parts of lots to another card.

        :param parts: pairs of a lot and the points of it
        """
        postings = []
        for lot, points in parts:
            postings += [
                self._prepare_side(taker, -points, reason, lot_id=lot.lot_id),
                taker._prepare_side(self, points, reason, expires_at=lot.expires_at),
            ]
        return postings

    def _prepare_debt(self, taker, reason):
        """Return the postings that let another card owe what this one owes."""
        owed = exact(self.member_debt or 0)
        if not owed:
            return []
        return [
            self._prepare_side(taker, owed, reason, restores=()),
            taker._prepare_side(self, -owed, reason, may_owe=True),
        ]

    def _prepare_side(self, other, points, reason, **values):
        """Return one side of a transfer, which names the other."""
        return Posting(
            self.id,
            "transferred",
            points,
            fields.Datetime.now(),
            source=("member.point.statement", other.id),
            source_ref=other.member_owner_id.display_name,
            reason=reason,
            **values,
        )

    def _read_lots(self):
        """Return what is left on this card, as ``Lot`` of ``logic``."""
        lots = self.env["member.point.lot"].sudo()
        lots = lots.search([("card_id", "=", self.id), ("remaining", ">", 0)])
        return [
            Lot(
                lot.entry_id.id,
                lot.earned_at,
                lot.expires_at or None,
                exact(lot.remaining),
            )
            for lot in lots
        ]

    def _give_pending_to(self, kept):
        """Let points that are pending come in on another card."""
        pending = self.env["member.point.pending"].sudo()
        pending = pending.search([("card_id", "=", self.id)])
        taken = pending.search(
            [("card_id", "=", kept.id), ("order_id", "in", pending.order_id.ids)]
        )
        free = pending.filtered(lambda one: one.order_id not in taken.order_id)
        free.write({"card_id": kept.id})

    @api.model
    def _ledger(self):
        return self.env["member.point.ledger"].sudo()
