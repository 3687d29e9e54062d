from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class MemberOrderEarlyAccess(models.AbstractModel):
    """Lets nobody buy what is not on sale for them yet."""

    _name = "member.order.early.access"
    _description = "Early Access on an Order"

    @api.constrains("partner_id", "company_id")
    def _check_customer_may_buy(self):
        self._check_on_sale()

    def _check_on_sale(self, products=None):
        """Let orders pass whose products their customers may buy today.

        A confirmed order goes by the tier at its confirmation, and by its day.

        :param products: only these; all of the order unless given
        :raises ValidationError: for others; it says from when
        """
        for order in self.filtered(lambda one: one.state != "cancel"):
            company = order.company_id or self.env.company
            if not self.env["product.template"]._is_any_waiting(company):
                continue
            bought = order.order_line.product_id.product_tmpl_id
            if products is not None:
                bought &= products
            if waiting := bought._filter_member_only(company):
                order._check_waiting(waiting, company._member_today())

    def _check_may_be_confirmed(self):
        """Let orders be confirmed whose products their customers may buy today.

        An order that is paid is confirmed: it was checked before the payment.

        :raises ValidationError: for others
        """
        self.filtered(lambda one: not one._is_benefit_use_forced())._check_on_sale()

    def _check_waiting(self, products, today):
        """Let products pass that this customer may buy earlier.

        :raises ValidationError: for others
        """
        self.ensure_one()
        granted = self._get_granted_benefits("early_access")
        for product in products:
            first_day = product._get_sale_day(granted)
            if first_day > today:
                raise ValidationError(
                    self.env._(
                        "%(product)s is not on sale for %(customer)s yet, but from"
                        " %(day)s on. Take it off, or sell it from that day on.",
                        product=product.name,
                        customer=self.sudo().partner_id.display_name,
                        day=format_date(self.env, first_day),
                    )
                )


class MemberOrderLineEarlyAccess(models.AbstractModel):
    """Lets no line be made of what is not on sale for the customer yet."""

    _name = "member.order.line.early.access"
    _description = "Early Access on an Order Line"

    @api.constrains("product_id", "order_id")
    def _check_product_is_on_sale(self):
        for order, lines in self.grouped("order_id").items():
            order._check_on_sale(lines.product_id.product_tmpl_id)
