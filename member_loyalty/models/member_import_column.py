from odoo import fields, models
from odoo.exceptions import UserError

from ..logic.purchase_import_columns import missing_targets


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

    def write(self, vals):
        """Ask for another check of the batch."""
        self.import_id._reopen()
        return super().write(vals)

    def _check_once_per_target(self):
        """Let columns pass that are all something else.

        :raises UserError: when two are the same
        """
        for target, columns in self.grouped("target").items():
            if target and len(columns) > 1:
                raise UserError(
                    self.env._(
                        "The columns %(columns)s cannot be the same thing. Empty all"
                        " but one of them.",
                        columns=", ".join(columns.mapped("name")),
                    )
                )

    def _check_nothing_missing(self):
        """Let columns pass that say all that an import needs.

        :raises UserError: when something is not chosen
        """
        missing = missing_targets({column.target for column in self if column.target})
        if missing:
            labels = {
                "document": self.env._("the document number"),
                "date": self.env._("the date"),
                "amount": self.env._("the amount, or quantity and unit price"),
                "customer": self.env._("the customer (reference, mail or name)"),
            }
            raise UserError(
                self.env._(
                    "Choose under Columns which column of the file is: %(missing)s.",
                    missing=", ".join(labels[name] for name in missing),
                )
            )
