import json
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .segment_common import SegmentCommon

BOARD = "odoo.addons.member_loyalty_crm.models.member_team_board"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestTeamBoard(SegmentCommon):
    """What a salesperson sees of members and risks, and the lists behind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_user(
            "seller", "sales_team.group_sale_salesman_all_leads"
        )
        (cls.ada | cls.bob).user_id = cls.seller
        cls._score(cls.ada, value_score=80, amount=5000)
        cls._score(cls.bob, value_score=60, amount=700)

    def _get_board(self, user_id=None):
        board = self.env["member.team.board"].with_user(self.seller)
        return board.get_board(user_id)

    def _open(self, *arguments):
        """Return the names behind a figure, as the client gets and uses the action."""
        board = self.env["member.team.board"].with_user(self.seller)
        action = board.get_action(*arguments)
        domain = json.loads(json.dumps(action["domain"], default=str))
        model = self.env[action["res_model"]].with_user(self.seller)
        return sorted(model.search(domain).mapped("partner_id.name"))

    def _get_risks(self, user_id=None):
        risks = self._get_board(user_id)["risks"]
        return {risk["key"]: (risk["count"], risk["amount"]) for risk in risks}

    def test_my_members_by_tier_with_what_they_are_worth(self):
        board = self._get_board()

        self.assertEqual(board["user_id"], self.seller.id)
        self.assertEqual(
            [
                (one["name"], one["count"], one["amount"], one["value"])
                for one in board["tiers"]
            ],
            [("Gold", 1, 700, 60), ("Silver", 1, 5000, 80), ("Ordinary", 0, 0, 0)],
        )
        self.assertEqual((board["member_count"], board["amount"]), (2, 5700))

    def test_everybodys_members_and_who_looks_after_them(self):
        board = self._get_board(0)

        self.assertEqual(board["member_count"], 3)
        self.assertEqual(
            [(one["id"], one["count"]) for one in board["people"]],
            [(self.seller.id, 2), (-1, 1)],
        )
        self.assertEqual(self._get_board(-1)["member_count"], 1)

    def test_who_looks_after_nobody_starts_with_everybody(self):
        boss = self._create_user("boss", "manager")

        board = self.env["member.team.board"].with_user(boss).get_board()

        self.assertEqual((board["user_id"], board["member_count"]), (0, 3))

    def test_a_tier_that_is_likely_lost_within_ninety_days_is_a_risk(self):
        loss = {"has_tier_loss": True, "tier_loss_chance": 0.7}
        self._forecast(self.ada, **loss, tier_loss_on=date(2026, 6, 13))
        self._forecast(self.bob, **loss, tier_loss_on=date(2026, 6, 14))

        self.assertEqual(self._get_risks()["tier"], (1, 5000))
        self.assertEqual(self._open("risk", "tier", self.seller.id), ["Ada"])

    def test_a_low_chance_to_come_back_is_a_risk(self):
        self._forecast(self.ada, has_return_chance=True, return_chance=0.3)
        self._forecast(self.bob, has_return_chance=True, return_chance=0.29)

        self.assertEqual(self._get_risks()["chance"], (1, 700))
        self.assertEqual(self._open("risk", "chance", self.seller.id), ["Bob"])

    def test_signals_count_while_they_hold(self):
        self._signal(self.ada)
        self._signal(self.bob, ended_on="2026-03-10")

        self.assertEqual(self._get_risks()["signal"], (1, 5000))
        self.assertEqual(
            [(one["key"], one["count"]) for one in self._get_board()["signals"]],
            [("silent", 1)],
        )
        self.assertEqual(self._open("signal", "silent", self.seller.id), ["Ada"])
        self.assertEqual(self._open("risk", None, self.seller.id), ["Ada"])

    def test_invoices_that_are_overdue_are_a_risk(self):
        order = self._confirm_order(self.ada, 240)
        invoice = self._invoice(order, on=date(2026, 1, 10))
        invoice.write(
            {
                "invoice_user_id": self.seller.id,
                "invoice_date_due": date(2026, 2, 10),
            }
        )
        self._invoice(self._confirm_order(self.bob, 100), on=date(2026, 3, 15))

        self.assertEqual(self._get_risks()["unpaid"], (1, 240))
        self.assertEqual(self._open("risk", "unpaid", self.seller.id), ["Ada"])
        self.assertEqual(self._get_membership(self.ada).risk_overdue_amount, 240)

    def test_opportunities_by_tier(self):
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": "More",
                    "type": "opportunity",
                    "partner_id": partner.id,
                    "user_id": self.seller.id,
                    "expected_revenue": 100,
                }
                for partner in (self.ada, self.ada, self.bob)
            ]
        )
        leads[0].action_set_lost()

        rows = self._get_board()["opportunities"]

        self.assertEqual(
            [(one["name"], one["count"], one["amount"]) for one in rows],
            [("Gold", 1, 100), ("Silver", 1, 100), ("Ordinary", 0, 0)],
        )
        self.assertEqual(
            self._open("opportunity", self.silver.id, self.seller.id), ["Ada"]
        )

    def test_inquiries_by_quality(self):
        # what a text is worth has tests of its own
        self.patch(self.env.registry["crm.lead"], "_read_inquiries", lambda leads: None)
        self.env["crm.lead"].create(
            [
                {
                    "name": "Asks",
                    "user_id": self.seller.id,
                    "partner_id": self.ada.id,
                    "member_inquiry_state": state,
                    "member_inquiry_on": day,
                }
                for state, day in (
                    ("quality", "2026-03-01"),
                    ("quality", "2025-11-01"),
                    ("spam", "2026-03-02"),
                    ("none", "2026-03-02"),
                )
            ]
        )

        self.assertEqual(
            [(one["key"], one["count"]) for one in self._get_board()["inquiries"]],
            [("quality", 1), ("spam", 1)],
        )
        self.assertEqual(self._open("inquiry", "quality", self.seller.id), ["Ada"])

    def test_members_of_a_tier_open_with_one_click(self):
        self.assertEqual(self._open("tier", self.gold.id, self.seller.id), ["Bob"])
        self.assertEqual(self._open("tier", None, 0), ["Ada", "Bob", "Cem"])

    def test_a_member_user_without_sales_rights_sees_no_leads(self):
        officer = self._create_user("officer", "officer")

        board = self.env["member.team.board"].with_user(officer).get_board(0)

        self.assertEqual((board["opportunities"], board["inquiries"]), ([], []))
        self.assertEqual(board["member_count"], 3)

    def test_staff_without_membership_rights_is_refused(self):
        clerk = self._create_user("clerk", "base.group_user")

        for method in ("get_board", "get_action"):
            arguments = ("tier",) if method == "get_action" else ()
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(self.env["member.team.board"].with_user(clerk), method)(
                    *arguments
                )

    def test_a_company_without_a_program_has_an_empty_overview(self):
        self.program.active = False

        board = self._get_board()

        self.assertEqual((board["program"], board["tiers"]), ("", []))

    def test_it_leads_to_reports_that_the_user_may_read(self):
        name = "crm.crm_opportunity_report_action"
        officer = self._create_user("officer", "officer")
        board = self.env["member.team.board"]

        with patch(f"{BOARD}.REPORTS", (name, "member_loyalty_crm.no_such_action")):
            mine = board.with_user(self.seller).get_board()["reports"]
            theirs = board.with_user(officer).get_board()["reports"]

        self.assertEqual([one["action"] for one in mine], [name])
        self.assertEqual(theirs, [])

    def test_it_costs_the_same_for_many_members(self):
        self._get_board(0)
        with self.assertQueryCount(60):
            self._get_board(0)

    def test_calls_to_make_and_those_that_are_late(self):
        self._call(self.ada, due_on="2026-03-14")
        self._call(self.bob, due_on="2026-03-15")
        self._call(self.cem, state="waiting", user_id=False, started_on=False)

        mine = {one["key"]: one["count"] for one in self._get_board()["calls"]}

        self.assertEqual(mine, {"open": 2, "late": 1})
        self.assertEqual(self._open("call", None, self.seller.id), ["Ada", "Bob"])
        self.assertEqual(self._open("call", "late", self.seller.id), ["Ada"])
        self.assertEqual(self._open("call", "waiting", 0), ["Cem"])

    def test_everybodys_calls_say_how_many_wait(self):
        self._call(self.cem, state="waiting", user_id=False, started_on=False)

        calls = {one["key"]: one["count"] for one in self._get_board(0)["calls"]}

        self.assertEqual(calls, {"open": 0, "late": 0, "waiting": 1})

    def _call(self, member, **values):
        """Make a call that is the seller's to make."""
        membership = member.member_membership_ids[:1]
        return self.env["member.call"].create(
            {
                "program_id": membership.program_id.id,
                "company_id": self.env.company.id,
                "membership_id": membership.id,
                "partner_id": member.id,
                "kind": "silent",
                "state": "open",
                "user_id": self.seller.id,
                "made_on": "2026-03-01",
                "started_on": "2026-03-08",
                **values,
            }
        )
