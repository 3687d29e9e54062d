from odoo import api, fields, models


class MemberBenefitHolder(models.AbstractModel):
    """What a member has of benefits: on the membership."""

    _name = "member.benefit.holder"
    _description = "Holder of Benefits"

    def action_open_benefits(self):
        """Open what this member has, and what is left."""
        self.ensure_one()
        return self.env["member.benefit.entitlement"]._get_action(self)

    def action_record_benefit(self):
        """Open the form that records a use by hand."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_benefit_recording_action"
        )
        action["context"] = {"default_membership_id": self.id}
        return action


class MemberPartnerBenefits(models.AbstractModel):
    """What a contact has of benefits, by the membership of its company or its own."""

    _name = "member.partner.benefits"
    _description = "Benefits of a Contact"

    member_benefit_count = fields.Integer(
        string="Benefits",
        compute="_compute_member_benefit_count",
        compute_sudo=True,
        groups="member_loyalty.member_loyalty_group_user",
        help="What the contact has today in the current company.",
    )

    @api.depends_context("company")
    def _compute_member_benefit_count(self):
        Entitlement = self.env["member.benefit.entitlement"]
        for partner in self:
            held = partner._get_benefit_memberships(self.env.company)
            partner.member_benefit_count = held and Entitlement.search_count(
                [("membership_id", "in", held.ids)]
            )

    def _get_benefit_memberships(self, company):
        """Return the memberships by which a contact has benefits in a company."""
        self.ensure_one()
        Benefit = self.env["member.benefit"]
        memberships = self.env["member.membership"]
        if not Benefit._is_any_granted(company):
            return memberships
        for program in self.env["member.program"]._get_company_programs(company):
            member = program._get_member_partners(self.sudo())._origin
            found = Benefit._find_memberships(program, member)
            memberships |= found.get(member.id, memberships)
        return memberships.with_env(self.env)

    def action_open_member_benefits(self):
        """Open what the contact has of benefits."""
        self.ensure_one()
        self.check_access("read")
        memberships = self._get_benefit_memberships(self.env.company)
        return self.env["member.benefit.entitlement"]._get_action(memberships)
