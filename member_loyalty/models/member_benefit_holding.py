from typing import NamedTuple

from odoo import api, models, tools

from ..logic.benefit_entitlement import Holder, Terms, is_entitled


class Offer(NamedTuple):
    """What has to be known of a benefit to see who has it."""

    benefit_id: int
    kind: str
    terms: Terms


class MemberBenefitHolding(models.AbstractModel):
    """Who has which benefits: one answer for orders, prices, screens and the shop."""

    _name = "member.benefit.holding"
    _inherit = ["member.remembered"]
    _description = "Holding of Benefits"

    @api.model
    @tools.ormcache("program_id")
    def _get_offers(self, program_id):
        """Return what a program grants, in its order, without asking again."""
        benefits = self.sudo().with_context(active_test=True)
        return tuple(
            Offer(benefit.id, benefit.kind, benefit._get_terms())
            for benefit in benefits.search([("program_id", "=", program_id)])
        )

    @api.model
    @tools.ormcache()
    def _is_anything_granted(self):
        """Tell whether there is any benefit at all, in any company."""
        benefits = self.sudo().with_context(active_test=True)
        return bool(benefits.search_count([], limit=1))

    @api.model
    def _is_any_granted(self, company):
        """Tell whether a company has any benefit at all, without asking."""
        programs = self.env["member.program"]._get_program_ids(company.id)
        return any(self._get_offers(program_id) for program_id in programs)

    @api.model
    def _is_kind_granted(self, company, *kinds):
        """Tell whether a company grants any benefit of these kinds to anybody.

        It takes no question to the database: orders ask it first.
        """
        programs = self.env["member.program"]._get_program_ids(company.id)
        return any(
            not kinds or offer.kind in kinds
            for program_id in programs
            for offer in self._get_offers(program_id)
        )

    @api.model
    def _find_granted(self, partners, company, day, *kinds, tiers=None):
        """Return the benefits that contacts have in a company on a day.

        :param partners: contacts; they have what their members have
        :param date day: the company's day
        :param kinds: only benefits of these kinds; every kind unless given
        :param dict tiers: tiers to go by instead of today's, by membership id
        :return: {partner id: [(membership, benefit), ...]}, in the order of programs
            and benefits, with rights
        """
        found = {partner.id: [] for partner in partners}
        for program in self.env["member.program"]._get_company_programs(company):
            offers = [
                offer
                for offer in self._get_offers(program.id)
                if not kinds or offer.kind in kinds
            ]
            if not offers:
                continue
            every = self.sudo().browse([offer.benefit_id for offer in offers])
            benefits = {benefit.id: benefit for benefit in every}
            members = program._get_member_partners(partners.sudo())
            memberships = self._find_memberships(program, members)
            for partner in partners.sudo():
                member = program._get_member_partners(partner)
                if membership := memberships.get(member._origin.id):
                    tier = (tiers or {}).get(membership.id) or membership.tier_id
                    tag_ids = self._get_tags_asked_for(offers, member)
                    holder = Holder(tier.id, tag_ids)
                    found[partner.id] += [
                        (membership, benefits[offer.benefit_id])
                        for offer in offers
                        if is_entitled(offer.terms, holder, day)
                    ]
        return found

    @api.model
    def _get_tags_asked_for(self, offers, member):
        """Return the ids of a member's tags; nothing is read where no offer asks."""
        if not any(offer.terms.tag_ids for offer in offers):
            return frozenset()
        return frozenset(member.member_tag_ids.ids)

    @api.model
    def _find_memberships(self, program, members):
        """Return the active memberships in a program, by partner id."""
        memberships = self.env["member.membership"].sudo()
        domain = [
            ("program_id", "=", program.id),
            ("partner_id", "in", members._origin.ids),
        ]
        found = self._remember_while_reading(
            ("memberships", program.id, *sorted(members._origin.ids)),
            lambda: {one.partner_id.id: one.id for one in memberships.search(domain)},
        )
        every = memberships.browse(found.values())
        return dict(zip(found, every, strict=True))

    @api.model
    def _note_memberships(self, company, partners, memberships):
        """Have memberships that a page read already not asked for again.

        :param partners: contacts all of whose memberships in the company are given
        """
        for program in self.env["member.program"]._get_company_programs(company):
            for partner in partners:
                found = {
                    one.partner_id.id: one.id
                    for one in memberships
                    if one.program_id == program and one.partner_id == partner
                }
                self._remember_while_reading(
                    ("memberships", program.id, partner.id), lambda known=found: known
                )

    def _covers_product(self, product):
        """Tell whether the benefit holds for a product: it has no line, or this one."""
        self.ensure_one()
        lines = self.category_ids
        if not lines:
            return True
        path = (product.categ_id.parent_path or "").split("/")
        return any(str(line.id) in path for line in lines)
