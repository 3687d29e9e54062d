from odoo import models


class LoyaltyCard(models.Model):
    _name = "loyalty.card"
    _inherit = ["loyalty.card"]

    _member_code = models.Index(
        "(lower(code) text_pattern_ops) WHERE member_owner_id IS NOT NULL"
    )
