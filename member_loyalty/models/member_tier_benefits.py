from odoo import api, fields, models


class MemberTierBenefits(models.AbstractModel):
    """What members in a tier get, on one page."""

    _name = "member.tier.benefits"
    _description = "Benefits of a Tier"

    benefit_count = fields.Integer(
        string="Number of Benefits",
        compute="_compute_benefit_count",
        help="What every member in this tier has, now or from a later day.",
    )

    @api.depends("benefit_ids.active")
    def _compute_benefit_count(self):
        for tier in self:
            tier.benefit_count = len(tier._get_benefits()) if tier._origin else 0

    def _get_benefits(self):
        """Return what every member in this tier is granted, also from a later day."""
        self.ensure_one()
        benefits = self.env["member.benefit"].search(
            [("program_id", "=", self.program_id.id)]
        )
        today = self.program_id.company_id._member_today()
        return benefits.filtered(
            lambda benefit: (
                not (benefit.date_to and benefit.date_to < today)
                and (
                    self._origin in benefit.tier_ids
                    or not (benefit.tier_ids or benefit.tag_ids)
                )
            )
        )

    def _get_benefits_by_family(self):
        """Return the families that this tier has benefits of: label, benefits."""
        families = self.env["member.benefit"]._fields["family"]
        groups = self._get_benefits().grouped("family")
        return [
            (label, groups[family])
            for family, label in families._description_selection(self.env)
            if family in groups
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_it_narrows_benefits(self):
        self.env["member.benefit"]._check_stay_narrow("tier_ids", self)

    def action_show_benefits(self):
        """Show on a page, to read and to print, what this tier gets."""
        self.ensure_one()
        self.check_access("read")
        report = self.env.ref("member_loyalty.member_tier_benefits_report")
        title = self.env._("What %(tier)s Gets", tier=self.name)
        return {
            **report.report_action(self, config=False),
            "name": title,
            "display_name": title,
        }
