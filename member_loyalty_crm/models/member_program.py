from odoo import models


class MemberProgram(models.Model):
    _name = "member.program"
    _inherit = [
        "member.program.insight",
        "member.program.inquiry",
        "member.program",
    ]
