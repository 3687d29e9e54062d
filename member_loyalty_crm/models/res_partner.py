from odoo import models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["member.code.carrier", "res.partner", "member.portrait.partner"]
