from odoo import Command, http
from odoo.tests import HttpCase, new_test_user

PATIENCE = 60  # seconds: the first page of a shop makes its style sheets


class MemberPageCommon(HttpCase):
    """Ann and Amy buy for Acme, Bob for Bolt; Acme is a Guest of the club."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["member.program"].search([]).active = False
        cls.website = cls.env.ref("website.default_website")
        cls.program = cls.env["member.program"].create(
            {
                "name": "Club",
                "company_id": cls.website.company_id.id,
                "tier_ids": [
                    Command.create({"name": "Guest", "sequence": 1}),
                    Command.create({"name": "Patron", "sequence": 2}),
                ],
            }
        )
        cls.guest, cls.patron = cls.program.tier_ids
        cls.env["member.tier.rule"].create(
            {
                "tier_id": cls.patron.id,
                "condition_ids": [
                    Command.create({"metric": "purchase_amount", "value": 1000})
                ],
            }
        )
        cls.acme = cls._create_company("Acme")
        cls.ann = cls._create_buyer("ann", cls.acme)
        cls.amy = cls._create_buyer("amy", cls.acme)
        cls.bolt = cls._create_company("Bolt")
        cls.bob = cls._create_buyer("bob", cls.bolt)
        cls.membership = cls.program._enroll_partners(cls.acme, "hand")

    @classmethod
    def _create_company(cls, name):
        return cls.env["res.partner"].create({"name": name, "is_company": True})

    @classmethod
    def _create_buyer(cls, login, company):
        user = new_test_user(cls.env, login, "base.group_portal", password=login)
        user.partner_id.parent_id = company
        return user.partner_id

    @classmethod
    def _create_benefit(cls, name="Hotline", tiers=None, **values):
        tiers = cls.guest if tiers is None else tiers
        return cls.env["member.benefit"].create(
            {
                "program_id": cls.program.id,
                "name": name,
                "tier_ids": [Command.set(tiers.ids)],
                **values,
            }
        )

    @classmethod
    def _tell(cls, partner, title="Hello", **values):
        """Leave a message for a contact."""
        return cls.env["member.notification"].create(
            {
                "partner_id": partner.id,
                "program_id": cls.program.id,
                "kind": "joined",
                "key": f"{title}:{partner.id}",
                "title": title,
                **values,
            }
        )

    def _read(self, url, login="ann"):
        """Return a page as one line of text and tags."""
        self.authenticate(login, login)
        response = self.url_open(url, timeout=PATIENCE)
        self.assertEqual(response.status_code, 200)
        return " ".join(response.text.replace("\xa0", " ").split())

    def _post(self, url, login="ann", **data):
        """Press a button of a page."""
        self.authenticate(login, login)
        data["csrf_token"] = http.Request.csrf_token(self)
        response = self.url_open(url, data=data, timeout=PATIENCE)
        self.env.invalidate_all()
        return response
