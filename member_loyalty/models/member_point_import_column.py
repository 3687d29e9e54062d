from odoo import fields, models
from odoo.exceptions import UserError

from ..logic.point_import import MEMBER_TARGETS


class MemberPointImportColumn(models.Model):
    """A column of a list of balances and what it is."""

    _name = "member.point.import.column"
    _description = "Column of a List of Balances"
    _order = "import_id, position"

    import_id = fields.Many2one(
        comodel_name="member.point.import",
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
            ("code", "Card or member number"),
            ("ref", "Customer reference"),
            ("email", "Mail"),
            ("name", "Name"),
            ("points", "Points"),
            ("expires_on", "Last day"),
            ("note", "Note"),
        ],
        string="Is",
        help="A member is found by card number, reference or mail; by name only where"
        " the row says nothing else.",
    )

    def write(self, vals):
        """Ask for another check of the batch."""
        self.import_id._reopen()
        return super().write(vals)

    def _check_enough_is_chosen(self):
        """Let columns pass that say whose points these are, and how many.

        :raises UserError: when something is missing or chosen twice
        """
        targets = [column.target for column in self if column.target]
        if len(targets) != len(set(targets)):
            raise UserError(
                self.env._(
                    "Two columns of the file are chosen to be the same thing. Empty"
                    " one of them under Columns."
                )
            )
        if "points" not in targets or not set(MEMBER_TARGETS) & set(targets):
            raise UserError(
                self.env._(
                    "Choose under Columns which column of the file is the points, and"
                    " which says whose they are (number, reference, mail or name)."
                )
            )
