from odoo import api, fields, models
from odoo.fields import Domain

from ..queries import member_code as queries

GROUP = "member_loyalty.member_loyalty_group_user"
HELP = (
    "The number of the card that holds the member's points. To search, type it, or at"
    " least the first four characters."
)
SHORTEST = 4  # characters; every code of Odoo's begins with the same three
MOST = 100


class MemberCodeCarrier(models.AbstractModel):
    """Contacts that are found by the code of the card with their points.

    Staff find them so wherever a contact is searched for or chosen.
    """

    _name = "member.code.carrier"
    _description = "Holder of a Member Code"

    member_code = fields.Char(
        compute="_compute_member_code",
        search="_search_member_code",
        compute_sudo=True,
        groups=GROUP,
        help=HELP,
    )

    @api.depends_context("allowed_company_ids")
    def _compute_member_code(self):
        rows = self.env.execute_query(
            queries.codes_of(self.env, self._origin.ids, self.env.companies.ids)
        )
        codes = dict(reversed(rows))  # that of the first program stays
        for contact in self:
            contact.member_code = codes.get(contact._origin.id, False)

    @api.model
    def _search_member_code(self, operator, value):
        """Find by whole codes, or by how a code begins."""
        match operator:
            case "in":
                codes = [str(code).strip() for code in value if code]
                found = self._find_by(queries.is_holder_of, codes)
                if False in value:
                    found |= self._find_by(queries.has_no_card)
                return found
            case "ilike" | "like" | "=ilike" | "=like":
                text = (value or "").strip()
                if len(text) < SHORTEST:
                    return Domain.FALSE
                return self._find_by(queries.is_holder, text)
        return NotImplemented

    @api.model
    def _find_by(self, condition, *arguments):
        """Return the domain of contacts that meet a condition about their cards."""
        companies = self.env.companies.ids

        def to_sql(_model, alias, _query):
            return condition(self.env, alias, *arguments, companies)

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _search_display_name(self, operator, value):
        """Override of `base` to find a member by the code, for staff.

        Whoever types a name gets the same domain as without this.
        """
        domain = super()._search_display_name(operator, value)
        if operator not in ("ilike", "=", "=ilike") or not isinstance(value, str):
            return domain
        holders = self._find_code_holders(value)
        return Domain(domain) | Domain("id", "in", holders.ids) if holders else domain

    @api.model
    def _find_code_holders(self, text, limit=MOST):
        """Return the contacts whose member code is ``text``, or begins like it.

        They come without rights: the caller lets them through a search.

        :param str text: as it was typed or scanned
        :return: contacts; none for texts that are too short, and for who is no staff
        """
        text = text.strip()
        holders = self.env["res.partner"]
        if len(text) < SHORTEST or not self.env.user.has_group(GROUP):
            return holders
        rows = self.env.execute_query(
            queries.holders_beginning(self.env, text, self.env.companies.ids, limit)
        )
        return holders.browse({partner_id for [partner_id] in rows})


class MemberCodeDocument(models.AbstractModel):
    """Documents that are found by the member code of their customer."""

    _name = "member.code.document"
    _description = "Document of a Holder of a Member Code"

    member_code = fields.Char(
        compute="_compute_member_code",
        search="_search_member_code",
        compute_sudo=True,
        groups=GROUP,
        help=HELP,
    )

    @api.depends("partner_id")
    @api.depends_context("allowed_company_ids")
    def _compute_member_code(self):
        for document in self:
            contact = document.partner_id
            company = contact.commercial_partner_id
            document.member_code = contact.member_code or company.member_code

    @api.model
    def _search_member_code(self, operator, value):
        """Find documents of the contact who holds the code, or of its company."""
        if operator not in ("in", "ilike", "like", "=ilike", "=like"):
            return NotImplemented
        return Domain("partner_id.member_code", operator, value) | Domain(
            "partner_id.commercial_partner_id.member_code", operator, value
        )
