from odoo import Command
from odoo.tests import HttpCase, new_test_user

from odoo.addons.member_loyalty.tests.document_common import DocumentCommon

SECRET = b"secret drawing"


class DocumentShopCommon(DocumentCommon, HttpCase):
    """A lamp in the shop; gold Acme with its contact Eve, silver Ben, member Liz of
    another company's club, and a clerk.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env.ref("website.default_website")
        cls.website.company_id = cls.env.company
        cls.lamp = cls._create_lamp("Lamp")
        cls.acme = cls._create_member("Acme", tier=cls.gold, is_company=True)
        cls.eve = cls._create_customer("Eve", parent_id=cls.acme.id)
        cls.ben = cls._create_member("Ben", tier=cls.silver)
        cls.liz = cls._create_foreign_member()
        for login in ("eve", "ben", "liz"):
            partner = getattr(cls, login)
            groups = "base.group_portal"
            new_test_user(cls.env, login, groups, partner_id=partner.id, password=login)
        new_test_user(cls.env, "clerk", "base.group_user", password="clerk")

    @classmethod
    def _create_lamp(cls, name, **values):
        return cls._create_product(name, is_published=True, sale_ok=True, **values)

    @classmethod
    def _create_foreign_member(cls):
        """Make Liz gold in the club of another company, which opens its own level."""
        company = cls._create_company()
        club = cls._create_program(company=company)
        level = cls.env["member.document.level"].create(
            {"name": "Test Foreign", "company_id": company.id}
        )
        cls.env["member.benefit"].create(
            {
                "program_id": club.id,
                "name": "Opens Foreign",
                "kind": "documents",
                "document_level_ids": [Command.set(level.ids)],
                "tier_ids": [Command.set(club.tier_ids.ids)],
            }
        )
        liz = cls._create_customer("Liz")
        cls._enroll(liz, program=club, tier=club.tier_ids[-1])
        return liz

    def _visit(self, login, url, **values):
        """Open an address as a user, or as a visitor."""
        self.authenticate(login, login)
        self.env.flush_all()
        response = self.url_open(url, **values)
        self.env.invalidate_all()
        return response
