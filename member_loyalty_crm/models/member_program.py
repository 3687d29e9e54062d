from odoo import models


class MemberProgram(models.Model):
    _name = "member.program"
    _inherit = [
        "member.program.signals",
        "member.program.insight",
        "member.program",
        "member.program.health",
        "member.program.score",
        "member.program.score.settings",
        "member.program.insight",
        "member.program",
    ]
    _inherit = ["member.program.calls", "member.program.insight", "member.program"]
        "member.program.segments",
        "member.program.insight",
        "member.program",
    ]
