from html import unescape

from odoo.tests import tagged

from .portal_common import PATIENCE
from .referral_common import ReferralPageCommon

URL = "/my/membership/referrals"
LINK = f"{URL}/link"


@tagged("post_install", "-at_install")
class TestReferralPages(ReferralPageCommon):
    """The link, the page of referrals, and those who try what is not theirs."""

    def test_the_page_shows_link_code_picture_rewards_and_rules(self):
        page = unescape(self._read(URL))

        self.assertIn(f"/m/r/{self.code.code}", page)
        self.assertIn(self.code.shown_code, page)
        self.assertIn('src="data:image/png;base64,', page)
        self.assertIn('href="mailto:?subject=', page)
        self.assertIn("You get</dt>", page)
        self.assertIn("50 points", page)
        self.assertIn("20 points", page)
        self.assertIn("return window of 14 days", page)

    def test_the_overview_has_a_card_and_the_navigation_a_tab(self):
        page = self._read("/my/membership")

        self.assertIn("Refer another company", page)
        self.assertIn(f'href="{URL}"', page)

    def test_there_is_neither_card_nor_tab_where_it_is_off(self):
        self.program.referral_active = False
        page = self._read("/my/membership")

        self.assertNotIn("Refer another company", page)
        self.assertNotIn(URL, page)

    def test_a_link_is_made_once_and_renewed_on_request(self):
        self._post(LINK, "amy", program_id=self.program.id)
        codes = self.env["member.referral.code"]
        first = codes._find_of(self.amy, self.program)
        self.assertTrue(first)

        self._post(LINK, "amy", program_id=self.program.id)
        self.assertEqual(codes._find_of(self.amy, self.program), first)

        self._post(LINK, "amy", program_id=self.program.id, renew="1")
        self.assertNotEqual(codes._find_of(self.amy, self.program), first)
        self.assertFalse(codes._find(first.code, self.website.company_id))

    def test_nobody_renews_without_end(self):
        for _time in range(12):
            response = self._post(LINK, "amy", program_id=self.program.id, renew="1")

        self.assertIn("many links today", response.text)
        codes = self.env["member.referral.code"].with_context(active_test=False)
        self.assertEqual(codes.search_count([("partner_id", "=", self.amy.id)]), 10)

    def test_no_member_gets_a_link(self):
        self.assertEqual(
            self._post(LINK, "bob", program_id=self.program.id).status_code, 404
        )
        self.assertIn("Once you are a member", self._read(URL, "bob"))

    def test_bad_programs_are_not_found(self):
        other = self.env["member.program"].search([("id", "!=", self.program.id)])
        strange = ["", "x", "-1", "0", "9" * 30, "1 OR 1=1", *map(str, other.ids)]
        for program_id in strange:
            with self.subTest(program_id):
                response = self._post(LINK, "ann", program_id=program_id)
                self.assertEqual(response.status_code, 404)

    def test_a_link_is_made_by_post_with_a_token_only(self):
        self.authenticate("amy", "amy")
        values = {"program_id": self.program.id}
        self.assertEqual(self.url_open(LINK, timeout=PATIENCE).status_code, 405)
        self.assertEqual(
            self.url_open(LINK, data=values, timeout=PATIENCE).status_code, 400
        )

        self.env.invalidate_all()
        codes = self.env["member.referral.code"]
        self.assertFalse(codes._find_of(self.amy, self.program))

    def test_a_visitor_sees_no_page_of_referrals(self):
        self._leave()
        for url in (URL, f"{URL}/page/2"):
            response = self.url_open(url, timeout=PATIENCE, allow_redirects=False)
            self.assertEqual(response.status_code, 303)
            self.assertIn("/web/login", response.headers["Location"])

    def test_a_page_that_is_no_page_is_answered_cleanly(self):
        self.authenticate("ann", "ann")
        for page, status in (("999999", 200), ("x", 404), ("-1", 200)):
            response = self.url_open(f"{URL}/page/{page}", timeout=PATIENCE)
            self.assertEqual(response.status_code, status)

    def test_colleagues_and_strangers_see_nothing_of_a_referral(self):
        eve = self.env["res.partner"].create({"name": "Zebra <b>Ltd</b>"})
        referral = self.env["member.referral"].sudo()._bind(self.code, eve)
        mine = self._read(URL)
        self.assertIn("Z…", mine)
        self.assertNotIn("Zebra", mine)

        referral.officer_reason = "Looks like <script>alert(1)</script>"
        referral.write({"state": "refused", "decided_by_id": self.env.uid})
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", self._read(URL))
        for login in ("amy", "bob"):
            self.assertNotIn("Z…", self._read(URL, login))

    def test_the_page_is_not_found_where_there_are_no_referrals(self):
        self.program.referral_active = False
        self.authenticate("ann", "ann")

        self.assertEqual(self.url_open(URL, timeout=PATIENCE).status_code, 404)

    def test_many_referrals_have_pages_and_no_more_statements(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Firm {number}"} for number in range(11)]
        )
        self.program.referral_limit = 0
        for partner in partners:
            self.env["member.referral"]._bind(self.code, partner)

        self.assertEqual(self._read(URL).count("F…"), 10)
        self.assertEqual(self._read(f"{URL}/page/2").count("F…"), 1)


