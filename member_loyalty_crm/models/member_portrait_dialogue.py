from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

LEADS = 8
MESSAGES = 8
MEETINGS = 4
MEETING_DAYS = 365
ACTIVITIES = 10
DOCUMENTS = 20  # whose messages are looked at, of each kind


class MemberPortraitDialogue(models.AbstractModel):
    """What is spoken about with the customer: inquiries, contacts, open activities."""

    _name = "member.portrait.dialogue"
    _description = "Dialogue in a Portrait"

    @api.model
    def _get_lead_domain(self, subject):
        """Return the domain of the customer's leads, won and lost ones too."""
        contacts = subject.contacts.ids
        return (
            Domain("partner_id", "in", contacts)
            | Domain("member_inquiry_partner_id", "in", contacts)
        ) & Domain("company_id", "in", [False, self.env.company.id])

    @api.model
    def _get_leads(self):
        return self.env["crm.lead"].with_context(active_test=False)

    @api.model
    def _portray_inquiries(self, subject):
        """Return the last inquiries with their grade, and how the others went."""
        if not self._may_read("crm.lead"):
            return {}
        domain = self._get_lead_domain(subject)
        leads = self._get_leads().search(
            domain, order="create_date desc, id desc", limit=LEADS
        )
        if not leads:
            return {}
        went = dict(self._get_leads()._read_group(domain, ["won_status"], ["__count"]))
        quality = domain & Domain("member_inquiry_state", "=", "quality")
        return {
            "leads": [self._get_lead(lead) for lead in leads],
            "open": went.get("pending", 0),
            "won": went.get("won", 0),
            "lost": went.get("lost", 0),
            "quality": self._get_leads().search_count(quality),
        }

    @api.model
    def _get_lead(self, lead):
        """Return what a line of the list says about a lead."""
        is_graded = lead.member_inquiry_state not in (False, "none")
        currency = lead.company_currency or self.env.company.currency_id
        return {
            **self._link(lead),
            "day": self._format_day(lead.member_inquiry_on or lead.create_date),
            "stage": lead.stage_id.name or "",
            "status": lead.won_status,
            "status_name": lead.won_status and self._get_label(lead, "won_status"),
            "grade": is_graded and lead.member_inquiry_grade,
            "level": lead.member_inquiry_level or "",
            "state": is_graded and lead.member_inquiry_state,
            "state_name": is_graded and self._get_label(lead, "member_inquiry_state"),
            "salesperson": lead.user_id.name or "",
            "revenue": lead.expected_revenue
            and self._format_amount(lead.expected_revenue, currency),
        }

    @api.model
    def _portray_dialogue(self, subject):
        """Return the last messages, calls and meetings, with a line of their text."""
        messages = self._find_messages(subject)
        meetings = self._find_meetings(subject)
        if not messages and not meetings:
            return {}
        return {
            "messages": [self._get_message(message) for message in messages],
            "meetings": [
                {
                    **self._link(meeting),
                    "day": self._format_day(
                        meeting.start_date if meeting.allday else meeting.start
                    ),
                    "is_ahead": meeting.start > fields.Datetime.now(),
                    "with": meeting.user_id.name or "",
                }
                for meeting in meetings
            ],
        }

    @api.model
    def _find_messages(self, subject):
        """Return what was written, or done as an activity, about the customer."""
        about = Domain("model", "=", "res.partner") & Domain(
            "res_id", "in", subject.contacts.ids
        )
        for model, ids in self._find_documents(subject).items():
            about |= Domain("model", "=", model) & Domain("res_id", "in", ids)
        spoken = Domain("message_type", "in", ("email", "email_outgoing", "comment"))
        done = Domain("mail_activity_type_id", "!=", False)
        return self.env["mail.message"].search(
            about & (spoken | done), order="date desc, id desc", limit=MESSAGES
        )

    @api.model
    def _find_documents(self, subject):
        """Return the ids of the latest leads and orders seen, by model."""
        found = {}
        if self._may_read("crm.lead"):
            found["crm.lead"] = (
                self._get_leads()
                .search(
                    self._get_lead_domain(subject), order="id desc", limit=DOCUMENTS
                )
                .ids
            )
        if self._may_read("sale.order"):
            found["sale.order"] = (
                self.env["sale.order"]
                .search(
                    self._get_customer_domain(subject), order="id desc", limit=DOCUMENTS
                )
                .ids
            )
        return found

    @api.model
    def _get_message(self, message):
        """Return who wrote when about what, and how the text begins."""
        is_from_us = message.author_id.user_ids.filtered(lambda user: not user.share)
        return {
            "id": message.id,
            "model": message.model,
            "res_id": message.res_id,
            "day": self._format_day(message.date),
            "author": message.author_id.name or message.email_from or "",
            "is_from_us": bool(is_from_us),
            "kind": message.mail_activity_type_id.name
            or self._get_label(message, "message_type"),
            "subject": message.subject or message.record_name or "",
            "preview": message.preview or "",
        }

    @api.model
    def _find_meetings(self, subject):
        """Return the meetings with the customer's people of the last year and ahead."""
        if not self._may_read("calendar.event"):
            return self.env["res.partner"]
        since = fields.Datetime.now() - timedelta(days=MEETING_DAYS)
        return self.env["calendar.event"].search(
            [("partner_ids", "in", subject.contacts.ids), ("start", ">=", since)],
            order="start desc, id desc",
            limit=MEETINGS,
        )

    @api.model
    def _portray_activities(self, subject):
        """Return what is still to be done for the customer, the most urgent first."""
        about = Domain("res_model", "=", "res.partner") & Domain(
            "res_id", "in", subject.contacts.ids
        )
        sources = {
            "crm.lead": (self._get_leads(), self._get_lead_domain),
            "sale.order": (self.env["sale.order"], self._get_customer_domain),
        }
        for model, (documents, get_domain) in sources.items():
            if self._may_read(model):
                seen = documents._search(get_domain(subject))
                about |= Domain("res_model", "=", model) & Domain("res_id", "in", seen)
        activities = self.env["mail.activity"].search(
            about, order="date_deadline, id", limit=ACTIVITIES
        )
        return activities and {
            "activities": [
                {
                    "id": one.id,
                    "model": one.res_model,
                    "res_id": one.res_id,
                    "document": one.res_name or "",
                    "type": one.activity_type_id.name or "",
                    "icon": one.icon or "fa-tasks",
                    "summary": one.summary or "",
                    "deadline": self._format_day(one.date_deadline),
                    "state": one.state,
                    "user": one.user_id.name or "",
                }
                for one in activities
            ]
        }
