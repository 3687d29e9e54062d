from odoo import models


class MemberProgram(models.Model):
    _name = "member.program"
    _inherit = [
        "member.program.score",
        "member.program.score.settings",
        "member.program.forecast",
        "member.program.tier.loss",
        "member.program.signals",
        "member.program.calls",
        "member.program.segments",
        "member.program.insight",
        "member.program.inquiry",
        "member.program",
        "member.program.health",
    ]
