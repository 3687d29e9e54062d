from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models

from ..logic.point_posting import Posting
from ..queries import point_expiry
from ..queries.execution import execute_quietly

SOON_DAYS = 30


class MemberPointLot(models.Model):
    """What is left of a lot: points that came together and expire together.

    A working table beside the entries: it can be made again from entries and
    allocations, and the daily check compares it with them.
    """

    _name = "member.point.lot"
    _description = "Lot of Points"
    _order = "expires_at, earned_at, id"
    _log_access = False

    entry_id = fields.Many2one(
        comodel_name="member.point.entry",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    card_id = fields.Many2one(
        comodel_name="loyalty.card", required=True, readonly=True, ondelete="restrict"
    )
    owner_id = fields.Many2one(related="card_id.member_owner_id", string="Member")
    program_id = fields.Many2one(
        comodel_name="member.program", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="restrict"
    )
    points = fields.Float(digits=(16, 2), required=True, readonly=True)
    remaining = fields.Float(digits=(16, 2), required=True, readonly=True)
    earned_at = fields.Datetime(required=True, readonly=True)
    expires_at = fields.Datetime(readonly=True)
    kind = fields.Selection(related="entry_id.kind")
    source_ref = fields.Char(related="entry_id.source_ref")
    expires_soon = fields.Boolean(compute="_compute_expires_soon")
    is_expired = fields.Boolean(compute="_compute_expires_soon")

    _one_per_entry = models.UniqueIndex("(entry_id)")
    _open = models.Index(
        "(card_id) INCLUDE (remaining, expires_at) WHERE remaining > 0"
    )
    _expiring = models.Index("(expires_at, card_id) WHERE remaining > 0")
    _within_bounds = models.Constraint(
        "CHECK (remaining >= 0 AND remaining <= points)",
        "A lot can neither be overdrawn nor hold more than it was given.",
    )

    @api.depends("expires_at")
    def _compute_expires_soon(self):
        now = fields.Datetime.now()
        soon = now + timedelta(days=SOON_DAYS)
        for lot in self:
            lot.expires_soon = bool(lot.expires_at) and lot.expires_at < soon
            lot.is_expired = bool(lot.expires_at) and lot.expires_at <= now

    def _extend(self, expires_at, reason):
        """Let what is left of these lots expire later, by entries without points.

        :param datetime expires_at: in UTC; None lets them never expire
        :param str reason: shown in the statement
        """
        now = fields.Datetime.now()
        self.env["member.point.ledger"].sudo()._post(
            [
                Posting(
                    lot.card_id.id,
                    "adjusted",
                    Decimal(0),
                    now,
                    expires_at=expires_at,
                    lot_id=lot.entry_id.id,
                    reason=reason,
                )
                for lot in self
            ]
        )

    @api.model
    def _prolong(self, cards, at):
        """Let open lots live on because the member was active at a moment.

        Only in programs whose points expire after months without activity. No entry
        is needed: the entry of the activity and the policy say it.

        :param cards: ``loyalty.card``
        :param at: naive UTC datetime
        """
        programs = cards.member_program_id.sudo()
        expiries = {
            program.id: program._get_point_expiry(at)
            for program in programs
            if program._get_points_policy().expiry.kind == "inactivity"
        }
        if expiries:
            execute_quietly(self.env, point_expiry.prolong(expiries, cards.ids, at))
            self.invalidate_model(["expires_at"])
