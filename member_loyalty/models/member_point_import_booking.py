from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.day_end import day_end
from ..logic.point_posting import Posting
from ..logic.purchase_posting import exact
from ..queries import point_import as queries
from ..queries.execution import execute_quietly

SLICE = 1000


class MemberPointImportBooking(models.AbstractModel):
    """Books the good rows of opening balances, slice by slice.

    A slice is one transaction. A row is booked once however often it is tried: its
    number is part of what the entry is for.
    """

    _name = "member.point.import.booking"
    _description = "Booking of Opening Balances"

    def _begin_booking(self):
        """Make ready what the points are booked on.

        :raises UserError: when there is no program that keeps points
        """
        self.ensure_one()
        if self.source == "cards":
            self._take_cards_over()
        if not self.program_id.sudo().wallet_id:
            raise UserError(
                self.env._(
                    "%(program)s keeps no points yet. Press “Give Points” on the"
                    " program first.",
                    program=self.program_id.name,
                )
            )
        self.state = "booking"

    def _book_to_the_end(self):
        """Book all that is left at once."""
        while self._book_slice():
            continue
        self._finish_booking()

    def _book_slice(self):
        """Book the next rows; returns how many."""
        self.ensure_one()
        lines = self.env["member.point.import.line"].search(
            [("import_id", "=", self.id), ("state", "=", "good")],
            order="number",
            limit=self._get_slice_size(),
        )
        if not lines:
            return 0
        cards = self._find_cards(lines)
        postings = self._prepare_postings(lines, cards)
        self.env["member.point.ledger"].sudo()._post(postings)
        execute_quietly(
            self.env,
            queries.mark_booked([(line.id, cards[line.id]) for line in lines]),
        )
        lines.invalidate_model()
        self.booked_count += len(postings)
        return len(lines)

    def _find_cards(self, lines):
        """Return {row id: card id}; members without a card get one."""
        program = self.program_id.sudo()
        owners = lines.owner_id.sudo()
        by_owner = {
            card.member_owner_id: card.id for card in program._get_wallets(owners)
        }
        return {
            line.id: by_owner[program._get_wallet_owner(line.owner_id.sudo())]
            for line in lines
        }

    @api.model
    def _get_slice_size(self):
        """Return how many rows are booked in one transaction."""
        return SLICE

    def _prepare_postings(self, lines, cards):
        """Return what is to be booked for rows.

        :param dict cards: the card's id by the row's
        """
        now = fields.Datetime.now()
        zone = self.company_id._get_member_timezone()
        usual = None
        if self.no_expiry == "program":
            usual = self.program_id.sudo()._get_point_expiry(now) or None
        return [
            Posting(
                cards[line.id],
                "opening",
                exact(line.points),
                now,
                expires_at=day_end(line.expires_on, zone) if line.expires_on else usual,
                source=("member.point.import", self.id),
                source_ref=self.name,
                source_key=f"import|{self.id}|{line.number}",
                reason=line.note or None,
            )
            for line in lines
            if line.points
        ]

    def _finish_booking(self):
        """Reconcile with the account, and say so."""
        self.state = "done"
        self._count_booked()
        self._say_booked()

    def _leave_to_background(self):
        """Let the scheduled action go on with the batch."""
        self.env.ref("member_loyalty.ir_cron_member_point_import").sudo()._trigger()

    @api.model
    def _cron_book(self):
        """Go on with batches that are being booked, a slice at a time."""
        waiting = self.search([("state", "=", "booking")], order="id")
        Cron, Batch = self.env["ir.cron"], self.env["member.batch"]
        Cron._commit_progress(remaining=len(waiting))
        for batch in waiting:
            batch = batch.with_user(batch.write_uid).with_company(batch.company_id)
            try:
                while Batch._run_batch(batch._book_slice):
                    if not Cron._commit_progress(1, remaining=1):
                        return
                batch._finish_booking()
            except UserError as error:
                self.env.cr.rollback()
                batch._say(self.env._("Stopped: %(reason)s", reason=str(error)))
            Cron._commit_progress(1)
