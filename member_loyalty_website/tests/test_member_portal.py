from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestMemberPortal(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        spent = {"metric": "purchase_amount", "value": 1000}
        cls.program = cls.env["member.program"].create(
            {
                "name": "Gift Club",
                "sequence": -1,
                "tier_ids": [
                    (0, 0, {"name": "Guest", "sequence": 1}),
                    (
                        0,
                        0,
                        {
                            "name": "Patron",
                            "sequence": 2,
                            "rule_ids": [(0, 0, {"condition_ids": [(0, 0, spent)]})],
                        },
                    ),
                ],
            }
        )
        cls.company = cls.env["res.partner"].create(
            {"name": "Acme", "is_company": True}
        )
        cls.contact = cls._create_buyer("ann", cls.company)
        cls.product = cls.env["product.product"].create(
            {"name": "Bearing", "list_price": 250, "taxes_id": False}
        )

    @classmethod
    def _create_buyer(cls, login, company):
        user = new_test_user(cls.env, login, "base.group_portal", password=login)
        user.partner_id.parent_id = company
        return user.partner_id

    def _confirm_order(self, partner):
        order = self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [(0, 0, {"product_id": self.product.id})],
            }
        )
        order.action_confirm()
        return order

    def _read_page(self, login):
        self.authenticate(login, login)
        response = self.url_open("/my/membership", timeout=60)
        self.assertEqual(response.status_code, 200)
        return " ".join(response.text.replace("\xa0", " ").split())

    def test_a_contact_sees_the_tier_of_the_company_and_what_is_missing(self):
        self._confirm_order(self.company)

        page = self._read_page("ann")

        self.assertIn("Guest", page)
        self.assertIn("Patron", page)
        self.assertIn("750.00 missing", page.replace("$ ", "").replace(" $", ""))
        self.assertIn('aria-valuenow="25"', page)

    def test_at_the_top_nothing_is_missing(self):
        membership = self.program._enroll_partners(self.company, "hand")
        membership._assign_tier(self.program.tier_ids[1], "Promised")

        page = self._read_page("ann")

        self.assertIn("You hold the highest tier", page)
        self.assertNotIn("progress-bar", page)

    def test_a_buyer_who_is_no_member_is_told_how_to_become_one(self):
        self.assertIn("You become one with your first order", self._read_page("ann"))

    def test_nobody_is_promised_a_membership_that_orders_do_not_bring(self):
        self.env["member.program"].search([]).enroll_on_order = False

        page = self._read_page("ann")

        self.assertIn("You are no member yet", page)
        self.assertNotIn("first order", page)

    def test_a_buyer_never_sees_the_membership_of_another_company(self):
        other = self.env["res.partner"].create({"name": "Bolt", "is_company": True})
        self._create_buyer("bob", other)
        membership = self.program._enroll_partners(self.company, "hand")
        membership._assign_tier(self.program.tier_ids[1], "Secret reason")

        page = self._read_page("bob")

        self.assertNotIn("Patron", page)
        self.assertIn("You become one with your first order", page)

    def test_reasons_of_the_staff_stay_with_the_staff(self):
        membership = self.program._enroll_partners(self.company, "hand")
        membership._assign_tier(self.program.tier_ids[1], "Secret reason")

        self.assertNotIn("Secret reason", self._read_page("ann"))

    def test_the_page_needs_a_login(self):
        response = self.url_open("/my/membership", timeout=60)

        self.assertIn("/web/login", response.url)

    def test_the_tile_counts_the_memberships(self):
        self.program._enroll_partners(self.company, "hand")
        self.authenticate("ann", "ann")

        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["membership_count"]}
        )

        self.assertEqual(counters["membership_count"], 1)

    def test_a_membership_of_another_seller_is_not_shown(self):
        seller = self.env["res.company"].create({"name": "Other seller"})
        elsewhere = self.program.copy({"name": "Elsewhere", "company_id": seller.id})
        elsewhere._enroll_partners(self.company, "hand")

        self.assertNotIn("Elsewhere", self._read_page("ann"))
