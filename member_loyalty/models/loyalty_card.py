from odoo import fields, models


class LoyaltyCard(models.Model):
    """A card whose points the member ledger keeps, when it belongs to a program."""

    _name = "loyalty.card"
    _inherit = ["member.card.guard", "loyalty.card"]

    member_program_id = fields.Many2one(
        comodel_name="member.program",
        string="Membership Program",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    member_owner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Member",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Whose points these are: the company, or a contact alone.",
    )
    member_debt = fields.Float(
        string="Points Owed",
        digits=(16, 2),
        readonly=True,
        copy=False,
        help="Points to be taken back that were spent already; what is earned next"
        " pays them.",
    )
    member_movement = fields.Integer(readonly=True, copy=False)

    _one_wallet = models.UniqueIndex(
        "(program_id, member_owner_id) WHERE active AND member_owner_id IS NOT NULL",
        "This member already has a card of the program.",
    )
