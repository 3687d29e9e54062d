from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import html2plaintext, mute_logger

from .notification_common import NotificationCommon

CHANNEL = "odoo.addons.member_loyalty.models.member_notification"


@tagged("post_install", "-at_install")
class TestNotification(NotificationCommon):
    """One service tells members things: once, in their language, where they want."""

    def test_a_member_reads_it_on_the_website_and_gets_a_mail_that_waits(self):
        ada = self._create_member(email="ada@example.com")

        message = self._tell("tier_up", ada, tier=self.silver, former=self.ordinary)

        self.assertRecordValues(
            message,
            [
                {
                    "title": "You are now Silver",
                    "on_site": True,
                    "mail_state": "queued",
                    "lang": ada.lang,
                    "read_at": False,
                    "expires_on": self.env.company._member_today() + timedelta(days=90),
                }
            ],
        )
        mail = self._get_mails(message)
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.recipient_ids, ada)
        self.assertEqual(mail.subject, "You are now Silver")
        self.assertIn("club@lamps.example", mail.email_from)

    def test_the_mail_has_a_greeting_the_text_and_a_button(self):
        ada = self._create_member(email="ada@example.com")

        message = self._tell("tier_up", ada, tier=self.silver, benefits=["A <b>", "B"])

        body = self._get_mails(message).body_html
        self.assertIn("Hello Ada", html2plaintext(body))
        self.assertIn("<li>A &lt;b&gt;</li>", body)
        self.assertIn(f'href="{message._get_absolute_url()}"', body)
        self.assertTrue(message._get_absolute_url().startswith("http"))
        self.assertIn("See my benefits", body)
        self.assertNotIn("You rose from", body)

    def test_nobody_is_told_the_same_twice(self):
        ada = self._create_member(email="ada@example.com")
        bea = self._create_member("Bea")
        first = self._tell("joined", ada, key="one")

        again = self._tell("joined", ada, ada, bea, bea, key="one")
        other = self._tell("joined", ada, key="two")

        self.assertEqual(again.partner_id, bea)
        self.assertEqual(len(again), 1)
        self.assertEqual(len(self._get_mails(first | other)), 2)

    def test_words_are_in_the_language_of_the_member(self):
        self._speak_french()
        self._get_kind("tier_up").with_context(lang="fr_FR").write(
            {"title": "Vous êtes {tier}", "button_label": "Mes avantages"}
        )
        self.silver.with_context(lang="fr_FR").name = "Argent"
        marie = self._create_member("Marie", lang="fr_FR", email="m@example.com")
        ada = self._create_member(lang="en_US")

        told = self._tell(
            "tier_up",
            marie,
            ada,
            tier=self.silver,
            until=date(2026, 12, 31),
            explanation=lambda env: env.lang,
        )

        self.assertEqual(
            told.mapped("title"), ["Vous êtes Argent", "You are now Silver"]
        )
        self.assertIn("31/12/2026", told[0].body)
        self.assertIn("12/31/2026", told[1].body)
        self.assertIn("Mes avantages", self._get_mails(told[0]).body_html)

    def test_words_can_be_given_with_the_notice(self):
        ada = self._create_member()

        message = self._tell(
            "greeting", ada, title="Many happy returns, {member}!", body="For {x}: {code}"
        )

        self.assertEqual(message.title, "Many happy returns, Ada!")
        self.assertFalse(message.body)

    def test_a_member_without_an_address_reads_it_on_the_website(self):
        ada = self._create_member()

        message = self._tell("joined", ada)

        self.assertEqual((message.on_site, message.mail_state), (True, "no_address"))
        self.assertFalse(self._get_mails(message))

    def test_an_address_that_bounces_gets_no_more_mail(self):
        ada = self._create_member(email="ada@example.com", message_bounce=5)

        message = self._tell("joined", ada)

        self.assertEqual((message.on_site, message.mail_state), (True, "bounced"))
        self.assertFalse(self._get_mails(message))

    def test_the_contact_of_a_company_without_an_address_gets_the_mail(self):
        acme = self._create_member("Acme", is_company=True)
        joe = self._create_customer("Joe", parent_id=acme.id, email="joe@example.com")

        message = self._tell("joined", acme)

        self.assertEqual(message.partner_id, acme)
        self.assertEqual(self._get_mails(message).recipient_ids, joe)

    def test_advertising_is_not_mailed_to_addresses_that_refuse_it(self):
        ada = self._create_member(email="ada@example.com")
        self.env["mail.blacklist"]._add("ada@example.com")

        greeting = self._tell("greeting", ada, text="Happy birthday")
        fact = self._tell("tier_up", ada, tier=self.silver)

        self.assertEqual((greeting.on_site, greeting.mail_state), (True, "refused"))
        self.assertFalse(self._get_mails(greeting))
        self.assertEqual(fact.mail_state, "queued")

    def test_who_wants_no_marketing_gets_none_on_any_way(self):
        ada = self._create_member(email="ada@example.com", member_no_marketing=True)

        self.assertFalse(self._tell("greeting", ada))
        self.assertEqual(self._tell("joined", ada).mail_state, "queued")

    def test_ways_and_kinds_can_be_switched_off(self):
        ada = self._create_member(email="ada@example.com")
        self._get_kind("joined").by_mail = False
        self._get_kind("tier_up").on_site = False
        self._get_kind("tier_down").action_archive()

        joined = self._tell("joined", ada)
        risen = self._tell("tier_up", ada)

        self.assertEqual((joined.on_site, joined.mail_state), (True, False))
        self.assertEqual((risen.on_site, risen.mail_state), (False, "queued"))
        self.assertFalse(self._tell("tier_down", ada))
        self.assertFalse(self._tell("nobody_knows_this", ada))

    def test_a_program_that_tells_nobody_anything_is_silent(self):
        self.program.notify_members = False
        ada = self._create_member(email="ada@example.com")

        self.assertFalse(self._tell("joined", ada))
        self.assertFalse(self._get_messages(ada))

    @mute_logger(CHANNEL)
    def test_one_that_fails_keeps_it_from_nobody_else(self):
        members = [self._create_member(name) for name in ("Ada", "Bea", "Cem")]

        def fail_for_bea(env):
            raise ZeroDivisionError

        from ..logic.notification import Notice

        told = self.Notification._notify(
            "joined",
            [
                Notice(
                    member.id, "x", {"tier": fail_for_bea if place == 1 else "Silver"}
                )
                for place, member in enumerate(members)
            ],
            self.program,
        )

        self.assertEqual(told.partner_id.mapped("name"), ["Ada", "Cem"])

    def test_contacts_that_are_gone_are_left_out(self):
        ada, gone = self._create_member(), self._create_customer("Gone")
        gone.unlink()

        self.assertEqual(self._tell("joined", ada, gone).partner_id, ada)

    def test_a_module_can_add_a_way(self):
        sent = []
        Model = type(self.Notification)
        get_channels = Model._get_channels

        def get_more_channels(model):
            return {
                **get_channels(model),
                "text_message": lambda kind, messages: sent.extend(
                    (kind.code, message.partner_id.phone, message.title)
                    for message in messages
                ),
            }

        ada = self._create_member(phone="+44 20 7946 0000")
        with patch.object(Model, "_get_channels", get_more_channels):
            self._tell("tier_up", ada, tier=self.silver)
            self._tell("tier_up", ada, tier=self.silver)

        self.assertEqual(sent, [("tier_up", ada.phone, "You are now Silver")])

    def test_many_are_told_with_few_queries(self):
        customers = self.env["res.partner"].create(
            [{"name": f"A{n}", "email": f"a{n}@x.example"} for n in range(2101)]
        )
        self._tell("tier_up", customers[0], tier=self.silver)

        of_few = self._count_queries(customers[1:101])
        of_many = self._count_queries(customers[101:])

        self.assertLess(of_few, 60)
        self.assertLess(of_many, 400)

    def _count_queries(self, customers):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        told = self._tell("tier_up", *customers, tier=self.silver)
        self.env.flush_all()
        self.assertEqual(len(told), len(customers))
        return self.cr.sql_log_count - before

    def test_a_buyer_reads_own_messages_and_those_to_the_company(self):
        acme = self._create_member("Acme", is_company=True)
        joe = self._create_customer("Joe", parent_id=acme.id)
        amy = self._create_customer("Amy", parent_id=acme.id)
        self._tell("joined", acme, joe, amy)

        found = self.Notification._get_for_partner(joe)

        self.assertEqual(found.partner_id, acme | joe)
        self.assertEqual(self.Notification._count_unread(joe), 2)
        found._mark_read()
        self.assertEqual(self.Notification._count_unread(joe), 0)
        self.assertEqual(self.Notification._count_unread(amy), 1)

    def test_what_is_over_or_went_by_mail_only_is_not_read(self):
        ada = self._create_member(email="ada@example.com")
        self._get_kind("tier_up").on_site = False
        self._tell("tier_up", ada)
        self._tell("joined", ada)

        self._travel_to("2026-06-13 10:00:00")
        self.assertEqual(len(self.Notification._get_for_partner(ada)), 1)
        self._travel_to("2026-06-14 10:00:00")
        self.assertFalse(self.Notification._get_for_partner(ada))

    def test_what_expired_long_ago_is_forgotten(self):
        ada = self._create_member()
        message = self._tell("joined", ada)

        self._travel_to("2026-09-11 10:00:00")
        self.Notification._gc_expired()
        self.assertTrue(message.exists())
        self._travel_to("2026-09-12 10:00:00")
        self.Notification._gc_expired()

        self.assertFalse(message.exists())

    def test_a_link_of_its_own_leads_to_a_page_or_nowhere(self):
        ada = self._create_member()
        good = self._tell("joined", ada, key="1", url="/shop/lamp")
        evil = self._tell("joined", ada, key="2", url="javascript:alert(1)")

        self.assertTrue(good._get_absolute_url().endswith("/shop/lamp"))
        self.assertFalse(evil._get_safe_url())
        self.assertNotIn("javascript", evil._get_absolute_url())


