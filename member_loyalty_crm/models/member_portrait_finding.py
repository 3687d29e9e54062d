from odoo import api, models
from odoo.fields import Domain

FOUND = 12
PHONE_DIGITS = 4


class MemberPortraitFinding(models.AbstractModel):
    """Finds a member by what is at hand: a code, a name, a mail address, a number."""

    _name = "member.portrait.finding"
    _description = "Finding Members"

    @api.model
    @api.readonly
    def find_members(self, text):
        """Return the contacts that a text may mean, whoever holds the code first.

        :param str text: as it was typed or scanned
        :return: list of dicts, at most 12; ``is_code`` when the text is the beginning
            of the member code
        :raises AccessError: for who is no staff
        """
        self._check_is_staff()
        text = str(text or "").strip()
        if not text:
            return []
        Partner = self.env["res.partner"].with_context(show_email=False)
        holders = Partner._find_code_holders(text)
        found = Partner.search([("id", "in", holders.ids)], limit=FOUND)
        if len(found) < FOUND:
            found |= Partner.search(
                self._get_finding_domain(text) & Domain("id", "not in", found.ids),
                limit=FOUND - len(found),
            )
        ranked = found.sorted(
            lambda one: (one.id not in holders.ids, not one.member_tier_id)
        )
        return [self._get_match(one, one in holders) for one in ranked]

    @api.model
    def _get_finding_domain(self, text):
        """Return the domain of contacts whose name, mail, reference or number it is."""
        domain = Domain("display_name", "ilike", text)
        digits = "".join(one for one in text if one.isdigit())
        if len(digits) >= PHONE_DIGITS and not any(one.isalpha() for one in text):
            # people say their number without the country, with a zero before it
            domain |= Domain("phone_mobile_search", "ilike", digits.lstrip("0"))
        return domain

    @api.model
    def _get_match(self, partner, is_code):
        """Return what the list of matches says about a contact."""
        place = (partner.city, partner.country_id.name)
        return {
            **self._link(partner),
            "email": partner.email or "",
            "phone": partner.phone or "",
            "place": ", ".join(filter(None, place)),
            "tier": partner.member_tier_id.name or "",
            "color": partner.member_tier_color,
            "code": partner.member_code or partner.commercial_partner_id.member_code,
            "is_code": is_code,
        }
