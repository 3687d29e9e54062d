import json
from datetime import date
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .consent_common import ConsentPageCommon
from .portal_common import PATIENCE

URL = "/my/membership/settings"


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
