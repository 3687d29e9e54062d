from datetime import date, datetime

from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.member_loyalty.tests.common import TODAY

from .signal_common import SignalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestSignal(SignalCommon):
    # Silent

    def test_silent_begins_on_the_day_the_months_are_over(self):
        self._create_rule("silent", months=3, until_months=12)
        for name, day in (
            ("over", date(2025, 12, 15)),
            ("not yet", date(2025, 12, 16)),
            ("just", date(2025, 3, 16)),
            ("too long", date(2025, 3, 15)),
        ):
            self._book(self._create_member(name), 100, on=day)

        found = self._refresh().partner_id.mapped("name")

        self.assertEqual(sorted(found), ["just", "over"])

    def test_who_never_bought_is_not_silent(self):
        self._create_rule("silent")
        self._create_member()

        self.assertFalse(self._refresh())

    def test_an_inquiry_is_a_sign_of_life_and_spam_is_none(self):
        self._create_rule("silent")
        asking, spamming = self._create_member("asking"), self._create_member("spam")
        for member in asking, spamming:
            self._book(member, 100, on=date(2025, 11, 1))
            lead = self.env["crm.lead"].create(
                {"name": "Asks", "partner_id": member.id}
            )
            lead.member_inquiry_state = "spam" if member == spamming else "ordinary"

        self.assertEqual(self._refresh().partner_id, spamming)

    def test_each_tier_can_have_its_own_silence(self):
        self._create_rule("silent", months=3, tier_ids=[Command.set(self.gold.ids)])
        gold, silver = (
            self._create_member("gold", self.gold),
            self._create_member("silver", self.silver),
        )
        for member in gold, silver:
            self._book(member, 100, on=date(2025, 11, 1))

        signal = self._refresh()

        self.assertEqual(signal.partner_id, gold)
        self.assertEqual(
            signal.reason, "Gold: silent for 4 months, last heard of on 11/01/2025"
        )

    def test_a_purchase_ends_the_signal_and_a_new_silence_is_a_new_cause(self):
        self._create_rule("silent")
        member = self._create_member()
        self._book(member, 100, on=date(2025, 11, 1))
        first = self._refresh()

        self._book(member, 100, on=date(2026, 3, 14))
        self.assertFalse(self._refresh())
        self.assertEqual(first.ended_on, TODAY)

        second = self._refresh(date(2026, 6, 14))
        self.assertEqual(len(second), 1)
        self.assertNotEqual(second, first)

    def test_looking_twice_writes_nothing(self):
        rule = self._create_rule("silent")
        self._book(self._create_member(), 100, on=date(2025, 11, 1))
        self._refresh()

        query = self.program._find_by_rule(rule._prepare_logic_rule(TODAY))

        self.assertEqual(self.env.execute_query(query), [(0, 0)])

    def test_the_same_cause_keeps_its_row_when_it_holds_again(self):
        rule = self._create_rule("silent", months=3)
        self._book(self._create_member(), 100, on=date(2025, 11, 1))
        signal = self._refresh()
        rule.months = 6
        self.assertFalse(self._refresh())

        rule.months = 3

        self.assertEqual(self._refresh(), signal)

    def test_contacts_buy_for_their_company(self):
        self._create_rule("silent")
        company = self._create_member("Acme", is_company=True)
        contact = self._create_customer("Ann", parent_id=company.id)
        self._book(contact, 100, on=date(2025, 11, 1))

        self.assertEqual(self._refresh().partner_id, company)

    # The rhythm, less, and back

    def test_overdue_is_more_than_the_percent_of_the_own_rhythm(self):
        self._create_rule("overdue", percent=150)
        for name, day in (("late", date(2026, 1, 28)), ("in time", date(2026, 1, 29))):
            self._score(
                self._create_member(name), interval_days=30, last_purchase_on=day
            )

        self.assertEqual(self._refresh().partner_id.name, "late")

    def test_falling_compares_the_months_with_as_many_before(self):
        self._create_rule("falling", percent=50, months=3)
        for name, recent in (("half", 50), ("nearly", 51), ("nothing", 0)):
            member = self._create_member(name)
            self._book(member, 60, on=date(2025, 10, 1))
            self._book(member, 40, on=date(2025, 12, 15))
            if recent:
                self._book(member, recent, on=date(2025, 12, 16))

        signal = self._refresh()

        self.assertEqual(signal.partner_id.name, "half")
        self.assertEqual((signal.facts["recent"], signal.facts["before"]), (50, 100))

    def test_one_large_order_before_is_no_fall(self):
        self._create_rule("falling")
        member = self._create_member()
        self._book(member, 1000, on=date(2025, 10, 1))
        self._book(member, 10, on=date(2026, 3, 1))

        self.assertFalse(self._refresh())

    def test_returned_is_the_share_of_what_was_bought(self):
        self._create_rule("returned", percent=20, months=6)
        for name, back in (("much", 20), ("little", 19.99)):
            member = self._create_member(name)
            self._book(member, 100, on=date(2026, 1, 1))
            self._book(member, -back, on=date(2026, 2, 1), count=0, event="credited")

        self.assertEqual(self._refresh().partner_id.name, "much")

    # Everything

    def test_a_score_narrows_whom_a_rule_finds(self):
        self._create_rule("silent", minimum_score=70)
        for name, score in (("best", 70), ("others", 69)):
            member = self._create_member(name)
            self._book(member, 100, on=date(2025, 11, 1))
            self._score(member, value_score=score)

        self.assertEqual(self._refresh().partner_id.name, "best")

    def test_an_archived_rule_or_membership_ends_its_signals(self):
        rule = self._create_rule("silent")
        leaving, staying = self._create_member("leaving"), self._create_member("stays")
        for member in leaving, staying:
            self._book(member, 100, on=date(2025, 11, 1))
        self.assertEqual(len(self._refresh()), 2)

        self._get_membership(leaving).active = False
        self.assertEqual(self._refresh().partner_id, staying)

        rule.active = False
        self.assertFalse(self._refresh())

    def test_other_companies_have_their_own_signals(self):
        other = self._create_company()
        program = self._create_program(company=other)
        customer = self._create_customer()
        self._enroll(customer)
        self._enroll(customer, program=program)
        self._book(customer, 100, on=date(2025, 11, 1), company=other)
        self._create_rule("silent")

        self.assertFalse(self._refresh())
        program._refresh_signals(TODAY)

        signals = self.env["member.signal"].search([("company_id", "=", other.id)])
        self.assertEqual(signals.filtered(lambda one: not one.ended_on).kind, "silent")

    def test_a_lead_of_late_evening_belongs_to_the_companys_day(self):
        self.env.company.partner_id.tz = "Asia/Shanghai"
        self.env.registry.clear_cache()
        self._create_rule("silent", months=3)
        member = self._create_member()
        self._book(member, 100, on=date(2025, 6, 1))
        lead = self.env["crm.lead"].create({"name": "Asks", "partner_id": member.id})
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE id = %s",
            (datetime(2025, 12, 15, 17), lead.id),
        )

        self.assertFalse(self._refresh())
        self.assertEqual(self._refresh(date(2026, 3, 16)).partner_id, member)
