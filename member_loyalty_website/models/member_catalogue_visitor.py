from odoo import models
from odoo.http import request

from ..logic.catalogue import Members, Visitor, is_in_force, lets_in


class MemberCatalogueVisitor(models.AbstractModel):
    """A shop that knows who looks at it: their memberships, country and language."""

    _name = "member.catalogue.visitor"
    _description = "Visitor of a Catalogue"

    def _get_catalogue_rules(self):
        """Return the rules in force today in this shop, whoever looks at it."""
        website = self.sudo().get_current_website()
        rules = self.env["member.catalogue.rule"]._get_rules(website.id)
        if not rules:
            return []
        today = website.company_id._member_today()
        return [rule for rule in rules if is_in_force(rule, today)]

    def _get_closed_rules(self, partner, country=None):
        """Return the rules in force that do not let a contact in.

        :param partner: a contact; none for somebody who is not signed in
        :param str country: where goods go to, if known; the contact's own otherwise
        """
        rules = self._get_catalogue_rules()
        if not rules:
            return []
        visitor = self._get_visitor(rules, partner, country)
        return [rule for rule in rules if not lets_in(rule.audience, visitor)]

    def _get_visitor(self, rules, partner, country=None):
        """Return what rules have to know of a contact, asked once in a request."""
        known = self._get_known("visitors")
        website = self.sudo().get_current_website()
        key = website.id, partner.id, country, self._get_page_language()
        if key not in known:
            known[key] = self._prepare_visitor(website, rules, partner, country)
        return known[key]

    def _get_known(self, what):
        """Return what is kept for this request; outside of one, nothing is."""
        if not request:
            return {}
        return self.env.cr.cache.setdefault(f"member_catalogue_{what}", {})

    def _prepare_visitor(self, website, rules, partner, country):
        """Return a ``Visitor``."""
        memberships = self.env["member.membership"].sudo()
        if partner and any(isinstance(rule.audience, Members) for rule in rules):
            memberships = self._find_visiting_memberships(partner, website.company_id)
        tags = memberships.partner_id.member_tag_ids
        return Visitor(
            programs=frozenset(memberships.program_id.ids),
            tiers=frozenset(memberships.tier_id.ids),
            tags=frozenset(tags.ids),
            country=country or self._get_visiting_country(website, partner),
            language=self._get_page_language(),
        )

    def _find_visiting_memberships(self, partner, company):
        """Return the memberships of a contact in the programs of a company."""
        found = self.env["member.membership"].sudo()
        for program in self.env["member.program"]._get_company_programs(company):
            member = program._get_member_partners(partner.sudo())
            held = self.env["member.benefit"]._find_memberships(program, member)
            found |= held.get(member.id, found.browse())
        return found

    def _get_visiting_country(self, website, partner):
        """Return the country to go by: two letters.

        That of the contact's delivery address; of whom we know none, the country that
        the visit comes from; and the seller's own, when nobody knows.
        """
        contact = partner.sudo()
        if contact:
            delivery = contact.browse(contact.address_get(["delivery"])["delivery"])
            known = (
                delivery.country_id
                or contact.country_id
                or contact.commercial_partner_id.country_id
            )
            if known:
                return known.code
        visited_from = request and website._get_geoip_country_code()
        return visited_from or website.company_id.country_id.code or ""

    def _get_page_language(self):
        """Return the code of the language that the page is shown in."""
        shown = getattr(request, "lang", None) if request else None
        return shown.code if shown else self.env.lang or ""
