import base64
from datetime import timedelta
from unittest.mock import patch

from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PATIENCE, MemberPageCommon

URL = "/my/membership/appeal"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestMemberAppeal(MemberPageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.appeal_by_members = True
        cls.today = cls.website.company_id._member_today()
        cls.until = (cls.today + timedelta(days=90)).isoformat()
        cls.bolt_membership = cls.program._enroll_partners(cls.bolt, "hand")

    def _file(self, login="ann", files=None, membership=None, **values):
        self.authenticate(login, login)
        data = {
            "tier_id": str(self.patron.id),
            "reason": "A <b>new</b> line",
            "amount": "5000",
            "until": self.until,
            "csrf_token": http.Request.csrf_token(self),
            **values,
        }
        number = (membership or self.membership).id
        response = self.url_open(
            f"{URL}/{number}", data=data, files=files or [], timeout=PATIENCE
        )
        self.env.invalidate_all()
        return response

    def _get_appeals(self):
        return self.membership.appeal_ids

    def test_a_buyer_files_an_appeal_and_follows_it(self):
        response = self._file()

        appeal = self._get_appeals()
        self.assertRecordValues(
            appeal,
            [
                {
                    "state": "submitted",
                    "tier_id": self.patron.id,
                    "promised_amount": 5000,
                    "filed_by_id": self.ann.user_ids.id,
                }
            ],
        )
        self.assertIn("A &lt;b&gt;new&lt;/b&gt; line", response.text)
        self.assertIn("Withdraw the appeal", response.text)
        self.assertNotIn("Submit the appeal", response.text)

    def test_a_second_one_is_not_filed_while_one_is_open(self):
        self._file()

        self.assertEqual(self._file().status_code, 404)
        self.assertEqual(len(self._get_appeals()), 1)

    def test_a_race_for_the_one_open_appeal_is_answered(self):
        path = (
            "odoo.addons.member_loyalty_website.models.member_membership_appealing"
            ".MemberMembershipAppealing._may_file_appeal"
        )
        self._file()
        with patch(path, lambda *_args: True):
            response = self._file()

        self.assertEqual(response.status_code, 200)
        self.assertIn("filed an appeal already", response.text)
        self.assertEqual(len(self._get_appeals()), 1)

    def test_a_refusal_says_why_and_leaves_room_for_another(self):
        self._file()
        manager = self.env.ref("base.user_admin")
        manager.group_ids |= self.env.ref("member_loyalty.member_loyalty_group_manager")
        self._get_appeals().with_user(manager)._refuse("No <i>plan</i>")

        page = self._read(URL)

        self.assertIn("No &lt;i&gt;plan&lt;/i&gt;", page)
        self.assertIn("Submit the appeal", page)

    def test_a_granted_promise_says_how_far_it_is_kept(self):
        self._file()
        manager = self.env.ref("base.user_admin")
        manager.group_ids |= self.env.ref("member_loyalty.member_loyalty_group_manager")
        self._get_appeals().with_user(manager).action_grant()

        page = self._read(URL)

        self.assertIn("You promised", page)
        self.assertIn('aria-valuenow="0"', page)
        self.assertEqual(self.membership.tier_id, self.patron)
        self.assertEqual(
            self._post(f"{URL}/{self.membership.id}/withdraw").status_code, 404
        )
        self.assertEqual(self._get_appeals().state, "granted")

    def test_the_filer_withdraws_it_and_nobody_else(self):
        self._file()
        withdraw = f"{URL}/{self.membership.id}/withdraw"
        refused = [
            self._post(withdraw, login=one).status_code for one in ("amy", "bob")
        ]
        state = self._get_appeals().state

        self._post(withdraw)

        self.assertEqual((refused, state), ([404, 404], "submitted"))
        self.assertEqual(self._get_appeals().state, "withdrawn")

    def test_evidence_is_read_by_the_filer_and_staff_only(self):
        self._file(files=[("evidence", ("plan.png", PNG, "image/png"))])
        file = self._get_appeals().evidence_attachment_ids
        url = f"{URL}/evidence/{file.id}"

        answers = {}
        for login in ("ann", "amy", "bob"):
            self.authenticate(login, login)
            answers[login] = [
                PNG in self.url_open(one).content
                for one in (url, f"/web/content/{file.id}", f"/web/image/{file.id}")
            ]

        self.assertEqual(len(file), 1)
        self.assertEqual(file.res_id, self._get_appeals().id)
        self.assertEqual(answers["ann"][0], True)
        self.assertEqual(answers["amy"] + answers["bob"], [False] * 6)

    def test_files_that_are_not_what_they_say_are_refused(self):
        for name, content in (
            ("plan.pdf", b"<html><script>alert(1)</script></html>"),
            ("plan.html", b"<html></html>"),
            ("plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("plan.png", b""),
            ("plan.exe", b"MZ\0\0"),
        ):
            with self.subTest(name=name):
                response = self._file(files=[("evidence", (name, content))])
                self.assertIn("alert-danger", response.text)
        many = [("evidence", ("plan.png", PNG))] * 6
        self.assertIn("at most 5 files", self._file(files=many).text)
        self.assertFalse(self._get_appeals())

    def test_bad_forms_are_answered_in_words(self):
        foreign = self.program.copy({"name": "Other"}).tier_ids[-1]
        for values in (
            {"tier_id": "abc"},
            {"tier_id": str(self.guest.id)},
            {"tier_id": str(foreign.id)},
            {"tier_id": "9" * 40},
            {"amount": "-1"},
            {"amount": "NaN"},
            {"amount": "1e99"},
            {"amount": "lots"},
            {"until": ""},
            {"until": "2026-02-31"},
            {"until": self.today.isoformat()},
            {"until": "9999-12-31"},
            {"reason": "  "},
            {"reason": "x" * 5000},
            {"reason": "\x00"},
        ):
            with (
                self.subTest(values=values),
                patch(
                    "odoo.addons.member_loyalty_website.controllers.member_appeal.TRIES",
                    100,
                ),
            ):
                response = self._file(**values)
                self.assertEqual(response.status_code, 200)
                self.assertIn("alert-danger", response.text)
        self.assertFalse(self._get_appeals())

    def test_a_reason_is_written_without_what_no_database_keeps(self):
        self._file(reason="More\x00 lamps")

        self.assertEqual(self._get_appeals().reason, "More lamps")

    def test_nobody_files_for_another_company(self):
        for login, membership in (
            ("bob", self.membership),
            ("ann", self.bolt_membership),
        ):
            self.assertEqual(self._file(login, membership=membership).status_code, 404)
        self.assertFalse((self.membership | self.bolt_membership).appeal_ids)

    def test_members_file_only_where_the_program_lets_them(self):
        self.program.appeal_by_members = False

        self.assertEqual(self._file().status_code, 404)
        self.authenticate("ann", "ann")
        self.assertEqual(self.url_open(URL).status_code, 404)
        self.assertNotIn("Ask for a higher tier", self._read("/my/membership"))

    def test_nothing_is_filed_without_a_token_or_by_a_visitor(self):
        with mute_logger("odoo.http"):
            self.assertEqual(self._file(csrf_token="forged").status_code, 400)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(URL).url)
        self.assertFalse(self._get_appeals())

    def test_trying_at_speed_is_refused(self):
        path = "odoo.addons.member_loyalty_website.controllers.member_appeal.TRIES"
        with patch(path, 0):
            response = self._file()

        self.assertIn("Try again in an hour", response.text)
        self.assertFalse(self._get_appeals())
