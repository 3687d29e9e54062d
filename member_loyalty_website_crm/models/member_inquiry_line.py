from odoo import fields, models
from odoo.tools import formatLang


class MemberInquiryLine(models.Model):
    """A line that a buyer put on a list in the shop."""

    _inherit = "member.inquiry.line"

    customer_note = fields.Char(
        string="Customer's Note",
        readonly=True,
        help="What the customer says about this product.",
    )
    is_from_list = fields.Boolean(
        string="From the Shop",
        readonly=True,
        help="The customer put it on a list in the shop.",
    )

    def _get_quantity_text(self):
        """Return the quantity in the reader's language, without needless decimals."""
        self.ensure_one()
        is_whole = self.quantity == round(self.quantity)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return formatLang(self.env, self.quantity, digits=0 if is_whole else digits)
