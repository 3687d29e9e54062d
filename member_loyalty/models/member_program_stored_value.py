from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.point_expiry import start_of_day
from ..logic.point_posting import Posting
from ..logic.purchase_posting import exact
from ..queries import stored_value
from ..queries.execution import run_quietly


class MemberProgramStoredValue(models.AbstractModel):
    """Money that members keep with the company: Odoo's eWallet, kept by the ledger."""

    _name = "member.program.stored.value"
    _description = "Stored Value of a Program"

    stored_value_id = fields.Many2one(
        comodel_name="loyalty.program",
        string="eWallet",
        domain="[('program_type', '=', 'ewallet')]",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Odoo's eWallet program that members top up and pay with.",
    )
    topup_bonus_ids = fields.One2many(
        comodel_name="member.topup.bonus", inverse_name="program_id", copy=False
    )

    def action_start_stored_value(self):
        """Ask which eWallet the members get: a new one, or one that exists."""
        self.ensure_one()
        self.check_access("write")
        self._check_no_stored_value()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_stored_value_start_action"
        )
        action["context"] = {"default_program_id": self.id}
        return action

    def _check_no_stored_value(self):
        if self.stored_value_id:
            raise UserError(
                self.env._(
                    "%(program)s has an eWallet already: %(wallet)s.",
                    program=self.name,
                    wallet=self.stored_value_id.sudo().name,
                )
            )

    def _start_stored_value(self, native=None):
        """Give the program an eWallet.

        :param native: an eWallet program that exists; its cards are taken over
        :return: the eWallet program
        """
        self.ensure_one()
        self._check_no_stored_value()
        program = self.sudo()
        native = (native or program._create_stored_value()).sudo()
        program._check_fits(native)
        program._take_over(native)
        program.stored_value_id = native
        return native

    def _create_stored_value(self):
        """Make an eWallet as Odoo's own template does, for this company."""
        Native = self.env["loyalty.program"].with_company(self.company_id)
        values = Native._get_template_values()["ewallet"]
        return Native.create(
            {
                **values,
                "name": self.env._("eWallet of %(program)s", program=self.name),
                "company_id": self.company_id.id,
                "currency_id": self.company_id.currency_id.id,
            }
        )

    def _check_fits(self, native):
        """Let an eWallet pass that this program can keep.

        :raises UserError: for any other
        """
        if native.program_type != "ewallet" or native.member_program_id:
            raise UserError(
                self.env._(
                    "%(wallet)s is no eWallet, or belongs to a membership already.",
                    wallet=native.name,
                )
            )
        if native.company_id != self.company_id or (
            native.currency_id != self.currency_id
        ):
            raise UserError(
                self.env._(
                    "%(wallet)s is of another company or currency than %(program)s."
                    " Set its company to %(company)s first, or make a new eWallet.",
                    wallet=native.name,
                    program=self.name,
                    company=self.company_id.name,
                )
            )

    def _take_over(self, native):
        """Take the cards of an eWallet into the ledger, with opening entries."""
        text = self.env._("Taken over by %(program)s", program=self.name)
        self.env.flush_all()
        rows = self.env.execute_query(
            stored_value.take_over(self.env, native.id, self.id, text)
        )
        native.member_program_id = self
        self.env.invalidate_all()
        held = {card_id: exact(points) for card_id, points, *_rest in rows}
        opening = [
            self._prepare_opening(card_id, exact(points), last_day)
            for card_id, points, last_day, _main in rows
            if points
        ]
        ledger = self.env["member.point.ledger"]
        ledger._post(opening)
        double = [(row[0], row[3]) for row in rows if row[0] != row[3]]
        ledger._post(self._prepare_joining(double, held, opening))
        if double:
            run_quietly(self.env, stored_value.continue_on(double))
            self.env["loyalty.card"].invalidate_model()

    def _prepare_opening(self, card_id, points, last_day):
        """Return the posting of what was on a card; below zero it is owed."""
        zone = self.company_id._get_member_timezone()
        return Posting(
            card_id,
            "opening",
            points,
            fields.Datetime.now(),
            expires_at=last_day and start_of_day(last_day + timedelta(days=1), zone),
            source=("loyalty.program", self.id),
            reason=self.env._("Balance taken over"),
            source_key=f"opening,loyalty.card,{card_id}",
            may_owe=True,
        )

    @api.model
    def _prepare_joining(self, double, held, opening):
        """Return the postings that bring several cards of one partner together."""
        expiries = {posting.card_id: posting.expires_at for posting in opening}
        now = fields.Datetime.now()
        postings = []
        for card_id, main_id in double:
            points = held.get(card_id, Decimal(0))
            if points > 0 and self._is_usable(expiries.get(card_id), now):
                reason = self.env._("Cards of one member joined")
                postings += [
                    Posting(card_id, "transferred", -points, now, reason=reason),
                    Posting(
                        main_id,
                        "transferred",
                        points,
                        now,
                        expires_at=expiries.get(card_id),
                        reason=reason,
                    ),
                ]
        return postings

    @api.model
    def _is_usable(self, expires_at, now):
        return not expires_at or now < expires_at
