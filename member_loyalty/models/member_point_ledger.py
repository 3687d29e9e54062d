from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.point_lots import Lot
from ..logic.point_posting import NotEnoughPoints, Wallet, book
from ..logic.purchase_posting import exact
from ..queries import point_ledger as queries
from ..queries.execution import execute_quietly

SPENDING = frozenset({"spent"})


class MemberPointLedger(models.AbstractModel):
    """Books points: the one way by which entries, lots and cards change."""

    _name = "member.point.ledger"
    _description = "Ledger of Points"

    @api.model
    def _post(self, postings):
        """Book postings, each on its card, in the order given.

        The rows of the cards are changed first: another transaction that moves points
        of the same cards conflicts with this one, and is run again.

        :param postings: ``Posting`` of ``logic.point_posting``
        :return: the new entries, in the order in which they were booked
        :raises UserError: when a card has fewer usable points than are to be taken
        """
        ledger = self.sudo()
        postings = ledger._leave_out_booked(list(postings))
        if not postings:
            return ledger.env["member.point.entry"]
        cards, wallets = ledger._read_wallets(postings)
        by_card = defaultdict(list)
        for posting in postings:
            by_card[posting.card_id].append(posting)
        booked = {}
        for card_id, of_card in by_card.items():
            try:
                after, entries = book(wallets[card_id], of_card)
            except NotEnoughPoints as shortage:
                raise UserError(ledger._say_shortage(shortage)) from shortage
            booked[card_id] = (wallets[card_id], after, entries)
        entries = ledger._write_bookings(cards, booked)
        ledger._follow(postings, entries)
        ledger._tell_milestones(booked)
        return entries

    @api.model
    def _get_usable(self, card_ids, at=None):
        """Return the points of each card that can be used at a moment (now).

        :return: {card id: ``Decimal``}
        """
        rows = self.env.execute_query(
            queries.usable(self.env, card_ids, at or fields.Datetime.now())
        )
        found = {card_id: exact(points) for card_id, points in rows}
        return {card_id: found.get(card_id, Decimal(0)) for card_id in card_ids}

    @api.model
    def _leave_out_booked(self, postings):
        """Leave out what was booked before, and what comes twice."""
        keys = {posting.source_key for posting in postings if posting.source_key}
        if not keys:
            return postings
        cards = self.env["loyalty.card"].browse({one.card_id for one in postings})
        done = set(
            self.env.execute_query(
                queries.booked_keys(cards.member_program_id.ids, sorted(keys))
            )
        )
        left = []
        for posting in postings:
            program = cards.browse(posting.card_id).member_program_id
            key = (program.id, posting.source_key)
            if key not in done:
                left.append(posting)
                done |= {key} if posting.source_key else set()
        return left

    @api.model
    def _read_wallets(self, postings):
        """Return what is known of the cards, and their ``Wallet``, by card id."""
        card_ids = sorted({posting.card_id for posting in postings})
        cards = {
            row[0]: row
            for row in self.env.execute_query(queries.wallets(self.env, card_ids))
        }
        restored = {
            part.lot_id for posting in postings for part in posting.restores or ()
        } | {posting.lot_id for posting in postings if posting.lot_id}
        lots = defaultdict(list)
        for (
            card_id,
            entry_id,
            earned_at,
            expires_at,
            left,
            *source,
        ) in self.env.execute_query(queries.lots(self.env, card_ids, sorted(restored))):
            source = tuple(source) if source[1] else None
            lots[card_id].append(
                Lot(entry_id, earned_at, expires_at, exact(left), source)
            )
        return cards, {
            card_id: Wallet(exact(row[1]), exact(row[2]), tuple(lots[card_id]))
            for card_id, row in cards.items()
        }

    @api.model
    def _write_bookings(self, cards, booked):
        """Write what was decided: the cards first, then entries and their lots."""
        execute_quietly(
            self.env,
            queries.move_cards(
                [
                    (card_id, after.points - before.points, after.debt - before.debt)
                    for card_id, (before, after, _entries) in booked.items()
                ]
            ),
        )
        flat = [
            (cards[card_id], entry)
            for card_id, (_before, _after, entries) in booked.items()
            for entry in entries
        ]
        if not flat:
            return self.env["member.point.entry"]
        rows = [self._prepare_entry(card, entry) for card, entry in flat]
        ids = [row[0] for row in self.env.execute_query(queries.insert_entries(rows))]
        names = {
            (card[0], -place): entry_id
            for entry_id, (card, place) in zip(
                ids, self._number_by_card(flat), strict=True
            )
        }
        self._write_effects(booked, cards, names, flat, ids)
        self._see([card[0] for card, _entry in flat])
        return self.env["member.point.entry"].browse(ids)

    @api.model
    def _write_effects(self, booked, cards, names, flat, ids):
        """Write what the entries do to lots, and Odoo's own history of the cards."""
        new, drawn, moved = self._prepare_lots(booked, cards, names)
        history = [
            self._prepare_history(card[0], entry)
            for card, entry in flat
            if entry.points
        ]
        allocations = self._prepare_allocations(flat, ids, names)
        if new or drawn or allocations or history:
            self.env.execute_query(
                queries.write_effects(new, drawn, allocations, history)
            )
        if moved:
            self.env.execute_query(queries.move_expiry(moved))

    @api.model
    def _number_by_card(self, flat):
        """Yield each card with the place of its entry among those of the card."""
        places = defaultdict(int)
        for card, _entry in flat:
            places[card[0]] += 1
            yield card, places[card[0]]

    @api.model
    def _prepare_entry(self, card, entry):
        """Return the values of an entry, in the order of ``ENTRY_COLUMNS``."""
        posting = entry.posting
        card_id, _points, _debt, program_id, company_id = card
        model, source_id = posting.source or (None, None)
        day = self.env["res.company"].browse(company_id)._get_member_day(posting.at)
        return (
            *(card_id, program_id, company_id, posting.kind),
            *(entry.points, entry.debt, entry.balance),
            *(posting.at, day, posting.expires_at, posting.lot_id),
            *(posting.rule_id, posting.part, model, source_id),
            *(posting.source_ref, posting.source_key, posting.reason),
            *(self.env.uid, self.env.uid),
        )

    @api.model
    def _prepare_lots(self, booked, cards, names):
        """Return the lots that are new, what was drawn, and expiries that move."""
        new, drawn, moved = [], [], []
        for card_id, (before, after, entries) in booked.items():
            held = {lot.lot_id: lot.remaining for lot in before.lots}
            for lot in after.lots:
                if lot.lot_id < 0:
                    entry = entries[-lot.lot_id - 1]
                    new.append(
                        (
                            names[card_id, lot.lot_id],
                            *(card_id, *cards[card_id][3:]),
                            *(entry.points, lot.remaining),
                            *(lot.earned_at, lot.expires_at),
                        )
                    )
                elif lot.remaining != held[lot.lot_id]:
                    drawn.append((lot.lot_id, held[lot.lot_id] - lot.remaining))
            moved += [
                (entry.posting.lot_id, entry.posting.expires_at)
                for entry in entries
                if entry.posting.lot_id and not entry.posting.points
            ]
        return new, drawn, moved

    @api.model
    def _prepare_allocations(self, flat, ids, names):
        """Return which lots paid for which entries."""
        return [
            (names.get((card[0], part.lot_id), part.lot_id), entry_id, part.points)
            for (card, entry), entry_id in zip(flat, ids, strict=True)
            for part in entry.allocations
        ]

    @api.model
    def _see(self, card_ids):
        """Let the caches see what was written."""
        self.env["loyalty.card"].browse(set(card_ids)).invalidate_recordset(
            ["points", "member_debt", "member_movement", "member_usable_points"]
        )
        for model in ("member.point.lot", "loyalty.history"):
            self.env[model].invalidate_model()

    @api.model
    def _prepare_history(self, card_id, entry):
        """Return Odoo's own history row of an entry."""
        posting = entry.posting
        is_use = posting.kind in SPENDING or posting.restores is not None
        is_use = is_use or (posting.kind == "expired")
        points = float(entry.points)
        source = (
            posting.source if (posting.source or ("",))[0] == "sale.order" else None
        )
        return (
            card_id,
            posting.reason
            or posting.source_ref
            or self._get_kind_label(card_id, posting.kind),
            *((0.0, -points) if is_use else (points, 0.0)),
            *(source or (None, None)),
            self.env.uid,
        )

    @api.model
    def _get_kind_label(self, card_id, kind):
        """Return what a kind of entry is called in the language of the member."""
        owner = self.env["loyalty.card"].browse(card_id).member_owner_id
        env = self.with_context(lang=owner.lang or self.env.lang).env
        kinds = env["member.point.entry"]._fields["kind"]._description_selection(env)
        return dict(kinds)[kind]

    @api.model
    def _follow(self, postings, entries):
        """Do what follows from bookings. Seam: modules tell members of them.

        :param postings: ``Posting`` of ``logic.point_posting``
        :param entries: the ``member.point.entry`` that came of them
        """
        self.env["member.follow.up"]._queue_points(entries)
        active = [one for one in postings if one.kind in ("earned", "spent")]
        if active:
            cards = self.env["loyalty.card"].browse({one.card_id for one in active})
            self.env["member.point.lot"]._prolong(cards, active[-1].at)

    @api.model
    def _tell_milestones(self, booked):
        """Have members told whose points reached what their program says."""
        if self.env.context.get("loyalty_no_mail"):
            return
        before = {
            card_id: float(was.points)
            for card_id, (was, after, _entries) in booked.items()
            if after.points > was.points
        }
        self.env["loyalty.card"].browse(before)._tell_milestones(before)

    @api.model
    def _say_shortage(self, shortage):
        """Return the sentence for points that are not there."""
        card = self.env["loyalty.card"].browse(shortage.card_id)
        return self.env._(
            "%(member)s has %(usable)s points to use; this takes %(asked)s.",
            member=card.member_owner_id.display_name or card.display_name,
            usable=f"{shortage.usable:g}",
            asked=f"{shortage.asked:g}",
        )
