from odoo import api, fields, models
from odoo.exceptions import UserError


class MemberActivityLine(models.Model):
    """What of an activity belongs to one product category.

    The lines of an activity sum to its amount. They are frozen with it: a product
    that is put in another category counts there with its next sale.
    """

    _name = "member.activity.line"
    _description = "Member Activity by Product Category"
    _inherit = "member.append.only"
    _order = "activity_id, id"
    _log_access = False
    _rec_name = "category_id"

    activity_id = fields.Many2one(
        comodel_name="member.activity",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="activity_id.currency_id")
    category_id = fields.Many2one(
        comodel_name="product.category",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    # no Monetary: rounding it would read the currency again for every confirmation
    amount = fields.Float(digits=(16, 6), required=True, readonly=True)
    quantity = fields.Float(
        string="Units",
        digits=(16, 6),
        required=True,
        readonly=True,
        help="In the product's own unit of measure. A credit takes back as many as"
        " its share of the amount.",
    )

    def _refuse_change(self):
        """Let nobody change a part of an activity.

        :raises UserError: always
        """
        self.env["member.activity"]._refuse_change()

    def _refuse_deletion(self):
        """Let nobody delete a row.

        :raises UserError: always
        """
        raise UserError(
            self.env._("Activities cannot be deleted. Reverse this one instead.")
        )

    @api.model
    def _prepare_command(self, part):
        """Return the command that creates the line of a ``Part`` of ``logic``."""
        return fields.Command.create(
            {
                "category_id": part.category_id,
                "amount": float(part.amount),
                "quantity": float(part.quantity),
            }
        )

    def _prepare_reversal_commands(self):
        """Return the commands that create the opposite of these lines."""
        return [
            fields.Command.create(
                {
                    "category_id": line.category_id.id,
                    "amount": -line.amount,
                    "quantity": -line.quantity,
                }
            )
            for line in self
        ]
