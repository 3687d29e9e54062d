from odoo import api, fields, models
from odoo.http import request

from odoo.addons.iap.tools import iap_tools

from ..logic.inquiry_customer import Evidence, Match, find_customer
from ..queries import inquiry_customers as queries

SURE_LINKS = ("hand", "login")
DOUBTS = [
    ("several_mail", "Several customers have this mail address"),
    ("several_domain", "Several members have mail addresses of this domain"),
]


class MemberLeadCustomer(models.AbstractModel):
    """Whose inquiry a lead is: by login, mail of a contact, domain, or set by hand.

    The lead's own customer is never changed by it.
    """

    _name = "member.lead.customer"
    _description = "Customer of an Inquiry"

    member_inquiry_doubt = fields.Selection(
        selection=DOUBTS,
        string="Not Known Because",
        readonly=True,
        copy=False,
        help="Why the inquiry counts for nobody yet: choose whose it is.",
    )

    @api.model
    def _is_set_by_hand(self):
        """Tell whether an employee is at work, and no form, mail or program."""
        return not self.env.su and self.env.user._is_internal()

    @api.model
    def _prepare_customer_by_hand(self, vals):
        """Return what to write as well when somebody says whose inquiry it is.

        :raises AccessError: when an employee names a contact whom they may not see
        """
        if "member_inquiry_partner_id" not in vals:
            return {}
        if vals["member_inquiry_partner_id"] and self._is_set_by_hand():
            named = self.env["res.partner"].browse(vals["member_inquiry_partner_id"])
            named.check_access("read")
        if "member_inquiry_link" in vals:
            return {}
        return {"member_inquiry_link": "hand", "member_inquiry_doubt": False}

    @api.model
    def _prepare_customer_of_new_lead(self, vals, signed_in):
        """Return whose inquiry a new lead is, where that is sure from the start.

        :param signed_in: the contact who is signed in to the website, if any
        """
        if "member_inquiry_partner_id" in vals:
            return self._prepare_customer_by_hand(vals)
        if signed_in:
            return {
                "member_inquiry_partner_id": signed_in.id,
                "member_inquiry_link": "login",
            }
        if vals.get("partner_id") and self._is_set_by_hand():
            return {
                "member_inquiry_partner_id": vals["partner_id"],
                "member_inquiry_link": "hand",
            }
        return {}

    @api.model
    def _get_signed_in_customer(self):
        """Return the contact whose session this request belongs to.

        Only who signed in to the portal: what a form says about itself proves nothing.
        """
        Partner = self.env["res.partner"]
        if not request or not request.env or request.env.cr is not self.env.cr:
            return Partner
        user = request.env.user.sudo()
        return user.partner_id.with_env(self.env) if user._is_portal() else Partner

    def _follow_customer_of_lead(self, partner_id):
        """Make a contact that an employee put on leads the one who asks."""
        others = self.filtered(
            lambda lead: lead.sudo().member_inquiry_partner_id.id != partner_id
        )
        others.write({"member_inquiry_partner_id": partner_id})

    def _forget_customer_of_lead(self):
        """Let these be nobody's inquiry, after their customer was taken off them."""
        self.sudo().write(
            {"member_inquiry_partner_id": False, "member_inquiry_link": False}
        )

    def _find_inquiry_customers(self):
        """Find out whose inquiries these are, where nobody said so."""
        unsure = self.sudo().filtered(
            lambda lead: (
                lead.member_inquiry_state not in (False, "none")
                and lead.member_inquiry_link not in SURE_LINKS
            )
        )
        for company, leads in unsure.grouped(
            lambda lead: lead._get_inquiry_company()
        ).items():
            ties = {}
            for lead, evidence in leads._collect_evidence(company):
                tie = find_customer(evidence)
                ties[tie] = ties.get(tie, lead.browse()) | lead
            for tie, alike in ties.items():
                alike._tie_inquiries(tie)

    def _get_inquiry_company(self):
        """Return the company whose members' inquiry this would be.

        As ``queries.inquiry_journal`` does for many leads.
        """
        self.ensure_one()
        return (
            self.company_id
            or self.team_id.company_id
            or self.user_id.company_id
            or self.env["member.inquiry.journal"]._get_default_company()
        )

    def _collect_evidence(self, company):
        """Return pairs of a lead and the :class:`Evidence` of who asks."""
        mails = {lead.email_normalized for lead in self} - {False}
        domains = self._get_company_domains(mails) - self._get_own_domains(company)
        by_mail, by_domain = {}, {}
        if mails:
            query = queries.contacts_of_mails(self.env, company.id, sorted(mails))
            for mail, *match in self.env.execute_query(query):
                by_mail.setdefault(mail, []).append(Match(*match))
        if domains:
            query = queries.companies_of_domains(self.env, company.id, sorted(domains))
            for domain, owner, member in self.env.execute_query(query):
                by_domain.setdefault(domain, []).append(Match(owner, owner, member))
        return [
            (
                lead,
                Evidence(
                    lead._get_customer_match(),
                    tuple(by_mail.get(lead.email_normalized, ())),
                    tuple(by_domain.get(_domain_of(lead.email_normalized), ())),
                ),
            )
            for lead in self
        ]

    def _get_customer_match(self):
        """Return the contact on the lead as the pure :class:`Match`."""
        customer = self.partner_id
        if not customer:
            return None
        return Match(customer.id, customer.commercial_partner_id.id)

    @api.model
    def _get_company_domains(self, mails):
        """Return the domains of addresses that are a company's own.

        Odoo knows the providers where anybody gets an address.
        """
        found = (iap_tools.mail_prepare_for_domain_search(mail) for mail in mails)
        return {domain[1:] for domain in found if domain and domain.startswith("@")}

    @api.model
    def _get_own_domains(self, company):
        """Return the domains that our own people write from."""
        company = company.sudo()
        own = _domain_of(company.partner_id.email_normalized)
        return {own, *company.alias_domain_id.mapped("name")}

    def _tie_inquiries(self, tie):
        """Write whose inquiries these are, where that changes anything."""
        vals = {
            "member_inquiry_partner_id": tie.partner_id or False,
            "member_inquiry_link": tie.link or False,
            "member_inquiry_doubt": tie.doubt or False,
        }
        changing = self.filtered(
            lambda lead: any(
                lead._fields[name].convert_to_write(lead[name], lead) != value
                for name, value in vals.items()
            )
        )
        changing.write(vals)


def _domain_of(mail):
    """Return what stands behind the @ of a normalized address."""
    return mail.rpartition("@")[2] if mail else ""
