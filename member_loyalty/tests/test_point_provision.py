from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .owed_common import OwedCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestPointProvision(OwedCommon):
    """The draft entry for points, with the figures of IFRS 15, Example 52.

    Customers buy for 100,000 and get 10,000 points that are worth 1 each; 9,500 of
    them are expected to be used.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule.amount_step = 10
        cls.program.points_value_fixed = 1
        cls.program.points_expected_redemption = 95
        cls._prepare_accounts(cls.program)
        cls.ada = cls._create_customer()
        cls.order = cls._confirm_order(cls.ada, 100000)

    @classmethod
    def _prepare_accounts(cls, program):
        company = program.company_id
        Account = cls.env["account.account"].with_company(company)
        revenue, liability = Account.create(
            [
                {
                    "name": name,
                    "code": code,
                    "account_type": kind,
                    "company_ids": [Command.link(company.id)],
                }
                for name, code, kind in (
                    ("Revenue deferred", "PTS1", "income"),
                    ("Points owed", "PTS2", "liability_current"),
                )
            ]
        )
        program.points_revenue_account_id = revenue
        program.points_liability_account_id = liability
        program.points_journal_id = cls.env["account.journal"].create(
            {
                "name": "Points",
                "code": "PTS",
                "type": "general",
                "company_id": company.id,
            }
        )

    def _prepare(self, day="2026-03-15", user=None):
        return (
            self.env["member.point.provision"]
            .with_user(user or self.env.user)
            .create({"program_id": self.program.id, "date": day})
        )

    def _draft(self, day="2026-03-15", user=None):
        action = self._prepare(day, user).action_draft()
        return self.env["account.move"].browse(action["res_id"])

    def _get_lines(self, move):
        return {line.account_id.code: line.balance for line in move.line_ids}

    def test_the_first_entry_defers_the_share_of_the_points(self):
        move = self._draft()

        self.assertEqual(move.state, "draft")
        self.assertEqual(self._get_lines(move), {"PTS1": 8675.8, "PTS2": -8675.8})
        self.assertEqual(move.journal_id, self.program.points_journal_id)

    def test_the_entry_says_how_it_was_computed(self):
        narration = self._draft().narration

        for figure in ("100,000.00", "10,000.00", "95.00 %", "8,675.80", "9,500.00"):
            self.assertIn(figure, narration)

    def test_used_points_become_revenue_and_a_new_estimate_is_caught_up(self):
        self._draft()
        self._post(self.ada, -4500, at="2026-03-15 11:00")
        self.program.points_expected_redemption = 90.91
        first = self._draft()
        self._post(self.ada, -4000, at="2026-03-15 12:00")
        self.program.points_expected_redemption = 80
        second = self._draft()

        self.assertAlmostEqual(self._get_lines(first)["PTS2"], 4110, delta=1)
        self.assertAlmostEqual(self._get_lines(second)["PTS2"], 3493, delta=1)
        self.assertAlmostEqual(self.program._get_last_deferral().owed, 1073, delta=1)

    def test_a_second_run_with_nothing_changed_says_so(self):
        self._draft()

        with self.assertRaisesRegex(UserError, r"Nothing has changed.*8,675\.80"):
            self._draft()

    def test_a_deleted_draft_is_booked_again(self):
        self._draft().unlink()

        self.assertEqual(self._get_lines(self._draft())["PTS2"], -8675.8)

    def test_a_cancelled_entry_does_not_count(self):
        move = self._draft()
        move.button_cancel()

        self.assertEqual(self._get_lines(self._draft())["PTS2"], -8675.8)

    def test_a_reversed_entry_is_booked_again(self):
        move = self._draft()
        move.action_post()
        move._reverse_moves(cancel=True)

        again = self._draft()

        self.assertEqual(self._get_lines(again)["PTS2"], -8675.8)

    def test_a_cancelled_order_takes_its_deferral_back(self):
        self._draft()
        self.order._action_cancel()

        self.assertEqual(
            self._get_lines(self._draft()), {"PTS1": -8675.8, "PTS2": 8675.8}
        )

    def test_points_given_without_a_sale_are_owed_at_their_own_value(self):
        self._draft()
        self._post(self._create_customer("Bea"), 100, kind="adjusted", at="2026-03-15")

        move = self._draft()

        self.assertAlmostEqual(self._get_lines(move)["PTS2"], -95, delta=0.5)

    def test_what_happens_later_on_the_same_day_comes_with_the_next_entry(self):
        self._draft()
        self._confirm_order(self._create_customer("Bea"), 50000)

        move = self._draft()

        self.assertEqual(self._get_lines(move)["PTS2"], -4337.9)
        self.assertEqual(self.program._get_last_deferral().sales, 50000)

    def test_every_point_was_given_with_a_sale_or_otherwise(self):
        bea = self._create_customer("Bea")
        self._post(bea, 70)
        self._post(bea, 30, kind="opening")
        self._post(bea, -20, kind="adjusted")
        self._post(bea, -15)

        given = self.program._get_given_points(date(2026, 3, 15))

        self.assertEqual((given.sales, given.with_sales), (100000, 10000))
        self.assertEqual(given.otherwise, 80)

    def test_an_entry_before_the_last_one_is_refused(self):
        self._draft()

        with self.assertRaisesRegex(UserError, "already"):
            self._draft("2026-03-14")

    def test_the_accounts_come_from_the_program(self):
        wizard = self._prepare()

        self.assertEqual(
            wizard.liability_account_id, self.program.points_liability_account_id
        )
        self.assertEqual(wizard.amount, 8675.8)
        self.assertIn("8,675.80", wizard.explanation)

    def test_an_accountant_drafts_and_an_officer_does_not(self):
        accountant = self._create_user("billing", "account.group_account_invoice")
        officer = self._create_user("officer", "officer")

        self.assertEqual(self._draft(user=accountant).state, "draft")
        with self.assertRaises(AccessError):
            self._draft(user=officer)

    def test_an_accountant_of_another_company_does_not(self):
        other = self._create_company()
        accountant = self._create_user("billing", "account.group_account_invoice")
        accountant.write({"company_ids": other.ids, "company_id": other.id})

        with self.assertRaises(AccessError):
            self._draft(user=accountant)

    def test_only_accountants_see_the_accounts_of_a_program(self):
        manager = self._create_user("manager", "manager")

        values = self.program.with_user(manager).read(["points_value"])

        self.assertEqual(values[0]["points_value"], 1)
        with self.assertRaises(AccessError):
            self.program.with_user(manager).read(["points_journal_id"])
