from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..logic.notification import Notice
from .consent_common import ConsentCommon


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
