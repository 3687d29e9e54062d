from odoo import Command, api, models

DRAFT = ("draft", "sent")


class MemberPointHint(models.AbstractModel):
    """What a purchase will earn, in words: on products, in the cart, at checkout.

    The points come from the function that books them: a product is asked about as a
    cart in memory with this product alone.
    """

    _name = "member.point.hint"
    _description = "What a Purchase Will Earn"

    @api.model
    def _gives_points(self):
        """Tell whether purchases earn points on this website; asks memory only."""
        programs = self.env["member.centre"]._get_point_programs()
        return any(program._get_order_rules() for program in programs)

    @api.model
    def _get_cart_hints(self, order):
        """Return what a cart will earn: a sentence for each program.

        :param order: a cart; may be none
        :rtype: list[str]
        """
        if not order or order.state not in DRAFT or not self._gives_points():
            return []
        return self._say_hints(order)

    @api.model
    def _get_product_hints(self, product, quantity=1, uom=None, combination=None):
        """Return what a product will earn alone: a sentence for each program.

        :param product: ``product.product``; nothing is said of a variant not made yet
        :param float quantity: as the buyer chose it
        :param uom: the unit that the buyer chose
        :param combination: the chosen ``product.template.attribute.value``
        :rtype: list[str]
        """
        if not product or not self._gives_points():
            return []
        return self._say_hints(
            self._make_cart(product, quantity, uom or product.uom_id, combination)
        )

    @api.model
    def _make_cart(self, product, quantity, uom, combination):
        """Return a cart in memory with one product."""
        website = self.env["website"].get_current_website()
        buyer = self.env.user.partner_id
        chosen = combination or self.env["product.template.attribute.value"]
        extras = chosen.filtered(
            lambda value: value.attribute_id.create_variant == "no_variant"
        )
        line = {
            "product_id": product.id,
            "product_uom_qty": max(1, int(quantity or 1)),
            "product_uom_id": uom.id,
            "product_no_variant_attribute_value_ids": [Command.set(extras.ids)],
        }
        orders = self.env["sale.order"].sudo().with_company(website.company_id)
        return orders.new(
            {
                **website._prepare_sale_order_values(buyer),
                "order_line": [Command.create(line)],
            }
        )

    @api.model
    def _say_hints(self, order):
        """Return a sentence for each program by which an order earns."""
        order = order.sudo()
        programs = order._get_point_programs()
        named = len(programs) > 1
        return [
            sentence
            for program in programs
            if (sentence := self._say_hint(order, program, named))
        ]

    @api.model
    def _say_hint(self, order, program, named):
        """Say what an order earns by a program; empty when it is nothing.

        :param bool named: whether the program has to be named
        """
        is_member = order._may_earn(program)
        if is_member:
            points = order._get_point_hint(program)
        elif self._is_open_to_visitors(order, program):
            points = order._get_members_point_hint(program)
        else:
            return ""
        if points <= 0:
            return ""
        values = {
            "points": self.env["member.centre"]._show_points(points),
            "program": program.with_env(self.env).sudo().name,
        }
        if is_member and named:
            return self.env._(
                "You will earn %(points)s points in %(program)s.", **values
            )
        if is_member:
            return self.env._("You will earn %(points)s points.", **values)
        if named:
            return self.env._(
                "Members of %(program)s earn %(points)s points.", **values
            )
        return self.env._("Members earn %(points)s points.", **values)

    @api.model
    def _is_open_to_visitors(self, order, program):
        """Tell whether a visitor without a login can become a member."""
        return order.partner_id.is_public and (
            program._get_policy().enroll_on_order or program.sudo().enroll_on_signup
        )
