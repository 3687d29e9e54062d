from decimal import Decimal

from odoo import fields, models

from ..logic.member_sale import Wanted


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
        """Override of `member_loyalty`: in a sale, the tier's price is not used."""
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
