from odoo import models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["member.partner.segment", "res.partner"]
    _inherit = ["res.partner", "member.partner.segments"]
    _inherit = ["member.code.carrier", "res.partner", "member.portrait.partner"]
