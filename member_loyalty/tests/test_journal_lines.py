from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .journal_common import JournalCommon


@tagged("post_install", "-at_install")
class TestJournalLines(JournalCommon):
    """Lines changed after confirmation, and lines that are no purchase."""

    def setUp(self):
        super().setUp()
        self.order = self._confirm_order(self.customer, 100, 50)
        self.line = self.order.order_line[0]
        self._travel_to("2026-03-20")

    def _assert_changed_by(self, amount):
        self.assertJournal(
            self.order,
            [("booked", "03-15", 150, 1), ("changed", "03-20", amount, 0)],
        )

    def test_a_higher_quantity_adds(self):
        self.line.product_uom_qty = 3

        self._assert_changed_by(200)

    def test_a_lower_price_takes_away(self):
        self.line.price_unit = 80

        self._assert_changed_by(-20)

    def test_a_discount_takes_away(self):
        self.line.discount = 25

        self._assert_changed_by(-25)

    def test_another_product_at_another_price_changes_the_amount(self):
        self.line.product_id = self._create_product("Chair", price=130)

        self._assert_changed_by(self.line.price_subtotal - 100)

    def test_a_tax_that_is_part_of_the_price_takes_away(self):
        included = self.env["account.tax"].create(
            {"name": "In it", "amount": 25, "price_include_override": "tax_included"}
        )
        self.line.tax_ids = included

        self._assert_changed_by(-20)

    def test_an_added_line_adds(self):
        self.order.write({"order_line": [self._prepare_line(price_unit=30)]})

        self._assert_changed_by(30)

    def test_a_line_created_by_itself_adds(self):
        self.env["sale.order.line"].create(
            {
                "order_id": self.order.id,
                "product_id": self.product.id,
                "price_unit": 30,
                "tax_ids": False,
            }
        )

        self._assert_changed_by(30)

    def test_several_lines_changed_in_one_go_are_one_correction(self):
        first, second = self.order.order_line
        self.order.write(
            {
                "order_line": [
                    Command.update(first.id, {"price_unit": 90}),
                    Command.update(second.id, {"product_uom_qty": 0}),
                    self._prepare_line(price_unit=5),
                ]
            }
        )

        self._assert_changed_by(-55)

    def test_a_line_moved_to_another_order_takes_its_amount_along(self):
        other = self._confirm_order(self.customer, 10)

        self.line.order_id = other

        self._assert_changed_by(-100)
        self.assertEqual(self._get_net(other), (110, 1))

    def test_a_line_of_a_confirmed_order_cannot_be_deleted_and_stays(self):
        with self.assertRaises(UserError):
            self.line.unlink()

        self.assertEqual(self._get_net(self.order), (150, 1))

    def test_deleting_a_section_changes_nothing(self):
        self.order.write(
            {
                "order_line": [
                    Command.create({"display_type": "line_section", "name": "A"})
                ]
            }
        )
        self.order.order_line.filtered("display_type").unlink()

        self.assertJournal(self.order, [("booked", "03-15", 150, 1)])

    def test_changes_without_effect_on_the_amount_book_nothing(self):
        self.line.name = "With love"
        self.line.write({"product_uom_qty": 1, "price_unit": 100})
        self.order.client_order_ref = "PO 7"

        self.assertJournal(self.order, [("booked", "03-15", 150, 1)])

    def test_lowered_to_nothing_it_is_no_order_any_more(self):
        self.order.order_line.product_uom_qty = 0

        self.assertJournal(
            self.order,
            [("booked", "03-15", 150, 1), ("changed", "03-20", -150, -1)],
        )

    def test_reward_delivery_and_down_payment_lines_are_no_purchase(self):
        reward = self._create_product("Gift", price=-20)
        program = self.env["loyalty.program"].create(
            {"name": "Ten", "reward_ids": [Command.create({"discount": 10})]}
        )
        lines = [
            {"reward_id": program.reward_ids.id, "product_id": reward.id, "name": "-"},
            {"is_downpayment": True},
        ]
        if "is_delivery" in self.line._fields:
            lines.append({"is_delivery": True})
        self.order.write(
            {
                "order_line": [
                    self._prepare_line(price_unit=-20, **line) for line in lines
                ]
            }
        )

        self.assertJournal(self.order, [("booked", "03-15", 150, 1)])

    def test_a_line_turned_into_a_delivery_takes_its_amount_out(self):
        if "is_delivery" not in self.line._fields:
            return
        self.line.is_delivery = True

        self._assert_changed_by(-100)

    def test_a_discount_reward_claimed_after_confirmation_is_not_taken_off(self):
        program = self.env["loyalty.program"].create(
            {
                "name": "Ten percent",
                "program_type": "promotion",
                "trigger": "auto",
                "rule_ids": [Command.create({"minimum_amount": 0})],
                "reward_ids": [Command.create({"discount": 10})],
            }
        )
        self.order._update_programs_and_rewards()
        coupon = self.order.coupon_point_ids.coupon_id[:1]
        self.order._apply_program_reward(program.reward_ids, coupon)

        self.assertTrue(self.order.order_line.filtered("is_reward_line"))
        self.assertJournal(self.order, [("booked", "03-15", 150, 1)])

    def test_a_change_that_fails_leaves_the_journal_as_it_was(self):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.line.price_unit = 1
            raise UserError(self.env._("No"))

        self.assertEqual(self._get_net(self.order), (150, 1))

    def test_a_journal_that_could_not_follow_follows_with_the_next_change(self):
        with self.assertRaises(UserError):
            (self.line | self.order.order_line[1]).unlink()
        self.line.price_unit = 90

        self.assertEqual(self._get_net(self.order), (140, 1))
