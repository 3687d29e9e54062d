from odoo import api, models


class MemberLadderPart(models.AbstractModel):
    """Something a ladder is made of; a change is seen by the next evaluation."""

    _name = "member.ladder.part"
    _description = "Part of a Ladder"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
