from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .cart_common import MemberCartCommon


@tagged("post_install", "-at_install")
class TestMemberSaleCart(MemberCartCommon):
    """The lamp costs 200, and 120 in a sale; Acme is a Guest of the club, Bolt none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["member.sale.event"].search([]).active = False
        cls.benefit.active = False
        cls.template = cls.lamp.product_tmpl_id
        cls.page = f"/shop/{cls.env['ir.http']._slug(cls.template)}"

    @classmethod
    def _create_sale(cls, hours=(-1, 1), **values):
        now = fields.Datetime.now()
        values.setdefault("kind", "flash" if values.get("quantity_limit") else "day")
        values.setdefault("percent", 40)
        return cls.env["member.sale.event"].create(
            {
                "name": "Gold Friday",
                "program_id": cls.program.id,
                "product_tmpl_ids": [Command.set(cls.template.ids)],
                "begins_at": now + timedelta(hours=hours[0]),
                "ends_at": now + timedelta(hours=hours[1]),
                **values,
            }
        )

    def test_no_sale_has_a_price_or_a_quantity_without_an_end(self):
        for name in ("percent", "fixed_price", "quantity_limit"):
            for value in (float("nan"), float("inf"), 1e300):
                with (
                    self.subTest(name=name, value=value),
                    self.assertRaisesRegex(ValidationError, "cannot be counted with"),
                ):
                    self._create_sale(**{name: value})

    def _get_price(self, login):
        cart = self._add(login=login)
        return cart.order_line.filtered("product_id")[:1].price_unit

    def _fill(self, quantity=1, login="ann"):
        cart = self._add(login=login)
        if quantity != 1:
            self._update(cart.order_line, quantity)
        return cart

    def _confirm(self, cart):
        cart.action_confirm()

    def test_members_pay_the_price_of_the_sale(self):
        self._create_sale()

        self.assertEqual(self._get_price("ann"), 120)

    def test_others_pay_the_normal_price(self):
        self._create_sale()

        self.assertEqual(self._get_price("bob"), 200)

    def test_visitors_pay_the_normal_price(self):
        self._create_sale()

        self.assertEqual(self._get_price(None), 200)

    def test_the_wrong_tier_pays_the_normal_price(self):
        self._create_sale(tier_ids=[Command.set(self.patron.ids)])

        self.assertEqual(self._get_price("ann"), 200)

    def test_before_and_after_the_sale_the_normal_price_holds(self):
        for hours in ((1, 2), (-2, -1)):
            sale = self._create_sale(hours=hours)
            with self.subTest(hours=hours):
                self.assertEqual(self._get_price("ann"), 200)
            sale.active = False

    def test_the_product_page_shows_it_beside_the_normal_price(self):
        self._create_sale(quantity_limit=50)

        shown = self._read(self.page)

        self.assertIn("120.00", shown)
        self.assertIn("Gold Friday", shown)
        self.assertIn("50 of 50 left", shown)
        self.assertIn("<time", shown)
        self.assertIn("120.00", self._read("/shop"))

    def test_others_read_for_whom_the_sale_is(self):
        self._create_sale(tier_ids=[Command.set(self.patron.ids)])

        shown = self._read(self.page)

        self.assertNotIn("120.00", shown)
        self.assertIn("A sale for Patron members", shown)

    def test_a_line_beyond_what_is_left_has_the_normal_price_and_says_so(self):
        self._create_sale(quantity_limit=2)

        cart = self._fill()

        answer = self._update(cart.order_line, 3)

        self.assertEqual(cart.order_line.price_unit, 200)
        self.assertIn("2 left for you", str(answer))
        self._update(cart.order_line, 2)
        self.assertEqual(cart.order_line.price_unit, 120)

    def test_each_member_gets_no_more_than_their_share(self):
        sale = self._create_sale(quantity_limit=10, quantity_per_member=2)
        self._confirm(self._fill(2))

        cart = self._fill(1, login="amy")

        self.assertEqual(cart.order_line.price_unit, 200)
        self.assertEqual(sale.taken_quantity, 2)

    def test_what_is_over_at_the_next_look_has_the_normal_price_with_a_word(self):
        sale = self._create_sale()
        cart = self._fill()
        sale.ends_at = fields.Datetime.now() - timedelta(minutes=1)

        products, _totals = self._read_cart()

        self.assertIn("is over for you", products)
        self.env.invalidate_all()
        self.assertEqual(cart.order_line.price_unit, 200)

    def test_nobody_pays_for_what_went_to_others_meanwhile(self):
        sale = self._create_sale(quantity_limit=1)
        late = self._fill()
        self.env["member.sale.taking"]._take(
            late.order_line, sale, self.membership, 1, "taken"
        ).line_id = False

        with self.assertRaisesRegex(UserError, "Nothing was paid"):
            late._reserve_points()

    def test_beginning_to_pay_keeps_and_confirming_sells(self):
        sale = self._create_sale(quantity_limit=5)
        cart = self._fill(2)

        cart._reserve_points()
        self.assertRecordValues(sale.taking_ids, [{"state": "reserved", "quantity": 2}])
        self._confirm(cart)

        self.assertRecordValues(sale.taking_ids, [{"state": "taken", "quantity": 2}])
        self.assertEqual(sale.taken_quantity, 2)

    def test_cancelling_gives_back(self):
        sale = self._create_sale(quantity_limit=5)
        cart = self._fill(2)
        self._confirm(cart)

        cart._action_cancel()

        self.assertEqual(sale.taken_quantity, 0)
        self.assertEqual(sale.taking_ids.state, "released")

    def test_lowering_a_confirmed_line_gives_the_difference_back(self):
        sale = self._create_sale(quantity_limit=5)
        cart = self._fill(3)
        self._confirm(cart)

        cart.order_line.product_uom_qty = 1

        self.assertEqual(sale.taken_quantity, 1)

    def test_what_is_kept_goes_back_after_its_minutes(self):
        sale = self._create_sale(quantity_limit=5)
        cart = self._fill(2)
        cart._reserve_points()
        sale.taking_ids.expires_at = fields.Datetime.now() - timedelta(minutes=1)

        sale.taking_ids._release_lapsed()

        self.assertEqual(sale.taken_quantity, 0)

    def test_changing_the_cart_gives_back_what_was_kept(self):
        sale = self._create_sale(quantity_limit=5)
        cart = self._fill(2)
        cart._reserve_points()

        self._update(cart.order_line, 1)

        self.assertEqual(sale.taken_quantity, 0)

    def test_an_unpaid_order_is_not_confirmed_beyond_what_is_there(self):
        sale = self._create_sale(quantity_limit=2)
        cart = self._fill(2)
        self.env["member.sale.taking"]._take(
            cart.order_line, sale, self.membership, 1, "taken"
        ).line_id = False

        with self.assertRaisesRegex(ValidationError, "not left any more"):
            self._confirm(cart)

    def test_a_fixed_price_holds_for_the_unit(self):
        self._create_sale(price_kind="fixed", percent=0, fixed_price=99)

        self.assertEqual(self._get_price("ann"), 99)

    def test_of_two_sales_the_cheaper_one_holds(self):
        self._create_sale(percent=10)
        self._create_sale(percent=50, hours=(-2, 2))

        self.assertEqual(self._get_price("ann"), 100)

    def test_the_member_centre_names_what_runs_and_what_comes(self):
        self._create_sale(quantity_limit=50)
        self._create_sale(name="Spring Day", hours=(24, 48))

        overview = self._read("/my/membership")
        page = self._read("/my/membership/sales")

        for text in (overview, page):
            self.assertIn("Gold Friday", text)
            self.assertIn("Spring Day", text)
            self.assertIn("50 of 50 left", text)
        self.assertIn(self.page, page)
        self.assertNotIn("Gold Friday", self._read("/my/membership/sales", "bob"))

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_what_nobody_may_write(self):
        for values in ({"hours": (1, -1)}, {"quantity_per_member": -1}):
            with (
                self.subTest(**values),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self._create_sale(**values)

    def test_nonsense_is_refused(self):
        for values in (
            {"percent": 0},
            {"percent": 101},
            {"product_tmpl_ids": []},
            {"kind": "flash"},
            {"kind": "day", "quantity_limit": 3},
            {"price_kind": "fixed", "fixed_price": 0},
            {"reservation_minutes": 0},
        ):
            with self.subTest(**values), self.assertRaises(ValidationError):
                self._create_sale(**values)

    def test_a_forged_address_gives_no_price_of_a_sale(self):
        sale = self._create_sale(tier_ids=[Command.set(self.patron.ids)])
        cart = self._fill()

        with self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request(
                "/web/dataset/call_kw/sale.order.line/write",
                {
                    "model": "sale.order.line",
                    "method": "write",
                    "args": [cart.order_line.ids, {"member_sale_event_id": sale.id}],
                    "kwargs": {},
                },
            )
