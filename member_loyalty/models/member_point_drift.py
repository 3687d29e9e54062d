from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..logic.point_posting import Posting
from ..logic.purchase_posting import exact
from ..queries import point_drift
from ..queries.execution import execute_quietly


class MemberPointDrift(models.Model):
    """Points that somebody changed without an entry, found by the daily check."""

    _name = "member.point.drift"
    _description = "Difference of Points"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state, found_on desc, id desc"

    card_id = fields.Many2one(
        comodel_name="loyalty.card", required=True, readonly=True, ondelete="restrict"
    )
    owner_id = fields.Many2one(related="card_id.member_owner_id", string="Member")
    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="restrict"
    )
    what = fields.Selection(
        selection=[
            ("points", "Points on the card"),
            ("debt", "Points owed"),
            ("lots", "What is left of all lots"),
            ("lot", "What is left of a lot"),
        ],
        string="What Differs",
        required=True,
        readonly=True,
    )
    lot_id = fields.Many2one(
        comodel_name="member.point.entry",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    expected = fields.Float(
        digits=(16, 2),
        readonly=True,
        aggregator=None,
        help="What the entries say.",
    )
    found = fields.Float(
        digits=(16, 2), readonly=True, aggregator=None, help="What is there."
    )
    difference = fields.Float(digits=(16, 2), compute="_compute_difference")
    found_on = fields.Date(required=True, readonly=True)
    state = fields.Selection(
        selection=[("open", "Open"), ("settled", "Settled")],
        required=True,
        readonly=True,
        default="open",
    )
    settled_at = fields.Datetime(readonly=True)
    settled_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Settled by",
        readonly=True,
        help="Empty when the difference was gone by itself.",
    )
    reason = fields.Char(readonly=True)

    _once_open = models.UniqueIndex(
        "(card_id, what, COALESCE(lot_id, 0)) WHERE state = 'open'"
    )

    @api.depends("card_id", "what")
    def _compute_display_name(self):
        kinds = dict(self._fields["what"]._description_selection(self.env))
        for drift in self:
            drift.display_name = self.env._(
                "%(what)s of %(member)s",
                what=kinds.get(drift.what, ""),
                member=drift.owner_id.display_name or drift.card_id.code or "",
            )

    @api.depends("expected", "found")
    def _compute_difference(self):
        for drift in self:
            drift.difference = drift.found - drift.expected

    def action_book_difference(self):
        """Ask for the reason and book the difference.

        :raises AccessError: for anyone but managers
        :raises UserError: when there is no difference any more
        """
        self.ensure_one()
        self._check_may_book()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Book the Difference"),
            "res_model": "member.point.drift.booking",
            "view_mode": "form",
            "target": "new",
            "context": {"default_drift_id": self.id},
        }

    def _check_may_book(self):
        """Let managers pass who look at an open difference."""
        if not self.env.user.has_group("member_loyalty.member_loyalty_group_manager"):
            raise AccessError(
                self.env._("Only membership managers may book differences of points.")
            )
        if self.state != "open":
            raise UserError(
                self.env._("This difference is settled. There is nothing to book.")
            )

    def _book_difference(self, reason):
        """Book what the card holds beyond its entries, so that these follow it.

        Lots are made anew from what paid for what. All differences of the card are
        settled by that.

        :raises AccessError: for anyone but managers
        :raises UserError: when there is no difference any more, or it cannot be booked
        """
        self.ensure_one()
        self._check_may_book()
        at = fields.Datetime.now()
        card = self.sudo().card_id
        held, booked, owed, booked_debt = self._put_card_back(card)
        if owed != booked_debt:
            day = self.sudo().company_id._get_member_day(at)
            execute_quietly(
                self.env,
                point_drift.book_debt(
                    self.env, card.id, owed - booked_debt, at, day, reason
                ),
            )
        self.env["member.program"]._expire_cards(card, at)
        if held != booked:
            self._post_difference(card, held - booked, at, reason)
        self._settle(card, at, reason)

    def _put_card_back(self, card):
        """Let the card and its lots be as the entries say.

        :return: points it held, points by its entries, what it owes, debt by entries
        """
        self.env.flush_all()
        execute_quietly(self.env, point_drift.remake_lots(card.id))
        [row] = execute_quietly(self.env, point_drift.put_back(card.id))
        self.env.invalidate_all()
        return [exact(figure) for figure in row]

    def _post_difference(self, card, points, at, reason):
        """Book points that come or go; what lots lack is owed."""
        self.env["member.point.ledger"]._post(
            [
                Posting(
                    card.id,
                    "adjusted",
                    points,
                    at,
                    expires_at=card.member_program_id._get_point_expiry(at),
                    reason=reason,
                    may_owe=True,
                )
            ]
        )

    def _settle(self, card, at, reason):
        """Close the card's differences, in the name of whoever booked them."""
        drifts = self.sudo().search([("card_id", "=", card.id), ("state", "=", "open")])
        self.env["member.program"]._check_points(card)
        if drifts.filtered(lambda drift: drift.state == "open"):
            raise UserError(
                self.env._(
                    "The entries of card %(card)s do not fit together: an entry was"
                    " written without what pays for it. Ask whoever looks after the"
                    " database.",
                    card=card.code,
                )
            )
        drifts.write(
            {"settled_at": at, "settled_by_id": self.env.uid, "reason": reason}
        )
        drifts.activity_feedback(["mail.mail_activity_data_todo"], feedback=reason)

    def _ask_managers(self):
        """Put new differences on a manager's list, once for each program."""
        for program, drifts in self.grouped("program_id").items():
            manager = program._find_manager()
            drifts[0].activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Points differ from their entries"),
                note=self.env._(
                    "The daily check found %(count)s differences on cards of"
                    " %(program)s. Find out who changed them, and book them.",
                    count=len(drifts),
                    program=program.name,
                ),
                user_id=(manager or self.env.user).id,
            )
