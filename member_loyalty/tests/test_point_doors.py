from base64 import b64encode
from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .point_rights_common import PointRightsCommon


@tagged("post_install", "-at_install")
class TestPointDoors(PointRightsCommon):
    """Doors that are easily forgotten are closed as well."""

    def _count_owed(self, day):
        wizard = self.env["member.point.liability.day"].create(
            {"day": day, "program_ids": self.program.ids}
        )
        wizard.action_show()
        return sum(wizard.line_ids.mapped("points"))

    def _import(self, rows):
        batch = self.env["member.point.import"].create(
            {
                "program_id": self.program.id,
                "file": b64encode(rows.encode()),
                "filename": "balances.csv",
            }
        )
        batch.action_check()
        return batch

    def test_a_copied_order_has_no_reward_line_made_by_hand(self):
        line = {
            "product_id": self.product.id,
            "coupon_id": self.card.id,
            "points_cost": -5000,
            "reward_identifier_code": "mine",
        }
        for values in (
            {"order_line": [Command.create(line)]},
            {"coupon_point_ids": [Command.create({"coupon_id": self.card.id})]},
        ):
            with self.subTest(values=str(values)):
                done = self._try(
                    lambda values=values: self._as(self.order).copy(values)
                )
                self.assertFalse(done)
        self._assert_untouched()

    def test_an_order_with_a_reward_can_still_be_copied(self):
        order = self._create_order(self.customer, 500)
        self._claim(order)

        copied = self._as(order).copy({"client_order_ref": "Again"})

        self.assertFalse(copied.order_line.coupon_id)
        self.assertEqual(len(copied.order_line), 1)

    def test_a_card_whose_program_comes_by_context_has_entries(self):
        self.officer.group_ids += self.env.ref("sales_team.group_sale_manager")
        for number, key in enumerate(("default_program_id", "active_id")):
            customer = self._create_customer(f"Bea {number}")
            card = (
                self._as(
                    self.env["loyalty.card"],
                    self.officer,
                    loyalty_no_mail=True,
                    **{key: self.wallet.id},
                )
                .create({"partner_id": customer.id, "points": 77})
                .sudo()
            )

            self.assertEqual(card.member_program_id, self.program)
            self.assertEqual((card.member_owner_id, card.points), (customer, 77))

    def test_the_program_of_a_wallet_keeps_its_kind(self):
        company = self._create_company()
        for values in (
            {"program_type": "coupons"},
            {"company_id": company.id},
            {"currency_id": company.currency_id.id},
        ):
            program = self._as(self.wallet, self.sales_manager)
            with self.subTest(values=str(values)):
                done = self._try(
                    lambda program=program, values=values: program.write(values)
                )
                self.assertFalse(done)

    def test_points_do_not_go_to_a_customer_of_another_company(self):
        company = self._create_company()
        self.officer.company_ids += company
        stranger = self._create_customer("Eve", company_id=company.id)
        for values in (
            {"partner_ids": stranger.ids},
            {"kind": "transfer", "points": 5, "to_partner_id": stranger.id},
        ):
            with self.subTest(values=str(values)), self.assertRaises(UserError):
                self._adjust(**values)

    def test_a_file_names_no_card_of_another_company(self):
        company = self._create_company()
        other = self._create_program(name="Other", company=company)
        other._start_points()
        stranger = self._create_customer("Eve", company_id=company.id)
        code = self._open_card(stranger, other).code

        batch = self._import(f"card number,points\n{code},100\n")

        self.assertEqual(batch.line_ids.problem, "unknown_member")

    def test_a_file_finds_members_by_their_own_cards(self):
        batch = self._import(f"card number,points\n{self.card.code},100\n")

        self.assertEqual(batch.line_ids.owner_id, self.customer)

    def test_the_last_day_of_the_calendar_means_never(self):
        self.customer.ref = "C1"
        self._import("ref,points,expires on\nC1,5,9999-12-31\n").action_book()
        self._adjust(expiry="day", expires_on=date(9999, 12, 31))

        lots = self.env["member.point.lot"].search([("card_id", "=", self.card.id)])
        self.assertEqual(lots.mapped("points"), [1000, 5, 100])
        self.assertFalse(any(lots.mapped("expires_at")))

    def test_what_has_expired_is_not_extended_before_the_sweep(self):
        self._adjust(points=30, expiry="day", expires_on=date(2026, 3, 31))
        self._travel_to("2026-04-01 10:00:00")
        lot = self.env["member.point.lot"].search([("expires_at", "!=", False)])
        for chosen in (False, lot.ids):
            with self.assertRaisesRegex(UserError, "no points that will expire"):
                self._adjust(
                    kind="extend",
                    points=0,
                    lot_ids=chosen,
                    expires_on=date(2026, 6, 30),
                )

    def test_points_that_were_let_live_for_ever_are_owed_for_ever(self):
        self._adjust(points=30, expiry="day", expires_on=date(2026, 3, 31))
        self._adjust(kind="extend", points=0, expiry="never")
        self._travel_to("2026-05-15 10:00:00")

        self.assertEqual(self._count_owed(date(2026, 4, 30)), 1030)

    def test_points_that_activity_prolonged_are_owed(self):
        self.program.write({"points_expiry": "inactivity", "points_expiry_months": 2})
        bea = self._create_customer("Bea")
        self._confirm_order(bea, 100)
        self._travel_to("2026-05-01 10:00:00")
        self._confirm_order(bea, 50)
        self._travel_to("2026-07-20 10:00:00")

        owed = [
            self._count_owed(date(2026, *day)) - 1000
            for day in ((3, 31), (6, 1), (7, 1), (7, 2))
        ]

        self.assertEqual(owed, [100, 150, 150, 0])

    def test_undoing_opening_balances_takes_nothing_back_from_sales(self):
        self.customer.ref = "C1"
        batch = self._import("ref,points\nC1,500\n")
        batch.action_book()
        batch.action_undo()

        given = self.program._get_given_points(date(2026, 3, 15))

        self.assertEqual((given.with_sales, given.otherwise), (1000, 0))

    def test_customers_of_an_archived_program_go_on_ordering(self):
        quotation = self._create_order(self.customer, 500)
        self._claim(quotation)
        contact = self._create_contact(self._create_customer("Acme", is_company=True))
        self.program.active = False

        for order in (self._create_order(contact, 50), quotation):
            order._update_programs_and_rewards()
            order.action_confirm()
            self.assertFalse(order.coupon_point_ids.filtered("points"))

        self.assertEqual(self.card.points, 1000)
        self.assertFalse(self._get_card(contact))
