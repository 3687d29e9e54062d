from datetime import date
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .event_common import EventsCommon

EVENTS = "odoo.addons.member_loyalty.models.member_program_events"


@tagged("post_install", "-at_install")
class TestPointDays(EventsCommon):
    """Birthdays, anniversaries and yearly targets are rewarded once, none is missed."""

    def test_a_birthday_earns_once_a_year(self):
        self._create_rule("birthday", 30)
        self.ada.member_birthday = "1990-03-17"
        self._go("2026-03-16")
        self.assertEqual(self._earned(), [])

        self._go("2026-03-17")
        self._run_cron("points")
        self.program.points_given_until = "2026-03-10"
        self._run_cron("points")
        self.ada.member_birthday = "1990-03-18"
        self._go("2026-03-18")

        self.assertEqual(self._earned(), [30])
        self._go("2027-03-18")
        self.assertEqual(self._earned(), [30, 30])

    def test_who_was_born_on_a_leap_day_celebrates_on_the_28th(self):
        self._create_rule("birthday", 30)
        self.ada.member_birthday = "2000-02-29"
        for day, given in (
            ("2027-02-27", 0),
            ("2027-02-28", 1),
            ("2027-03-01", 1),
            ("2028-02-28", 1),
            ("2028-02-29", 2),
            ("2028-03-01", 2),
        ):
            self._go(day)
            self.assertEqual(len(self._earned()), given, day)

    def test_missed_birthdays_are_caught_up(self):
        self._create_rule("birthday", 30)
        people = [self._create_customer(f"{day}") for day in range(16, 21)]
        self._enroll(*people)
        for day, person in enumerate(people, 16):
            person.member_birthday = f"1990-03-{day}"
        self._go("2026-03-16")

        self._go("2026-03-20")

        for person in people:
            self.assertEqual(self._earned(person), [30], person.name)
        self.assertEqual(self.program.points_given_until, date(2026, 3, 20))

    def test_birthdays_are_given_in_slices(self):
        self._create_rule("birthday", 30)
        people = self.env["res.partner"].create(
            [{"name": f"{n}", "member_birthday": "1990-03-16"} for n in range(7)]
        )
        self._enroll(*people)

        with patch(f"{EVENTS}.SLICE", 3):
            self._go("2026-03-16")

        cards = self.env["loyalty.card"].search([("member_owner_id", "in", people.ids)])
        self.assertEqual(cards.mapped("points"), [30] * 7)

    def test_a_contact_of_a_company_has_no_birthday_of_its_own(self):
        self._create_rule("birthday", 30)
        firm = self._create_customer("Firm", is_company=True)
        contact = self._create_contact(firm, member_birthday="1990-03-16")
        self._enroll(firm)

        self._go("2026-03-16")
        self.assertFalse(self._get_card(contact))

        self.program.purse = "contact"
        self.program.points_given_until = "2026-03-15"
        self._run_cron("points")
        self.assertEqual(self._get_points(contact), 30)

    def test_the_anniversary_of_joining_earns_every_year(self):
        self._create_rule("anniversary", 20)
        for day, given in (
            ("2026-03-16", 0),
            ("2027-03-14", 0),
            ("2027-03-15", 1),
            ("2028-03-20", 2),
        ):
            self._go(day)
            self.assertEqual(len(self._earned()), given, day)

    def test_a_yearly_target_is_reached_with_the_exact_amount(self):
        self._create_rule("yearly_target", 300, target_amount=1000)
        self._book(self.ada, 999.99)
        self._book(self.ada, 5000, on=date(2025, 12, 31))
        self._go("2026-03-16")
        self.assertEqual(self._earned(), [])

        self._book(self.ada, 0.01)
        self._go("2026-03-17")
        self._go("2026-03-18")

        self.assertEqual(self._earned(), [300])

    def test_a_purchase_on_the_last_day_counts_for_its_year(self):
        self._create_rule("yearly_target", 300, target_amount=1000)
        self._go("2026-12-31")
        self._book(self.ada, 1000, on=date(2026, 12, 31))

        self._go("2027-01-01")

        self.assertEqual(self._earned(), [300])
        self._book(self.ada, 1000, on=date(2027, 1, 1))
        self._go("2027-01-02")
        self.assertEqual(self._earned(), [300, 300])

    def test_a_program_that_fails_does_not_keep_others_waiting(self):
        second = self._create_program(name="Second")
        second._start_points()
        self._enroll(self.ada, program=second)
        self._create_rule("birthday", 30, program_id=second.id)
        self.ada.member_birthday = "1990-03-15"
        native = type(self.program)._celebrate

        def fail(program, kind, days):
            if program == self.program:
                raise ValueError("broken")
            return native(program, kind, days)

        with (
            patch.object(type(self.program), "_celebrate", fail),
            patch.object(self.env.cr, "rollback"),
            mute_logger(EVENTS),
        ):
            self._run_cron("points")

        self.assertEqual(self._get_card(self.ada, second).points, 30)
        self.assertFalse(self.program.points_given_until)
        self.assertTrue(second.points_given_until)
