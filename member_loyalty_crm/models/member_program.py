from odoo import models


class MemberProgram(models.Model):
    _name = "member.program"
    _inherit = [
        "member.program.forecast",
        "member.program.tier.loss",
        "member.program.insight",
        "member.program",
    ]
