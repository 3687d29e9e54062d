from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .notification_common import NotificationCommon


@tagged("post_install", "-at_install")
class TestNotificationKind(NotificationCommon):
    """The texts of messages can be changed, and cannot be broken."""

    def test_every_kind_says_every_name_in_two_languages(self):
        self._speak_french()
        kinds = self.env["member.notification.kind"].search([])
        members = (
            self._create_member(lang="en_US"),
            self._create_member("Marie", lang="fr_FR"),
        )

        for kind in kinds:
            names = kind._get_names(kind.code)
            values = {name: f"<{name}>" for name in names if name != "member"}
            for lang in ("en_US", "fr_FR"):
                kind.with_context(lang=lang).body = "\n".join(
                    f"{lang} {{{name}}}" for name in names
                )
            told = self._tell(kind.code, *members, **values)
            for message, lang in zip(told, ("en_US", "fr_FR"), strict=True):
                self.assertEqual(
                    message.body.splitlines(),
                    [
                        f"{lang} {values.get(name, message.partner_id.name)}"
                        for name in names
                    ],
                    kind.code,
                )

    def test_every_kind_has_a_meaning_for_each_of_its_names(self):
        kinds = self.env["member.notification.kind"].search([])
        meanings = kinds._get_meanings()

        self.assertEqual(len(kinds), 22)
        for kind in kinds:
            self.assertLessEqual(set(kind._get_names(kind.code)), set(meanings))
            self.assertIn("{member}", kind.names_help)

    def test_a_name_that_nobody_knows_is_refused_with_those_that_are_known(self):
        with self.assertRaisesRegex(ValidationError, r"\{points\}.*\{tier\}"):
            self._get_kind("tier_up").body = "{points}"
        with self.assertRaisesRegex(ValidationError, "object.env"):
            self._get_kind("tier_up").title = "{object.env}"

    def test_a_template_for_other_records_is_refused(self):
        template = self.env.ref("member_loyalty.mail_template_tier_warning")

        with self.assertRaisesRegex(ValidationError, "Membership Message"):
            self._get_kind("joined").mail_template_id = template

    def test_a_template_of_ones_own_writes_the_mail(self):
        template = self.env.ref("member_loyalty.mail_template_notification").copy(
            {"subject": "Own: {{ object.title }}"}
        )
        self._get_kind("joined").mail_template_id = template
        ada = self._create_member(email="ada@example.com")

        message = self._tell("joined", ada)

        self.assertEqual(self._get_mails(message).subject, "Own: Welcome to Club")

    def test_a_kind_cannot_be_deleted_nor_kept_for_less_than_a_day(self):
        with self.assertRaises(ValidationError):
            self._get_kind("joined").unlink()
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._get_kind("joined").keep_days = -1
            self.env.flush_all()

    def test_the_program_says_how_many_kinds_are_on(self):
        self._get_kind("joined").action_archive()

        self.assertIn("21 kinds", self.program.notify_summary)


@tagged("post_install", "-at_install")
class TestNotificationPreview(NotificationCommon):
    """A text is looked at, as a real member would get it, before anybody does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_french()
        cls.marie = cls._create_member(
            "Marie", tier=cls.silver, lang="fr_FR", email="marie@example.com"
        )
        cls._create_benefit(name="Hotline")

    def _preview(self, code, user=None, customer=None):
        return (
            self.env["member.notification.preview"]
            .with_user(user or self.env.user)
            .create(
                {
                    "kind_id": self._get_kind(code).id,
                    "membership_id": self._get_membership(customer or self.marie).id,
                }
            )
        )

    def test_it_shows_the_message_and_the_mail_in_the_language_of_the_member(self):
        self._get_kind("tier_up").with_context(lang="fr_FR").title = "Vous : {tier}"

        preview = self._preview("tier_up")

        self.assertEqual(preview.title, "Vous : Silver")
        self.assertIn("Hotline", preview.body)
        self.assertIn("French", preview.lang)
        self.assertEqual(preview.subject, "Vous : Silver")
        self.assertIn("<li>Hotline</li>", preview.mail)
        self.assertFalse(self._get_messages(self.marie))

    def test_every_kind_can_be_looked_at_by_a_user(self):
        user = self._create_user("looker", "user")

        for kind in self.env["member.notification.kind"].search([]):
            preview = self._preview(kind.code, user)
            self.assertTrue(preview.title, kind.code)
            self.assertNotIn("{", preview.title + (preview.body or ""), kind.code)
            self.assertTrue(preview.mail or preview.mail_note, kind.code)

    def test_a_test_goes_to_whoever_asks_and_to_nobody_else(self):
        user = self._create_user("looker", "user", email="me@example.com")

        self._preview("joined", user).action_send_test()

        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.recipient_ids, user.partner_id)
        self.assertEqual(mail.subject, "Test: Welcome to Club")
        self.assertFalse(self._get_messages(self.marie))

    def test_without_an_address_the_test_says_what_to_do(self):
        user = self._create_user("looker", "user")
        user.partner_id.email = False

        with self.assertRaisesRegex(UserError, "no mail address"):
            self._preview("joined", user).action_send_test()

    def test_a_mail_written_on_a_record_needs_one(self):
        preview = self._preview("tier_warning")

        self.assertFalse(preview.mail)
        self.assertIn("Choose a member", preview.mail_note)
        with self.assertRaisesRegex(UserError, "Choose a member"):
            preview.action_send_test()

    def test_members_of_another_company_are_not_shown(self):
        company = self._create_company()
        user = self._create_user("abroad", "user", company_id=company.id)
        user.company_ids = company

        with self.assertRaises(AccessError):
            self._preview("joined", user).action_send_test()
