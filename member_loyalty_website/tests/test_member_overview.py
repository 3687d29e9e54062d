import re
from itertools import pairwise

from odoo import Command
from odoo.tests import new_test_user, tagged

from .orders_common import MemberOrdersCommon

URL = "/my/membership"
MOST_STATEMENTS = 32


@tagged("post_install", "-at_install")
class TestMemberOverview(MemberOrdersCommon):
    def test_a_phone_shows_what_to_pay_first_then_whom_to_call(self):
        self._order(self.acme)
        self._create_benefit()

        page = self._read(URL)

        headings = [
            page.index(f'id="{name}"')
            for name in (
                "member_payments",
                "member_contact",
                f"member_tier_{self.membership.id}",
                f"member_progress_{self.membership.id}",
                f"member_benefits_{self.membership.id}",
                "member_orders",
            )
        ]
        self.assertEqual(headings, sorted(headings))

    def test_the_tier_is_labelled_and_coloured(self):
        self.guest.color = 3

        page = self._read(URL)

        self.assertIn("Member Level", page)
        self.assertIn("o_member_color_3", page)

    def test_there_is_one_main_heading_and_no_level_is_skipped(self):
        self._create_benefit()
        self._order(self.acme)

        for url in (URL, f"{URL}/orders", f"{URL}/payments", f"{URL}/messages"):
            page = self._read(url)
            main = page[page.index("<main") : page.index("</main")]
            levels = [int(one) for one in re.findall(r"<h([1-6])[ >]", main)]
            self.assertEqual(levels.count(1), 1, url)
            self.assertEqual(levels[0], 1, url)
            steps = [new - old for old, new in pairwise(levels)]
            self.assertLessEqual(max(steps, default=0), 1, (url, levels))

    def test_no_name_is_given_twice(self):
        other = self.program.copy({"name": "Second Club"})
        other._enroll_partners(self.acme, "hand")
        self._create_benefit()

        page = self._read(URL)
        main = page[page.index("<main") : page.index("</main")]
        names = re.findall(r' id="([^"]+)"', main)

        self.assertEqual(len(names), len(set(names)))
        self.assertLess(main.index("Club"), main.index("Second Club"))

    def test_two_memberships_are_read_one_after_the_other(self):
        other = self.program.copy({"name": "Second Club"})
        second = other._enroll_partners(self.acme, "hand")

        page = self._read(URL)

        self.assertLess(
            page.index(f"member_progress_{self.membership.id}"),
            page.index(f"member_tier_{second.id}"),
        )

    def test_pages_can_be_reached_without_a_script(self):
        page = self._read(URL)

        bar = page[page.index("o_member_thumb_bar") :]
        bar = bar[: bar.index("</nav>")]
        self.assertIn("<details", bar)
        self.assertIn(f'href="{URL}/orders"', bar)
        self.assertIn(f'href="{URL}/payments"', bar[bar.index("<details") :])
        self.assertGreater(
            page.index("o_member_thumb_bar"), page.index("o_member_cards")
        )

    def test_unread_messages_are_counted_on_every_page(self):
        self._tell(self.ann)

        for url in (URL, f"{URL}/orders", f"{URL}/payments", f"{URL}/messages"):
            page = self._read(url)
            tabs = page[page.index("o_member_tabs") :]
            tabs = tabs[: tabs.index("</nav>")]
            self.assertIn("o_member_unread", tabs, url)

    def test_without_anybody_the_seller_is_the_contact(self):
        self.seller.partner_id.write({"phone": "+1 555 (0)1", "email": "a@b.example"})

        page = self._read(URL)

        self.assertIn("Your contact", page)
        self.assertIn('href="tel:+155501"', page)
        self.assertIn('href="mailto:a@b.example"', page)

    def test_the_salesperson_of_the_company_is_the_contact(self):
        self.acme.user_id = self._create_seller("sal")

        self.assertIn("Seller sal", self._read(URL))

    def test_an_account_manager_comes_before_a_salesperson(self):
        manager = self._create_seller("mia")
        self.ann.user_id = self._create_seller("sal")
        self.acme.user_id = manager
        self.membership.sudo().write({"manager_user_id": manager.id})

        page = self._read(URL)

        self.assertIn("Your account manager", page)
        self.assertIn("Seller mia", page)
        self.assertNotIn("Seller sal", page)

    def test_who_left_is_no_contact(self):
        self.acme.user_id = self._create_seller("sal")
        self.acme.user_id.active = False

        self.assertNotIn("Seller sal", self._read(URL))

    def test_who_is_no_member_sees_orders_and_how_to_become_one(self):
        self.program.enroll_on_order = False
        order = self._order(self.bolt)

        page = self._read(URL, "bob")

        self.assertIn("You are no member yet", page)
        self.assertIn(order.name, page)
        self.assertNotIn("Member Level", page)

    def test_pages_have_their_order_whoever_adds_them(self):
        centre = self.env["member.centre"]
        pages = [tab.page for tab in centre._get_navigation()]

        self.assertEqual(pages[0], "membership")
        self.assertLess(
            pages.index("membership_orders"), pages.index("membership_payments")
        )
        self.assertLess(
            pages.index("membership_payments"), pages.index("membership_messages")
        )

    def test_statements_do_not_grow_with_orders(self):
        self._create_benefit()
        self._fill(5)
        few = self._count_statements()
        self._fill(55)
        many = self._count_statements()

        self.assertEqual(few, many)
        self.assertLessEqual(many, MOST_STATEMENTS)

    def _create_seller(self, login):
        """Create somebody who sells."""
        return new_test_user(
            self.env,
            login,
            "sales_team.group_sale_salesman",
            name=f"Seller {login}",
            email=f"{login}@seller.example",
        )

    def _fill(self, count):
        """Give Acme orders of two lines, an invoice for every fifth, and messages."""
        for number in range(count):
            order = self._order(self.acme, 10 + number)
            order.order_line = [Command.create({"product_id": self.product.id})]
            if number % 5 == 0:
                self._invoice(order, due_in=number - 20)
            self._tell(self.ann, f"Message {count} {number}")

    def _count_statements(self):
        """Return how many statements a request for the overview runs."""
        self._read(URL)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.url_open(URL)
        return self.env.cr.sql_log_count - before
