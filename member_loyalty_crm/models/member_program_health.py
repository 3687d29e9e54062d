from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from odoo import fields, models
from odoo.fields import Domain

SILENT_DAYS = 365
CHECKS = [
    ("no_mail", "Members without a mail address"),
    ("bad_mail", "Members whose mail address is wrong or bounced"),
    ("unreachable", "Members whose mail bounced and who did not buy for a year"),
    ("no_phone", "Members without a phone number"),
    ("bad_phone", "Members whose phone number is wrong"),
    ("no_country", "Members without a country"),
    ("no_vat", "Companies without a tax number"),
    ("no_salesperson", "Members without a salesperson"),
    ("duplicates", "Possible duplicates to decide"),
    ("silent", "Members who did not buy for a year"),
    ("archived", "Memberships of archived contacts"),
    ("orders", "Confirmed orders of no member"),
    ("leads", "Leads without a customer"),
    ("drift", "Points that differ from their entries"),
    ("tags", "Tags kept by hand that nobody carries"),
]


class Check(NamedTuple):
    """What is counted, and of what: a model, what is wrong, and all there are."""

    model: str
    wrong: Sequence
    all: Sequence


class MemberProgramHealth(models.AbstractModel):
    """How good the data of a program's members is, and whom that is told to."""

    _name = "member.program.health"
    _description = "Health of a Program's Data"

    health_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="member_program_health_user_rel",
        column1="program_id",
        column2="user_id",
        string="Mail the Report to",
        domain="[('share', '=', False)]",
        help="They get the monthly report on the health of the data, in their"
        " language. Empty: nobody does.",
    )

    def _get_health_checks(self):
        """Return what is counted, as ``Check`` by code.

        Seam: a module adds its own, and their names to ``member.data.health.line``.
        """
        self.ensure_one()
        return {**self._get_contact_checks(), **self._get_record_checks()}

    def _get_contact_checks(self):
        """Return what is counted of the members' contacts."""
        members = Domain(
            "member_membership_ids",
            "any",
            [("program_id", "=", self.id), ("active", "=", True)],
        )
        mail_is_set, phone_is_set = (
            Domain("email", "not in", (False, "")),
            Domain("phone", "not in", (False, "")),
        )
        bounced = Domain("message_bounce", ">", 0)
        no_mail = Domain("email_normalized", "=", False)
        companies = Domain("is_company", "=", True)
        wrong = {
            "no_mail": (~mail_is_set, members),
            "bad_mail": (mail_is_set & (bounced | no_mail), members),
            "no_phone": (~phone_is_set, members),
            "bad_phone": (
                phone_is_set & Domain("phone_sanitized", "=", False),
                members,
            ),
            "no_country": (Domain("country_id", "=", False), members),
            "no_vat": (Domain("vat", "in", (False, "")), members & companies),
            "no_salesperson": (Domain("user_id", "=", False), members),
        }
        return {
            code: Check("res.partner", list(everybody & domain), list(everybody))
            for code, (domain, everybody) in wrong.items()
        }

    def _get_record_checks(self):
        """Return what is counted of memberships, documents and the suite's own."""
        held = Domain("program_id", "=", self.id) & Domain("active", "=", True)
        member = Domain("member_membership_ids", "any", held)
        wrong = {
            **self._get_membership_flaws(held),
            **self._get_document_flaws(member),
            "duplicates": (
                "member.duplicate",
                Domain("state", "=", "open"),
                Domain("partner_id", "any", member) | Domain("other_id", "any", member),
            ),
            "tags": (
                "member.tag",
                Domain("partner_ids", "=", False),
                Domain("kept_by", "=", "hand")
                & Domain("company_id", "in", (False, self.company_id.id)),
            ),
        }
        checks = {
            code: Check(model, list(everything & domain), list(everything))
            for code, (model, domain, everything) in wrong.items()
        }
        checks["drift"] = Check(
            "member.point.drift",
            [("program_id", "=", self.id), ("state", "=", "open")],
            [("member_program_id", "=", self.id)],
        )
        return checks

    def _get_membership_flaws(self, held):
        """Return model, what is wrong and all there are, of memberships."""
        day = fields.Date.to_string(
            self.company_id._member_today() - timedelta(days=SILENT_DAYS)
        )
        silent = Domain("last_purchase_on", "=", False)
        silent |= Domain("last_purchase_on", "<", day)
        flaws = {
            "unreachable": Domain("partner_id.message_bounce", ">", 0) & silent,
            "silent": silent,
            "archived": Domain("partner_id.active", "=", False),
        }
        return {code: ("member.membership", flaw, held) for code, flaw in flaws.items()}

    def _get_document_flaws(self, member):
        """Return model, what is wrong and all there are, of orders and leads."""
        if self.member_level != "contact":
            member = Domain("commercial_partner_id", "any", member)
        return {
            "orders": (
                "sale.order",
                Domain("partner_id", "not any", member),
                Domain("company_id", "=", self.company_id.id)
                & Domain("state", "=", "sale"),
            ),
            "leads": (
                "crm.lead",
                Domain("partner_id", "=", False),
                Domain("company_id", "in", (False, self.company_id.id)),
            ),
        }

    def _take_health(self):
        """Count everything and keep the report; that of the same day is replaced.

        :return: the report
        """
        self.ensure_one()
        today = self.company_id._member_today()
        Health = self.env["member.data.health"].sudo()
        health = Health.search(
            [("program_id", "=", self.id), ("taken_on", "=", today)], limit=1
        )
        health = health or Health.create({"program_id": self.id, "taken_on": today})
        health.line_ids.unlink()
        counts = self._count_health()
        codes = [code for code, _name in CHECKS if code in counts]
        codes += [code for code in counts if code not in codes]
        health.line_ids = [
            fields.Command.create(
                {
                    "sequence": place,
                    "code": code,
                    "count": counts[code][0],
                    "total": counts[code][1],
                }
            )
            for place, code in enumerate(codes)
        ]
        return health

    def _count_health(self):
        """Return how many are wrong, of how many, by the code of the check."""
        env = self.sudo().with_context(allowed_company_ids=self.company_id.ids).env
        totals = {}
        counts = {}
        for code, check in self._get_health_checks().items():
            model = "loyalty.card" if code == "drift" else check.model
            key = (model, str(check.all))
            if key not in totals:
                totals[key] = env[model].search_count(check.all)
            counts[code] = (env[check.model].search_count(check.wrong), totals[key])
        return counts
