from datetime import datetime
from decimal import Decimal

from odoo.tests import tagged

from ..logic.point_posting import Posting
from .notification_common import NotificationCommon
from .point_common import PointsCommon


@tagged("post_install", "-at_install")
class TestNotificationOfPoints(NotificationCommon, PointsCommon):
    """Members are told of points that came, can be used, or have expired."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._create_member(email="ada@example.com")

    def _earn(self, points, customer=None, **values):
        card = self._open_card(customer or self.ada)
        self.env["member.point.ledger"]._post(
            [
                Posting(
                    card.id,
                    values.pop("kind", "earned"),
                    Decimal(points),
                    values.pop("at", datetime(2026, 3, 15, 10)),
                    **values,
                )
            ]
        )

    def _get_told_of_points(self, customer=None):
        kinds = self._get_told(customer or self.ada)
        return [kind for kind in kinds if kind not in ("joined", "tier_up")]

    def test_an_order_with_several_entries_is_one_message(self):
        self._create_rule("order", points=20)

        order = self._confirm_order(self.ada, 70)
        self._follow_up()

        self.assertEqual(len(self._kinds(self.ada)), 2)
        earned = self._get_messages(self.ada, "points_earned")
        self.assertEqual(len(earned), 1)
        self.assertEqual(earned.title, "90 Points for you")
        self.assertIn(f"You earned 90 Points with {order.name}", earned.body)
        self.assertIn("You can use 90 Points now", earned.body)
        self.assertEqual((earned.on_site, earned.mail_state), (True, False))

    def test_entries_of_one_order_in_two_slices_are_one_message(self):
        self._create_rule("order", points=20)
        self._confirm_order(self.ada, 70)
        entries = self.env["member.point.entry"].search(
            [("card_id", "=", self._get_card(self.ada).id)], order="id"
        )
        follow_up = self.env["member.follow.up"].sudo()

        for entry in entries:
            follow_up._follow_points(entry.ids)
        follow_up._follow_points(entries.ids)

        self.assertEqual(self._get_told_of_points(), ["points_earned"])

    def test_nothing_is_queued_where_the_program_tells_nobody(self):
        self.program.notify_members = False

        self._confirm_order(self.ada, 70)

        topics = self.env["member.follow.up"].search([]).mapped("topic")
        self.assertNotIn("points", topics)

    def test_points_that_wait_are_told_when_earned_and_when_they_can_be_used(self):
        self.program.points_available = "paid"
        order = self._confirm_order(self.ada, 70)
        self._follow_up()
        self.assertEqual(self._get_told_of_points(), ["points_earned"])

        invoice = self._invoice(order)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self._follow_up()

        self.assertEqual(
            self._get_told_of_points(), ["points_earned", "points_available"]
        )
        available = self._get_messages(self.ada, "points_available")
        self.assertEqual(available.title, "70 Points can be used now")

    def test_a_reward_is_told_when_it_comes_within_reach_and_not_again(self):
        self._earn(60)
        self._follow_up()
        self.assertNotIn("reward_redeemable", self._get_told_of_points())

        self._earn(60)
        self._earn(10)
        self._follow_up()
        self._earn(10)
        self._follow_up()

        told = self._get_messages(self.ada, "reward_redeemable")
        self.assertEqual(len(told), 1)
        self.assertIn("Pay with points: 100 Points", told.body)
        self.assertIn("You can use 130 Points", told.body)

    def test_expired_points_are_told_after_the_sweep(self):
        self._earn(70, expires_at=datetime(2026, 4, 1))
        self._earn(5)
        self._follow_up()

        self._travel_to("2026-04-02 10:00:00")
        self._run_cron("expire_points")
        self._follow_up()
        self._run_cron("expire_points")
        self._follow_up()

        expired = self._get_messages(self.ada, "points_expired")
        self.assertEqual(expired.title, "70 Points have expired")
        self.assertIn("You can use 5 Points now", expired.body)

    def test_the_sweep_queues_nothing_where_nobody_is_told(self):
        self._earn(70, expires_at=datetime(2026, 4, 1))
        self._follow_up()
        self.program.notify_members = False

        self._travel_to("2026-04-02 10:00:00")
        self._run_cron("expire_points")

        self.assertFalse(self.env["member.follow.up"].search([]))

    def test_a_warning_is_read_on_the_website_as_well(self):
        self.program.points_warning_days = "30"
        self._earn(150, expires_at=datetime(2026, 4, 1))

        self._run_cron("warn_of_expiry")

        warning = self._get_messages(self.ada, "points_expiring")
        self.assertEqual(warning.title, "150 Points can be used until 03/31/2026")
        self.assertIn("• Pay with points: 100 Points", warning.body)
        self.assertEqual((warning.on_site, warning.mail_state), (True, "queued"))

    def test_a_warning_counts_points_in_the_language_of_the_member(self):
        self._speak_french()
        self.program.wallet_id.with_context(lang="fr_FR").portal_point_name = "Étoiles"
        self.ada.lang = "fr_FR"
        self.program.points_warning_days = "30"
        self._earn(150, expires_at=datetime(2026, 4, 1))

        self._run_cron("warn_of_expiry")

        warning = self._get_messages(self.ada, "points_expiring")
        self.assertIn("150 Étoiles", warning.title)

    def test_what_officers_correct_and_what_is_brought_in_is_not_told(self):
        self._earn(50, kind="adjusted", reason="Goodwill")
        self._earn(50, kind="opening")
        self._follow_up()

        self.assertEqual(self._get_told_of_points(), [])

    def test_points_for_joining_are_not_told_to_imported_members(self):
        self._create_rule("registration", points=25)
        bea, cem = self._create_customer("Bea"), self._create_customer("Cem")

        self.program._enroll_partners(bea, "import")
        self.program._enroll_partners(cem, "signup")
        self._follow_up()

        self.assertEqual(self._get_told(bea), [])
        self.assertEqual(self._get_told(cem), ["joined", "points_earned"])

    def test_the_purse_of_a_company_is_told_to_the_company(self):
        acme = self._create_member("Acme", is_company=True)
        bea = self._create_contact(acme)

        self._confirm_order(bea, 70)
        self._follow_up()

        self.assertIn("points_earned", self._get_told(acme))
        self.assertFalse(self._get_messages(bea))
