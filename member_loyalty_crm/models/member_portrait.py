from dataclasses import dataclass
from datetime import date

from odoo import api, models
from odoo.exceptions import AccessError, UserError

GROUP = "member_loyalty.member_loyalty_group_user"
OFFICER = "member_loyalty.member_loyalty_group_officer"


@dataclass(frozen=True, slots=True)
class Subject:
    """Of whom a portrait is.

    :param partner: the contact it was opened for
    :param customer: the member, or whoever would be it: the company, or the contact
    :param contacts: the customer and its contacts, archived ones too
    :param program: the first program of the company, with rights; may be empty
    :param membership: the membership in it; may be empty
    :param today: the company's day
    """

    partner: models.BaseModel
    customer: models.BaseModel
    contacts: models.BaseModel
    program: models.BaseModel
    membership: models.BaseModel
    today: date


class MemberPortrait(models.AbstractModel):
    """Everything that the reader may know of a customer, for one page.

    Each section is asked with the rights of the reader: a document that they may not
    see is not there, and counts nowhere. Texts are handed over as they are; the page
    shows them as text.
    """

    _name = "member.portrait"
    _inherit = [
        "member.portrait.membership",
        "member.portrait.insight",
        "member.portrait.sales",
        "member.portrait.products",
        "member.portrait.dialogue",
        "member.portrait.finding",
        "member.portrait.words",
    ]
    _description = "Portrait of a Customer"

    @api.model
    @api.readonly
    def get_portrait(self, partner_id):
        """Return what is known of a customer, section by section.

        :param int partner_id: any contact of the customer
        :return: dict with who it is, what the reader may do, and ``sections``: the
            data of each by its name, those that say nothing left out
        :raises AccessError: for who is no staff, and for contacts they may not see
        :raises UserError: when there is no such contact any more
        """
        self._check_is_staff()
        subject = self._get_subject(self._get_partner(partner_id))
        sections = {}
        for name in self._get_sections():
            data = getattr(self, f"_portray_{name}")(subject)
            if data:
                sections[name] = data
        return {
            "partner_id": subject.partner.id,
            "customer_id": subject.customer.id,
            "is_member": bool(subject.membership.active),
            "has_program": bool(subject.program),
            "may_enroll": bool(subject.program)
            and not subject.membership.active
            and self.env.user.has_group(OFFICER),
            "company": self.env.company.name,
            "sections": sections,
        }

    @api.model
    def _get_sections(self):
        """Return the names of the sections, in the order of the page.

        Seam: whoever adds a name adds a method ``_portray_<name>(subject)`` that
        returns plain data or nothing, and a template
        ``member_loyalty_crm.portrait_<name>`` that shows it.
        """
        return (
            *("head", "tier", "signals", "points", "score", "forecast"),
            *("rhythm", "invoices", "orders", "inquiries", "activities", "benefits"),
            *("products", "dialogue", "tags", "trail"),
        )

    @api.model
    def _check_is_staff(self):
        """Let only those pass who work with members.

        :raises AccessError: for all others
        """
        if not self.env.user.has_group(GROUP):
            raise AccessError(
                self.env._(
                    "Only staff who work with members may see this. Ask an"
                    " administrator for the rights of a salesperson or of the"
                    " membership."
                )
            )

    @api.model
    def _get_partner(self, partner_id):
        """Return the contact that the page asks for.

        :raises UserError: when there is none
        :raises AccessError: when the reader may not see it
        """
        partner = self.env["res.partner"]
        if isinstance(partner_id, int):
            partner = partner.browse(partner_id).exists()
        if not partner:
            raise UserError(
                self.env._(
                    "This contact no longer exists. It may have been merged with"
                    " another one: search by name or member code."
                )
            )
        partner.check_access("read")
        return partner

    @api.model
    def _get_subject(self, partner):
        """Return the ``Subject`` that a contact belongs to."""
        company = self.env.company
        program = self.env["member.program"]._get_company_programs(company)[:1]
        customer = partner.commercial_partner_id
        if program.member_level == "contact":
            customer = partner
        if not customer._filtered_access("read"):
            customer = partner
        Partner = self.env["res.partner"].with_context(active_test=False)
        contacts = customer
        if customer == customer.commercial_partner_id:
            contacts |= Partner.search([("commercial_partner_id", "=", customer.id)])
        memberships = self.env["member.membership"].with_context(active_test=False)
        found = memberships.search(
            [("partner_id", "=", customer.id), ("program_id", "=", program.id)],
            order="active desc, id desc",
            limit=1,
        )
        return Subject(
            partner=partner,
            customer=customer,
            contacts=contacts.with_context(active_test=True),
            program=program,
            membership=found.with_context(active_test=True),
            today=company._member_today(),
        )

    @api.model
    def _may_read(self, model):
        """Tell whether the reader may read a model, and whether it is there at all."""
        return model in self.env and self.env[model].has_access("read")
