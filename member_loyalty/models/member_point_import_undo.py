from collections import defaultdict
from decimal import Decimal

from odoo import fields, models
from odoo.tools import formatLang, split_every

from ..logic.point_posting import Posting
from ..logic.purchase_posting import exact

SLICE = 1000


class MemberPointImportUndo(models.AbstractModel):
    """Takes back what is left of opening balances; nothing is deleted."""

    _name = "member.point.import.undo"
    _description = "Undoing of Opening Balances"

    def _undo(self):
        """Reverse each opening entry as far as it is unspent, and report the rest."""
        self.ensure_one()
        entries = (
            self.env["member.point.entry"]
            .sudo()
            .search(
                [
                    ("source_model", "=", self._name),
                    ("source_id", "=", self.id),
                    ("kind", "=", "opening"),
                ],
                order="id",
            )
        )
        taken = defaultdict(Decimal)
        for some in split_every(SLICE, entries.ids, entries.browse):
            taken.update(self._take_back(some))
        self.env["member.point.import.line"].sudo()._note_undone(self, taken)
        undone = sum(taken.values(), Decimal(0))
        self.write(
            {
                "state": "undone",
                "undone_points": undone,
                "spent_points": exact(self.booked_points) - undone,
            }
        )
        if self.source == "cards":
            self._hand_cards_back()
        self._say_undone()

    def _take_back(self, entries):
        """Book the reversal of opening entries; returns points by row number."""
        lots = {
            lot.entry_id.id: lot
            for lot in self.env["member.point.lot"]
            .sudo()
            .search([("entry_id", "in", entries.ids)])
        }
        now = fields.Datetime.now()
        taken, postings = {}, []
        for entry in entries:
            remaining = exact(lots[entry.id].remaining) if entry.id in lots else 0
            number = int(entry.source_key.rpartition("|")[2])
            taken[number] = remaining
            points = exact(entry.points) if self.may_owe else remaining
            if points:
                postings.append(self._prepare_reversal(entry, points, now))
        self.env["member.point.ledger"].sudo()._post(postings)
        return taken

    def _prepare_reversal(self, entry, points, now):
        """Return the posting that takes an opening entry back."""
        return Posting(
            entry.card_id.id,
            "reversed",
            -points,
            now,
            source=(self._name, self.id),
            source_ref=self.name,
            source_key=f"{entry.source_key}|undo",
            reason=self.env._("Opening balances undone"),
        )

    def _say_undone(self):
        """Keep in the chatter what came back, and what was spent already."""
        self._say(
            self.env._(
                "Undone: %(undone)s points taken back; %(spent)s had been spent or"
                " had expired already.",
                undone=formatLang(self.env, self.undone_points),
                spent=formatLang(self.env, self.spent_points),
            )
        )
