from odoo.exceptions import AccessError
from odoo.tests import tagged

from .notification_common import NotificationCommon


@tagged("post_install", "-at_install")
class TestNotificationReading(NotificationCommon):
    """A buyer reads what was told, as long as it is of use."""

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
