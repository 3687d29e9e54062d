import hashlib

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..logic.notification import Notice
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
            with self.assertRaisesRegex(UserError, "Make a new version"):
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


@tagged("post_install", "-at_install")
class TestConsentTag(ConsentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.env["member.tag"].create({"name": "Agreed to Research"})
        cls.purpose.tag_id = cls.tag

    def _say(self, is_given, partner=None):
        (partner or self.ada)._set_consent("research", is_given, "settings")

    def test_the_tag_comes_and_goes_at_once_and_is_logged(self):
        carried = []
        for is_given in (True, False):
            self._say(is_given)
            carried.append(self.tag in self.ada.member_tag_ids)

        self.assertEqual(carried, [True, False])
        changes = self.env["member.tag.change"].search([("tag_id", "=", self.tag.id)])
        self.assertEqual(
            changes.sorted("id").mapped(lambda one: (one.change, one.origin)),
            [("added", "consent"), ("removed", "consent")],
        )
        self.assertEqual(changes[0].reason, "By consent")

    def test_the_tag_is_not_given_on_the_contact(self):
        with self.assertRaisesRegex(UserError, "stands for a consent"):
            self.ada.member_tag_ids = [Command.link(self.tag.id)]

    def test_the_tag_is_not_given_on_the_tag(self):
        with self.assertRaisesRegex(UserError, "stands for a consent"):
            self.tag.partner_ids = [Command.link(self.ada.id)]

    def test_replacing_the_tags_of_a_contact_leaves_it(self):
        self._say(True)
        other = self.env["member.tag"].create({"name": "By hand"})

        self.ada.member_tag_ids = other

        self.assertEqual(self.ada.member_tag_ids, self.tag | other)

    def test_a_version_that_asks_again_takes_it_from_everybody(self):
        self._say(True)
        self._say(True, self.bob)

        self._publish(self.purpose)

        self.assertFalse(self.tag.partner_ids)

    def test_a_tag_chosen_later_is_given_to_who_agreed_before(self):
        self._say(True)
        later = self.env["member.tag"].create({"name": "Later"})

        self.purpose.tag_id = later

        self.assertEqual(later.partner_ids, self.ada)
        self.assertEqual((later.kept_by, self.tag.kept_by), ("consent", "hand"))

    def test_kept_by_consent_is_said_on_the_purpose_only(self):
        tag = self.env["member.tag"].create({"name": "Free"})

        with self.assertRaisesRegex(ValidationError, "on the purpose"):
            tag.kept_by = "consent"
        with self.assertRaisesRegex(ValidationError, "on the purpose"):
            self.tag.kept_by = "hand"

    def test_a_tag_of_a_tier_condition_lifts_at_once(self):
        condition = {"metric": "has_tag", "tag_ids": self.tag.ids}
        agreed = self._prepare_tier("Agreed", 1)
        agreed[2]["rule_ids"] = [self._prepare_rule(condition)]
        club = self.env["member.program"].create(
            {"name": "By consent", "tier_ids": [self._prepare_tier("All", 0), agreed]}
        )
        [membership] = self._enroll(self.ada, program=club)

        self._say(True)

        self.assertEqual(membership.tier_id.name, "Agreed")


@tagged("post_install", "-at_install")
class TestMarketingConsent(ConsentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marketing = cls._create_own("marketing")
        cls.kind = cls.env["member.notification.kind"]._get_kind("greeting")
        cls.program.notify_members = True
        (cls.ada | cls.bob).email = "member@example.com"
        cls._enroll(cls.ada, cls.bob)
        cls.env.flush_all()

    def _tell(self, is_marketing):
        self.kind.is_marketing = is_marketing
        notices = [Notice(one.id, f"{is_marketing}") for one in self.ada | self.bob]
        messages = self.env["member.notification"]._notify(
            self.kind.code, notices, self.program
        )
        return messages.partner_id

    def test_marketing_reaches_nobody_who_must_agree_and_did_not(self):
        self.assertEqual(self._tell(is_marketing=True), self.bob)

    def test_what_concerns_the_member_is_told_in_any_case(self):
        self.ada._set_consent("marketing", False, "settings")

        self.assertEqual(self._tell(is_marketing=False), self.ada | self.bob)

    def test_agreeing_and_taking_it_back_work_at_once(self):
        self.ada._set_consent("marketing", True, "settings")
        self.bob._set_consent("marketing", False, "settings")

        self.assertEqual(self._tell(is_marketing=True), self.ada)
        self.assertTrue(self.bob.member_no_marketing)
        self.bob._set_consent("marketing", True, "settings")
        self.assertFalse(self.bob.member_no_marketing)

    def test_the_mail_to_a_company_goes_by_who_reads_it(self):
        company = self._create_customer(
            "Acme", is_company=True, country_id=self.env.ref("base.de").id
        )
        reader = self._create_customer(
            "Reader", parent_id=company.id, email="reader@example.com"
        )
        self._enroll(company)
        self.kind.write({"is_marketing": True, "by_mail": True})
        tell = self.env["member.notification"]._notify

        silent = tell(self.kind.code, [Notice(company.id, "1")], self.program)
        reader._set_consent("marketing", True, "settings")
        mailed = tell(self.kind.code, [Notice(company.id, "2")], self.program)

        self.assertEqual(silent.mail_state, "refused")
        self.assertEqual(mailed.mail_state, "queued")

    def test_before_a_version_is_published_nothing_changes(self):
        other = self._create_company("Elsewhere")

        allowing = self.ada._find_allowing("marketing", other)

        self.assertEqual(allowing, self.ada)
