from odoo import models


class MemberMembershipAppealing(models.AbstractModel):
    """Appeals that a member files in the member centre."""

    _name = "member.membership.appealing"
    _description = "Appeals in the Member Centre"

    def _get_tiers_to_wish(self):
        """Return the tiers above the one that the member holds, with rights."""
        self.ensure_one()
        held = self.sudo()
        tiers = held.program_id._get_tiers()
        if held.tier_id not in tiers:
            return tiers
        return tiers[tiers.ids.index(held.tier_id.id) + 1 :]

    def _may_file_appeal(self):
        """Tell whether the member can file an appeal here and now."""
        self.ensure_one()
        held = self.sudo()
        return bool(
            held.active
            and held.program_id.appeal_by_members
            and held._get_tiers_to_wish()
            and not held._get_open_appeals()
        )

    def _shows_appeals(self):
        """Tell whether the member centre has a page of appeals for the member."""
        self.ensure_one()
        held = self.sudo()
        return bool(held.program_id.appeal_by_members or held.appeal_ids)
