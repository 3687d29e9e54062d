from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.member_loyalty.models.member_order_reservation import (
    OPEN,
    PAID,
    PATIENCE,
)

from ..logic.member_sale import choose


class MemberCartSale(models.AbstractModel):
    """A cart in which lines have the price of member sales, while there is enough.

    The units are kept when the buyer begins to pay, beside the points, and sold when
    the order is confirmed. What is not there any more is said before anybody pays.
    """

    _name = "member.cart.sale"
    _description = "Member Sales in a Cart"

    def write(self, vals):
        """Override of `sale` to sell what is kept when an order is confirmed."""
        if vals.get("state") == "sale":
            confirmed = self.filtered(lambda order: order.state != "sale")
            confirmed._sell_from_sales()
        return super().write(vals)

    def _verify_cart_after_update(self):
        """Override of `website_sale` to let the prices of sales follow the cart."""
        result = super()._verify_cart_after_update()
        self._follow_member_sales()
        return result

    def _recompute_cart(self):
        """Override of `website_sale` to let the prices of sales follow the cart."""
        self._follow_member_sales()
        return super()._recompute_cart()

    def _follow_member_sales(self):
        """Give the lines of a cart the prices of the sales that are for its buyer."""
        if len(self) != 1 or self.state != "draft" or not self.website_id:
            return
        priced = self.order_line.filtered("member_sale_event_id")
        Event = self.env["member.sale.event"]
        if not priced and not Event._find_open(self.company_id):
            return
        if self._has_live_payment():
            return
        lines = self.order_line.filtered(lambda line: line._may_be_in_sale())
        offered = self._find_offered_sales()
        wanted = [line._prepare_wanted(offered) for line in lines]
        facts = [
            event._prepare_sale(self.currency_id, membership, self)
            for event, membership in offered
        ]
        said = [
            line._follow_choice(choice)
            for line, choice in zip(lines, choose(wanted, facts), strict=True)
        ]
        if any(said):
            self.shop_warning = " ".join(filter(None, said))

    def _find_offered_sales(self):
        """Return the sales for the buyer of a cart: list of (sale, membership)."""
        self.ensure_one()
        order = self.sudo()
        if order.partner_id == order.website_id.user_id.partner_id:
            return []
        return self.env["member.sale.event"]._find_for(
            order.partner_id, order.website_id
        )

    # What is kept while the buyer pays

    def _reserve_points(self):
        """Override of `member_loyalty` to keep what the order has of sales, too.

        :raises UserError: when it is not there any more
        """
        result = super()._reserve_points()
        for order in self.sudo().filtered(lambda one: one.state in OPEN):
            offered = dict(order._find_offered_sales())
            for line in order.order_line.filtered("member_sale_event_id"):
                event = line.member_sale_event_id
                minutes = timedelta(minutes=event.reservation_minutes)
                until = fields.Datetime.now() + minutes
                membership = offered.get(event)
                if not membership or not line._take_from_sale(membership, until):
                    raise UserError(line._say_not_left())
        return result

    def _prolong_reservation(self):
        """Override of `member_loyalty`: what is kept of sales as long as the points."""
        kept = self._get_takings("reserved")
        kept.write({"expires_at": fields.Datetime.now() + PATIENCE})
        return super()._prolong_reservation()

    def _release_points(self):
        """Override of `member_loyalty` to give back what is kept of sales, too.

        And what was sold, when the order is cancelled.
        """
        cancelled = self.filtered(lambda order: order.state == "cancel")
        self._get_takings("reserved")._release()
        cancelled._get_takings("taken")._release()
        return super()._release_points()

    def _get_takings(self, *states):
        """Return what orders have of sales, with rights."""
        takings = self.env["member.sale.taking"].sudo()
        if not self.ids:
            return takings
        domain = [("order_id", "in", self.ids), ("state", "in", states)]
        return takings.search(domain)

    def _sell_from_sales(self):
        """Sell what orders have of sales.

        A paid order is confirmed whatever happens. Units that were given back in
        between, and are gone, do not count in the sale; its salesperson is told.

        :raises ValidationError: for an unpaid order whose units are gone
        """
        for order in self.sudo():
            for line in order.order_line.filtered("member_sale_event_id"):
                event = line.member_sale_event_id
                membership = line._find_sale_membership()
                if membership and line._take_from_sale(membership):
                    continue
                if not any(one.state in PAID for one in order.transaction_ids):
                    raise ValidationError(line._say_not_left())
                order._record_late(line, event, membership)

    def _record_late(self, line, event, membership):
        """Remember that a line was paid at a sale's price too late, and say so."""
        self.ensure_one()
        if membership:
            self.env["member.sale.taking"].sudo().create(
                {
                    "event_id": event.id,
                    "membership_id": membership.id,
                    "order_id": self.id,
                    "line_id": line.id,
                    "quantity": line._get_sale_quantity(),
                    "state": "late",
                }
            )
        seller = self.user_id or self.team_id.user_id
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=(seller or self.env.ref("base.user_admin")).id,
            summary=self.env._("Paid too late in a sale"),
            note=self.env._(
                "%(product)s was paid at the price of “%(sale)s” when the units kept"
                " for this order had been sold to others. The order is confirmed.",
                product=line.product_id.display_name,
                sale=event.name,
            ),
        )
