from odoo import api, fields, models


class MemberBenefit(models.Model):
    _inherit = "member.benefit"

    kind = fields.Selection(
        selection_add=[("priority_delivery", "Being delivered first")],
        ondelete={"priority_delivery": lambda benefits: benefits._outlive_kind()},
    )

    @api.model
    def _get_kind_looks(self):
        """Override: how priority of deliveries looks in the catalogue."""
        looks = super()._get_kind_looks()
        return {**looks, "priority_delivery": ("logistics", "fa-rocket")}
