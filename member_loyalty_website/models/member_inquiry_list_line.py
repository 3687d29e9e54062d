from odoo import api, fields, models

from ..logic.inquiry_list import add_quantities


class MemberInquiryListLine(models.Model):
    """A product on an inquiry list."""

    _name = "member.inquiry.list.line"
    _description = "Product on an Inquiry List"
    _order = "id"

    list_id = fields.Many2one(
        comodel_name="member.inquiry.list",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="list_id.company_id")
    product_id = fields.Many2one(
        comodel_name="product.product",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    uom_id = fields.Many2one(
        comodel_name="uom.uom",
        string="Unit",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    note = fields.Char(readonly=True, help="What the buyer says about this product.")

    _quantity_is_sane = models.Constraint(
        "CHECK (quantity > 0 AND quantity <= 1000000)",
        "Ask for more than nothing and for at most 1,000,000 of one product.",
    )
    _one_for_product = models.UniqueIndex("(list_id, product_id, uom_id)")

    def _find_same(self, product, uom):
        """Return the line of a product in a unit among these."""
        return self.filtered(
            lambda line: line.product_id.id == product.id and line.uom_id.id == uom.id
        )

    def _put_more(self, quantity):
        """Add a quantity in the line's own unit."""
        self.ensure_one()
        digits = self._get_quantity_digits()
        self.quantity = add_quantities(self.quantity, quantity, digits)

    @api.model
    def _get_quantity_digits(self):
        """Return how many decimals quantities have."""
        return self.env["decimal.precision"].precision_get("Product Unit")

    def _get_quantity_text(self):
        """Return the quantity as a field for numbers has it: no zeros at the end."""
        self.ensure_one()
        text = f"{self.quantity:.{self._get_quantity_digits()}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
