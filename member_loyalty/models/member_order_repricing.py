from odoo import api, fields, models
from odoo.exceptions import UserError


class MemberOrderRepricing(models.AbstractModel):
    """A quotation whose customer has got another price list since it was made.

    It stays as it is until somebody re-prices it: a price that was offered holds.
    """

    _name = "member.order.repricing"
    _description = "Re-pricing of an Order"

    member_is_price_outdated = fields.Boolean(
        compute="_compute_member_due_pricelist",
        help="The customer has another price list now than this quotation.",
    )
    member_due_pricelist_id = fields.Many2one(
        comodel_name="product.pricelist",
        compute="_compute_member_due_pricelist",
        string="Customer's Price List",
    )

    @api.depends("partner_id", "pricelist_id", "state", "company_id")
    def _compute_member_due_pricelist(self):
        for order in self:
            due = order._get_due_pricelist()
            order.member_is_price_outdated = due is not None
            order.member_due_pricelist_id = due or False

    def _get_due_pricelist(self):
        """Return the price list that the customer has now, None when nothing changed.

        Only a change that membership made counts: to or from a list for members.
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        lists = self.env["product.pricelist"].with_company(company)
        if self.state not in ("draft", "sent") or not self.partner_id:
            return None
        is_member_price = self.pricelist_id._is_for_members()
        if not is_member_price and not lists._is_any_member_price_granted():
            return None
        due = self.partner_id.with_company(company).property_product_pricelist
        if due == self.pricelist_id or not (is_member_price or due._is_for_members()):
            return None
        return due

    def _filter_to_reprice(self):
        """Return the quotations whose customers have another price list now."""
        return self.filtered(lambda order: order._get_due_pricelist() is not None)

    def action_reprice(self):
        """Show what the customer's price list would change, and let it be applied."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Re-price"),
            "res_model": "member.order.repricing.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"active_model": "sale.order", "active_ids": self.ids},
        }

    def _preview_due_prices(self):
        """Return an order in memory that has the customer's prices; keep this one."""
        self.ensure_one()
        preview = self.new(origin=self)
        preview.order_line.order_id = preview
        preview.pricelist_id = self._get_due_pricelist()
        preview._recompute_prices()
        return preview

    def _reprice(self, kept_lines):
        """Give a quotation the prices that its customer has now.

        :param kept_lines: lines that keep their price, in the new currency if it is
            another
        :raises UserError: when the order is no quotation any more
        """
        self.ensure_one()
        due = self._get_due_pricelist()
        if self.state not in ("draft", "sent"):
            raise UserError(
                self.env._(
                    "%(order)s is no quotation any more: its prices stay.",
                    order=self.name,
                )
            )
        if due is None:
            return
        total, currency, before = self.amount_total, self.currency_id, self.pricelist_id
        prices = {line: (line.price_unit, line.discount) for line in kept_lines}
        with self._follow_in_journal():
            self.pricelist_id = due
            self._recompute_prices()
            for line, (price, discount) in prices.items():
                line.write(
                    {
                        "price_unit": self._convert_price(price, currency),
                        "discount": discount,
                    }
                )
        self._say_repriced(before, total, currency)

    def _convert_price(self, price, currency):
        """Return a unit price of another currency in the order's own."""
        if currency == self.currency_id:
            return price
        day = fields.Date.to_date(self.date_order)
        return currency._convert(
            price, self.currency_id, self.company_id, day, round=False
        )

    def _say_repriced(self, before, total, currency):
        self.message_post(
            body=self.env._(
                "Re-priced from %(before)s to %(now)s: %(old)s became %(new)s.",
                before=before.sudo().display_name or self.env._("sales prices"),
                now=self.pricelist_id.display_name or self.env._("sales prices"),
                old=currency.format(total),
                new=self.currency_id.format(self.amount_total),
            )
        )
