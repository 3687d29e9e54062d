from datetime import date, datetime
from typing import NamedTuple

from odoo import api, fields, models

SCHEMA, SCHEMA_VERSION = "member_loyalty.personal_data", 1
MOST_ENTRIES = 10_000
AT_ONCE = 1_000


class Section(NamedTuple):
    """A part of what is kept of a contact: which rows, and what of each."""

    key: str
    """Its name in the file; stays the same in later versions."""
    model: str
    owner: str
    """The field, or path, that leads to the contact."""
    names: tuple[str, ...]
    """The fields that are given: nothing in them tells of another person."""
    of_company: bool = False
    """Whether rows of the contact's company are given, too: what its buyers share."""


class MemberPersonalData(models.AbstractModel):
    """What the suite keeps of a contact, for the contact to read and take away.

    Seam: a module adds what it keeps in :meth:`_get_sections`, and explains in
    :meth:`_get_exceptions` what it leaves out. A test asks for one of both for every
    model with a contact.

    A purse and a tier that the buyers of a company share are given to each of them,
    as the member centre shows them to each; what one contact did is given to that
    contact only.
    """

    _name = "member.personal.data"
    _description = "Personal Data"

    @api.model
    def _get_sections(self):
        """Return the parts of the file.

        :rtype: list[Section]
        """
        return [
            *self._get_shared_sections(),
            *self._get_own_sections(),
            *self._get_said_sections(),
            *self._get_told_sections(),
        ]

    @api.model
    def _get_shared_sections(self):
        """Return what the buyers of a company share."""
        return [
            Section(
                "memberships",
                "member.membership",
                "partner_id",
                (
                    *("program_id", "tier_id", "tier_since", "valid_until"),
                    *("joined_on", "joined_by", "window_amount"),
                    *("window_order_count", "last_purchase_on"),
                ),
                of_company=True,
            ),
            Section(
                "tier_changes",
                "member.tier.decision",
                "membership_id.partner_id",
                ("date", "event", "from_tier_id", "to_tier_id"),
                of_company=True,
            ),
            Section(
                "point_entries",
                "member.point.entry",
                "card_id.member_owner_id",
                ("date", "kind", "points", "balance", "expires_at", "source_ref"),
                of_company=True,
            ),
            Section(
                "gifts",
                "member.benefit.gift.issue",
                "partner_id",
                ("given_on", "benefit_id", "occasion", "points", "expires_on"),
                of_company=True,
            ),
        ]

    @api.model
    def _get_own_sections(self):
        """Return what a contact did and was told."""
        return [
            Section(
                "purchases",
                "member.activity",
                "partner_id",
                ("date", "kind", "event", "amount", "order_count", "source_ref"),
            ),
            Section(
                "benefits_used",
                "member.benefit.usage",
                "partner_id",
                ("date", "benefit_id", "quantity", "tier_id", "source_ref"),
            ),
            Section(
                "messages",
                "member.notification",
                "partner_id",
                ("create_date", "kind", "title", "body", "lang", "read_at"),
            ),
        ]

    @api.model
    def _get_said_sections(self):
        """Return what a contact agreed to and asked for."""
        return [
            Section(
                "consents",
                "member.consent",
                "partner_id",
                (
                    *("moment", "purpose_id", "version_id", "is_given", "how"),
                    *("lang", "text_hash", "signature"),
                ),
            ),
            Section(
                "documents_opened",
                "member.document.download",
                "partner_id",
                ("moment", "document_name", "level_id", "tier_id"),
            ),
            Section(
                "appeals",
                "member.tier.appeal",
                "filed_by_id.partner_id",
                (
                    *("name", "tier_id", "reason", "promised_amount", "wished_until"),
                    *("state", "submitted_on", "decided_on", "refusal_reason"),
                ),
            ),
        ]

    @api.model
    def _get_told_sections(self):
        """Return whom a contact brought, and what it is known for."""
        return [
            Section(
                "referrals",
                "member.referral",
                "referrer_id",
                ("bound_on", "state", "paid_on", "closed_on", "referrer_points"),
            ),
            Section(
                "referral_codes",
                "member.referral.code",
                "partner_id",
                ("program_id", "code", "active"),
            ),
            Section(
                "tags",
                "member.tag",
                "partner_ids",
                ("name", "family", "kept_by"),
            ),
            Section(
                "tag_changes",
                "member.tag.change",
                "partner_id",
                ("date", "tag_id", "change", "origin"),
            ),
        ]

    @api.model
    def _get_exceptions(self):
        """Return models with a contact that are left out, and why.

        :rtype: dict[str, str]
        """
        return {
            "member.benefit.entitlement": "computed from the tier, stored nowhere",
            "member.benefit.reminder": "the reminder itself is among the messages",
            "member.evaluation.fall": "a tier change that waits; made, it is given",
            "member.import": "files of the seller; what they brought is given",
            "member.import.part": "staging of a file, emptied when it is booked",
            "member.movement.report": "a view of the tier changes, which are given",
            "member.point.import.line": "a problem in a file, no data of a contact",
            "member.point.statement": "a view of the point entries, which are given",
        }

    @api.model
    def _collect(self, partner, company):
        """Return everything kept of a contact in a company, ready for JSON.

        :rtype: dict
        """
        contact = partner.sudo()
        return {
            "schema": SCHEMA,
            "schema_version": SCHEMA_VERSION,
            "created_at": self._to_json(fields.Datetime.now()),
            "seller": company.sudo().name,
            "contact": {
                name: self._to_json(contact[name]) or None
                for name in (
                    *("id", "name", "email", "phone", "lang", "tz"),
                    *("country_id", "member_birthday"),
                )
            },
            "sections": {
                section.key: self._collect_section(section, contact, company)
                for section in self._get_sections()
                if section.model in self.env
            },
        }

    def _collect_section(self, section, contact, company):
        """Return the newest entries of a section, and whether these are all."""
        model = self.env[section.model].sudo().with_context(active_test=False)
        domain = self._get_domain(section, contact, company)
        rows = model.search(domain, order="id desc", limit=MOST_ENTRIES + 1)
        entries = []
        for start in range(0, len(rows[:MOST_ENTRIES]), AT_ONCE):
            part = rows[start : min(start + AT_ONCE, MOST_ENTRIES)]
            entries += [self._collect_row(section, row) for row in part]
            part.invalidate_recordset(flush=False)
        return {"complete": len(rows) <= MOST_ENTRIES, "entries": entries}

    def _get_domain(self, section, contact, company):
        """Return the domain of the rows that are this contact's."""
        owners = contact
        if section.of_company:
            owners |= contact.commercial_partner_id
        domain = fields.Domain(section.owner, "in", owners.ids)
        if "company_id" in self.env[section.model]._fields:
            domain &= fields.Domain("company_id", "in", (company.id, False))
        return domain

    def _collect_row(self, section, row):
        return {
            name: None
            if row[name] is False and row._fields[name].type != "boolean"
            else self._to_json(row[name])
            for name in section.names
        }

    @api.model
    def _to_json(self, value):
        """Return a value as JSON has it: names for records, ISO 8601 for moments."""
        if isinstance(value, models.BaseModel):
            return ", ".join(value.mapped("display_name")) or None
        if isinstance(value, datetime):
            return value.isoformat() + "Z"
        if isinstance(value, date):
            return value.isoformat()
        return value
