from odoo import api, models


class MemberCached(models.AbstractModel):
    """Few records that are asked for often, and therefore from the cache.

    Changes count from the next question on, also for whoever asked between the change
    and its commit.
    """

    _name = "member.cached"
    _description = "Record that is Asked for from the Cache"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base` to have the records asked for anew."""
        records = super().create(vals_list)
        self._forget_cached()
        return records

    def write(self, vals):
        """Override of `base` to have the records asked for anew."""
        result = super().write(vals)
        self._forget_cached()
        return result

    def unlink(self):
        """Override of `base` to have the records asked for anew."""
        result = super().unlink()
        self._forget_cached()
        return result

    @api.model
    def _forget_cached(self):
        """Have the records asked for anew, now and after the commit."""
        self.env.registry.clear_cache()
        self.env.cr.postcommit.add(self.env.registry.clear_cache)
