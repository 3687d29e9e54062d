from odoo import api, fields, models


class SaleOrder(models.Model):
    """What the suite assumes of Odoo here: an order is confirmed, cancelled and set
    back by ``write({"state": ...})``, whichever button or code does it.
    """

    _name = "sale.order"
    _inherit = ["member.order.engine", "sale.order", "member.journal.source"]

    member_tier_id = fields.Many2one(
        comodel_name="member.tier",
        compute="_compute_member_tier_id",
        search="_search_member_tier_id",
        compute_sudo=True,
        help="The customer's tier: today's on a quotation, the one at confirmation"
        " on an order.",
    )
    member_tier_color = fields.Integer(related="member_tier_id.color")
    member_confirmed_tier_id = fields.Many2one(
        comodel_name="member.tier",
        string="Tier at Confirmation",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    @api.depends("state", "partner_id", "company_id", "member_confirmed_tier_id")
    def _compute_member_tier_id(self):
        quotations = self.filtered(lambda order: order.state in ("draft", "sent"))
        for order in self - quotations:
            order.member_tier_id = order.member_confirmed_tier_id
        for company, orders in quotations.grouped("company_id").items():
            tiers = orders.partner_id._get_member_tiers(company or self.env.company)
            for order in orders:
                order.member_tier_id = tiers.get(order.partner_id.id, False)

    @api.model
    def _search_member_tier_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        quotation = fields.Domain("state", "in", ("draft", "sent"))
        customers = fields.Domain.OR(
            [
                ("company_id", "=", company.id),
                ("partner_id", "in", self._find_customers_in_tier(company, value)),
            ]
            for company in self.env.companies
        )
        return (~quotation & fields.Domain("member_confirmed_tier_id", "in", value)) | (
            quotation & customers
        )

    @api.model
    def _find_customers_in_tier(self, company, value):
        """Return the query of the contacts whose tier in a company is in ``value``."""
        return (
            self.env["res.partner"]
            .with_company(company)
            .with_context(active_test=False)
            ._search([("member_tier_id", "in", value)])
        )

    def write(self, vals):
        """Override of `sale` to book confirmation, cancellation and corrections."""
        if not self._get_member_followed_fields() & vals.keys():
            return super().write(vals)
        with self._follow_in_journal() as pending:
            confirmed = self.filtered(
                lambda order: vals.get("state") == "sale" and order.state != "sale"
            )
            confirmed._keep_member_tier()
            confirmed._promise_points()
            pending.order_ids.update(self._filter_in_journal().ids)
            result = super().write(vals)
            pending.order_ids.update(self._filter_in_journal().ids)
        return result

    @api.model
    def _get_member_followed_fields(self):
        """Return the fields of an order that can change what the journal holds."""
        return {"state", "partner_id", "date_order", "currency_id", "order_line"}

    def _filter_in_journal(self):
        """Return the orders that the journal has to follow: those confirmed."""
        return self.filtered(lambda order: order.state == "sale")

    def _keep_member_tier(self):
        """Remember the customers' tiers as they are at confirmation."""
        for company, orders in self.grouped("company_id").items():
            tiers = orders.sudo().partner_id._get_member_tiers(company)
            for order in orders.sudo():
                order.member_confirmed_tier_id = tiers.get(order.partner_id.id, False)
