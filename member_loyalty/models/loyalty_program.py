from odoo import fields, models


class LoyaltyProgram(models.Model):
    """A loyalty or eWallet program whose cards the member ledger keeps."""

    _inherit = "loyalty.program"

    member_program_id = fields.Many2one(
        comodel_name="member.program",
        string="Membership Program",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The membership that keeps an account of every point on these cards.",
    )
