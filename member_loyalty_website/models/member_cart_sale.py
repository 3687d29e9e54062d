from datetime import timedelta
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.member_loyalty.models.member_order_reservation import (
    OPEN,
    PAID,
    PATIENCE,
)

from ..logic.member_sale import Wanted, choose


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
        super()._prolong_reservation()
        kept = self._get_takings("reserved")
        kept.write({"expires_at": fields.Datetime.now() + PATIENCE})

    def _release_points(self):
        """Override of `member_loyalty` to give back what is kept of sales, too.

        And what was sold, when the order is cancelled.
        """
        super()._release_points()
        cancelled = self.filtered(lambda order: order.state == "cancel")
        self._get_takings("reserved")._release()
        cancelled._get_takings("taken")._release()

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


class MemberCartLineSale(models.AbstractModel):
    """A line of a cart at the price of a member sale."""

    _name = "member.cart.line.sale"
    _description = "Member Sale on a Line of a Cart"

    member_sale_event_id = fields.Many2one(
        comodel_name="member.sale.event",
        string="Member Sale",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    member_sale_price = fields.Float(
        min_display_digits="Product Price",
        readonly=True,
        copy=False,
        help="What a unit costs in the sale, as price lists say it.",
    )
    member_sale_normal_price = fields.Float(
        min_display_digits="Product Price",
        readonly=True,
        copy=False,
        help="What a unit costs whoever is no member, as the line says its price.",
    )

    def write(self, vals):
        """Override of `sale` to give back what a confirmed line no longer has."""
        result = super().write(vals)
        if "product_uom_qty" in vals:
            self._give_back_less()
        return result

    def unlink(self):
        """Override of `sale` to give back what the lines have of sales."""
        if self.ids:
            self._get_takings()._release()
        return super().unlink()

    def _get_takings(self):
        """Return what lines have of sales, with rights."""
        return (
            self.env["member.sale.taking"]
            .sudo()
            .search(
                [
                    ("line_id", "in", self.ids),
                    ("state", "in", ("reserved", "taken")),
                ]
            )
        )

    def _give_back_less(self):
        sold = self.filtered(
            lambda line: line.member_sale_event_id and line.order_id.state == "sale"
        )
        for taking in sold._get_takings():
            less = taking.quantity - taking.line_id._get_sale_quantity()
            if less > 0:
                taking._give_back_quantity(taking.event_id, less)
                taking.quantity -= less

    def _get_display_price(self):
        """Override of `sale`: the price of the sale."""
        if self.member_sale_event_id:
            return self.member_sale_price
        return super()._get_display_price()

    def _compute_discount(self):
        """Override of `sale`: nothing more is taken off the price of a sale."""
        in_sale = self.filtered("member_sale_event_id")
        in_sale.discount = 0.0
        return super(MemberCartLineSale, self - in_sale)._compute_discount()

    def _may_have_member_price(self):
        """Override of `member_loyalty`: in a sale, the price of the tier is not used."""
        return not self.member_sale_event_id and super()._may_have_member_price()

    def _may_be_in_sale(self):
        """Tell whether the line's price comes from a price list, or from a sale."""
        self.ensure_one()
        is_native = bool(
            self.product_id
            and not self.display_type
            and not self.is_downpayment
            and not self.reward_id
            and not self.sudo().member_benefit_id
            and not self.combo_item_id
            and self.product_type != "combo"
        )
        return is_native and not self._is_delivery()

    def _get_sale_quantity(self):
        """Return the line's quantity in the product's own unit of measure."""
        self.ensure_one()
        return self.product_uom_id._compute_quantity(
            self.product_uom_qty, self.product_id.uom_id, round=False
        )

    def _prepare_wanted(self, offered):
        """Return the line as facts.

        :param offered: list of (sale, membership) for its buyer
        """
        self.ensure_one()
        order = self.order_id
        factor = self.product_uom_id._compute_quantity(
            1.0, self.product_id.uom_id, round=False
        )
        return Wanted(
            line=self.id,
            quantity=Decimal(str(self._get_sale_quantity())),
            normal=self._get_listed_price(order._get_normal_pricelist()),
            own=self._get_listed_price(order.pricelist_id),
            sales=tuple(
                event.id for event, _one in offered if event._covers(self.product_id)
            ),
            factor=Decimal(str(factor)),
        )

    def _get_listed_price(self, pricelist):
        """Return what a price list says for a unit of the line, taxes aside."""
        line = self.with_company(self.company_id)
        product = line.product_id.with_context(**line._get_product_price_context())
        price = pricelist.with_company(line.company_id)._get_product_price(
            product, **line._get_pricelist_kwargs()
        )
        return Decimal(str(price))

    def _follow_choice(self, choice):
        """Give the line the price that was chosen; return what it lost or lacks."""
        self.ensure_one()
        before = self.sudo().member_sale_event_id
        price = float(choice.price) if choice.sale else 0.0
        if before.id != (choice.sale or False) or self.member_sale_price != price:
            self._put_in_sale(choice.sale, price)
        if choice.short_of:
            return self._say_short(choice)
        if before and not choice.sale:
            return self.env._(
                "The sale “%(sale)s” is over for you. %(product)s has the price it has"
                " without it.",
                sale=before.name,
                product=self.product_id.name,
            )
        return ""

    def _put_in_sale(self, sale_id, price):
        """Give the line the price of a sale, or its own again."""
        self._get_takings()._release()
        self.write(
            {"member_sale_event_id": sale_id or False, "member_sale_price": price}
        )
        self.with_context(force_price_recomputation=True)._compute_price_unit()
        self.discount = 0.0
        self._compute_discount()
        normal = self._get_unit_price_by(self.order_id._get_normal_pricelist())
        self.member_sale_normal_price = normal if sale_id else 0.0

    def _say_short(self, choice):
        sale = self.env["member.sale.event"].sudo().browse(choice.short_of)
        if choice.left > 0:
            return self.env._(
                "%(left)s left for you in the sale “%(sale)s”: order no more of"
                " %(product)s to have them at its price.",
                left=f"{choice.left.normalize():f}",
                sale=sale.name,
                product=self.product_id.name,
            )
        return self.env._(
            "Nothing is left for you in the sale “%(sale)s”. %(product)s has the price"
            " it has without it.",
            sale=sale.name,
            product=self.product_id.name,
        )

    def _say_not_left(self):
        return self.env._(
            "%(product)s is not left any more at the price of the sale “%(sale)s”."
            " Nothing was paid. Go back to the cart; it shows the price that holds"
            " now.",
            product=self.sudo().product_id.name,
            sale=self.sudo().member_sale_event_id.name,
        )

    def _find_sale_membership(self):
        """Return the member who has the line's sale: by what is kept, or by today."""
        self.ensure_one()
        if kept := self._get_takings():
            return kept[0].membership_id
        event = self.member_sale_event_id
        member = event.program_id._get_member_partners(self.order_id.partner_id)
        held = self.env["member.benefit"]._find_memberships(event.program_id, member)
        return held.get(member.id)

    def _take_from_sale(self, membership, until=None):
        """Keep the line's units for a payment, or sell them; return them, or nothing.

        :param until: how long they are kept; without it, they are sold
        """
        self.ensure_one()
        event, quantity = self.member_sale_event_id, self._get_sale_quantity()
        kept = self._get_takings()
        values = {"state": "reserved" if until else "taken", "expires_at": until}
        if kept and kept.event_id == event and kept.quantity == quantity:
            kept.write(values)
            return kept
        kept._release()
        state = values["state"]
        taken = kept._take(self, event, membership, quantity, state)
        taken.expires_at = until
        return taken
