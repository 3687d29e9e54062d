from odoo import http
from odoo.tests import tagged

from .consent_common import ConsentPageCommon
from .portal_common import PATIENCE


@tagged("post_install", "-at_install")
class TestRegistration(ConsentPageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].sudo().set_param(
            "auth_signup.invitation_scope", "b2c"
        )
        cls.website.auth_signup_uninvited = "b2c"
        cls.purpose.registration = "asked"

    def _register(self, **ticked):
        self.authenticate(None, None)
        self.url_open("/web/signup", timeout=PATIENCE)
        return self.url_open(
            "/web/signup",
            data={
                "login": "new@example.com",
                "name": "New",
                "password": "Abc12345!x",
                "confirm_password": "Abc12345!x",
                "csrf_token": http.Request.csrf_token(self),
                **ticked,
            },
            timeout=PATIENCE,
        )

    def _find_new(self):
        self.env.invalidate_all()
        return self.env["res.users"].search([("login", "=", "new@example.com")])

    def _tick(self):
        return {f"consent_{self.purpose.id}": str(self.purpose.version_id.id)}

    def test_boxes_are_shown_and_not_ticked(self):
        self.authenticate(None, None)
        page = self.url_open("/web/signup", timeout=PATIENCE).text

        self.assertIn("Yes to Market research", page)
        [box] = [
            one for one in page.split("<input") if f"consent_{self.purpose.id}" in one
        ][:1]
        self.assertNotIn("checked", box.split(">")[0])

    def test_what_is_ticked_is_written_down_with_its_version(self):
        self._register(**self._tick())

        new = self._find_new()
        consent = self.env["member.consent"].search(
            [("partner_id", "=", new.partner_id.id)]
        )
        self.assertEqual(
            (consent.how, consent.version_id, consent.user_id),
            ("registration", self.purpose.version_id, new),
        )

    def test_what_is_not_ticked_is_not_assumed(self):
        for number, value in enumerate(("", "on", "0", "9" * 20)):
            ticked = {f"consent_{self.purpose.id}": value, "consent_abc": "1"}
            self._register(**ticked, login=f"new{number}@example.com")

        self.env.invalidate_all()
        users = self.env["res.users"].search([("login", "like", "new_@example.com")])
        self.assertEqual(len(users), 4)
        self.assertFalse(
            self.env["member.consent"].search([("how", "=", "registration")])
        )

    def test_who_must_agree_does_not_register_without(self):
        self.purpose.registration = "required"

        response = self._register()

        self.assertIn("tick its box", response.text)
        self.assertFalse(self._find_new())
        self._register(**self._tick())
        self.assertTrue(self._find_new())

    def test_where_it_is_not_demanded_nobody_must_agree(self):
        self.purpose.write({"registration": "required", "demanded": "nowhere"})

        self._register()

        self.assertTrue(self._find_new())

    def _protect_documents(self):
        return self.env["member.document.level"].create(
            {
                "name": "Secret Plans",
                "company_id": self.company.id,
                "consent_purpose_id": self.purpose.id,
            }
        )

    def test_what_protects_documents_is_signed_with_the_name_that_is_registered(self):
        self._protect_documents()
        self.purpose.registration = "required"
        self.authenticate(None, None)

        page = self.url_open("/web/signup", timeout=PATIENCE).text
        self._register(**self._tick())

        new = self._find_new()
        self.assertIn("you sign this with the name you entered", page)
        consent = self.env["member.consent"].search(
            [("partner_id", "=", new.partner_id.id)]
        )
        self.assertEqual((consent.how, consent.signature), ("registration", "New"))
        self.assertEqual(self._get_state(new.partner_id), "given")
        self.assertTrue(self.purpose._filter_allowed(new.partner_id))

    def test_a_tick_from_before_opens_nothing_until_it_is_signed(self):
        self.purpose.tag_id = self.env["member.tag"].create(
            {"name": "Agreed", "company_id": self.company.id, "kept_by": "hand"}
        )
        self.ann._set_consent("research", True, "registration", self.company)
        tagged_before = self.purpose.tag_id in self.ann.member_tag_ids
        level = self._protect_documents()
        self.env.invalidate_all()

        self.assertTrue(tagged_before)
        self.assertEqual(self._get_state(), "")
        self.assertNotIn(self.purpose.tag_id, self.ann.member_tag_ids)
        self.assertFalse(self.purpose._filter_allowed(self.ann))
        level.unlink()
        self.assertIn(self.purpose.tag_id, self.ann.member_tag_ids)
        self._protect_documents()
        self.ann._set_consent(
            "research", True, "document", self.company, signature="Ann Example"
        )
        self.assertEqual(self._get_state(), "given")
        self.assertIn(self.purpose.tag_id, self.ann.member_tag_ids)

    def test_who_came_without_the_form_is_asked_in_the_member_centre(self):
        asked = "o_member_unanswered"
        before = self._read("/my/membership")
        self.ann._set_consent("research", False, "settings", self.company)
        after = self._read("/my/membership")
        self.purpose.registration = "no"

        self.assertIn(asked, before)
        self.assertIn("Yes to Market research", before)
        self.assertNotIn(asked, after)
        self.assertNotIn(asked, self._read("/my/membership", "amy"))

    def test_a_purpose_that_is_not_asked_is_not_taken_from_parameters(self):
        self.purpose.registration = "no"

        self._register(**self._tick())

        self.assertTrue(self._find_new())
        self.assertFalse(
            self.env["member.consent"].search([("how", "=", "registration")])
        )
