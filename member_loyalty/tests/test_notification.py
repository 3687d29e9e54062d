from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import html2plaintext, mute_logger

from ..logic.notification import Notice
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
            "greeting",
            ada,
            title="Many happy returns, {member}!",
            body="For {x}: {code}",
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

    def test_who_wants_no_marketing_gets_none_for_the_company_either(self):
        acme = self._create_member("Acme", is_company=True)
        self._create_customer(
            "Ann", parent_id=acme.id, email="a@example.com", member_no_marketing=True
        )

        self.assertEqual(self._tell("greeting", acme).mail_state, "refused")
        self.assertEqual(self._tell("tier_up", acme).mail_state, "queued")

    def test_contacts_that_were_archived_are_told_nothing(self):
        ada = self._create_member(email="ada@example.com")
        ada.active = False

        self.assertFalse(self._tell("tier_down", ada))

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
