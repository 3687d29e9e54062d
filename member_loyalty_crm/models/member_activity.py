from odoo import fields, models


class MemberActivity(models.Model):
    _inherit = "member.activity"

    kind = fields.Selection(
        selection_add=[("inquiry", "Quality Inquiry")],
        ondelete={"inquiry": "cascade"},
    )
