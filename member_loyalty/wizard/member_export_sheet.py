from collections import defaultdict
from dataclasses import dataclass

from odoo import fields, models

from ..logic.workbook import Column

CHUNK_SIZE = 5_000
PARTNER_FIELDS = (
    "complete_name",
    "name",
    "email",
    "country_id",
    "lang",
    "is_company",
)


@dataclass(frozen=True, slots=True)
class ChunkFacts:
    """What the rows of one chunk of members share, read at once.

    ``languages`` is by code, the others are by the member's partner id.
    """

    figures: dict
    contacts: dict
    tags: dict
    languages: dict


class MemberExportSheet(models.AbstractModel):
    """What an export of members tells: its columns, a row per member, its origin.

    Another module adds a column with two overrides: of ``_get_columns`` and of
    ``_prepare_row``.
    """

    _name = "member.export.sheet"
    _description = "Sheet of Members"

    def _get_columns(self):
        """Return the columns, in the language of the environment."""
        currency = self.program_id.currency_id.name
        return [
            Column("member", self.env._("Member"), "text", 34),
            Column("contact", self.env._("Contact"), "text", 26),
            Column("email", self.env._("Email"), "text", 30),
            Column("country", self.env._("Country"), "text", 20),
            Column("language", self.env._("Language"), "text", 20),
            Column("tier", self.env._("Tier"), "text", 14),
            Column("since", self.env._("Since"), "date", 12),
            Column("until", self.env._("Valid Until"), "date", 13),
            Column(
                "amount",
                self.env._("Purchases (%(currency)s)", currency=currency),
                "amount",
                18,
            ),
            Column("orders", self.env._("Orders"), "integer", 10),
            Column("last_purchase", self.env._("Last Purchase"), "date", 15),
            Column("tags", self.env._("Tags"), "text", 30),
            Column("joined", self.env._("Joined On"), "date", 12),
        ]

    def _prepare_row(self, membership, facts):
        """Return a member's values by column name.

        :param ChunkFacts facts: of the members that are read together
        """
        member = membership.partner_id
        contact = facts.contacts.get(member.id, member)
        amount, orders, last_purchase = facts.figures.get(member.id, (0, 0, False))
        return {
            "member": member.complete_name,
            "contact": contact.name,
            "email": member.email or contact.email,
            "country": member.country_id.name,
            "language": facts.languages.get(member.lang, member.lang),
            "tier": membership.tier_id.name,
            "since": membership.tier_since,
            "until": membership.valid_until,
            "amount": amount,
            "orders": orders,
            "last_purchase": last_purchase,
            "tags": ", ".join(facts.tags.get(member.id, ())),
            "joined": membership.joined_on,
        }

    def _get_rows(self, memberships, as_of):
        """Give the rows of many members, chunk by chunk, in little memory.

        :param date as_of: the last day whose purchases count
        """
        names = [column.name for column in self._get_columns()]
        languages = dict(self.env["res.lang"].get_installed())
        ids = memberships.ids
        for start in range(0, len(ids), CHUNK_SIZE):
            chunk = memberships.browse(ids[start : start + CHUNK_SIZE])
            chunk.fetch(
                ["partner_id", "tier_id", "tier_since", "valid_until", "joined_on"]
            )
            members = chunk.partner_id
            members.fetch(PARTNER_FIELDS)
            facts = ChunkFacts(
                self.program_id._get_figures(members.ids, as_of),
                self._get_main_contacts(members),
                self._get_tag_names(members),
                languages,
            )
            for membership in chunk:
                values = self._prepare_row(membership, facts)
                yield [values[name] for name in names]
            self.env.invalidate_all()

    def _get_main_contacts(self, members):
        """Return the first contact person of each member that is a company, by id."""
        companies = members.filtered("is_company")
        first_ids = dict(
            self.env["res.partner"]._read_group(
                [
                    ("parent_id", "in", companies.ids),
                    ("type", "=", "contact"),
                    ("is_company", "=", False),
                ],
                ["parent_id"],
                ["id:min"],
            )
        )
        contacts = members.browse(first_ids.values())
        contacts.fetch(["name", "email"])
        return {
            company.id: members.browse(contact_id)
            for company, contact_id in first_ids.items()
        }

    def _get_tag_names(self, members):
        """Return the names of each member's tags, by id."""
        groups = self.env["res.partner"]._read_group(
            [("id", "in", members.ids)], ["member_tag_ids"], ["id:array_agg"]
        )
        carriers = {tag: ids for tag, ids in groups if tag.active}
        names = defaultdict(list)
        for tag in self.env["member.tag"].union(*carriers).sorted():
            for member_id in carriers[tag]:
                names[member_id].append(tag.name)
        return names

    def _get_facts(self, as_of, count):
        """Return what the sheet about the export says: label, kind, value.

        :param date as_of: the last day whose purchases count
        :param int count: how many members were written
        """
        program = self.program_id
        first = program._get_window().days_as_of(as_of).first
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        return [
            (self.env._("Program"), "text", program.name),
            (self.env._("Company"), "text", program.company_id.name),
            (self.env._("As of"), "date", as_of),
            (self.env._("Members"), "integer", count),
            (self.env._("Selection"), "text", self._get_selection_label()),
            (self.env._("Purchases and orders"), "text", program._get_window_label()),
            (
                self.env._("First day that counts"),
                *(("date", first) if first else ("text", self.env._("from the start"))),
            ),
            (self.env._("Last day that counts"), "date", as_of),
            (self.env._("Currency"), "text", program.currency_id.name),
            (self.env._("Exported by"), "text", self.env.user.name),
            (self.env._("Exported on"), "moment", now.replace(tzinfo=None)),
            (self.env._("Time zone"), "text", str(now.tzinfo)),
        ]
