from odoo import api, models


class MemberLadderPart(models.AbstractModel):
    """Something a ladder is made of; a change is seen by the next evaluation.

    Rules in force of a program with members change by a new version only.
    """

    _name = "member.ladder.part"
    _description = "Part of a Ladder"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._get_versions()._check_may_change()
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        self.check_access("write")
        self._get_versions()._check_may_change()
        result = super().write(vals)
        self._get_versions()._check_may_change()
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.check_access("unlink")
        self._get_versions()._check_may_change()
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _get_versions(self):
        """Return the versions of the rules that change with these records."""
        return self.env["member.ladder.version"]
