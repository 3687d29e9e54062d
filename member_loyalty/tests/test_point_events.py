from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, ConcurrencyError
from odoo.service.model import get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from .event_common import EventsCommon

PROFILE = {
    "email": "ada@example.com",
    "phone": "+49 30 1234",
    "street": "Main Street 1",
    "city": "Berlin",
}


@tagged("post_install", "-at_install")
class TestPointEvents(EventsCommon):
    """Events earn once, for whom the rules say; whatever path they come by."""

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

    def test_who_joined_by_a_mistaken_import_loses_what_that_gave(self):
        self._create_rule("registration", 500)
        bob = self._create_customer("Bob")
        memberships = self.program._enroll_partners(bob, "import")
        self._confirm_order(bob, 100)

        memberships._take_back_joining()
        memberships._take_back_joining()

        self.assertEqual(sorted(self._earned(bob)), [-500, 100, 500])

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

    def test_a_card_that_another_process_makes_has_the_event_tried_again(self):
        self._create_rule("review", 10)
        native = self.env.registry["member.earning.rule"]._find_participants

        def too_early(rules, *asked):
            found, _cards = native(rules, *asked)
            return found, {}

        self._confirm_order(self.ada, 100)
        with (
            patch.object(type(self.rule), "_find_participants", too_early),
            mute_logger("odoo.sql_db"),
            self.assertRaises(ConcurrencyError),
        ):
            self._record("review")

        self.assertTrue(self._record("review"))

    def test_an_event_names_the_document_behind_it(self):
        self._create_rule("survey", 10)
        order = self._create_order(self.ada, 1)

        entry = self._record("survey", source=order)

        self.assertEqual(
            (entry.source_model, entry.source_id), ("sale.order", order.id)
        )
        self.assertEqual(entry.source_ref, order.display_name)

    def test_an_archived_rule_gives_nothing(self):
        self._create_rule("review", 10).active = False

        self.assertFalse(self._record("review"))

    def test_who_is_no_member_is_given_nothing(self):
        self._create_rule("review", 10)

        self.assertFalse(self._record("review", self._create_customer("Stranger")))

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

        self.assertEqual(entry.expires_at, self.program._get_point_expiry(entry.date))
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
