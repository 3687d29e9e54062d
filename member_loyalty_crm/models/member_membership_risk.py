from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_list


class MemberMembershipRisk(models.AbstractModel):
    """What could be lost with a member: the tier, the customer, the money."""

    _name = "member.membership.risk"
    _description = "Risks of a Member"

    currency_id = fields.Many2one(comodel_name="res.currency")
    risk_has_chance = fields.Boolean(compute="_compute_forecast")
    risk_return_chance = fields.Float(
        string="Chance of Another Purchase",
        compute="_compute_forecast",
        help="By the forecast of last night.",
    )
    risk_tier_loss_on = fields.Date(
        string="Tier Ends on",
        compute="_compute_forecast",
        help="When the tier ends and its rules are not met yet.",
    )
    risk_keeping_amount = fields.Monetary(
        string="Order That Keeps the Tier", compute="_compute_forecast"
    )
    risk_signals = fields.Char(string="Signals", compute="_compute_open_signals")

    risk_overdue_amount = fields.Monetary(
        string="Overdue",
        compute="_compute_risk_overdue_amount",
        help="Of invoices that are due and not paid, as far as you may see invoices.",
    )
    risk_is_overdue = fields.Boolean(
        string="Has Overdue Invoices",
        store=False,
        search="_search_risk_is_overdue",
        help="To filter by: has invoices that are due and not paid.",
    )

    def _compute_forecast(self):
        forecasts = self.env["member.forecast"].search(
            [("membership_id", "in", self.ids)]
        )
        by_member = {one.membership_id.id: one for one in forecasts}
        nothing = forecasts.browse()
        for membership in self:
            forecast = by_member.get(membership._origin.id, nothing)
            may_end = forecast.has_tier_loss
            membership.risk_has_chance = forecast.has_return_chance
            membership.risk_return_chance = forecast.return_chance
            membership.risk_tier_loss_on = may_end and forecast.tier_loss_on
            membership.risk_keeping_amount = forecast.keeping_amount if may_end else 0

    @api.depends_context("lang")
    def _compute_open_signals(self):
        signals = self.env["member.signal"].search(
            [("membership_id", "in", self.ids), ("ended_on", "=", False)]
        )
        kinds = dict(signals._fields["kind"]._description_selection(self.env))
        found = defaultdict(list)
        for signal in signals:
            label = kinds.get(signal.kind, signal.kind)
            if label not in found[signal.membership_id.id]:
                found[signal.membership_id.id].append(label)
        for membership in self:
            labels = found.get(membership._origin.id)
            membership.risk_signals = labels and format_list(self.env, labels)

    @api.depends_context("uid")
    def _compute_risk_overdue_amount(self):
        for company, memberships in self.grouped("company_id").items():
            amounts = memberships._get_overdue_amounts(company)
            for membership in memberships:
                membership.risk_overdue_amount = amounts.get(
                    membership.partner_id._origin.id, 0
                )

    def _get_overdue_amounts(self, company):
        """Return what is overdue in a company, by the id of the member's contact."""
        invoices = self.env["account.move"]
        if not invoices.has_access("read"):
            return {}
        amounts = defaultdict(float)
        for column in ("commercial_partner_id", "partner_id"):
            members = self.filtered(
                lambda one, column=column: one._get_invoiced_column() == column
            )
            for partner, amount in invoices._read_group(
                [
                    *self._get_overdue_domain(),
                    ("company_id", "=", company.id),
                    (column, "in", members.partner_id.ids),
                ],
                [column],
                ["amount_residual_signed:sum"],
            ):
                amounts[partner.id] = amount
        return amounts

    def _get_invoiced_column(self):
        """Return the field of invoices that names the member."""
        is_contact = self.program_id.sudo().member_level == "contact"
        return "partner_id" if is_contact else "commercial_partner_id"

    @api.model
    def _get_overdue_domain(self):
        """Return the domain of invoices that are due and not paid."""
        return [
            ("move_type", "in", ("out_invoice", "out_receipt")),
            ("state", "=", "posted"),
            ("payment_state", "in", ("not_paid", "partial")),
            ("invoice_date_due", "<", self.env.company._member_today()),
        ]

    @api.model
    def _search_risk_is_overdue(self, operator, value):
        """Return the domain of the members with invoices that are overdue.

        Invoices of another company than the membership's do not count.
        """
        if operator != "in":
            return NotImplemented
        found = self._find_overdue() if True in value else Domain.FALSE
        return found | ~self._find_overdue() if False in value else found

    @api.model
    def _find_overdue(self):
        """Return the domain of the members with overdue invoices that one may see."""
        invoices = self.env["account.move"]
        if not invoices.has_access("read"):
            return Domain.FALSE
        domains = []
        for company in self.env.companies:
            overdue = invoices._search(
                [*self._get_overdue_domain(), ("company_id", "=", company.id)]
            )
            for level, column in (
                ("commercial", "commercial_partner_id"),
                ("contact", "partner_id"),
            ):
                domains.append(
                    Domain("company_id", "=", company.id)
                    & Domain("program_id.member_level", "=", level)
                    & Domain("partner_id", "in", overdue.subselect(column))
                )
        return Domain.OR(domains)
