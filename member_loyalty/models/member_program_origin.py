from odoo import fields, models


class MemberProgramOrigin(models.AbstractModel):
    """The preset that a program was made from."""

    _name = "member.program.origin"
    _description = "Origin of a Program"

    preset_id = fields.Many2one(
        comodel_name="member.program.preset",
        string="Made from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    _preset_once = models.UniqueIndex(
        "(company_id, preset_id) WHERE active AND preset_id IS NOT NULL",
        "This company already has a program made from that preset. Open it, or"
        " archive it before you make another one.",
    )
