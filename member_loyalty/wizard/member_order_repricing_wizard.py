from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class MemberOrderRepricingWizard(models.TransientModel):
    """Shows line by line what quotations would cost by their customers' price lists."""

    _name = "member.order.repricing.wizard"
    _description = "Re-price Quotations"

    line_ids = fields.One2many(
        comodel_name="member.order.repricing.line",
        inverse_name="wizard_id",
        string="Lines",
    )
    order_ids = fields.Many2many(
        comodel_name="sale.order", string="Quotations", readonly=True
    )
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    difference = fields.Monetary(
        string="Difference in Total",
        compute="_compute_difference",
        help="Of the lines that are re-priced, in the company's currency where"
        " quotations have several.",
    )
    has_manual = fields.Boolean(compute="_compute_difference")

    @api.depends("line_ids.is_repriced", "line_ids.difference")
    def _compute_difference(self):
        for wizard in self:
            wizard.has_manual = any(wizard.line_ids.mapped("is_manual"))
            wizard.difference = sum(
                line.currency_id._convert(
                    line.difference,
                    wizard.currency_id,
                    line.order_id.company_id,
                    fields.Date.to_date(line.order_id.date_order),
                )
                for line in wizard.line_ids
                if line.is_repriced and line.currency_id
            )

    @api.model
    def default_get(self, fields):
        """Collect the lines of the quotations whose prices are no longer today's.

        :raises UserError: when all have them
        """
        values = super().default_get(fields)
        orders = self.env["sale.order"]
        if self.env.context.get("active_model") == "sale.order":
            orders = orders.browse(self.env.context.get("active_ids", []))
        outdated = orders._filter_to_reprice()
        if not outdated:
            raise UserError(
                self.env._(
                    "Nothing to re-price: these quotations have the price lists that"
                    " their customers have by their membership today."
                )
            )
        lines = [line for order in outdated for line in self._prepare_lines(order)]
        currencies = self.env["res.currency"].browse(
            {line["currency_id"] for line in lines}
        )
        own = currencies if len(currencies) == 1 else outdated[0].company_id.currency_id
        values.update(
            order_ids=[Command.set(outdated.ids)],
            line_ids=[Command.create(line) for line in lines],
            currency_id=own.id,
        )
        return values

    @api.model
    def _prepare_lines(self, order):
        """Return the values of the lines that compare an order's prices."""
        preview = order._preview_due_prices()
        after = {line._origin.id: line for line in preview.order_line}
        return [
            self._prepare_line(line, after[line.id])
            for line in order._get_update_prices_lines()
            if line.product_id and line.id in after and not line.member_benefit_id
        ]

    @api.model
    def _prepare_line(self, line, after):
        """Return the values that compare a line's price now with the one to come."""
        order, currency = after.order_id, after.order_id.currency_id
        old, new = line._get_paid_unit_price(), after._get_paid_unit_price()
        old_here = order._convert_price(old, line.order_id.currency_id)
        is_manual = line._is_priced_by_hand()
        return {
            "order_line_id": line.id,
            "old_price": old,
            "old_currency_id": line.order_id.currency_id.id,
            "new_price": new,
            "currency_id": currency.id,
            "difference": currency.round((new - old_here) * line.product_uom_qty),
            "is_manual": is_manual,
            "is_repriced": not is_manual,
        }

    def action_apply(self):
        """Re-price the quotations; lines that are not ticked keep their price."""
        self.ensure_one()
        kept = self.line_ids.filtered(lambda line: not line.is_repriced).order_line_id
        for order in self.order_ids:
            order._reprice(kept.filtered(lambda line, one=order: line.order_id == one))
        return True
