from odoo import fields, http
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..logic.share_visit import Visitor
from .act_common import ActCommon

SHARE = "/my/membership/share"
PAGE = "/my/membership/sharing"


@tagged("post_install", "-at_install")
class TestMemberShare(ActCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule("sharing", 2)
        cls.lamp = cls._create_product("Lamp")
        cls.env["member.attempt"].search([("action", "like", "share")]).unlink()

    @classmethod
    def _create_product(cls, name, **values):
        return cls.env["product.template"].create(
            {"name": name, "is_published": True, "sale_ok": True, **values}
        )

    def _open_share(self, partner=None, device="beef", product=None):
        return self.env["member.share"]._open(
            partner or self.ann, product or self.lamp, self.company, device
        )

    def _visit(self, share, device="f00d", address="192.0.2.1", **values):
        return self.env["member.share.visit"]._count(
            share, Visitor(device, **values), address
        )

    def _find_shares(self):
        return self.env["member.share"].search([("partner_id", "=", self.ann.id)])

    def _beacon(self, share, browser="Mozilla/5.0 (a phone)", token=None, **data):
        """Tell of a visit as the landed page does."""
        data.setdefault("csrf_token", http.Request.csrf_token(self))
        response = self.url_open(
            f"/m/s/{token or share._get_token()}/visit",
            data=data,
            headers={"User-Agent": browser},
        )
        self.env.invalidate_all()
        return response

    # Links

    def test_a_member_gets_a_link_of_their_own_and_the_same_one_again(self):
        self.assertIn('name="member_share"', self._read(self.lamp.website_url))

        for _click in range(2):
            response = self._post(SHARE, product_id=self.lamp.id)

        self.assertIn(PAGE, response.url)
        share = self._find_shares()
        self.assertEqual(share.product_tmpl_id, self.lamp)
        self.assertIn(share._get_path(), response.text)
        self.assertIn("you get 2 points when", " ".join(response.text.split()))

    def test_the_button_is_in_no_other_form(self):
        page = self._read(self.lamp.website_url)

        before = page[: page.index('name="member_share"')].rpartition("<form")[0]
        self.assertEqual(before.count("<form"), before.count("</form>"))

    def test_the_link_says_nothing_of_the_member(self):
        token = self._open_share()._get_token()

        self.assertRegex(token, r"^\d+-[0-9a-f]{32}$")

    def test_the_link_leads_to_the_product(self):
        share = self._open_share()

        response = self.url_open(share._get_path())

        self.assertEqual(response.status_code, 200)
        self.assertIn(self.lamp.website_url, response.url)
        self.assertIn("o_member_share_landing", response.text)

    def test_forged_and_withdrawn_links_are_not_found(self):
        share = self._open_share()
        other = self._open_share(self.amy)
        good = share._get_token()
        signature = good.split("-")[1]
        forged = [
            f"{other.id}-{signature}",
            f"{share.id}-{'0' * 32}",
            f"{share.id}-{signature[:-1]}",
            f"{share.id}-{signature.upper()}",
            f"0{good}",
            f"999999999-{signature}",
            f"99999999999999999999-{signature}",
            "x",
            "https:evil.example",
        ]
        share.action_renew()
        self.authenticate(None, None)

        for token in (*forged, good):
            self.assertEqual(self.url_open(f"/m/s/{token}").status_code, 404, token)
            answer = self._beacon(share, token=token)
            self.assertEqual(answer.status_code, 404, token)
        self.assertEqual(self.url_open(share._get_path()).status_code, 200)
        self.assertFalse(self._earned())

    def test_the_link_never_leads_elsewhere(self):
        share = self._open_share()

        for query in ("?url=https://evil.example", "?redirect=//evil.example"):
            response = self.url_open(share._get_path() + query, allow_redirects=False)
            self.assertNotIn("evil", response.headers["Location"])

    def test_hidden_products_are_neither_shared_nor_shown(self):
        hidden = self._create_product("Secret", is_published=False)
        share = self._open_share(product=hidden)
        self.env.flush_all()

        self.assertEqual(self.url_open(share._get_path()).status_code, 404)
        for product_id in (hidden.id, 999999999, "x", "-1", "9" * 30, ""):
            response = self._post(SHARE, product_id=product_id)
            self.assertEqual(response.status_code, 404)

    def test_a_link_of_another_seller_is_not_found(self):
        seller = self.env["res.company"].create({"name": "Other seller"})
        share = self.env["member.share"]._open(self.ann, self.lamp, seller, "beef")

        self.assertEqual(self.url_open(share._get_path()).status_code, 404)

    def test_without_a_rule_or_membership_nothing_is_offered(self):
        page = self._read(self.lamp.website_url, "bob")
        self.assertNotIn('name="member_share"', page)
        self.assertEqual(
            self._post(SHARE, "bob", product_id=self.lamp.id).status_code, 404
        )
        self.assertEqual(self.url_open(PAGE).status_code, 404)

        self.rule.active = False
        page = self._read(self.lamp.website_url)
        self.assertNotIn('name="member_share"', page)
        self.assertEqual(self._post(SHARE, product_id=self.lamp.id).status_code, 404)

    @mute_logger("odoo.http")
    def test_sharing_takes_a_button_and_a_login(self):
        self.authenticate("ann", "ann")
        self.assertEqual(self.url_open(SHARE).status_code, 405)
        forged = {"product_id": self.lamp.id, "csrf_token": "forged"}
        self.assertEqual(self.url_open(SHARE, data=forged).status_code, 400)
        self.authenticate(None, None)
        self.url_open(SHARE, data={"product_id": self.lamp.id})

        self.assertFalse(self._find_shares())

    def test_the_page_shows_own_links_only(self):
        self._open_share()

        self.assertIn("Lamp", self._read(PAGE))
        self.assertNotIn("Lamp", self._read(PAGE, "amy"))

    # Visits

    def test_a_visit_told_by_the_page_earns_once(self):
        share = self._open_share()
        self.authenticate(None, None)
        self.url_open(share._get_path(), headers={"User-Agent": "Mozilla/5.0"})
        self.assertFalse(self._earned(), "opening the link alone earns nothing")

        for _time in range(2):
            self.assertEqual(self._beacon(share).status_code, 204)

        self.assertEqual(self._earned(), [2])
        self.assertEqual((share.visit_count, share.visit_points), (1, 2))

    @mute_logger("odoo.http")
    def test_a_visit_needs_the_page_of_this_shop(self):
        share = self._open_share()
        self.authenticate(None, None)
        url = f"{share._get_path()}/visit"

        self.assertEqual(self.url_open(url).status_code, 405)
        self.assertEqual(self._beacon(share, csrf_token="forged").status_code, 400)
        self.assertEqual(self.url_open(url, data={"x": 1}).status_code, 400)

        self.assertFalse(share.visit_ids)

    def test_bots_colleagues_and_the_sharer_do_not_count(self):
        share = self._open_share()
        self.authenticate(None, None)
        self._beacon(share, browser="Googlebot/2.1")
        for login in ("ann", "amy"):
            self.authenticate(login, login)
            self._beacon(share)

        self.assertFalse(share.visit_ids)
        self.authenticate("bob", "bob")
        self._beacon(share)
        self.assertEqual(share.visit_points, 2)

    def test_the_sharers_browser_does_not_count_when_signed_out(self):
        self._post(SHARE, product_id=self.lamp.id)
        share = self._find_shares()
        self.authenticate(None, None)

        same = self.opener.headers["User-Agent"]
        self._beacon(share, browser=same)

        self.assertFalse(share.visit_ids)

    def test_a_visitor_counts_again_on_another_day_and_by_another_link(self):
        share, chair = self._open_share(), self._create_product("Chair")
        other = self._open_share(product=chair)
        with freeze_time("2026-03-10 10:00:00"):
            self.assertTrue(self._visit(share))
            self.assertFalse(self._visit(share))
            self.assertTrue(self._visit(other))
        with freeze_time("2026-03-11 10:00:00"):
            self.assertTrue(self._visit(share))

        self.assertEqual(self._earned(), [2, 2, 2])
        hashes = share.visit_ids.mapped("visitor")
        self.assertEqual(len(set(hashes)), 2, "nobody is followed from day to day")

    def test_so_many_visits_a_day_earn_and_no_more(self):
        self.rule.share_visits_a_day = 2
        share = self._open_share()

        for number in range(4):
            self._visit(share, f"device {number}", f"192.0.2.{number}")

        self.assertEqual(self._earned(), [2, 2])
        self.assertEqual(share.visit_count, 4)

    def test_one_address_with_many_browsers_earns_three_times_a_day(self):
        share = self._open_share()

        for number in range(5):
            self._visit(share, f"device {number}")

        self.assertEqual(self._earned(), [2, 2, 2])

    def test_a_limit_of_the_rule_holds(self):
        self.rule.write({"cap_period": "day", "cap_points": 3})
        share = self._open_share()

        for number in range(3):
            self._visit(share, f"device {number}", f"192.0.2.{number}")

        self.assertEqual(self._earned(), [2, 1])

    def test_employees_do_not_count(self):
        self.assertFalse(self._visit(self._open_share(), is_employee=True))

    # What is kept

    def test_visits_are_forgotten_after_six_months(self):
        share = self._open_share()
        with freeze_time("2026-03-10 10:00:00"):
            self._visit(share)
        self._visit(share)

        with freeze_time("2026-09-11 10:00:00"):
            self.env["member.share.visit"]._gc_visits()

        self.assertEqual(len(share.visit_ids), 1)
        self.assertNotEqual(share.visit_ids.day, fields.Date.to_date("2026-03-10"))
        self.assertEqual(self._earned(), [2, 2])

    def test_nobody_changes_what_happened(self):
        share = self._open_share()
        visit = self._visit(share)
        officer = new_test_user(
            self.env, "share_officer", "member_loyalty.member_loyalty_group_officer"
        )
        share.with_user(officer).action_renew()
        self.assertEqual(share.version, 2)

        with self.assertRaises(UserError):
            share.with_user(officer).version = 1
        with self.assertRaises(AccessError):
            visit.with_user(officer).unlink()
        with self.assertRaises(AccessError):
            share.with_user(self.ann.user_ids).action_renew()
        with self.assertRaises(AccessError):
            visit.with_user(officer).read(["visitor"])
