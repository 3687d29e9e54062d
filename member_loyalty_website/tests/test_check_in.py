from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import ExclusionViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .act_common import ActCommon

URL = "/my/membership/check-in"
BUTTON = 'name="member_check_in"'


@tagged("post_install", "-at_install")
class TestCheckIn(ActCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule("check_in", 5)

    def _check_in(self, moment, partner=None):
        with freeze_time(moment):
            return self.env["member.check.in"]._check_in(
                partner or self.ann, self.company
            )

    def _get_check_ins(self):
        return self.env["member.check.in"].search(
            [("partner_id", "in", (self.ann | self.amy | self.bob).ids)]
        )

    # What a buyer sees and does

    def test_a_member_checks_in_with_a_button_once_a_day(self):
        page = self._read("/my/membership")
        self.assertIn(BUTTON, page)
        self.assertIn("Today gives you 5 points", page)

        for _click in range(3):
            response = self._post(URL)
            self.assertEqual(response.status_code, 200)

        self.assertIn("/my/membership", response.url)
        self.assertEqual(self._earned(), [5])
        self.assertEqual(len(self._get_check_ins()), 1)
        page = self._read("/my/membership")
        self.assertNotIn(BUTTON, page)
        self.assertIn("You checked in on", page)
        self.assertIn("that gives you 5 points", page)

    def test_the_page_shows_days_in_a_row(self):
        now = fields.Datetime.now()
        for days in (3, 2, 1):
            self._check_in(now - timedelta(days=days))

        self.assertIn("3 days in a row", " ".join(self._read("/my/membership").split()))

    def test_contacts_of_a_company_check_in_each_for_the_purse_they_share(self):
        self._post(URL)
        self._post(URL, "amy")

        self.assertEqual(self._earned(), [5, 5])

    def test_a_limit_of_the_rule_holds_for_the_whole_company(self):
        self.rule.write({"cap_period": "day", "cap_times": 1})
        self._post(URL)

        page = self._read("/my/membership", "amy")
        self.assertIn("Today gives no points, but your days in a row go on", page)
        self._post(URL, "amy")

        self.assertEqual(self._earned(), [5])
        self.assertEqual(self._get_check_ins().mapped("points"), [0, 5])

    def test_without_a_rule_nothing_is_offered_or_done(self):
        self.rule.active = False

        self.assertNotIn("member_check_in", self._read("/my/membership"))
        self.assertEqual(self._post(URL).status_code, 404)

        self.assertFalse(self._get_check_ins())

    def test_a_rule_for_another_tier_offers_nothing(self):
        self.rule.tier_ids = self.patron

        self.assertNotIn("member_check_in", self._read("/my/membership"))
        self._post(URL)

        self.assertFalse(self._get_check_ins())

    def test_who_is_no_member_cannot_check_in(self):
        self.assertNotIn("member_check_in", self._read("/my/membership", "bob"))
        self.assertEqual(self._post(URL, "bob").status_code, 404)

        self.assertFalse(self._get_check_ins())

    def test_visitors_have_to_log_in(self):
        self.authenticate(None, None)

        response = self.url_open(URL, data={"x": 1})

        self.assertNotIn("/my/membership#", response.url)
        self.assertFalse(self._get_check_ins())

    @mute_logger("odoo.http")
    def test_checking_in_takes_a_button_of_this_shop(self):
        self.authenticate("ann", "ann")

        self.assertEqual(self.url_open(URL).status_code, 405)
        for forged in ({"csrf_token": "forged"}, {"x": 1}):
            self.assertEqual(self.url_open(URL, data=forged).status_code, 400)

        self.assertFalse(self._get_check_ins())

    def test_what_is_posted_besides_changes_nothing(self):
        self._post(URL, partner_id=self.bob.id, day="2020-01-01", points="1000")

        self.assertEqual(self._get_check_ins().partner_id, self.ann)
        self.assertEqual(self._earned(), [5])

    def test_pressing_the_button_too_often_is_refused_for_now(self):
        self.env["member.attempt"].search([("action", "=", "check_in")]).unlink()
        for _attempt in range(20):
            self.env["member.attempt"]._take("check_in", str(self.ann.id), 20, 60)

        self.assertEqual(self._post(URL).status_code, 429)

        self.assertFalse(self._get_check_ins())

    # Days and time zones

    def test_the_day_is_that_of_the_contact_else_of_the_seller(self):
        self.company.partner_id.tz = "Asia/Tokyo"
        self.ann.tz = "Europe/Berlin"
        self.amy.tz = False

        here = self._check_in("2026-03-10 16:00:00")
        there = self._check_in("2026-03-10 16:00:00", self.amy)

        self.assertEqual(here.day, fields.Date.to_date("2026-03-10"))
        self.assertEqual(there.day, fields.Date.to_date("2026-03-11"))
        self.assertEqual(there.timezone, "Asia/Tokyo")

    def test_changing_the_time_zone_gives_no_second_check_in(self):
        self.ann.tz = "Europe/Berlin"
        self._check_in("2026-03-10 16:00:00")

        for zone in ("Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
            self.ann.tz = zone
            self.assertFalse(self._check_in("2026-03-10 16:05:00"))
            self.assertFalse(self._check_in("2026-03-10 22:55:00"))

        self.assertEqual(self._earned(), [5])

    def test_an_unknown_time_zone_is_no_error(self):
        self.env.cr.execute(
            "UPDATE res_partner SET tz = '../etc' WHERE id = %s", [self.ann.id]
        )
        self.ann.invalidate_recordset()

        self.assertTrue(self._check_in("2026-03-10 16:00:00"))

    def test_the_database_refuses_days_that_overlap(self):
        done = self._check_in("2026-03-10 16:00:00")
        later = done.day + timedelta(days=1)

        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                """
                INSERT INTO member_check_in
                            (partner_id, company_id, moment, timezone, day, streak,
                             points, day_begins_at, day_ends_at)
                     SELECT partner_id, company_id, moment, timezone, %s, 1, 5,
                            day_begins_at + interval '23 hours',
                            day_ends_at + interval '1 day'
                       FROM member_check_in
                      WHERE id = %s
                """,
                [later, done.id],
            )

    # What is written down

    def test_the_entry_names_the_check_in(self):
        check_in = self._check_in("2026-03-10 16:00:00")

        entry = self.env["member.point.entry"].search(
            [("source_model", "=", "member.check.in"), ("source_id", "=", check_in.id)]
        )
        self.assertEqual(entry.points, 5)
        self.assertEqual(entry.rule_id, self.rule)
        self.assertEqual(check_in.points, 5)

    def test_check_ins_cannot_be_changed_or_made_by_hand(self):
        check_in = self._check_in("2026-03-10 16:00:00")
        manager = new_test_user(
            self.env, "check_in_manager", "member_loyalty.member_loyalty_group_manager"
        )

        with self.assertRaises(UserError):
            check_in.day = fields.Date.to_date("2026-03-09")
        with self.assertRaises(AccessError):
            check_in.with_user(manager).unlink()
        with self.assertRaises(AccessError):
            check_in.with_user(manager).copy()
        self.assertEqual(check_in.with_user(manager).streak, 1)

    def test_buyers_do_not_read_the_list_of_check_ins(self):
        check_in = self._check_in("2026-03-10 16:00:00")

        with self.assertRaises(AccessError):
            check_in.with_user(self.ann.user_ids).read(["day"])

    def test_another_seller_has_check_ins_of_its_own(self):
        seller = self.env["res.company"].create({"name": "Other seller"})

        self._check_in("2026-03-10 16:00:00")
        elsewhere = self.env["member.check.in"]._check_in(self.ann, seller)

        self.assertFalse(elsewhere, "the other seller gives nothing for it")