@tagged("post_install", "-at_install")
class TestNotificationKind(NotificationCommon):
    """The texts of messages can be changed, and cannot be broken."""

    def test_every_kind_says_every_name_in_two_languages(self):
        self._speak_french()
        kinds = self.env["member.notification.kind"].search([])
        members = self._create_member(lang="en_US"), self._create_member(
            "Marie", lang="fr_FR"
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

        self.assertEqual(len(kinds), 19)
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
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception):
            self._get_kind("joined").keep_days = -1
            self.env.flush_all()

    def test_the_program_says_how_many_kinds_are_on(self):
        self._get_kind("joined").action_archive()

        self.assertIn("18 kinds", self.program.notify_summary)


@tagged("post_install", "-at_install")
class TestNotificationRights(NotificationCommon):
    """Users read what members were told; only managers change the texts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._create_member()
        cls.message = cls._tell("joined", cls.ada)
        cls.kind = cls._get_kind("joined")

    def test_users_read_and_nobody_writes_messages(self):
        for group in ("user", "officer", "manager"):
            user = self._create_user(f"our_{group}", group)
            message = self.message.with_user(user)
            self.assertEqual(message.title, "Welcome to Club")
            for change in (
                lambda message=message: message.write({"title": "x"}),
                lambda message=message: message.unlink(),
                lambda message=message: message.copy({"key": "x"}),
            ):
                with self.assertRaises(AccessError):
                    change()

    def test_managers_change_texts_and_others_do_not(self):
        manager = self._create_user("our_manager", "manager")
        officer = self._create_user("our_officer", "officer")

        self.kind.with_user(manager).title = "Hello {member}"

        self.assertEqual(self.kind.title, "Hello {member}")
        with self.assertRaises(AccessError):
            self.kind.with_user(officer).title = "Hi"
        with self.assertRaises(AccessError):
            self.kind.with_user(manager).copy({"code": "x"})

    def test_portal_users_and_employees_reach_neither(self):
        for name, group in (("p", "base.group_portal"), ("e", "base.group_user")):
            user = self._create_user(name, group)
            for records in (self.message, self.kind):
                with self.assertRaises(AccessError):
                    records.with_user(user).read(["title"])
            with self.assertRaises(AccessError):
                self.message.with_user(user).action_open_source()
            with self.assertRaises(AccessError):
                self.kind.with_user(user).action_open_messages()

    def test_messages_of_another_company_are_not_read(self):
        company = self._create_company()
        user = self._create_user("abroad", "user", company_id=company.id)
        user.company_ids = company

        self.assertFalse(
            self.Notification.with_user(user).search([("id", "=", self.message.id)])
        )


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

        with self.assertRaisesRegex(Exception, "no mail address"):
            self._preview("joined", user).action_send_test()

    def test_a_mail_written_on_a_record_needs_one(self):
        preview = self._preview("tier_warning")

        self.assertFalse(preview.mail)
        self.assertIn("Choose a member", preview.mail_note)
        with self.assertRaisesRegex(Exception, "Choose a member"):
            preview.action_send_test()

    def test_members_of_another_company_are_not_shown(self):
        company = self._create_company()
        user = self._create_user("abroad", "user", company_id=company.id)
        user.company_ids = company

        with self.assertRaises(AccessError):
            self._preview("joined", user).action_send_test()
