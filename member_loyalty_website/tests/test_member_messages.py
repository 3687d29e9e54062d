from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import MemberPageCommon

URL = "/my/membership/messages"


@tagged("post_install", "-at_install")
class TestMemberMessages(MemberPageCommon):
    def _count(self, login="ann"):
        self.authenticate(login, login)
        counters = {"counters": ["member_message_count"]}
        answer = self.make_jsonrpc_request("/my/counters", counters)
        return answer["member_message_count"]

    def test_a_contact_reads_own_messages_and_those_to_the_company_newest_first(self):
        self._tell(self.acme, "To Acme", body="You are a Patron.")
        self._tell(self.ann, "To Ann")

        page = self._read(URL)

        self.assertLess(page.index("To Ann"), page.index("To Acme"))
        self.assertIn("You are a Patron.", page)

    def test_nobody_reads_messages_to_another_contact_or_company(self):
        self._tell(self.amy, "To Amy")
        self._tell(self.bolt, "To Bolt")
        self._tell(self.bob, "To Bob")

        page = self._read(URL)

        self.assertNotIn("To Amy", page)
        self.assertNotIn("To Bo", page)
        self.assertIn("No messages yet", page)

    def test_messages_of_another_seller_are_not_shown(self):
        seller = self.env["res.company"].create({"name": "Other seller"})
        elsewhere = self.program.copy({"name": "Elsewhere", "company_id": seller.id})
        self._tell(self.acme, "From elsewhere", program_id=elsewhere.id)

        self.assertNotIn("From elsewhere", self._read(URL))
        self.assertEqual(self._count(), 0)

    def test_a_message_that_is_over_is_not_shown(self):
        today = self.website.company_id._member_today()
        self._tell(self.acme, "Old", expires_on=today - timedelta(days=1))
        self._tell(self.acme, "Last day", expires_on=today)

        page = self._read(URL)

        self.assertNotIn("Old", page)
        self.assertIn("Last day", page)

    def test_reading_the_pages_changes_nothing(self):
        message = self._tell(self.acme)

        self._read(URL)
        self._read("/my/membership")

        self.env.invalidate_all()
        self.assertFalse(message.read_at)
        self.assertEqual(self._count(), 1)

    def test_a_message_is_marked_as_read_once(self):
        first, second = self._tell(self.acme, "One"), self._tell(self.ann, "Two")

        response = self._post(f"{URL}/{first.id}/read")

        self.assertTrue(response.url.endswith(URL))
        self.assertTrue(first.read_at)
        self.assertFalse(second.read_at)
        self.assertEqual(self._count(), 1)
        read_at = fields.Datetime.to_datetime("2026-01-01 10:00:00")
        first.read_at = read_at
        self._post(f"{URL}/{first.id}/read")
        self.assertEqual(first.read_at, read_at)

    def test_all_messages_are_marked_but_those_of_others(self):
        own = self._tell(self.acme, "One") | self._tell(self.ann, "Two")
        of_amy, of_bob = self._tell(self.amy, "Amy"), self._tell(self.bob, "Bob")

        self._post(f"{URL}/read")

        self.assertTrue(all(own.mapped("read_at")))
        self.assertFalse(of_amy.read_at or of_bob.read_at)
        self.assertEqual(self._count(), 0)

    def test_a_forged_message_is_not_found_and_stays_unread(self):
        of_bob, of_amy = self._tell(self.bob), self._tell(self.amy)

        for message_id in (of_bob.id, of_amy.id, of_amy.id + 999):
            response = self._post(f"{URL}/{message_id}/read")
            self.assertEqual(response.status_code, 404)

        self.assertFalse(of_bob.read_at or of_amy.read_at)

    @mute_logger("odoo.http")
    def test_marking_takes_a_button_of_this_shop(self):
        message = self._tell(self.acme)
        self.authenticate("ann", "ann")

        for url in (f"{URL}/{message.id}/read", f"{URL}/read"):
            self.assertEqual(self.url_open(url).status_code, 405)
            forged = self.url_open(url, data={"csrf_token": "forged"})
            self.assertEqual(forged.status_code, 400)
            self.assertEqual(self.url_open(url, data={"a": "b"}).status_code, 400)

        self.env.invalidate_all()
        self.assertFalse(message.read_at)

    def test_visitors_have_to_log_in(self):
        message = self._tell(self.acme)
        self.authenticate(None, None)

        self.assertIn("/web/login", self.url_open(URL).url)
        self.assertIn("/web/login", self.url_open(f"{URL}/page/2").url)
        self.url_open(f"{URL}/{message.id}/read", data={"csrf_token": "x"})

        self.env.invalidate_all()
        self.assertFalse(message.read_at)

    def test_pages_show_ten_messages_each(self):
        for number in range(11):
            self._tell(self.acme, f"Number {number}.")

        self.assertNotIn("Number 0.", self._read(URL))
        self.assertIn("Number 0.", self._read(f"{URL}/page/2"))
        self.assertIn("Number 0.", self._read(f"{URL}/page/999"))

    def test_words_of_a_message_are_text_and_no_markup(self):
        evil = '<img src="x" onerror="alert(1)">'
        self._tell(self.acme, evil, body=evil)

        self.assertNotIn(evil, self._read(URL))

    def test_a_link_leads_to_a_page_and_runs_no_script(self):
        self._tell(self.acme, "Good", url="/shop")
        self._tell(self.acme, "Evil", url="javascript:alert(1)")
        self._tell(self.acme, "Elsewhere", url="//evil.example.com")

        page = self._read(URL)

        self.assertIn('class="btn btn-primary btn-sm" href="/shop"', page)
        self.assertNotIn("javascript:alert", page)
        self.assertNotIn("evil.example.com", page)

    def test_the_membership_page_and_its_menu_show_how_many_are_unread(self):
        self._tell(self.acme, "One")
        self._tell(self.ann, "Two")

        page = self._read("/my/membership")

        badges = page.split("o_member_unread")[1:]
        self.assertGreaterEqual(len(badges), 2)
        self.assertTrue(all("<span>2</span>" in badge[:60] for badge in badges))
        self.assertNotIn("o_member_unread", self._read("/my/membership", "bob"))
