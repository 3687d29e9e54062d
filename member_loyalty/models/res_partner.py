from odoo import api, fields, models

from ..queries import contact_tiers, purchase_filters


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = [
        "member.price.carrier",
        "res.partner",
        "member.purchase.filter",
        "member.tag.carrier",
        "member.profile.carrier",
        "member.point.holder",
        "member.consent.giver",
        "member.message.receiver",
        "member.partner.benefits",
    ]

    member_membership_ids = fields.One2many(
        comodel_name="member.membership",
        inverse_name="partner_id",
        string="Memberships",
        groups="member_loyalty.member_loyalty_group_user",
    )
    member_tier_id = fields.Many2one(
        comodel_name="member.tier",
        compute="_compute_member_tier_id",
        search="_search_member_tier_id",
        compute_sudo=True,
        groups="member_loyalty.member_loyalty_group_user",
        help="The tier in the first program of the current company.",
    )
    member_tier_color = fields.Integer(
        related="member_tier_id.color",
        groups="member_loyalty.member_loyalty_group_user",
    )
    member_may_spend = fields.Boolean(
        string="May Spend Points",
        copy=False,
        groups="member_loyalty.member_loyalty_group_officer",
        help="Of the company's purse, where only chosen contacts may.",
    )
    member_last_purchase_on = fields.Date(
        string="Last Purchase",
        compute="_compute_member_last_purchase_on",
        search="_search_last_purchase",
        compute_sudo=True,
        groups="member_loyalty.member_loyalty_group_user",
        help="Of the contact's company, in the current companies.",
    )

    _member_birthday = models.Index(
        "((EXTRACT(MONTH FROM member_birthday) * 100"
        " + EXTRACT(DAY FROM member_birthday)))"
        " WHERE member_birthday IS NOT NULL"
    )

    def write(self, vals):
        """Override of `base` to follow contacts that get another company."""
        if "tz" in vals and self.sudo().ref_company_ids:
            self.env.registry.clear_cache()
        if not {"parent_id", "is_company"} & vals.keys():
            return super().write(vals)
        family = self._get_member_family()
        before = {contact.id: contact.commercial_partner_id for contact in family}
        result = super().write(vals)
        family.filtered(
            lambda contact: contact.commercial_partner_id != before[contact.id]
        )._follow_in_member_journal()
        return result

    @api.depends("commercial_partner_id", "member_membership_ids.tier_id")
    @api.depends_context("company")
    def _compute_member_tier_id(self):
        tiers = self._get_member_tiers(self.env.company)
        for partner in self:
            partner.member_tier_id = tiers.get(partner.id, False)

    @api.model
    def _search_member_tier_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        program = self.env["member.program"]._get_company_programs(self.env.company)[:1]
        has_tier = fields.Domain(
            "member_membership_ids",
            "any",
            [("program_id", "=", program.id), ("tier_id", "in", value)],
        )
        is_member = fields.Domain(
            "member_membership_ids", "any", [("program_id", "=", program.id)]
        )
        domain = has_tier | ~is_member if False in value else has_tier
        if program.member_level == "contact":
            return domain
        return fields.Domain("commercial_partner_id", "any", domain)

    @api.depends("commercial_partner_id")
    @api.depends_context("allowed_company_ids")
    def _compute_member_last_purchase_on(self):
        level = self._get_member_level()
        buyers = self if level == "contact" else self.commercial_partner_id
        days = dict(
            self.env.execute_query(
                purchase_filters.last_purchases(
                    self.env,
                    self.env.companies.ids,
                    self.env.company._member_today(),
                    buyers._origin.ids,
                    level,
                )
            )
        )
        for partner in self:
            buyer = partner if level == "contact" else partner.commercial_partner_id
            partner.member_last_purchase_on = days.get(buyer._origin.id, False)

    @api.model
    def _get_bought_condition(self, bought, alias):
        """Override of `member.purchase.filter`: the contact or its company bought."""
        if self._get_member_level() == "contact":
            return bought(purchase_filters.by_contact(alias))
        return bought(purchase_filters.by_company_of_contact(self.env, alias))

    @api.model
    def _get_member_level(self):
        """Return who the member is in the company's first program."""
        programs = self.env["member.program"]._get_company_programs(self.env.company)
        return programs[:1].member_level or "commercial"

    def _field_to_sql(self, alias, field_expr, query=None):
        """Override of `base` to group contacts by their tier."""
        if field_expr != "member_tier_id" or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        program = self.env["member.program"]._get_company_programs(self.env.company)[:1]
        held = query.make_alias(alias, "member_membership")
        query.add_join(
            "LEFT JOIN",
            held,
            "member_membership",
            contact_tiers.held_by_contact(
                self.env, alias, held, program.id or 0, program.member_level
            ),
        )
        return contact_tiers.tier_held(held)

    def _get_member_family(self):
        """Return these contacts and all below them, archived ones too."""
        return (
            self.sudo()
            .with_context(active_test=False)
            .search([("id", "child_of", self.ids)])
        )

    def _follow_in_member_journal(self):
        """Bring purchases and memberships of moved contacts to their new company."""
        if not self:
            return
        memberships = self.env["member.membership"].sudo()
        for contact in self:
            memberships._give_to_member(contact, contact)
        self.env["member.journal"].sudo()._follow_contacts(self)

    def action_open_memberships(self):
        """Open the memberships of this contact or its company."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "member_loyalty.member_membership_action"
        )
        memberships = (self | self.commercial_partner_id).member_membership_ids
        action["domain"] = [("id", "in", memberships.ids)]
        if len(memberships) == 1:
            action.update(
                views=[(False, "form")], view_mode="form", res_id=memberships.id
            )
        return action

    def action_enroll(self):
        """Make members of these contacts, in the company's first program.

        :raises UserError: when there is no program, or it takes nobody in by hand
        """
        self.env["member.membership"].check_access("create")
        program = self.env["member.program"]._get_first_program(self.env.company)
        program._check_may_enroll_by_hand()
        memberships = program._enroll_partners(self, "hand")
        program._let_members_rise(memberships.partner_id.ids)
        return True

    def _get_member_tiers(self, company):
        """Return the tiers in a company's first program, by partner id.

        Whoever is no member is left out.
        """
        program = self.env["member.program"]._get_company_programs(company)[:1]
        if not program or not self:
            return {}
        rows = self.env.execute_query(
            contact_tiers.tiers_of_contacts(
                self.env, program.id, program._get_partner_column(), self._origin.ids
            )
        )
        Tier = self.env["member.tier"]
        tiers = {contact_id: Tier.browse(tier_id) for contact_id, tier_id in rows}
        return {
            partner.id: tiers[partner._origin.id]
            for partner in self
            if partner._origin.id in tiers
        }
