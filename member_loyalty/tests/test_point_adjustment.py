from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .point_rights_common import PointRightsCommon


@tagged("post_install", "-at_install")
class TestPointAdjustment(PointRightsCommon):
    """Officers move points by hand: with a reason, within limits, as entries."""

    def _last_entries(self, count=1):
        entries = self.env["member.point.entry"].search(
            [], order="id desc", limit=count
        )
        return entries.sorted("id")

    def test_granting_makes_an_entry_with_its_reason_and_who(self):
        self._adjust(points=250, reason="Sorry for the delay")

        self.assertEqual(self.card.points, 1250)
        entry = self._last_entries()
        self.assertRecordValues(
            entry,
            [{"kind": "adjusted", "points": 250, "reason": "Sorry for the delay"}],
        )
        self.assertEqual(entry.create_uid, self.officer)

    def test_the_form_shows_what_is_usable_before_anything_is_saved(self):
        statement = self.env["member.point.statement"].search(
            [("owner_id", "=", self.customer.id)]
        )
        action = statement.with_user(self.officer).action_adjust()
        Wizard = self.env["member.point.adjustment"].with_user(self.officer)
        with Form(Wizard.with_context(**action["context"])) as form:
            self.assertEqual(form.usable_points, 1000)
            form.kind = "deduct"
            form.points = 10
            form.reason = "Wrong booking"
        form.record.action_apply()

        self.assertEqual(self.card.points, 990)

    def test_whoever_has_no_card_gets_one_with_the_first_points(self):
        newcomer = self._create_customer("Bea")
        self._adjust(partner_ids=newcomer.ids)

        self.assertEqual(self._get_points(newcomer), 100)

    def test_many_members_are_granted_at_once(self):
        members = self._create_customer("One") | self._create_customer("Two")
        self._adjust(partner_ids=(members | self.customer).ids)

        self.assertEqual([self._get_points(one) for one in members], [100, 100])
        self.assertEqual(self.card.points, 1100)

    def test_contacts_of_one_company_are_granted_once(self):
        company = self._create_customer("Acme", is_company=True)
        contacts = self._create_contact(company) | self._create_contact(company, "Cy")
        self._adjust(partner_ids=contacts.ids)

        self.assertEqual(self._get_points(company), 100)

    def test_granted_points_expire_at_the_end_of_the_chosen_day(self):
        self.env.company.partner_id.tz = "UTC"
        self._adjust(expiry="day", expires_on=date(2026, 3, 31))

        self.assertEqual(self._last_entries().expires_at.date(), date(2026, 4, 1))

    def test_a_day_that_has_passed_is_refused(self):
        with self.assertRaisesRegex(UserError, "has not passed"):
            self._adjust(expiry="day", expires_on=date(2026, 3, 1))

    def test_nothing_happens_without_a_reason(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self._adjust(reason="  ")

    def test_deducting_takes_points_away(self):
        self._adjust(kind="deduct", points=300)

        self.assertEqual(self.card.points, 700)

    def test_deducting_more_than_is_usable_says_how_much_there_is(self):
        with self.assertRaisesRegex(UserError, "Ada has 1,000 usable points"):
            self._adjust(kind="deduct", points=1001)

        self.assertEqual(self.card.points, 1000)

    def test_an_officer_is_held_to_the_limit_of_one_action(self):
        self.program.points_officer_limit = 500
        self._adjust(points=500)
        with self.assertRaisesRegex(UserError, "up to 500 points in one action"):
            self._adjust(points=501)

        self.assertEqual(self.card.points, 1500)

    def test_the_limit_counts_all_members_of_an_action_together(self):
        self.program.points_officer_limit = 500
        others = self._create_customer("One") | self._create_customer("Two")
        with self.assertRaises(UserError):
            self._adjust(points=300, partner_ids=others.ids)

    def test_an_officer_is_held_to_the_limit_of_a_day(self):
        self.program.points_officer_daily_limit = 500
        self._adjust(points=300)
        with self.assertRaisesRegex(UserError, "200 are left for today"):
            self._adjust(points=300)

        self._travel_to("2026-03-16 10:00:00")
        self._adjust(points=300)
        self.assertEqual(self.card.points, 1600)

    def test_managers_have_no_limit(self):
        self.program.points_officer_limit = 500
        self.program.points_officer_daily_limit = 500
        self._adjust(self.manager, points=5000)

        self.assertEqual(self.card.points, 6000)

    def test_writing_the_card_itself_counts_within_the_limits_too(self):
        self.program.points_officer_limit = 500
        with self.assertRaises(UserError):
            self.card.with_user(self.officer).points = 9000

        self.assertEqual(self.card.points, 1000)

    def test_a_transfer_keeps_when_the_points_expire(self):
        self._adjust(kind="deduct", points=1000)
        self._adjust(points=30, expiry="day", expires_on=date(2026, 3, 31))
        self._adjust(points=70, expiry="never")
        friend = self._create_customer("Bea")

        self._adjust(kind="transfer", points=50, to_partner_id=friend.id)

        self.assertEqual((self.card.points, self._get_points(friend)), (50, 50))
        lots = self.env["member.point.lot"].search(
            [("card_id", "=", self._get_card(friend).id)], order="points"
        )
        self.assertEqual(lots.mapped("points"), [20, 30])
        self.assertFalse(lots[0].expires_at)
        self.assertEqual(lots[1].expires_at.date().month, lots[1].expires_at.month)
        self.assertGreater(lots[1].expires_at, datetime(2026, 3, 31))

    def test_both_sides_of_a_transfer_name_each_other(self):
        friend = self._create_customer("Bea")
        self._adjust(kind="transfer", points=50, to_partner_id=friend.id)

        given, taken = self._last_entries(2)
        self.assertEqual({given.kind, taken.kind}, {"transferred"})
        self.assertEqual(given.points + taken.points, 0)
        self.assertEqual({given.source_ref, taken.source_ref}, {"Bea", "Ada"})
        self.assertEqual({given.reason, taken.reason}, {"Fair"})

    def test_points_do_not_go_to_whoever_has_them(self):
        with self.assertRaisesRegex(UserError, "already"):
            self._adjust(kind="transfer", points=5, to_partner_id=self.customer.id)

    def test_extending_writes_an_entry_and_moves_the_end(self):
        self._adjust(points=30, expiry="day", expires_on=date(2026, 3, 31))
        lot = self.env["member.point.lot"].search(
            [("card_id", "=", self.card.id), ("expires_at", "!=", False)]
        )
        first_end = lot.expires_at

        self._adjust(kind="extend", points=0, expires_on=date(2026, 6, 30))

        self.assertGreater(lot.expires_at, datetime(2026, 6, 30))
        self.assertGreater(lot.expires_at, first_end)
        entry = self._last_entries()
        self.assertRecordValues(
            entry,
            [
                {
                    "kind": "adjusted",
                    "points": 0,
                    "lot_id": lot.entry_id.id,
                    "expires_at": lot.expires_at,
                }
            ],
        )

    def test_extending_never_shortens(self):
        self._adjust(points=30, expiry="day", expires_on=date(2026, 6, 30))
        with self.assertRaisesRegex(UserError, "later day"):
            self._adjust(kind="extend", points=0, expires_on=date(2026, 3, 31))

    def test_lots_of_others_are_not_extended_along(self):
        friend = self._create_customer("Bea")
        self._adjust(partner_ids=friend.ids, expiry="day", expires_on=date(2026, 3, 31))
        lot = self.env["member.point.lot"].search(
            [
                ("card_id", "=", self._get_card(friend).id),
                ("expires_at", "!=", False),
            ]
        )
        with self.assertRaisesRegex(UserError, "other members"):
            self._adjust(
                kind="extend",
                points=0,
                lot_ids=lot.ids,
                expires_on=date(2026, 6, 30),
            )

    def test_points_stay_within_one_program(self):
        other = self._create_program(name="Other", sequence=99)
        other._start_points()
        statement = self.env["member.point.statement"].search(
            [("owner_id", "=", self.customer.id)]
        )
        with self.assertRaisesRegex(UserError, "other programs"):
            self._adjust(program_id=other.id, statement_ids=statement.ids)
