from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from odoo import api, fields, models

from ..logic.inquiry_grade import Stated, find_words
from ..logic.inquiry_text import plain_text
from ..logic.inquiry_verdict import Evidence
from ..queries import inquiry

MESSAGES_OF_LEAD = 20
# a picture that is smaller is a logo; these files are part of any mail
_SMALLEST_PICTURE = 20_000
_NO_FILES = (".ics", ".vcf", ".eml", ".p7s", ".asc")


class Texts(NamedTuple):
    """What was written on a lead.

    :param dated: the texts with their days, the subject first
    :param has_body: whether there is more than the subject
    :param is_own: whether all of it was written by the company itself
    :param day: when, where the company is
    """

    dated: list
    has_body: bool
    day: date
    is_own: bool
    attachment_count: int


class MemberInquirySource(models.AbstractModel):
    """Collects what there is to read of leads, for all of them at once."""

    _name = "member.inquiry.source"
    _description = "Source of Inquiries"

    @api.model
    def _collect(self, leads):
        """Return the texts of each lead: subject, notes, mails, chatter."""
        company = self.env.company
        messages = self._find_messages(leads)
        attachments = self._count_attachments(leads)
        found = {}
        for lead in leads:
            own = messages.get(lead.id, [])
            customers = [one for one in own if self._is_to_read(one)]
            bodies = [(lead.description, lead.create_date)]
            bodies += [(one.body, one.date) for one in customers]
            dated = [
                (text, company._get_member_day(moment))
                for body, moment in bodies
                if (text := plain_text(body or ""))
            ]
            is_own = bool(own) and not dated
            has_body = bool(dated)
            first = company._get_member_day(lead.create_date)
            if not is_own:
                dated.insert(0, (lead.name or "-", first))
            day = max([first, *(day for _text, day in dated)])
            found[lead] = Texts(
                dated, has_body, day, is_own, attachments.get(lead.id, 0)
            )
        return found

    def _find_messages(self, leads):
        """Return the latest mails and comments of each lead, the oldest first."""
        messages = self.env["mail.message"].search_fetch(
            [
                ("model", "=", "crm.lead"),
                ("res_id", "in", leads.ids),
                ("message_type", "in", ("email", "comment")),
            ],
            ["res_id", "body", "date", "author_id", "subtype_id", "message_type"],
            order="id desc",
            limit=MESSAGES_OF_LEAD * len(leads),
        )
        return {
            lead_id: list(some[:MESSAGES_OF_LEAD].sorted("id"))
            for lead_id, some in messages.grouped("res_id").items()
        }

    @api.model
    def _is_to_read(self, message):
        """Tell whether a message is by a customer, or a note of the staff."""
        if message.message_type not in ("email", "comment"):
            return False
        is_staff = message.author_id and not message.author_id.partner_share
        return not is_staff or (
            message.message_type == "comment"
            and message.subtype_id == self.env.ref("mail.mt_note")
        )

    def _count_attachments(self, leads):
        """Return how many files there are on each lead that say something."""
        files = self.env["ir.attachment"].search_fetch(
            [("res_model", "=", "crm.lead"), ("res_id", "in", leads.ids)],
            ["res_id", "name", "mimetype", "file_size"],
            limit=MESSAGES_OF_LEAD * len(leads),
        )
        counts = {}
        for file in files:
            is_logo = (file.mimetype or "").startswith("image/") and (
                file.file_size or 0
            ) < _SMALLEST_PICTURE
            if not is_logo and not (file.name or "").lower().endswith(_NO_FILES):
                counts[file.res_id] = counts.get(file.res_id, 0) + 1
        return counts

    @api.model
    def _get_currencies(self, readings):
        """Return the ids of the active currencies that prices are in, by code."""
        codes = {one.currency for reading in readings.values() for one in reading.lines}
        found = self.env["res.currency"].search([("name", "in", list(codes - {""}))])
        return {currency.name: currency.id for currency in found}

    @api.model
    def _collect_evidence(self, leads, readings, texts, program, words):
        """Return for each lead what it states, the evidence by grade, the program."""
        members = self._find_members(leads, program)
        like = self._find_same(leads, program)
        found = {}
        for lead in leads:
            reading, lines = readings[lead], lead.member_inquiry_line_ids
            is_company = (lead.email_domain_criterion or "").startswith("@")
            stated = Stated(
                reading,
                item_count=len(lines.filtered("quantity")),
                product_count=len(lines.filtered("product_id")),
                has_price=any(lines.mapped("target_price")),
                has_name=any(lines.mapped("name")),
                has_date=any(lines.mapped("wanted_date")),
                attachment_count=texts[lead].attachment_count,
                is_known=lead.partner_id.commercial_partner_id.id in members,
                has_company_mail=is_company,
            )
            earlier_id, copy_count = self._compare(lead, like)
            evidence = partial(
                Evidence,
                text=reading.text if texts[lead].has_body or reading.lines else "",
                line_count=stated.item_count,
                spam_words=tuple(find_words(reading.text, words.spam)),
                is_own=texts[lead].is_own and not lines,
                earlier_id=earlier_id,
                copy_count=copy_count,
            )
            found[lead] = (stated, evidence, program)
        return found

    def _find_members(self, leads, program):
        """Return the ids of the members among the senders' commercial entities."""
        partners = leads.partner_id.commercial_partner_id
        if not partners:
            return set()
        found = self.env["member.membership"].search(
            [
                ("program_id", "=", program.id),
                ("partner_id.commercial_partner_id", "in", partners.ids),
            ]
        )
        return set(found.partner_id.commercial_partner_id.ids)

    def _find_same(self, leads, program):
        """Return the inquiries with the texts or lines of some, the first first."""
        prints = set(leads.mapped("member_inquiry_text_print"))
        prints |= set(leads.mapped("member_inquiry_lines_print"))
        prints -= {False, ""}
        if not prints:
            return []
        since = fields.Datetime.now() - timedelta(days=program.inquiry_duplicate_days)
        return self.env.execute_query(
            inquiry.same_inquiries(
                self.env, program.company_id.id, sorted(prints), since
            )
        )

    def _compare(self, lead, like):
        """Return which earlier inquiry a lead repeats, and how many others sent it."""
        senders = self._name_senders(
            lead.email_normalized,
            lead.email_domain_criterion,
            lead.partner_id.commercial_partner_id.id,
        )
        earlier_id, others = 0, set()
        for row in like if senders else []:
            other_id, text, lines, mail, domain, partner_id, state = row
            if other_id >= lead.id:
                continue
            is_same_text = text and text == lead.member_inquiry_text_print
            is_same_lines = lines and lines == lead.member_inquiry_lines_print
            theirs = self._name_senders(mail, domain, partner_id)
            if senders & theirs:
                is_first = state not in ("duplicate", "copy")
                if (is_same_text or is_same_lines) and is_first:
                    earlier_id = earlier_id or other_id
            elif is_same_text and theirs:
                others.add(other_id)
        return earlier_id, len(others)

    def _name_senders(self, mail, domain, partner_id):
        """Return by what a sender is known: mail, domain of the company, customer."""
        return {one for one in (mail, domain, partner_id) if one}
