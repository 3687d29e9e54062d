from odoo import api, models
from odoo.exceptions import UserError


class MemberTagHand(models.AbstractModel):
    """Giving a tag to contacts by hand, from the side of the tag."""

    _name = "member.tag.hand"
    _description = "Tagging by Hand"

    @api.model_create_multi
    def create(self, vals_list):
        """Log whom a new tag is given to."""
        tags = super().create(vals_list)
        if any(vals.get("partner_ids") for vals in vals_list):
            changes = self.env["member.tag.change"]
            changes._log_by_hand(set(), changes._get_carried(tags=tags))
        return tags

    def write(self, vals):
        """Log to whom the tag is given, and from whom it is taken."""
        if "partner_ids" not in vals:
            return super().write(vals)
        changes = self.env["member.tag.change"]
        before = changes._get_carried(tags=self)
        result = super().write(vals)
        changes._log_by_hand(before, changes._get_carried(tags=self))
        return result

    def _check_kept_by_hand(self):
        """Let tags pass that people give and take.

        :raises UserError: when one is kept by rules
        """
        kept_by_rules = self.filtered(lambda tag: tag.kept_by == "rules")
        if kept_by_rules:
            raise UserError(
                self.env._(
                    "The tag %(tag)s is kept by rules and is not given or taken by"
                    " hand. Ask a manager to change its rules, or use a tag that is"
                    " kept by hand.",
                    tag=kept_by_rules[0].name,
                )
            )
