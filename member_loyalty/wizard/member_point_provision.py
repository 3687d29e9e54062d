from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_round, formatLang

from ..models.member_program_deferral import BILLING


class MemberPointProvision(models.TransientModel):
    """Drafts the journal entry that brings what is owed in points up to date."""

    _name = "member.point.provision"
    _description = "Draft Entry for Points"
    _check_company_auto = True

    program_id = fields.Many2one(
        comodel_name="member.program",
        required=True,
        default=lambda self: self._default_program_id(),
    )
    company_id = fields.Many2one(related="program_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, default=lambda self: self._default_date())
    journal_id = fields.Many2one(
        comodel_name="account.journal",
        compute="_compute_accounts",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
        check_company=True,
        domain="[('type', '=', 'general')]",
    )
    revenue_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Deferred Revenue Account",
        compute="_compute_accounts",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
        check_company=True,
    )
    liability_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Points Liability Account",
        compute="_compute_accounts",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
        check_company=True,
    )
    amount = fields.Monetary(compute="_compute_amount")
    owed = fields.Monetary(string="Owed Now", compute="_compute_amount")
    booked = fields.Monetary(string="Booked Before", compute="_compute_amount")
    explanation = fields.Html(compute="_compute_amount")

    @api.model
    def _default_program_id(self):
        return self.env["member.program"].search(
            [("company_id", "=", self.env.company.id), ("wallet_id", "!=", False)],
            limit=1,
        )

    @api.model
    def _default_date(self):
        return self.env.company._member_today()

    @api.depends("program_id")
    def _compute_accounts(self):
        for wizard in self:
            program = wizard.program_id
            wizard.journal_id = program.points_journal_id
            wizard.revenue_account_id = program.points_revenue_account_id
            wizard.liability_account_id = program.points_liability_account_id

    @api.depends("program_id", "date")
    def _compute_amount(self):
        for wizard in self:
            if not wizard.program_id or not wizard.date:
                wizard.amount = wizard.owed = wizard.booked = 0
                wizard.explanation = False
                continue
            values, facts = wizard._prepare_deferral()
            wizard.amount, wizard.owed = values["amount"], values["owed"]
            wizard.booked = values["owed"] - values["amount"]
            wizard.explanation = wizard._say(facts)

    def action_draft(self):
        """Draft the journal entry and open it. Nothing is posted.

        :raises AccessError: without billing rights
        :raises UserError: when nothing has changed since the last entry
        """
        self.ensure_one()
        self._check_may_draft()
        self.program_id.sudo().points_deferral_number += 1
        values, facts = self._prepare_deferral()
        self._check_is_news(values)
        move = self.env["account.move"].create(self._prepare_move(values, facts))
        self.env["member.point.deferral"].sudo().create({**values, "move_id": move.id})
        return move._get_records_action()

    def _check_may_draft(self):
        """Let only those pass who may write journal entries of the company."""
        self.program_id.check_access("read")
        if not self.env.user.has_group(BILLING):
            raise AccessError(
                self.env._(
                    "Journal entries for points are drafted by people with billing"
                    " rights in accounting. Ask one of them."
                )
            )

    def _check_is_news(self, values):
        """Refuse an entry of nothing, and one before the last.

        :raises UserError: in both cases
        """
        last = self.program_id._get_last_deferral()
        if last and last.date > self.date:
            raise UserError(
                self.env._(
                    "There is an entry for points of %(day)s already. Choose that day"
                    " or a later one, or cancel that entry.",
                    day=last.date,
                )
            )
        if not values["amount"]:
            raise UserError(
                self.env._(
                    "Nothing has changed: %(owed)s is owed in points, and that is what"
                    " the entries so far have booked.",
                    owed=formatLang(
                        self.env, values["owed"], currency_obj=self.currency_id
                    ),
                )
            )

    def _prepare_deferral(self):
        """Return the values of the deferral, and the figures it is computed from."""
        program = self.program_id.with_company(self.company_id)
        last = program.sudo()._get_last_deferral()
        total = program._get_given_points(self.date)
        given = total.since(last._get_given())
        state = program._get_deferral(last, given, self.date)
        places = self.currency_id.rounding
        owed = float_round(float(state.owed), precision_rounding=places)
        booked = float(program.sudo()._get_booked_deferral())
        values = {
            "program_id": program.id,
            "company_id": self.company_id.id,
            "date": self.date,
            "amount": float_round(owed - booked, precision_rounding=places),
            "sales": float(given.sales),
            "sales_total": float(total.sales),
            "given_with_sales": float(total.with_sales),
            "given_otherwise": float(total.otherwise),
            "issued": float(state.issued),
            "deferred": float(state.deferred),
            "redeemed": float(state.redeemed),
            "expected": float(state.expected),
            "owed": owed,
        }
        return values, self._get_facts(given, state, values, booked)

    def _get_facts(self, given, state, values, booked):
        """Return how the amount was computed, as labels and texts."""
        program = self.program_id

        def money(amount):
            return formatLang(self.env, float(amount), currency_obj=self.currency_id)

        def number(points):
            return formatLang(self.env, float(points))

        measured = program._is_redemption_measured()
        basis = (
            self.env._("measured from the company's own lots")
            if measured
            else self.env._("the program's own estimate")
        )
        share = f"{program.points_redeemed_share:.2f} %, {basis}"
        return [
            (self.env._("Value of a point"), f"{program.points_value:g}"),
            (self.env._("New points expected to be used"), share),
            (self.env._("Sales that earned points"), money(given.sales)),
            (self.env._("Points given with them"), number(given.with_sales)),
            (self.env._("Points given without a sale"), number(given.otherwise)),
            (self.env._("Deferred for points in all"), money(state.deferred)),
            (self.env._("Points used in all"), number(state.redeemed)),
            (self.env._("Points expected to be used in all"), number(state.expected)),
            (self.env._("Revenue so far"), money(state.recognised)),
            (self.env._("Owed now"), money(values["owed"])),
            (self.env._("Booked before"), money(booked)),
            (self.env._("This entry"), money(values["amount"])),
        ]

    def _say(self, facts):
        """Return the figures as a table, with the rule they follow."""
        rows = Markup().join(
            Markup("<tr><td>%s</td><td class='text-end ps-3'>%s</td></tr>") % fact
            for fact in facts
        )
        rule = self.env._(
            "Relative stand-alone selling price (IFRS 15, Illustrative Example 52):"
            " sales are shared between products and points by their stand-alone prices;"
            " what belongs to the points becomes revenue as points are used, in"
            " proportion to all that are expected to be used."
        )
        return Markup("<p>%s</p><table>%s</table>") % (rule, rows)

    def _prepare_move(self, values, facts):
        """Return the journal entry: out of revenue, into what is owed, or back."""
        ref = self.env._("Points of %(program)s", program=self.program_id.name)
        amount = values["amount"]
        sides = (
            (self.revenue_account_id, amount),
            (self.liability_account_id, -amount),
        )
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": self.journal_id.id,
            "date": self.date,
            "ref": ref,
            "narration": self._say(facts),
            "line_ids": [
                Command.create(
                    {
                        "name": ref,
                        "account_id": account.id,
                        "debit": max(balance, 0),
                        "credit": max(-balance, 0),
                    }
                )
                for account, balance in sides
            ],
        }
