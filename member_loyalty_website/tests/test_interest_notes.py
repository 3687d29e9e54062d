from unittest.mock import patch

from odoo import http
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .interest_common import BEACON, SEARCH, MemberInterestCommon

BOT = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}


@tagged("post_install", "-at_install")
class TestInterestNotes(MemberInterestCommon):
    def _say(self, answer):
        """Let every contact have said this to profiling."""
        giver = self.registry["res.partner"]
        return patch.object(giver, "_get_consent", lambda contact, purpose: answer)

    def test_a_page_reports_a_view_and_seconds_into_one_row_a_day(self):
        self._visit("ann")

        first = self._send(seconds=40, search=1)
        self._send(seconds=20, first=0, search=1)

        self.assertEqual((first.status_code, first.text), (204, ""))
        self.assertRecordValues(
            self._get_rows(),
            [
                {
                    "partner_id": self.ann.id,
                    "product_tmpl_id": self.lamp.id,
                    "day": self.website.company_id._member_today(),
                    "view_count": 1,
                    "seconds": 60,
                    "search_count": 1,
                }
            ],
        )

    def test_without_consent_to_cookies_there_is_no_row_at_all(self):
        for answer in (False, None):
            self._visit("ann", optional=answer)
            self.assertEqual(self._send().status_code, 204)
            self._send(SEARCH, words="lamp")
        self.authenticate(None, None)
        self._answer_cookies(False)
        self._send()

        self.assertFalse(self._get_rows())
        self.assertFalse(self.searches.search([]))

    def test_a_cookie_that_is_nonsense_is_no_consent(self):
        self.authenticate("ann", "ann")
        for nonsense in ("{", "[1]", "1", '{"optional":"yes"}'):
            self.opener.cookies.set("website_cookies_bar", nonsense)
            self.assertEqual(self._send().status_code, 204, nonsense)

        self.assertFalse(self._get_rows())

    def test_who_refused_profiling_is_not_followed_whatever_cookies_say(self):
        self._visit("ann")
        with self._say("refused"):
            self._send()

        self.ann.member_refuses_interest = True
        self._send()

        self.assertFalse(self._get_rows())

    def test_without_a_cookies_bar_only_who_agreed_is_followed(self):
        self.website.cookies_bar = False
        self._visit("ann", optional=None)

        self._send()
        self.assertFalse(self._get_rows())
        with self._say("given"):
            self._send()
        self.assertEqual(self._get_rows().partner_id, self.ann)

    def test_visitors_are_not_followed_without_a_cookies_bar(self):
        self.website.cookies_bar = False
        self._visit(None)

        self._send()

        self.assertFalse(self._get_rows())

    def test_a_shop_that_does_not_follow_views_notes_nothing(self):
        self.website.member_follow_views = False
        self._visit("ann")

        self._send()
        self._send(SEARCH, words="lamp")
        page = self._read(self.lamp.website_url)

        self.assertFalse(self._get_rows() or self.searches.search([]))
        self.assertNotIn("data-member-product", page)

    def test_bots_and_staff_are_not_followed(self):
        new_test_user(self.env, "sam", "base.group_user", password="sam")
        self._visit("sam")
        self._send()
        self._visit("ann")
        with patch.dict(self.opener.headers, BOT):
            self._send()

        self.assertFalse(self._get_rows())

    def test_a_day_has_its_limits(self):
        self._visit("ann")
        self._send(seconds=10_000)
        self.assertEqual(self._get_rows().seconds, 600)

        for _again in range(7):
            self._send(seconds=10_000, first=0)
        self.assertEqual(self._get_rows().seconds, 3600)

        self._get_rows().view_count = 50
        self.env.flush_all()
        self._send()
        self.assertEqual(self._get_rows().view_count, 50)

    def test_nobody_leaves_more_notes_than_the_limit_of_a_day(self):
        limit = "odoo.addons.member_loyalty_website.models.member_website_interest"
        self._visit("ann")
        with patch(f"{limit}.NOTES_PER_OWNER", 2):
            for _again in range(4):
                self.assertEqual(self._send().status_code, 204)

        self.assertEqual(self._get_rows().view_count, 2)

    def test_nonsense_is_answered_and_ignored(self):
        self._visit("ann")
        hidden = self._create_product("Hidden", is_published=False)
        for values in (
            {"product_id": "x"},
            {"product_id": "-1"},
            {"product_id": 2**31},
            {"product_id": 2**31 - 1},
            {"product_id": "9" * 50},
            {"product_id": [self.lamp.id, "x", "y"], "seconds": ["a", "b"]},
            {"seconds": "NaN"},
            {"seconds": "-5"},
            {"product_id": hidden.id},
            {"product_id": "1; DROP TABLE member_product_interest"},
        ):
            self.assertEqual(self._send(**values).status_code, 204, values)

        self.assertFalse(self._get_rows())

    def test_a_file_in_place_of_a_number_is_ignored(self):
        self._visit("ann")
        token = {"csrf_token": http.Request.csrf_token(self)}
        response = self.url_open(BEACON, data=token, files={"product_id": b"7"})

        self.assertEqual(response.status_code, 204)

    @mute_logger("odoo.http")
    def test_only_pages_of_this_shop_can_report(self):
        self._visit("ann")

        for url in (BEACON, SEARCH):
            self.assertEqual(self.url_open(url).status_code, 405)
            self.assertEqual(self._send(url, token="forged").status_code, 400)
            foreign = {"Origin": "https://evil.example.com"}
            response = self.url_open(url, data={"product_id": "1"}, headers=foreign)
            self.assertEqual(response.status_code, 400)

        self.assertFalse(self._get_rows())

    def test_searched_words_are_counted_alike_and_never_personal(self):
        self._visit("ann")
        for words in ("Floor  LAMP", "floor lamp", "ann@example.com", "", "x" * 500):
            self.assertEqual(self._send(SEARCH, words=words).status_code, 204)

        counted = {one.words: one.search_count for one in self.searches.search([])}
        self.assertEqual(counted, {"floor lamp": 2, "x" * 64: 1})

    def test_pages_say_what_to_report_and_the_search_page_itself_writes_nothing(self):
        self._visit("ann")

        product = self._read(self.lamp.website_url)
        results = self._read("/shop?search=Lamp")

        self.assertIn(f'data-member-product="{self.lamp.id}"', product)
        self.assertIn('data-member-search="Lamp"', results)
        self.assertNotIn("data-member-search", self._read("/shop"))
        self.assertFalse(self.searches.search([]))

    def test_pages_ask_no_more_of_the_database_because_views_are_followed(self):
        def count(login):
            self._visit(login)
            for _warm in range(2):
                self.url_open(self.lamp.website_url)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.url_open(self.lamp.website_url)
            return self.env.cr.sql_log_count - before

        followed = count("ann"), count(None)
        self.website.member_follow_views = False

        self.assertEqual((count("ann"), count(None)), followed)

    def test_what_is_put_in_the_cart_is_noted(self):
        self._visit("ann")
        added = {"product_template_id": self.lamp.id, "quantity": 1}
        added["product_id"] = self.lamp.product_variant_id.id
        for _again in range(2):
            self.make_jsonrpc_request("/shop/cart/add", added)
        self._answer_cookies(False)
        self.make_jsonrpc_request("/shop/cart/add", added)

        self.env.invalidate_all()
        self.assertRecordValues(
            self._get_rows(), [{"partner_id": self.ann.id, "cart_count": 2}]
        )
