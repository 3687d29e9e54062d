from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .points_common import PointsPageCommon

URL = "/my/membership/points"
REWARDS_URL = "/my/membership/rewards"


@tagged("post_install", "-at_install")
class TestPointsPage(PointsPageCommon):
    """A buyer reads what there is on the purse, how it came and when it goes."""

    def _get_statement(self):
        return self.env["member.point.statement"].browse(self.purse.id)

    def _let_lots_expire(self, days):
        lots = self.env["member.point.lot"].search([("card_id", "=", self.purse.id)])
        lots.sudo().expires_at = fields.Datetime.now() + timedelta(days=days)
        self.env.flush_all()
        self.env.invalidate_all()
        return lots

    def test_the_figures_are_those_that_staff_see(self):
        self.program.points_available = "paid"
        self._create_rule(points=1)
        self._begin_cart()
        order = self._find_cart()
        order.action_confirm()
        self._let_lots_expire(30)
        staff = self._get_statement()

        text = self._get_text(self._read(URL))

        self.assertEqual((staff.usable_points, staff.pending_points), (450, 180))
        self.assertIn("Available 450 Pending 180", text)
        self.assertIn("450 points can be used until", text)
        self.assertIn(f"{order.name} : available when the invoices are paid 180", text)

    def test_the_statement_says_what_happened_and_the_balance_after_it(self):
        self._begin_cart()
        order = self._find_cart()
        order.action_confirm()

        text = self._get_text(self._read(URL))

        self.assertRegex(text, rf"Spent {order.name} -50 450")
        self.assertRegex(text, r"Adjusted .* \+500 500")

    def test_the_pager_leads_to_older_movements(self):
        for _time in range(25):
            self.purse.points += 1

        second = self._get_text(self._read(f"{URL}/page/2"))
        beyond = self._visit(f"{URL}/page/99999999999999999999")

        self.assertIn("+500 500", second)
        self.assertNotIn("525", second.split("Statement")[-1].split("by expiry")[0])
        self.assertEqual(beyond.status_code, 200)

    def test_the_page_asks_as_much_for_a_long_history_as_for_a_short_one(self):
        for _time in range(60):
            self.purse.points += 1
        self._read(URL)
        short = self._count_statements(URL)
        for _time in range(200):
            self.purse.points += 1

        long = self._count_statements(URL)

        self.assertLessEqual(long, short)

    def test_the_overview_asks_little_for_the_card(self):
        self._read("/my/membership")
        with_points = self._count_statements("/my/membership")
        self.program.wallet_id = False
        self.env.registry.clear_cache()
        self._read("/my/membership")
        without = self._count_statements("/my/membership")

        self.assertLessEqual(with_points - without, 6)

    def _count_statements(self, url):
        before = self.env.cr.sql_log_count
        self._read(url)
        return self.env.cr.sql_log_count - before

    def test_the_overview_shows_the_balance(self):
        self._let_lots_expire(10)

        page = self._read("/my/membership")

        card = page.split("o_member_points_card")[1].split("</section>")[0]
        self.assertIn("500", self._get_text(card))
        self.assertIn("500 points can be used until", card)

    def test_a_member_without_points_reads_so(self):
        self.program._enroll_partners(self.bolt, "hand")

        self.assertIn("You have no points yet", self._read("/my/membership", "bob"))
        self.assertIn("You have no points yet", self._read(URL, "bob"))
        self.assertIn("You have no points yet", self._read(REWARDS_URL, "bob"))

    def test_both_contacts_of_a_company_see_the_same_purse(self):
        self.assertIn("Available 500", self._get_text(self._read(URL, "amy")))

    def test_a_contact_with_an_own_purse_sees_that_one(self):
        circle = self._create_second_program()
        circle.purse = "contact"
        circle._enroll_partners(self.amy, "hand")
        own = self.env["loyalty.card"]._get_member_wallet(circle, self.amy, create=True)
        own.points = 7

        page = self._read(f"{URL}?purse={own.id}", "amy")

        self.assertIn("Available 7", self._get_text(page))
        self.assertEqual(self._visit(f"{URL}?purse={own.id}").status_code, 404)

    def test_what_is_owed_is_said(self):
        self.purse.points = 0
        self.env.cr.execute(
            "UPDATE loyalty_card SET member_debt = 80 WHERE id = %s", [self.purse.id]
        )
        self.env.invalidate_all()

        self.assertIn("Owed 80", self._get_text(self._read(URL)))

    def test_points_that_a_payment_keeps_are_named(self):
        order = self._begin_cart()
        self._begin_payment(order)

        text = self._get_text(self._read(URL))

        self.assertIn("Available 450", text)
        self.assertIn("Kept for a payment under way 50", text)

    def test_expired_lots_are_neither_counted_nor_listed(self):
        self._let_lots_expire(-1)

        page = self._read(URL)

        self.assertIn("Available 0", self._get_text(page))
        self.assertNotIn("by expiry", page)

    def test_nobody_opens_the_purse_of_others(self):
        bolts = self._give_points(self.bolt, 33)

        for purse in (bolts.id, "all", "-1", f"{self.purse.id}'", "9" * 30):
            response = self._visit(f"{URL}?purse={purse}")
            self.assertEqual(response.status_code, 404, purse)
        self.assertNotIn("500", self._get_text(self._read(URL, "bob")))

    def test_a_visitor_is_asked_to_log_in(self):
        response = self._visit(URL, None)

        self.assertIn("/web/login", response.url)

    @mute_logger("odoo.http")
    def test_without_points_there_is_neither_page_nor_tab_nor_card(self):
        self.program.wallet_id = False
        self.env.registry.clear_cache()

        for url in (URL, "/my/membership/rewards", "/my/membership/code"):
            self.assertEqual(self._visit(url).status_code, 404)
        page = self._read("/my/membership")
        self.assertNotIn("Points Shop", page)
        self.assertNotIn("o_member_points_card", page)

    def test_two_programs_have_a_statement_each(self):
        circle = self._create_second_program()
        circle._enroll_partners(self.acme, "hand")
        card = self.env["loyalty.card"]._get_member_wallet(
            circle, self.acme, create=True
        )
        card.points = 77

        text = self._get_text(self._read(f"{URL}?purse={card.id}"))

        self.assertIn("Available 77", text)
        self.assertIn("Club", text)

    def test_reasons_come_back_escaped(self):
        self.purse.with_context(member_point_reason="<script>x()</script>").points += 1

        self.assertNotIn("<script>x()", self._read(URL))
