import hashlib

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .consent_common import ConsentCommon


@tagged("post_install", "-at_install")
class TestConsent(ConsentCommon):
    def _say(self, is_given, partner=None, **values):
        return (partner or self.ada)._set_consent(
            "research", is_given, "settings", **values
        )

    def test_who_was_never_asked_said_nothing(self):
        self.assertEqual(self.ada._get_consent("research"), "")
        self.assertEqual(self.ada._get_consent("no_such_purpose"), "")

    def test_the_last_answer_counts(self):
        said = []
        for is_given in (True, False, True):
            self._say(is_given)
            said.append(self.ada._get_consent("research"))

        self.assertEqual(said, ["given", "refused", "given"])
        self.assertEqual(self._count_answers(self.ada), 3)

    def test_one_question_to_the_database_answers_for_many(self):
        people = self.ada | self.bob | self._create_customer("Cleo")
        self._say(True)
        self._say(False, self.bob)
        self.env.flush_all()

        with self.assertQueryCount(1):
            states = people._get_consents("research")

        self.assertEqual(list(states.values()), ["given", "refused", ""])

    def test_saying_the_same_again_is_written_once(self):
        first = self._say(True)

        again = self._say(True)

        self.assertEqual(again, first)
        self.assertEqual(self._count_answers(self.ada), 1)

    def test_a_new_version_asks_again_if_it_says_so(self):
        self._say(True)
        self._say(False, self.bob)
        self._publish(self.purpose, asks_again=False)
        kept = self.ada._get_consent("research")

        version = self._publish(self.purpose)

        self.assertEqual(kept, "given")
        self.assertEqual(self.ada._get_consent("research"), "")
        self.assertEqual(self.bob._get_consent("research"), "refused")
        self.assertEqual(self._say(True).version_id, version)
        self.assertEqual(self.ada._get_consent("research"), "given")

    def test_words_cannot_change_once_published_in_no_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        version = self.purpose.version_id
        for write in (
            lambda: version.write({"text": "Everything"}),
            lambda: version.with_context(lang="de_DE").write({"title": "Alles"}),
            lambda: version.update_field_translations("text", {"de_DE": "Alles"}),
            lambda: version.write({"asks_again": False}),
            lambda: version.unlink(),
            lambda: version.action_publish(),
        ):
            with self.assertRaisesRegex(UserError, "new version|neue Version"):
                write()

    def test_an_older_version_is_not_published_after_a_later_one(self):
        old = self.env["member.consent.version"].create(
            {"purpose_id": self.purpose.id, "title": "Old", "text": "Old"}
        )
        self._publish(self.purpose)

        with self.assertRaisesRegex(UserError, "in force already"):
            old.action_publish()

    def test_nobody_is_asked_before_anything_is_published(self):
        self._create_purpose("later", is_published=False)

        with self.assertRaisesRegex(UserError, "Publish a version"):
            self.ada._set_consent("later", True, "settings")

    def test_the_record_proves_the_words_in_the_language_shown(self):
        self.env["res.lang"]._activate_lang("de_DE")
        purpose = self._create_purpose("german", is_published=False)
        version = self.env["member.consent.version"].create(
            {"purpose_id": purpose.id, "title": "Yes", "text": "All of it"}
        )
        version.with_context(lang="de_DE").write({"title": "Ja", "text": "Alles"})
        version.action_publish()

        german = self.ada.with_context(lang="de_DE")
        consent = german._set_consent("german", True, "settings", signature="Ada")

        self.assertEqual(consent.lang, "de_DE")
        self.assertEqual(consent.text_hash, hashlib.sha256(b"Ja\nAlles").hexdigest())
        self.assertEqual(consent.signature, "Ada")

    def test_answers_cannot_be_changed_or_deleted(self):
        consent = self._say(True)

        for change in (
            lambda: consent.write({"is_given": False}),
            lambda: consent.sudo().write({"signature": "Eve"}),
            lambda: consent.unlink(),
            lambda: self.purpose.unlink(),
            lambda: self.purpose.write({"code": "other"}),
        ):
            with self.assertRaises(UserError):
                change()
        self.assertEqual(self.ada._get_consent("research"), "given")

    def test_consent_is_demanded_where_the_country_demands_it(self):
        nowhere = self._create_customer("Nobody Knows")
        company = self._create_customer("Inc.", is_company=True)
        company.country_id = self.env.ref("base.de")
        employee = self._create_customer("Emp", parent_id=company.id)
        people = self.ada | self.bob | nowhere | company | employee

        allowing = people._find_allowing("research", self.env.company)

        self.assertEqual(allowing, self.bob | company)

    def test_a_refusal_counts_where_nothing_is_demanded_too(self):
        self._say(False, self.bob)

        self.assertFalse(self.bob._find_allowing("research", self.env.company))

    def test_each_company_has_its_own_purposes(self):
        other = self._create_company()
        self._create_purpose(company_id=other.id)
        self._say(True)

        self.assertEqual(self.ada._get_consent("research", other), "")
        self.ada._set_consent("research", False, "settings", company=other)
        self.assertEqual(self.ada._get_consent("research"), "given")
        self.assertEqual(self.ada._get_consent("research", other), "refused")

    def test_answers_survive_the_merge_of_contacts(self):
        twin = self._create_customer("Ada B.")
        self._say(True, twin)
        self._say(True)
        self._say(False)
        self.env.flush_all()

        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.ada | twin).ids, self.ada
        )

        self.assertEqual(self._count_answers(self.ada), 3)
        self.assertEqual(self.ada._get_consent("research"), "refused")

    def test_codes_are_words_and_once_in_a_company(self):
        for code in ("Two words", "9lives", "ümlaut", "a" * 3 + "\n"):
            with self.assertRaisesRegex(ValidationError, "cannot be a code"):
                self._create_purpose(code, is_published=False)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self._create_purpose(is_published=False)
