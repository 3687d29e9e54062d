from io import BytesIO

from openpyxl import load_workbook

from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class ExportCommon(BaseCommon):
    """A club with two tiers, and somebody who may export its members."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.club = cls.env["member.program"].create(
            {
                "name": "Club",
                "sequence": 900,
                "tier_ids": [
                    (0, 0, {"name": "Ordinary", "sequence": 10}),
                    (0, 0, {"name": "Silver", "sequence": 20}),
                ],
            }
        )
        cls.ordinary, cls.silver = cls.club.tier_ids.sorted("sequence")
        cls.exporter = cls._create_user("exporter", "base.group_allow_export")

    @classmethod
    def _create_user(cls, login, *groups, **values):
        group_names = ("member_loyalty.member_loyalty_group_user", *groups)
        return new_test_user(cls.env, login, groups=",".join(group_names), **values)

    @classmethod
    def _create_member(cls, name, tier=None, program=None, joined_on=None, **values):
        partner = cls.env["res.partner"].create({"name": name, **values})
        program = program or cls.club
        membership = program._enroll_partners(partner, "hand", joined_on)
        if tier:
            membership._assign_tier(tier, "For the test")
        return membership

    @classmethod
    def _book(cls, membership, day, amount, orders=1):
        member = membership.partner_id
        count = cls.env["member.activity"].search_count([])
        cls.env["member.activity"].sudo().create(
            {
                "company_id": membership.company_id.id,
                "currency_id": membership.currency_id.id,
                "partner_id": member.id,
                "commercial_partner_id": member.commercial_partner_id.id,
                "kind": "purchase",
                "event": "booked",
                "date": day,
                "amount": amount,
                "order_count": orders,
                "source_key": f"test,{member.id}-{count}",
                "revision": 1,
            }
        )

    @classmethod
    def _create_export(cls, user=None, **values):
        return (
            cls.env["member.export"]
            .with_user(user or cls.exporter)
            .create({"program_id": cls.club.id, **values})
        )

    def _read_workbook(self, export):
        with export._open_workbook() as file:
            return load_workbook(BytesIO(file.read()))

    def _read_rows(self, export):
        """Return the members of an export as dicts by column title."""
        titles, *rows = self._read_workbook(export).worksheets[0].values
        return [dict(zip(titles, row, strict=True)) for row in rows]

    def _read_names(self, **values):
        rows = self._read_rows(self._create_export(**values))
        return [row["Member"] for row in rows]
