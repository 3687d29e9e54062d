import json
from datetime import date
from unittest.mock import patch

from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PATIENCE, MemberPageCommon

URL = "/my/membership/settings"


class ConsentPageCommon(MemberPageCommon):
    """The purpose Research of the website's company, in force."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.website.company_id
        cls.purpose = cls._create_purpose("research", "Market research")
        cls.ann.country_id = cls.env.ref("base.de")

    @classmethod
    def _create_purpose(cls, code, name, **values):
        purpose = cls.env["member.consent.purpose"].create(
            {
                "name": name,
                "code": code,
                "company_id": cls.company.id,
                "demanded": "countries",
                "country_group_id": cls.env.ref("base.europe").id,
                **values,
            }
        )
        version = cls.env["member.consent.version"].create(
            {
                "purpose_id": purpose.id,
                "title": f"Yes to {name}",
                "text": "You may ask me <b>things</b>.",
            }
        )
        version.action_publish()
        return purpose

    def _get_state(self, partner=None):
        return (partner or self.ann)._get_consent("research", self.company)


@tagged("post_install", "-at_install")
class TestMemberSettings(ConsentPageCommon):
    def _answer(self, answer="give", purpose=None, **values):
        purpose = purpose or self.purpose
        data = {
            "purpose_id": str(purpose.id),
            "version_id": str(purpose.version_id.id),
            "answer": answer,
            **values,
        }
        return self._post(f"{URL}/consent", **data)

    def test_the_page_shows_the_words_and_escapes_them(self):
        page = self._read(URL)

        self.assertIn("Yes to Market research", page)
        self.assertIn("You may ask me &lt;b&gt;things&lt;/b&gt;.", page)
        self.assertIn("You have not answered yet.", page)
        self.assertEqual(page.count("<h1"), 1)

    def test_a_buyer_agrees_and_takes_it_back_at_once(self):
        states = []
        for answer in ("give", "give", "withdraw"):
            self._answer(answer)
            states.append(self._get_state())

        self.assertEqual(states, ["given", "given", "refused"])
        consents = self.env["member.consent"].search([("partner_id", "=", self.ann.id)])
        self.assertEqual(len(consents), 2)
        self.assertEqual(consents[0].user_id.login, "ann")
        self.assertEqual(self._get_state(self.amy), "")

    def test_bad_answers_change_nothing(self):
        other = self.env["res.company"].create({"name": "Other seller"})
        foreign = self.purpose.copy({"code": "foreign", "company_id": other.id})
        for values in (
            {"purpose_id": "abc"},
            {"purpose_id": "-1"},
            {"purpose_id": "9" * 30},
            {"purpose_id": str(foreign.id)},
            {"answer": "maybe"},
            {"answer": ""},
        ):
            with self.subTest(values=values):
                self.assertEqual(self._answer(**values).status_code, 404)
        self.assertFalse(
            self.env["member.consent"].search([("partner_id", "=", self.ann.id)])
        )

    def test_nobody_agrees_to_words_that_have_changed_meanwhile(self):
        read = str(self.purpose.version_id.id)
        later = {"purpose_id": self.purpose.id, "title": "Yes", "text": "Other words"}
        self.env["member.consent.version"].create(later).action_publish()

        for version_id in (read, "", "abc"):
            said = self._answer(version_id=version_id).text
            self.assertIn("The words have changed", said)
        self.assertEqual(self._get_state(), "")

    def test_nothing_changes_by_get_or_without_a_token(self):
        self.authenticate("ann", "ann")
        for name in ("consent", "birthday", "language"):
            self.assertIn(self.url_open(f"{URL}/{name}").status_code, (404, 405))
            with mute_logger("odoo.http"):
                response = self.url_open(f"{URL}/{name}", data={"answer": "give"})
            self.assertEqual(response.status_code, 400)
        self.assertEqual(self._get_state(), "")

    def test_a_visitor_is_sent_to_sign_in(self):
        self.authenticate(None, None)

        response = self.url_open(URL, timeout=PATIENCE)

        self.assertIn("/web/login", response.url)

    def test_many_changes_in_a_short_time_are_refused(self):
        path = "odoo.addons.member_loyalty_website.controllers.member_settings.CHANGES"
        with patch(path, 0):
            response = self._answer()

        self.assertIn("Try again in an hour", response.text)
        self.assertEqual(self._get_state(), "")

    def test_the_birthday_is_saved_once(self):
        self._post(f"{URL}/birthday", birthday="1980-02-29")
        response = self._post(f"{URL}/birthday", birthday="1980-03-01")

        self.assertEqual(self.ann.member_birthday, date(1980, 2, 29))
        self.assertIn("saved already", response.text)

    def test_a_birthday_that_is_none_is_refused(self):
        for day in ("", "abc", "1979-02-30", "2999-01-01", "0001-01-01", "1e9"):
            with self.subTest(day=day):
                response = self._post(f"{URL}/birthday", birthday=day)

                self.assertIn("Nothing was saved", response.text)
        self.assertFalse(self.ann.member_birthday)

    def test_the_language_changes_the_pages_and_the_mails(self):
        german = self.env["res.lang"]._activate_lang("de_DE")
        self.website.language_ids |= german

        response = self._post(f"{URL}/language", lang="de_DE", tz="Asia/Tokyo")

        self.assertEqual((self.ann.lang, self.ann.tz), ("de_DE", "Asia/Tokyo"))
        self.assertIn("/de/my/membership/settings", response.url)

    def test_a_language_that_the_website_has_not_is_ignored(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.website.language_ids = self.env.ref("base.lang_en")
        before = self.ann.lang, self.ann.tz

        for lang in ("fr_FR", "xx", "../../evil", ""):
            response = self._post(f"{URL}/language", lang=lang, tz="Mars/Olympus")
            self.assertEqual(response.status_code, 200)

        self.assertEqual((self.ann.lang, self.ann.tz), before)

    def test_marketing_is_stopped_and_allowed_again(self):
        found = self.env["member.consent.purpose"].search(
            [("code", "=", "marketing"), ("company_id", "=", self.company.id)]
        )
        if not found.version_id:
            found.version_ids[:1].action_publish()
        stopped = []
        for answer in ("withdraw", "give"):
            self._answer(answer, found)
            stopped.append(self.ann.member_no_marketing)

        self.assertEqual(stopped, [True, False])

    def test_own_data_is_downloaded_as_a_file(self):
        self._answer()

        response = self._post("/my/membership/data.json")

        self.assertIn("attachment", response.headers["Content-Disposition"])
        data = json.loads(response.content)
        self.assertEqual(data["contact"]["id"], self.ann.id)
        [consent] = data["sections"]["consents"]["entries"]
        self.assertTrue(consent["is_given"])
        [membership] = data["sections"]["memberships"]["entries"]
        self.assertEqual(membership["tier_id"], "Guest")
        self.assertNotIn("amy", response.text)

    def test_data_is_not_downloaded_by_get_nor_at_speed(self):
        self.authenticate("ann", "ann")
        self.assertEqual(self.url_open("/my/membership/data.json").status_code, 405)
        path = "odoo.addons.member_loyalty_website.controllers.member_data.DOWNLOADS"

        with patch(path, 0):
            response = self._post("/my/membership/data.json")

        self.assertIn("Try again in an hour", response.text)


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
        self._protect_documents()
        self.env.invalidate_all()

        self.assertTrue(tagged_before)
        self.assertEqual(self._get_state(), "")
        self.assertNotIn(self.purpose.tag_id, self.ann.member_tag_ids)
        self.assertFalse(self.purpose._filter_allowed(self.ann))
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
