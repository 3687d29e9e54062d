from odoo import Command, models
from odoo.tools import format_amount, format_date, formatLang

NOTE_LENGTH = 500


class MemberLeadQuotation(models.AbstractModel):
    """Brings what an inquiry asks for onto the quotation for it."""

    _name = "member.lead.quotation"
    _description = "Quotation of an Inquiry"

    def _prepare_opportunity_quotation_context(self):
        """Override of `sale_crm` to start with the lines of the inquiry."""
        context = super()._prepare_opportunity_quotation_context()
        if lines := self._prepare_inquiry_order_lines():
            context["default_order_line"] = lines
        return context

    def _prepare_inquiry_order_lines(self):
        """Return commands that make order lines of the inquiry's lines.

        A product becomes a line at our price; what was asked for beside it, and what
        is no product of ours, becomes a note.
        """
        self.ensure_one()
        values = []
        for line in self.sudo().member_inquiry_line_ids:
            product = self._get_quotable_product(line)
            if product:
                values.append(self._prepare_product_line(line, product))
            if note := self._say_inquiry_line(line, product):
                values.append({"display_type": "line_note", "name": note})
        return [
            Command.create({**one, "sequence": 10 + number})
            for number, one in enumerate(values)
        ]

    def _get_quotable_product(self, line):
        """Return the product of an inquiry's line, where this company sells it."""
        product = line.product_id
        company = self.company_id or self.env.company
        if not (product.active and product.sale_ok):
            return product.browse()
        if product.company_id and product.company_id != company:
            return product.browse()
        return product

    def _prepare_product_line(self, line, product):
        """Return the order line of a product; Odoo prices it.

        Whoever works without units of measure cannot save one: then the quantity is
        in the product's own.
        """
        quantity = line.quantity or 1
        vals = {"product_id": product.id, "product_uom_qty": quantity}
        if not self._is_in_unit_of(line, product):
            return vals
        if self.env.user.has_group("uom.group_uom"):
            return {**vals, "product_uom_id": line.uom_id.id}
        own = line.uom_id._compute_quantity(quantity, product.uom_id)
        return {**vals, "product_uom_qty": own}

    def _is_in_unit_of(self, line, product):
        """Tell whether the quantity of a line is in a unit that the product has."""
        return bool(line.uom_id) and line.uom_id._has_common_reference(product.uom_id)

    def _say_inquiry_line(self, line, product):
        """Return in words what a line asks for and an order line cannot hold."""
        wishes = self._get_wishes(line, product)
        name = (line.name or product.display_name or "").strip()[:NOTE_LENGTH]
        if not wishes:
            return "" if product else name
        return self.env._(
            "Inquiry: %(name)s (%(wishes)s)", name=name, wishes=", ".join(wishes)
        )

    def _get_wishes(self, line, product):
        """Return quantity, target price and date of a line, each in words."""
        wishes = []
        is_held = product and (not line.unit or self._is_in_unit_of(line, product))
        if line.quantity and not is_held:
            is_whole = line.quantity == round(line.quantity)
            quantity = formatLang(self.env, line.quantity, digits=0 if is_whole else 2)
            unit = line.uom_id.name or line.unit or ""
            wishes.append(f"{quantity} {unit}".strip())
        if line.target_price:
            wishes.append(
                self.env._("target price %(price)s", price=self._say_price(line))
            )
        if line.wanted_date:
            day = format_date(self.env, line.wanted_date)
            wishes.append(self.env._("wanted by %(day)s", day=day))
        return wishes

    def _say_price(self, line):
        """Return the target price of a line, with its currency where it says one."""
        if line.currency_id:
            return format_amount(self.env, line.target_price, line.currency_id)
        return formatLang(self.env, line.target_price)
