from odoo import models


class MemberMembership(models.Model):
    """What a member is shown of the benefits."""

    _name = "member.membership"
    _inherit = ["member.membership", "member.membership.appealing"]

    def _get_entitlements(self):
        """Return today's benefits, read at once with what the page shows of them."""
        self.ensure_one()
        entitlements = self.env["member.benefit.entitlement"].search_fetch(
            [("membership_id", "=", self.id)]
        )
        entitlements.benefit_id.mapped("category_ids")
        return entitlements

    def _get_claims(self, entitlements):
        """Return the free products among the benefits that are left to claim.

        The same benefits as ``res.users._get_member_claims``, from what is read
        already.

        :return: {benefit: products to choose from}
        """
        left = entitlements.filtered(
            lambda one: one.kind == "product" and not one._is_used_up()
        )
        products = {one.benefit_id: one.benefit_id.product_ids for one in left}
        return {benefit: choice for benefit, choice in products.items() if choice}

    def _get_history(self, limit, next_tier):
        """Return the latest decisions.

        Their tiers are read at once, with the tier held and the next one.
        """
        self.ensure_one()
        decisions = self.env["member.tier.decision"].search_fetch(
            [("membership_id", "=", self.id)], limit=limit
        )
        passed = decisions.to_tier_id | decisions.from_tier_id
        (passed | self.tier_id | next_tier).fetch()
        return decisions

    def _get_benefit_families(self, entitlements):
        """Return benefits by family.

        :param entitlements: what :meth:`_get_entitlements` gave
        :return: list of (name of the family, entitlements), without empty families
        """
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

    def _get_added_benefits(self, tier, entitlements):
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
        held = entitlements.sudo().benefit_id
        (benefits.browse(of_tier) | held).fetch()
        return benefits.browse(of_tier) - held
