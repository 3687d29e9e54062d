from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .interest_common import PAGE, MemberInterestCommon


@tagged("post_install", "-at_install")
class TestInterestPage(MemberInterestCommon):
    def setUp(self):
        super().setUp()
        self.noted = self._note(self.ann, view_count=3, seconds=75, cart_count=1)
        self._note(self.ann, self.shade, days_ago=2)
        self.searches.create(
            {
                "partner_id": self.ann.id,
                "website_id": self.website.id,
                "day": self.noted.day,
                "words": "<b>lamp</b>",
                "search_count": 4,
            }
        )
        self.env.flush_all()

    def test_the_page_shows_everything_that_was_noted_in_words(self):
        page = self._read(PAGE)

        self.assertIn("Times opened: 3", page)
        self.assertIn("Seconds visible: 75", page)
        self.assertIn("Times put in the cart: 1", page)
        self.assertLess(page.index("Lamp"), page.index("Shade"))
        self.assertIn("&lt;b&gt;lamp&lt;/b&gt;", page)

    def test_nobody_sees_what_was_noted_of_a_colleague_or_another_company(self):
        for login in ("amy", "bob"):
            page = self._read(PAGE, login)
            self.assertNotIn("Shade", page)
            self.assertIn("No product was noted", page)

    def test_one_product_is_deleted(self):
        self._post(f"{PAGE}/forget/{self.lamp.id}")

        self.assertEqual(self._get_rows().product_tmpl_id, self.shade)

    def test_everything_is_deleted_searches_too(self):
        of_bob = self._note(self.bob)
        self.env.flush_all()

        response = self._post(f"{PAGE}/forget")

        self.assertTrue(response.url.endswith(PAGE))
        self.assertEqual(self._get_rows(), of_bob)
        self.assertFalse(self.searches.search([]))

    def test_another_buyer_cannot_delete_mine(self):
        for login in ("amy", "bob"):
            self._post(f"{PAGE}/forget/{self.lamp.id}", login)
            self._post(f"{PAGE}/forget", login, partner_id=self.ann.id)

        self.assertEqual(len(self._get_rows(self.ann)), 2)

    def test_switching_off_stops_it_and_keeps_what_is_not_deleted(self):
        self._post(f"{PAGE}/follow", allowed="0")
        self._answer_cookies(True)
        self._send()

        self.assertEqual(self.ann._get_interest_consent(), "refused")
        self.assertEqual(self.noted.view_count, 3)
        self.assertIn("You switched this off", self._read(PAGE))
        self._post(f"{PAGE}/follow", allowed="1")
        self.assertNotEqual(self.ann._get_interest_consent(), "refused")

    def test_bad_addresses_are_not_found(self):
        for url in ("forget/99999999999", "forget/x", "forget/-1"):
            self.assertEqual(self._post(f"{PAGE}/{url}").status_code, 404, url)
        self.assertEqual(self._post(f"{PAGE}/follow", allowed="x").status_code, 404)
        self.assertEqual(self.url_open(f"{PAGE}/page/99999").status_code, 200)

        self.assertEqual(len(self._get_rows(self.ann)), 2)

    @mute_logger("odoo.http")
    def test_deleting_takes_a_button_of_this_shop(self):
        self.authenticate("ann", "ann")
        for action in ("forget", f"forget/{self.lamp.id}", "follow"):
            url = f"{PAGE}/{action}"
            self.assertEqual(self.url_open(url).status_code, 405)
            forged = self.url_open(url, data={"csrf_token": "forged"})
            self.assertEqual(forged.status_code, 400)

        self.assertEqual(len(self._get_rows(self.ann)), 2)

    def test_visitors_have_to_log_in(self):
        self.authenticate(None, None)

        self.assertIn("/web/login", self.url_open(PAGE).url)

    def test_an_officer_reads_and_nobody_else_of_the_staff(self):
        officer = new_test_user(
            self.env, "olga", "member_loyalty.member_loyalty_group_officer"
        )
        seller = new_test_user(
            self.env, "sam", "member_loyalty.member_loyalty_group_user"
        )

        self.assertTrue(self.noted.with_user(officer).has_access("read"))
        self.assertFalse(self.noted.with_user(officer).has_access("unlink"))
        self.assertFalse(self.noted.with_user(seller).has_access("read"))
        self.assertFalse(self.noted.with_user(self.ann.user_ids).has_access("read"))

    def test_an_officer_of_another_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Other seller"})
        officer = new_test_user(
            self.env,
            "olga",
            "member_loyalty.member_loyalty_group_officer",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )

        self.assertFalse(self.interests.with_user(officer).search([]))

    def test_all_that_was_noted_can_be_given_as_data(self):
        personal = self.env["member.personal.data"]
        data = personal._collect(self.ann, self.website.company_id)["sections"]

        interests = data["product_interests"]["entries"]
        searches = data["searches"]["entries"]
        self.assertIn(
            ("Lamp", 75),
            [(one["product_tmpl_id"], one["seconds"]) for one in interests],
        )
        self.assertIn(4, [one["search_count"] for one in searches])
