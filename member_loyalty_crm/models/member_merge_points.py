from odoo import models

from odoo.addons.member_loyalty.logic.purchase_posting import exact
from odoo.addons.member_loyalty.queries.execution import execute_quietly

from ..logic.merge_undo import BroughtLot, give_back
from ..queries import merges


class MemberMergePoints(models.AbstractModel):
    """Gives points back when a merge is undone, by entries that transfer them."""

    _name = "member.merge.points"
    _description = "Points of an Undone Merge"

    def _plan_points(self, source):
        """Return what of a contact's points goes back, card by card.

        :param dict source: what the snapshot says of the contact
        :return: tuples of the card, the one that took its points, what was said of it,
            and ``PointsBack`` of ``logic``; without a taker it is the card itself that
            goes back
        """
        plans = []
        for one in source["cards"]:
            card = self.env["loyalty.card"].browse(one["id"]).exists()
            if not card:
                continue
            kept = card.member_successor_id
            lots = self.env["member.point.lot"].search(
                [("entry_id", "in", [lot_id for lot_id, *_rest in one["lots"]])]
            )
            left = {lot.entry_id.id: exact(lot.remaining) for lot in lots}
            brought = [
                BroughtLot(lot_id, exact(points), left.get(lot_id, exact(0)))
                for lot_id, points, _origin_id in one["lots"]
            ]
            debt_now = exact((kept or card).member_debt or 0)
            plans.append(
                (card, kept, one, give_back(brought, exact(one["debt"]), debt_now))
            )
        return plans

    def _restore_points(self, source, contact):
        """Give the contact its cards and points back.

        :return: the lots made anew, by the id of the lot that each once was
        """
        renewed = {}
        for card, kept, one, back in self._plan_points(source):
            if kept:
                renewed |= self._bring_back(card, kept, one, back, contact)
            elif card.member_owner_id == self.partner_id:
                self._hand_card_back(card, one, back, contact)
        return renewed

    def _bring_back(self, card, kept, one, back, contact):
        """Open a card again and transfer to it what is left of its points."""
        values = {"active": True, "member_successor_id": False}
        self._own_card(card, one, contact, values)
        reason = self._get_point_reason()
        lots = {lot.lot_id: lot for lot in kept._read_lots()}
        parts = [(lots[lot_id], points) for lot_id, points in back.parts]
        postings = kept._prepare_transfer(card, parts, reason)
        if back.debt:
            postings += [
                kept._prepare_side(card, back.debt, reason, restores=()),
                card._prepare_side(kept, -back.debt, reason, may_owe=True),
            ]
        entries = card._ledger()._post(postings)
        self._give_pending_back(one["pending"], card)
        made = entries.filtered(
            lambda entry: entry.card_id == card and entry.points > 0
        )
        origins = {lot_id: origin_id for lot_id, _points, origin_id in one["lots"]}
        return {
            origins[lot_id]: entry.id
            for (lot_id, _points), entry in zip(
                back.parts, made.sorted("id"), strict=True
            )
        }

    def _hand_card_back(self, card, one, back, contact):
        """Give a card back that became the winner's, and leave it what came later."""
        before = self.snapshot["last_entry_id"]
        own = [lot for lot in card._read_lots() if lot.lot_id > before]
        later_debt = exact(card.member_debt or 0) - back.debt
        self._own_card(card, one, contact, {})
        pending = self.env["member.point.pending"].search(
            [("card_id", "=", card.id), ("id", "not in", one["pending"])]
        )
        orders = [
            order_id
            for (order_id,) in self.env.execute_query(merges.promised_orders(card.id))
            if order_id not in one["orders"]
        ]
        if not (own or later_debt > 0 or pending or orders):
            return
        program = card.member_program_id
        taker = card._open_member_cards(program, self.partner_id.ids)
        reason = self._get_point_reason()
        postings = card._prepare_transfer(
            taker, [(lot, lot.remaining) for lot in own], reason
        )
        if later_debt > 0:
            postings += [
                card._prepare_side(taker, later_debt, reason, restores=()),
                taker._prepare_side(card, -later_debt, reason, may_owe=True),
            ]
        card._ledger()._post(postings)
        pending.write({"card_id": taker.id})
        self._repoint_promises(card, taker, one)

    def _repoint_promises(self, card, taker, one):
        """Let orders of after the merge go on with the winner's new card."""
        self.env.flush_all()
        execute_quietly(
            self.env, merges.repoint_promises(card.id, taker.id, one["orders"])
        )
        self.env["member.order.points"].invalidate_model()

    def _own_card(self, card, one, contact, values):
        """Let a card be a contact's again."""
        card.with_context(tracking_disable=True).write(
            {
                **values,
                "member_owner_id": contact.id,
                "partner_id": contact.id if one["owned_by_contact"] else False,
            }
        )
        card.flush_recordset()

    def _give_pending_back(self, pending_ids, card):
        """Let points that are still pending come in on their own card again."""
        pending = self.env["member.point.pending"].browse(pending_ids).exists()
        pending.filtered(lambda one: one.card_id != card).write({"card_id": card.id})

    def _get_point_reason(self):
        """Return what statements say of points that go back."""
        return self.env._("Merge undone: %(names)s", names=self.source_names)
