from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tools import SQL, mute_logger

from .point_common import PointsCommon


class TestPointOrder(PointsCommon):
    """Orders earn and spend, and whatever is undone is undone to the point."""

    def test_an_order_earns_a_point_for_each_unit(self):
        customer = self._create_customer()
        self._confirm_order(customer, 250, 100.90)
        self.assertEqual(self._kinds(customer), [("earned", 350)])

    def test_the_hint_on_the_quotation_is_what_is_booked(self):
        customer = self._create_customer()
        order = self._create_order(customer, 123.99)
        order._update_programs_and_rewards()
        self.assertEqual(order.coupon_point_ids.points, 123)
        order.action_confirm()
        self.assertEqual(self._get_points(customer), 123)

    def test_a_cancelled_order_takes_its_points_back(self):
        customer = self._create_customer()
        order = self._confirm_order(customer, 100)
        order._action_cancel()
        self.assertEqual(self._kinds(customer), [("earned", 100), ("reversed", -100)])

    def test_an_order_confirmed_again_earns_again_once(self):
        customer = self._create_customer()
        order = self._confirm_order(customer, 100)
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertEqual(self._get_points(customer), 100)

    def test_points_pay_a_part_of_the_next_order(self):
        customer = self._create_customer()
        self._confirm_order(customer, 200)
        order = self._create_order(customer, 500)
        self._claim(order)
        self.assertEqual(order.amount_total, 300)
        order.action_confirm()
        # 300 paid in money earn 300
        self.assertEqual(
            self._kinds(customer), [("earned", 200), ("earned", 300), ("spent", -200)]
        )

    def test_cancelled_spending_goes_back_to_its_lots(self):
        customer = self._create_customer()
        self._confirm_order(customer, 200)
        order = self._create_order(customer, 500)
        self._claim(order)
        order.action_confirm()
        order._action_cancel()
        self.assertEqual(self._get_points(customer), 200)
        lots = self.env["member.point.lot"].search(
            [("card_id", "=", self._get_card(customer).id), ("remaining", ">", 0)]
        )
        self.assertEqual(lots.mapped("remaining"), [200])

    def test_a_raised_quantity_earns_the_difference(self):
        customer = self._create_customer()
        order = self._confirm_order(customer, 100)
        self._set_line(order, product_uom_qty=3)
        self.assertEqual(self._kinds(customer), [("earned", 100), ("earned", 200)])

    def test_a_line_added_later_earns_as_well(self):
        customer = self._create_customer()
        order = self._confirm_order(customer, 100)
        order.order_line = [self._prepare_line(price_unit=50)]
        self.assertEqual(self._get_points(customer), 150)

    def test_pressing_promotions_on_a_confirmed_order_changes_nothing(self):
        customer = self._create_customer()
        order = self._confirm_order(customer, 100)
        order._update_programs_and_rewards()
        order._update_programs_and_rewards()
        self.assertEqual(self._kinds(customer), [("earned", 100)])
        order._action_cancel()
        self.assertEqual(self._get_points(customer), 0)

    def test_credit_notes_take_back_their_share_and_never_twice(self):
        customer = self._create_customer()
        order = self._confirm_order(customer, 100)
        invoice = self._invoice(order)
        self._credit(invoice, 30)
        self.assertEqual(self._get_points(customer), 70)
        self._credit(invoice, 30)
        self._credit(invoice, 40)
        self.assertEqual(self._get_points(customer), 0)
        order._action_cancel()
        self.assertEqual(self._get_points(customer), 0)

    def test_what_was_spent_already_is_owed_and_paid_by_the_next_earning(self):
        customer = self._create_customer()
        first = self._confirm_order(customer, 100)
        second = self._create_order(customer, 100)
        self._claim(second)
        second.action_confirm()
        self.assertEqual(self._get_points(customer), 0)
        self._credit(self._invoice(first))
        card = self._get_card(customer)
        self.assertEqual((card.points, card.member_debt), (0, 100))
        self._confirm_order(customer, 130)
        self.assertEqual((card.points, card.member_debt), (30, 0))

    def test_the_refund_of_an_order_paid_with_points_gives_them_back(self):
        customer = self._create_customer()
        self._confirm_order(customer, 200)
        order = self._create_order(customer, 500)
        self._claim(order)
        order.action_confirm()
        self._credit(self._invoice(order))
        self.assertEqual(self._get_points(customer), 200)

    def test_orders_confirmed_together_do_not_spend_the_same_points(self):
        customer = self._create_customer()
        self._confirm_order(customer, 100)
        orders = self.env["sale.order"]
        for _turn in range(2):
            order = self._create_order(customer, 100)
            self._claim(order)
            orders += order
        with self.assertRaises(ValidationError):
            orders.action_confirm()

    def test_points_written_by_anybody_become_an_entry(self):
        customer = self._create_customer()
        self._confirm_order(customer, 100)
        card = self._get_card(customer)
        card.points = 130
        card.points -= 50
        self.assertEqual(
            self._kinds(customer),
            [("earned", 100), ("adjusted", 30), ("adjusted", -50)],
        )

    def test_a_card_made_with_points_has_an_entry(self):
        customer = self._create_customer()
        card = self.env["loyalty.card"].create(
            {
                "program_id": self.wallet.id,
                "partner_id": customer.id,
                "points": 40,
            }
        )
        self.assertEqual(card.points, 40)
        self.assertEqual(card.member_owner_id, customer)

    def test_an_order_in_another_currency_earns_by_its_rate(self):
        company_currency = self.env.company.currency_id
        other = self._enable_currency(
            "EUR" if company_currency.name != "EUR" else "USD"
        )
        self.env["res.currency.rate"].search([("currency_id", "=", other.id)]).unlink()
        self.env["res.currency.rate"].create(
            {
                "currency_id": other.id,
                "name": "2026-01-01",
                "rate": 150,
                "company_id": self.env.company.id,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Far away", "currency_id": other.id}
        )
        customer = self._create_customer()
        order = self._create_order(customer, 15000, pricelist_id=pricelist.id)
        order.action_confirm()
        self.assertEqual(self._get_points(customer), 100)

    def test_rules_add_up_and_multipliers_multiply(self):
        category = self.env["product.category"].create({"name": "Bearings"})
        bearing = self._create_product("Bearing", categ_id=category.id)
        self._create_rule("multiplier", factor=3, category_ids=category.ids)
        self._create_rule("order", points=10)
        self._create_rule("first_order", points=500)
        customer = self._create_customer()
        order = self._create_order(
            customer,
            100,
            order_line=[
                self._prepare_line(price_unit=100),
                self._prepare_line(price_unit=100, product_id=bearing.id),
            ],
        )
        order.action_confirm()
        self.assertEqual(self._get_points(customer), 100 + 300 + 10 + 500)
        self._confirm_order(customer, 100)
        self.assertEqual(self._get_points(customer), 910 + 100 + 10)

    def test_points_wait_until_they_are_available(self):
        self.program.points_available = "paid"
        customer = self._create_customer()
        order = self._confirm_order(customer, 100)
        self.assertEqual(self._get_points(customer), 0)
        pending = self.env["member.point.pending"].search([("order_id", "=", order.id)])
        self.assertEqual((pending.points, pending.state), (100, "waiting"))
        order._action_cancel()
        self.assertEqual((pending.points, pending.state), (0, "cancelled"))

    def test_entries_cannot_be_changed_even_in_the_database(self):
        customer = self._create_customer()
        self._confirm_order(customer, 100)
        order = self._create_order(customer, 100)
        self._claim(order)
        order.action_confirm()
        for table in ("member_point_entry", "member_point_allocation"):
            for statement in (
                SQL("UPDATE %s SET points = 1", SQL.identifier(table)),
                SQL("DELETE FROM %s", SQL.identifier(table)),
                SQL("TRUNCATE %s CASCADE", SQL.identifier(table)),
            ):
                with (
                    self.assertRaises(IntegrityError),
                    mute_logger("odoo.sql_db"),
                    self.cr.savepoint(),
                ):
                    self.cr.execute(statement)

    def test_a_past_order_earns_nothing_when_points_begin(self):
        other = self._create_program()
        customer = self._create_customer()
        self.program.active = False
        order = self._confirm_order(customer, 100)
        other._start_points()
        self._set_line(order, product_uom_qty=2)
        self.assertFalse(self._get_card(customer, other))

    def test_free_lines_and_notes_earn_nothing(self):
        customer = self._create_customer()
        order = self._create_order(
            customer,
            order_line=[
                self._prepare_line(price_unit=100),
                Command.create({"display_type": "line_note", "name": "Thanks"}),
            ],
        )
        order.action_confirm()
        self.assertEqual(self._get_points(customer), 100)

    def test_what_counts_of_an_order_stays_as_it_was_promised(self):
        customer = self._create_customer()
        tax = self.env["account.tax"].create({"name": "Tenth", "amount": 10})
        order = self._create_order(
            customer,
            order_line=[
                self._prepare_line(price_unit=100, tax_ids=[Command.set(tax.ids)])
            ],
        )
        order.action_confirm()
        self.program.points_base_taxed = True
        self.rule.points = 5
        order._settle_points()
        self.assertEqual(self._get_points(customer), 100)
        self._credit(self._invoice(order), 40)
        self.assertEqual(self._get_points(customer), 60)

    def test_a_milestone_of_the_points_program_is_told(self):
        template = self.env["mail.template"].create(
            {
                "name": "A hundred",
                "model_id": self.env["ir.model"]._get_id("loyalty.card"),
                "subject": "You have {{ object.points }} points",
                "use_default_to": True,
            }
        )
        self.wallet.communication_plan_ids = [
            Command.create(
                {
                    "trigger": "points_reach",
                    "points": 100,
                    "mail_template_id": template.id,
                }
            )
        ]
        company = self._create_customer("Acme", is_company=True, email="a@example.com")
        self._confirm_order(company, 99)
        self._confirm_order(company, 1)
        self._confirm_order(company, 1)
        mails = self.env["mail.mail"].search([("model", "=", "loyalty.card")])
        self.assertEqual(mails.mapped("subject"), ["You have 100.0 points"])
        self.assertEqual(mails.recipient_ids, company)
