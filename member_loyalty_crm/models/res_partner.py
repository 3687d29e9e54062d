from odoo import models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = [
        "member.code.carrier",
        "member.partner.segment",
        "res.partner",
        "member.partner.segments",
        "member.portrait.partner",
    ]
