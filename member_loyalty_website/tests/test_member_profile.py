from odoo.tests import tagged

from .act_common import ActCommon

CARD = 'id="member_profile"'


@tagged("post_install", "-at_install")
class TestMemberProfile(ActCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule("profile", 50)
        cls.joe = cls._create_loner("joe")
        cls.joe.write({"email": "joe@example.com", "phone": "+32 1", "city": "Ghent"})

    def _get_form(self, **values):
        """What the form of Odoo's account page sends for Joe."""
        return {
            "partner_id": self.joe.id,
            "address_type": "billing",
            "name": self.joe.name,
            "email": self.joe.email,
            "phone": "+32 470 12 34 56",
            "street": "Rue 1",
            "city": "Ghent",
            "zip": "9000",
            "country_id": self.env.ref("base.be").id,
            "required_fields": "name,email",
            **values,
        }

    def test_the_card_says_what_is_missing_and_what_it_gives(self):
        page = self._read("/my/membership", "joe")

        self.assertIn(CARD, page)
        self.assertIn("You get 50 points as soon as it is complete", page)
        card = page[page.index(CARD) :]
        card = card[: card.index("</section>")]
        self.assertIn("Street", card)
        self.assertIn("Country", card)
        self.assertNotIn("City", card)
        self.assertIn("/my/account", card)

    def test_completing_the_account_gives_the_points_once(self):
        for _time in range(2):
            response = self._post("/my/address/submit", "joe", **self._get_form())
            self.assertEqual(response.status_code, 200)

        self.assertEqual(self._earned(self.joe), [50])
        self.assertNotIn(CARD, self._read("/my/membership", "joe"))

    def test_emptying_the_profile_again_offers_nothing_more(self):
        self._post("/my/address/submit", "joe", **self._get_form())
        self.joe.street = False

        self.assertNotIn(CARD, self._read("/my/membership", "joe"))

    def test_contacts_with_a_shared_purse_see_what_the_company_lacks(self):
        page = self._read("/my/membership")

        self.assertIn("Complete your company's profile", page)
        self.assertIn("/contactus", page)

    def test_without_a_rule_or_membership_there_is_no_card(self):
        self.assertNotIn(CARD, self._read("/my/membership", "bob"))
        self.rule.active = False

        self.assertNotIn(CARD, self._read("/my/membership", "joe"))

    def test_what_a_buyer_changes_in_the_shop_is_in_the_contact_at_once(self):
        self._post("/my/address/submit", "joe", **self._get_form(street="New street 7"))

        self.assertRecordValues(
            self.joe, [{"street": "New street 7", "phone": "+32 470 12 34 56"}]
        )

    def test_nobody_changes_the_data_of_others(self):
        form = self._get_form(partner_id=self.bob.id, street="Forged street")

        response = self._post("/my/address/submit", "joe", **form)

        self.assertEqual(response.status_code, 403)
        self.assertNotEqual(self.bob.street, "Forged street")