@tagged("post_install", "-at_install")
class TestReferralLink(ReferralPageCommon):
    """Links and codes: nobody learns which there are, and nobody is led astray."""

    def _landing(self, **values):
        response = self._follow_link(**values)
        self.assertEqual(response.status_code, 303)
        return response.headers["Location"].removeprefix(self.base_url())

    def test_every_code_leads_to_the_shop(self):
        unknown = ["0" * 16, "x", "%00", "a" * 3000, "<script>"]
        for code in [self.code.code, *unknown]:
            with self.subTest(code[:20]):
                self.assertEqual(self._landing(code=code), "/shop")

    def test_a_product_is_shown_where_it_can_be_seen(self):
        seen, hidden = self.env["product.template"].create(
            [
                {"name": "Lamp", "website_published": True, "sale_ok": True},
                {"name": "Secret", "website_published": False},
            ]
        )

        self.assertEqual(self._landing(query=f"?product={seen.id}"), seen.website_url)
        self.assertEqual(self._landing(query=f"?product={hidden.id}"), "/shop")

    def test_no_parameter_leads_elsewhere(self):
        for query in (
            "?product=https://evil.example",
            "?product=//evil.example",
            "?product=-1",
            "?product=%C2%B2",
            f"?product={'9' * 40}",
            "?redirect=https://evil.example",
            "?next=//evil.example&url=//evil.example",
        ):
            with self.subTest(query):
                self.assertEqual(self._landing(query=query), "/shop")

    def test_the_cookie_needs_consent_where_the_website_asks_for_it(self):
        self.website.cookies_bar = True
        self._follow_link()
        self.assertNotIn("member_referral", self.opener.cookies.get_dict())

        self.opener.cookies.set("website_cookies_bar", '{"optional": true}')
        self._follow_link()
        self.assertEqual(
            self.opener.cookies.get_dict().get("member_referral"), self.code.code
        )

    def test_who_is_signed_in_is_bound_to_nobody(self):
        self.authenticate("bob", "bob")
        self._follow_link()

        self.assertFalse(self._get_referrals())
        self.assertNotIn("member_referral", self.opener.cookies.get_dict())

    def test_a_wrong_code_and_a_disabled_one_get_the_same_answer(self):
        self.env["member.referral.code"]._make(self.ann, self.program, True)
        for code in ("0" * 16, self.code.code, "nonsense", "<b>x</b>"):
            with self.subTest(code):
                self.assertFalse(self._sign_up(referral_code=code))
                self.assertIn("This referral code cannot be used", self.page.text)
                self.assertNotIn("<b>x</b>", self.page.text)

    def test_codes_are_not_guessed_at_speed(self):
        for number in range(20):
            self._sign_up(referral_code=f"{number:016}")
        self.assertFalse(self._sign_up(referral_code=self.code.code))
        self.assertIn("Too many codes were tried", self.page.text)

        self.assertTrue(self._sign_up(referral_code=""))
        self.assertFalse(self._get_referrals())

    def test_links_are_not_guessed_at_speed(self):
        for number in range(60):
            self._follow_link(f"{number:016}")
        self.assertEqual(self._landing(), "/shop")
        self.assertNotIn("member_referral", self.opener.cookies.get_dict())
        self._sign_up()

        self.assertFalse(self._get_referrals())

    def test_the_form_asks_only_where_there_are_referrals(self):
        self.assertIn("referral_code", self.url_open("/web/signup").text)
        self.program.referral_active = False
        self.assertNotIn("referral_code", self.url_open("/web/signup").text)

        self.assertTrue(self._sign_up(referral_code="whatever"))
        self.assertFalse(self._get_referrals())
