from odoo import models
from odoo.exceptions import UserError, ValidationError


class MemberTierAppealWish(models.AbstractModel):
    """What an appeal asks for: the tiers to wish, and who may still change it."""

    _name = "member.tier.appeal.wish"
    _description = "Wish of an Appeal"

    def _get_reachable_tiers(self):
        """Return the tiers of the program above the one the member holds."""
        self.ensure_one()
        membership = self.membership_id
        tiers = membership.program_id._get_tiers() if membership else self.tier_id[:0]
        if membership.tier_id not in tiers:
            return tiers
        return tiers[tiers.ids.index(membership.tier_id.id) + 1 :]

    def _check_wish_is_open(self):
        """Let a wish pass that is above what the member holds, in the same program.

        :raises ValidationError: for any other
        """
        self.ensure_one()
        if self.tier_id not in self._get_reachable_tiers():
            raise ValidationError(
                self.env._(
                    "%(member)s holds %(held)s: %(wished)s is not a higher tier of"
                    " that program. Choose a higher one, or withdraw the appeal.",
                    member=self.partner_id.display_name,
                    held=self.held_tier_id.name,
                    wished=self.tier_id.name,
                )
            )

    def _check_wish_may_change(self):
        """Let drafts be corrected, and by managers what they are to decide."""
        is_manager = self._is_manager()
        for appeal in self:
            if appeal.state == "draft" or (is_manager and appeal.state == "submitted"):
                continue
            raise UserError(
                self.env._(
                    "%(number)s was submitted: what it asks for no longer changes."
                    " Withdraw it and file another one.",
                    number=appeal.name,
                )
            )

    def _keep_evidence(self):
        """Make uploaded files part of the appeal, for everybody who may read it."""
        for appeal in self:
            uploaded = appeal.evidence_attachment_ids.sudo().filtered(
                lambda file: (
                    not file.res_id
                    and not file.res_field
                    and file.create_uid == self.env.user
                )
            )
            uploaded.write({"res_model": self._name, "res_id": appeal.id})
