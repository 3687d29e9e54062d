from odoo import models


class MemberMembership(models.Model):
    """What a member is shown of the benefits."""

    _name = "member.membership"
    _inherit = ["member.membership", "member.membership.appealing"]

    def _get_benefit_families(self):
        """Return today's benefits by family.

        :return: list of (name of the family, entitlements), without empty families
        """
        self.ensure_one()
        entitlements = self.benefit_entitlement_ids
        families = self.env["member.benefit"]._fields["family"]
        return [
            (name, of_family)
            for family, name in families._description_selection(self.env)
            if (
                of_family := entitlements.filtered(
                    lambda one, of=family: one.family == of
                )
            )
        ]

    def _get_added_benefits(self, tier):
        """Return the benefits that the member would have in a tier and has not now."""
        self.ensure_one()
        benefits = self.env["member.benefit"].sudo()
        granted = benefits._find_granted(
            self.partner_id,
            self.company_id,
            self.company_id._member_today(),
            tiers={self.id: tier},
        )[self.partner_id.id]
        of_tier = [benefit.id for one, benefit in granted if one == self]
        return benefits.browse(of_tier) - self.benefit_entitlement_ids.benefit_id
