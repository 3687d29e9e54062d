from odoo import api, fields, models


class MemberImportColumn(models.Model):
    """A column of an imported file and what it is."""

    _name = "member.import.column"
    _description = "Column of an Imported File"
    _order = "import_id, position"

    import_id = fields.Many2one(
        comodel_name="member.import",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    position = fields.Integer(required=True, readonly=True, aggregator=None)
    name = fields.Char(string="Column in the File", required=True, readonly=True)
    sample = fields.Char(string="First Values", readonly=True)
    target = fields.Selection(
        selection=[
            ("document", "Document number"),
            ("date", "Date"),
            ("customer_ref", "Customer reference"),
            ("customer_name", "Customer name"),
            ("customer_email", "Customer mail"),
            ("country", "Customer country"),
            ("currency", "Currency"),
            ("amount", "Amount"),
            ("quantity", "Quantity"),
            ("unit_price", "Unit price"),
            ("product_code", "Product code"),
        ],
        string="Is",
        help="An amount is untaxed; cancellations are negative. Without an amount,"
        " quantity times unit price is taken.",
    )

    _once_per_target = models.UniqueIndex(
        "(import_id, target) WHERE target IS NOT NULL",
        "Two columns cannot be the same thing. Empty one of them.",
    )

    @api.model
    def _selection_missing(self):
        """Return the words for what an import cannot do without."""
        return [
            ("document", self.env._("the document number")),
            ("date", self.env._("the date")),
            ("amount", self.env._("the amount, or quantity and unit price")),
            ("customer", self.env._("the customer (reference, mail or name)")),
        ]

    def write(self, vals):
        """Refuse when the batch was read already."""
        self.import_id._check_is_open()
        return super().write(vals)
