import re
from datetime import timedelta

from odoo import api, fields, models

from ..queries import tag_keeping

DAYS_UNTOUCHED = 90
NAMING_MODELS = ("member.tier.condition", "member.tag.condition", "member.benefit")
FILTERED_MODELS = ("res.partner", "member.membership")


class MemberTagCleaning(models.AbstractModel):
    """Tags that nobody uses any more leave the lists; they can come back."""

    _name = "member.tag.cleaning"
    _description = "Cleaning of Tags"

    @api.model
    def _archive_unused(self):
        """Archive tags kept by hand that nobody carries or names, unused for long."""
        since = fields.Datetime.now() - timedelta(days=DAYS_UNTOUCHED)
        rows = self.env.execute_query(tag_keeping.unused_tags(self.env, since))
        unused = self.sudo().browse(tag_id for (tag_id,) in rows)
        (unused - unused._get_named()).active = False

    def _get_named(self):
        """Return those of these tags that a rule, benefit or saved filter names.

        Seam: another module adds what names a tag.
        """
        if not self:
            return self
        asked_for = self.browse()
        for model in NAMING_MODELS:
            conditions = self.env[model].sudo().search([("tag_ids", "in", self.ids)])
            asked_for |= conditions.tag_ids
        domains = self._get_filters().mapped("domain")
        ids = {int(number) for text in domains for number in re.findall(r"\d+", text)}
        return self.filtered(
            lambda tag: (
                tag in asked_for
                or tag.id in ids
                or any(tag.name in text for text in domains)
            )
        )

    @api.model
    def _get_filters(self):
        """Return the saved filters that look for tags."""
        return (
            self.env["ir.filters"]
            .sudo()
            .search([("model_id", "in", FILTERED_MODELS), ("domain", "ilike", "tag")])
        )
