from markupsafe import Markup

from odoo import Command, models
from odoo.http import request


class MemberInquiryList(models.Model):
    """An inquiry list that becomes a lead with lines."""

    _inherit = "member.inquiry.list"

    def _deliver(self):
        """Override of `member_loyalty_website` to make a lead instead of a mail."""
        leads = self.env["crm.lead"].sudo().with_company(self.company_id)
        lead = leads.create(self._prepare_lead(leads))
        self._link_visitor(lead)

    def _prepare_lead(self, leads):
        """Return the values of the lead; medium, team and salesperson as for any form.

        Whose inquiry it is follows from the session alone: an address that somebody
        typed names no customer here.
        """
        values = {
            "name": self.env._(
                "Inquiry list of %(name)s",
                name=self.company_name or self.contact_name or "-",
            ),
            "company_id": self.company_id.id,
            "lang_id": self.env["res.lang"]._get_data(code=self.lang).id,
            "description": self._prepare_description(),
            "member_inquiry_list_id": self.id,
            "member_inquiry_line_ids": [
                Command.create(self._prepare_lead_line(line)) for line in self.line_ids
            ],
            **self._prepare_lead_sender(),
        }
        return leads.website_form_input_filter(request, values)

    def _prepare_lead_sender(self):
        """Return who is asking, as values of a lead."""
        if self.partner_id:
            return {"partner_id": self.partner_id.id}
        return {
            "contact_name": self.contact_name,
            "partner_name": self.company_name,
            "email_from": self.email,
            "phone": self.phone,
            "country_id": self.country_id.id,
        }

    def _prepare_description(self):
        """Return what the sender wrote, as text and no markup."""
        if not self.message:
            return False
        lines = map(Markup.escape, self.message.splitlines())
        return Markup("<p>%s</p>") % Markup("<br/>").join(lines)

    def _prepare_lead_line(self, line):
        """Return the values of a line of the lead."""
        return {
            "product_id": line.product_id.id,
            "name": line.product_id.display_name,
            "quantity": line.quantity,
            "uom_id": line.uom_id.id,
            "unit": line.uom_id.name,
            "wanted_date": self.wanted_date,
            "customer_note": line.note or False,
            "is_from_list": True,
        }

    def _link_visitor(self, lead):
        """Say which visitor of the website the lead comes from."""
        visitors = self.env["website.visitor"]
        visitor = visitors._get_visitor_from_request(force_create=True)
        if not visitor:
            return
        values = {"lead_ids": [Command.link(lead.id)]}
        if not visitor.lead_ids and not visitor.partner_id:
            values["name"] = lead.contact_name
        visitor.write(values)
