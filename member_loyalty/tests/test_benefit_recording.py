from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestBenefitRecording(BenefitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls._create_member(tier=cls.silver)
        cls.membership = cls.ada.member_membership_ids
        cls.support = cls._create_benefit(name="Support", quota=2, cost=5)
        cls.officer = cls._create_user("recording officer", "officer")
        cls.salesperson = cls._create_user(
            "recording sales", "sales_team.group_sale_salesman_all_leads"
        )

    def _record(self, user=None, **values):
        wizard = (
            self.env["member.benefit.recording"]
            .with_user(user or self.officer)
            .create(
                {
                    "membership_id": self.membership.id,
                    "benefit_id": self.support.id,
                    **values,
                }
            )
        )
        wizard.action_record()
        return self.membership.benefit_usage_ids.sorted("id")[-1]

    def _take_back(self, usage, user=None, **values):
        wizard = (
            self.env["member.benefit.reversal"]
            .with_user(user or self.officer)
            .create({"usage_id": usage.id, "reason": "Mistake", **values})
        )
        wizard.action_take_back()

    def test_an_officer_records_a_use(self):
        usage = self._record(note="Called", day="2026-03-10")

        self.assertRecordValues(
            usage,
            [
                {
                    "quantity": 1,
                    "cost": 5,
                    "note": "Called",
                    "date": fields.Date.to_date("2026-03-10"),
                    "tier_id": self.silver.id,
                    "create_uid": self.officer.id,
                }
            ],
        )

    def test_the_form_offers_what_the_member_has_and_knows_the_cost(self):
        self._create_benefit(name="Gold's", tiers=self.gold)
        wizard = Form(
            self.env["member.benefit.recording"]
            .with_user(self.officer)
            .with_context(default_membership_id=self.membership.id)
        )
        wizard.benefit_id = self.support
        wizard.quantity = 2

        self.assertEqual(wizard.cost, 10)
        self.assertEqual(wizard.left_text, "2")
        self.assertEqual(wizard.held_benefit_ids[:], self.support)

    def test_nobody_uses_more_than_is_left(self):
        self._record(quantity=2)

        with self.assertRaisesRegex(UserError, "as often as"):
            self._record()

    def test_a_use_in_the_past_counts_in_its_own_period(self):
        self._record(quantity=2)

        self._record(day="2025-12-31", quantity=2)

        self.assertEqual(
            self.support._get_available(
                self.membership, fields.Date.to_date("2025-06-01")
            ),
            0,
        )

    def test_bad_entries_are_refused_with_what_to_do(self):
        for values, words in (
            ({"day": "2026-03-16"}, "Choose today"),
            ({"quantity": 0}, "1 or more"),
            ({"quantity": -1}, "Take Back"),
            ({"cost": -1}, "0 or more"),
        ):
            with (
                self.subTest(values=str(values)),
                self.assertRaisesRegex(UserError, words),
            ):
                self._record(**values)

    def test_a_benefit_that_the_member_does_not_have_is_refused(self):
        for values in (
            {"tiers": self.gold},
            {"date_from": "2026-03-16"},
            {"active": False},
        ):
            benefit = self._create_benefit(**values)
            with (
                self.subTest(values=str(values)),
                self.assertRaisesRegex(UserError, "does not have"),
            ):
                self._record(benefit_id=benefit.id)

    def test_a_benefit_of_another_program_is_refused(self):
        other = self._create_program(name="Other")
        benefit = self._create_benefit(program_id=other.id, tiers=other._get_tiers())

        with self.assertRaisesRegex(UserError, "does not have"):
            self._record(benefit_id=benefit.id)

    def test_salespeople_neither_record_nor_take_back(self):
        usage = self._record()

        with self.assertRaises(AccessError):
            self._record(self.salesperson)
        with self.assertRaises(AccessError):
            self._take_back(usage, self.salesperson)
        with self.assertRaisesRegex(AccessError, "officers"):
            usage.with_user(self.salesperson)._take_back(1, "Mine")

    def test_a_use_taken_back_can_be_made_again(self):
        usage = self._record(quantity=2, cost=9)

        self._take_back(usage, quantity=1)

        self.assertEqual(self._get_uses(self.support), [(2, 9), (-1, -4.5)])
        self.assertEqual(usage.open_quantity, 1)
        self._take_back(usage)
        self.assertEqual(self._get_uses(self.support), [(2, 9), (-1, -4.5), (-1, -4.5)])
        self.assertFalse(usage.may_take_back)
        self._record(quantity=2)

    def test_a_use_is_not_taken_back_twice(self):
        usage = self._record()
        self._take_back(usage)

        for quantity in (0, 1, -1):
            with self.assertRaisesRegex(UserError, "0 times"):
                self._take_back(usage, quantity=quantity)

    def test_what_takes_back_is_not_taken_back(self):
        usage = self._record()
        self._take_back(usage)

        with self.assertRaisesRegex(UserError, "0 times"):
            self._take_back(usage.reversal_ids, quantity=1)

    def test_a_reason_is_needed(self):
        usage = self._record()

        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._take_back(usage, reason=False)

    def test_a_use_of_last_year_is_given_back_to_last_year(self):
        usage = self._record(day="2025-12-31", quantity=2)

        self._take_back(usage)

        last_year = fields.Date.to_date("2025-12-31")
        self.assertEqual(self.support._get_available(self.membership, last_year), 2)
        self.assertEqual(self.membership.benefit_entitlement_ids.used, 0)
        self.assertEqual(usage.reversal_ids.date, self.env.company._member_today())

    def test_what_an_order_uses_is_taken_back_on_the_order(self):
        sample = self._create_benefit(kind="product", quota=1, cost=3)
        order = self._create_order(self.ada, 100)
        self._claim(order, sample)
        usage = order.member_benefit_usage_ids

        self.assertFalse(usage.may_take_back)
        with self.assertRaisesRegex(UserError, order.name):
            self._take_back(usage, quantity=1)

    def test_a_use_is_taken_back_from_the_member_that_a_merge_left(self):
        bob = self._create_member("Bob", tier=self.silver)
        usage = self.support._use(bob.member_membership_ids, 2)
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.ada | bob).ids, self.ada)
        usage.invalidate_recordset()
        self.assertEqual(usage.membership_id, self.membership)
        self.assertIn(usage, self.membership.benefit_usage_ids)
        self.assertEqual(self.membership.benefit_entitlement_ids.available, 0)

        self._take_back(usage)

        self.env.invalidate_all()
        self.assertEqual(self.membership.benefit_entitlement_ids.available, 2)
