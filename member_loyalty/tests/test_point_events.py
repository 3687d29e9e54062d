from datetime import date, datetime
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..logic.point_events import Event
from .point_common import PointsCommon

PROFILE = {
    "email": "ada@example.com",
    "phone": "+49 30 1234",
    "street": "Main Street 1",
    "city": "Berlin",
}
EVENTS = "odoo.addons.member_loyalty.models.member_program_events"


@tagged("post_install", "-at_install")
class TestPointEvents(PointsCommon):
    """Events earn once, on their day, within limits; whatever path they come by."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._create_customer()
        cls._enroll(cls.ada)

    @classmethod
    def _record(cls, kind, partner=None, key=1, **values):
        return cls.env["member.earning.rule"]._record_event(
            kind, partner or cls.ada, key, **values
        )

    def _earned(self, customer=None):
        card = self._get_card(customer or self.ada)
        entries = self.env["member.point.entry"].search([("card_id", "=", card.id)])
        return [entry.points for entry in entries.sorted("id")]

    def _go(self, day):
        self._travel_to(f"{day} 08:00:00")
        self._run_cron("points")

    def test_whoever_joins_by_hand_sign_up_or_order_is_welcomed(self):
        self._create_rule("registration", 500)
        hand, signup, buyer, made = (self._create_customer(n) for n in "abcd")

        self._enroll(hand)
        self.program._enroll_partners(signup, "signup")
        self._confirm_order(buyer, 100)
        self.env["member.membership"].create({"partner_id": made.id})

        for customer in (hand, signup, made):
            self.assertEqual(self._earned(customer), [500], customer.name)
        self.assertEqual(sorted(self._earned(buyer)), [100, 500])

    def test_many_who_join_together_are_welcomed_together(self):
        self._create_rule("registration", 500)
        crowd = self.env["res.partner"].create([{"name": f"{n}"} for n in range(60)])

        with self.assertQueryCount(400):
            self.program._enroll_partners(crowd, "import")

        cards = self.env["loyalty.card"].search([("member_owner_id", "in", crowd.ids)])
        self.assertEqual(cards.mapped("points"), [500] * 60)

    def test_whoever_leaves_and_comes_back_is_welcomed_once(self):
        self._create_rule("registration", 500)
        bob = self._create_customer("Bob")
        membership = self._enroll(bob)
        membership.active = False
        self._enroll(bob)
        membership.active = False
        membership.active = True

        self.assertEqual(self._earned(bob), [500])

    def test_nobody_is_given_points_before_the_program_gives_any(self):
        other = self._create_program(name="Without Points")
        self.env["member.earning.rule"].create(
            {
                "program_id": other.id,
                "name": "Welcome",
                "kind": "registration",
                "points": 500,
            }
        )

        self._enroll(self.ada, program=other)

        self.assertEqual(self._earned(), [])

    def test_the_same_event_counts_once(self):
        self._create_rule("review", 10)

        first = self._record("review", key="7", reason="Lamp")
        again = self._record("review", key="7")
        self._record("review", key="8")

        self.assertEqual(first.mapped("points"), [10])
        self.assertEqual((first.reason, first.source_ref), ("Lamp", "Review"))
        self.assertFalse(again)
        self.assertEqual(self._earned(), [10, 10])

    def test_two_rules_of_a_kind_give_both(self):
        self._create_rule("review", 10)
        self._create_rule("review", 5, name="More")

        self._record("review")
        self._record("review")

        self.assertEqual(sorted(self._earned()), [5, 10])

    def test_an_event_names_the_document_behind_it(self):
        self._create_rule("survey", 10)
        order = self._create_order(self.ada, 1)

        entry = self._record("survey", source=order)

        self.assertEqual((entry.source_model, entry.source_id), ("sale.order", order.id))
        self.assertEqual(entry.source_ref, order.display_name)

    def test_an_archived_rule_gives_nothing(self):
        self._create_rule("review", 10).active = False

        self.assertFalse(self._record("review"))

    def test_who_is_no_member_is_given_nothing(self):
        self._create_rule("review", 10)

        self.assertFalse(self._record("review", self._create_customer("Stranger")))

    def test_a_limit_is_kept_to_the_point(self):
        self._create_rule("check_in", 40, cap_period="month", cap_points=100)
        for day in range(1, 5):
            self._record("check_in", key=day)
        self.assertEqual(self._earned(), [40, 40, 20])

        self._travel_to("2026-04-01 08:00:00")
        self._record("check_in", key="April")

        self.assertEqual(self._earned(), [40, 40, 20, 40])

    def test_a_limit_of_times_counts_the_company_s_day(self):
        self.env.company.partner_id.tz = "Asia/Tokyo"
        self._create_rule("check_in", 5, cap_period="day", cap_times=1)
        self._record("check_in", key=1)
        self._record("check_in", key=2)

        self._travel_to("2026-03-15 14:59:59")
        self._record("check_in", key=3)
        self.assertEqual(self._earned(), [5])

        self._travel_to("2026-03-15 15:00:00")
        self._record("check_in", key=4)
        self.assertEqual(self._earned(), [5, 5])

    def test_many_events_at_once_keep_the_limit(self):
        self._create_rule("check_in", 5, cap_period="ever", cap_times=2)

        self.env["member.earning.rule"]._record_events(
            "check_in", [Event(self.ada.id, str(n)) for n in range(5)]
        )

        self.assertEqual(self._earned(), [5, 5])

    def test_the_room_of_an_order_rule_counts_documents_and_what_they_keep(self):
        self.rule.write({"cap_period": "month", "cap_points": 300, "cap_times": 3})
        order = self._confirm_order(self.ada, 250)
        card, today = self._get_card(self.ada), date(2026, 3, 15)
        Rule = self.env["member.earning.rule"]

        def room(day=today, **values):
            return Rule._get_cap_room(card, self.rule, day, **values)[self.rule.id]

        self.assertEqual(room(), 50)
        self.assertEqual(room(date(2026, 4, 1)), 300)
        self.assertEqual(room(but_for=("sale.order", order.id)), 300)
        order._action_cancel()
        self.assertEqual(room(), 300)
        self.rule.cap_period = False
        self.assertIsNone(room())

    def test_an_order_earns_what_the_limit_leaves(self):
        self.rule.write({"cap_period": "day", "cap_points": 300})

        self._confirm_order(self.ada, 250)
        self._confirm_order(self.ada, 250)
        self._confirm_order(self.ada, 250)

        self.assertEqual(self._earned(), [250, 50])

    def test_a_rule_holds_for_its_tiers(self):
        self._create_rule("review", 10, tier_ids=self.silver.ids)
        self.assertFalse(self._record("review"))

        self._get_membership(self.ada)._assign_tier(self.silver, "For the test")

        self.assertEqual(self._record("review").points, 10)

    def test_a_rule_holds_for_its_tags(self):
        tag = self.env["member.tag"].create({"name": "Fan"})
        self._create_rule("review", 10, tag_ids=tag.ids)
        self.assertFalse(self._record("review"))

        self.ada.member_tag_ids = tag

        self.assertEqual(self._record("review").points, 10)

    def test_a_rule_holds_on_its_days(self):
        rule = self._create_rule("review", 10, sunday=False)
        self.assertFalse(self._record("review"))
        rule.write({"sunday": True, "date_to": "2026-03-14"})
        self.assertFalse(self._record("review"))

        rule.date_to = "2026-03-15"

        self.assertEqual(self._record("review").points, 10)

    def test_a_contact_earns_for_the_company_s_purse(self):
        firm = self._create_customer("Firm", is_company=True)
        contact = self._create_contact(firm)
        self._enroll(firm)
        self._create_rule("review", 10)

        self._record("review", contact)

        card = self._get_card(firm)
        self.assertEqual((card.points, card.partner_id.id), (10, False))
        self.assertEqual(self._get_card(contact), card)

    def test_a_contact_with_an_own_purse_earns_for_it(self):
        self.program.purse = "contact"
        firm = self._create_customer("Firm", is_company=True)
        contact = self._create_contact(firm)
        self._enroll(firm)
        self._create_rule("review", 10)

        self._record("review", contact)

        card = self._get_card(contact)
        self.assertEqual((card.points, card.partner_id), (10, contact))
        self.assertFalse(self._get_card(firm))

    def test_only_the_programs_of_the_company_give(self):
        other = self._create_company()
        program = self._create_program(company=other)
        program._start_points()
        self._enroll(self.ada, program=program)
        self._create_rule("review", 10)
        self._create_rule("review", 70, program_id=program.id)

        entry = self._record("review")
        abroad = (
            self.env["member.earning.rule"]
            .with_company(other)
            ._record_event("review", self.ada, 1)
        )

        self.assertEqual((entry.points, entry.company_id), (10, self.env.company))
        self.assertEqual((abroad.points, abroad.company_id), (70, other))

    def test_event_points_expire_as_the_program_says(self):
        self.program.write({"points_expiry": "months", "points_expiry_months": 3})
        self._create_rule("review", 10)

        entry = self._record("review", at=datetime(2026, 3, 15, 10))

        self.assertEqual(
            entry.expires_at, self.program._get_point_expiry(entry.date)
        )
        self.assertTrue(entry.expires_at)

    def test_a_profile_earns_when_it_becomes_complete(self):
        self._create_rule("profile", 50)
        self.ada.write(PROFILE)
        self.assertEqual(self._earned(), [])

        self.ada.country_id = self.env.ref("base.de")
        self.ada.street = "Main Street 2"

        self.assertEqual(self._earned(), [50])

    def test_a_company_tells_its_tax_number_too(self):
        self._create_rule("profile", 50)
        country = {"country_id": self.env.ref("base.de").id}
        firm = self._create_customer("Firm", is_company=True, **PROFILE, **country)
        self._enroll(firm)
        self.assertEqual(self._earned(firm), [])

        firm.vat = "DE123456788"

        self.assertEqual(self._earned(firm), [50])

    def test_whoever_joins_with_a_complete_profile_is_rewarded(self):
        self._create_rule("profile", 50)
        bob = self._create_customer(
            "Bob", country_id=self.env.ref("base.de").id, **PROFILE
        )

        self._enroll(bob)

        self.assertEqual(self._earned(bob), [50])

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

    def test_nobody_records_an_event_from_outside(self):
        rules = self.env["member.earning.rule"]
        for method in ("_record_event", "_record_events", "_reward", "_get_cap_room"):
            with self.assertRaises(AccessError):
                get_public_method(rules, method)

    def test_the_deed_of_a_salesperson_rewards_members(self):
        self._create_rule("registration", 500)
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        bob = self._create_customer("Bob")

        order = self._create_order(bob, 100, user_id=seller.id)
        order.with_user(seller).action_confirm()

        self.assertEqual(sorted(self._earned(bob)), [100, 500])
