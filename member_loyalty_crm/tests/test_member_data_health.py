from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.member_loyalty.tests.point_common import PointsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestMemberDataHealth(PointsCommon):
    """What is missing or wrong in the data of members is counted on schedule."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls._create_customer(
            "Good",
            email="good@lumen.test",
            phone="+49 30 1234567",
            country_id=cls.env.ref("base.de").id,
            user_id=cls.env.user.id,
        )
        cls.bare = cls._create_customer("Bare", is_company=True, country_id=False)
        cls.wrong = cls._create_customer(
            "Wrong", email="no address", phone="call me", country_id=False
        )
        cls.bounced = cls._create_customer(
            "Bounced", email="gone@lumen.test", message_bounce=3, country_id=False
        )
        cls._enroll(cls.good, cls.bare, cls.wrong, cls.bounced)
        cls._confirm_order(cls.good, 100)
        cls.officer = cls._create_user("off", "officer")

    def _count(self):
        """Take a report; return count and total by code."""
        health = self.program._take_health()
        return {line.code: (line.count, line.total) for line in health.line_ids}

    def _get_line(self, code):
        health = self.program._take_health()
        return health.line_ids.filtered(lambda line: line.code == code)

    def test_contacts_of_members_are_counted(self):
        counts = self._count()

        self.assertEqual(counts["no_mail"], (1, 4))
        self.assertEqual(counts["bad_mail"], (2, 4))
        self.assertEqual(counts["no_phone"], (2, 4))
        self.assertEqual(counts["bad_phone"], (1, 4))
        self.assertEqual(counts["no_country"], (3, 4))
        self.assertEqual(counts["no_vat"], (1, 1))
        self.assertEqual(counts["no_salesperson"], (3, 4))

    def test_memberships_and_records_are_counted(self):
        self.bare.active = False
        self.env["member.tag"].search([]).active = False
        self.env["member.tag"].create({"name": "Nobody's"})
        before = self.program._take_health().line_ids
        before = {line.code: line.count for line in before}
        self.env["crm.lead"].create({"name": "Who asks?", "type": "lead"})

        counts = self._count()

        self.assertEqual(counts["silent"], (3, 4))
        self.assertEqual(counts["unreachable"], (1, 4))
        self.assertEqual(counts["archived"], (1, 4))
        self.assertEqual(counts["tags"][0], 1)
        self.assertEqual(counts["leads"][0], before["leads"] + 1)
        self.assertEqual(counts["drift"][0], 0)

    def test_orders_of_no_member_are_counted(self):
        before = self._count()["orders"][0]
        stranger = self._create_customer("Stranger")
        self._confirm_order(stranger, 100)
        self._get_membership(stranger).active = False

        self.assertEqual(self._count()["orders"][0], before + 1)

    def test_possible_duplicates_are_counted(self):
        self.env["member.duplicate"].create(
            {"partner_id": self.good.id, "other_id": self.bare.id, "score": 50}
        )

        self.assertEqual(self._count()["duplicates"], (1, 1))

    def test_the_button_opens_what_was_counted(self):
        for code in ("no_mail", "bad_mail", "silent", "unreachable", "orders", "leads"):
            with self.subTest(code=code):
                line = self._get_line(code)
                action = line.action_open()
                found = self.env[action["res_model"]].search_count(action["domain"])
                self.assertEqual(found, line.count)

    def test_a_second_report_shows_the_change(self):
        self.program._take_health()
        self._travel_to("2026-04-15 10:00:00")
        self.bare.email = "bare@lumen.test"

        line = self._get_line("no_mail")

        self.assertEqual((line.count, line.change), (0, -1))

    def test_the_report_of_a_day_is_replaced(self):
        first = self.program._take_health()

        self.assertEqual(self.program._take_health(), first)
        self.assertEqual(len(first.line_ids.filtered(lambda l: l.code == "leads")), 1)

    def test_members_that_cannot_be_reached_are_tagged(self):
        tag = self.env["member.tag"].create({"name": "Unreachable", "family": "risk"})
        line = self._get_line("unreachable")
        wizard = self.env["member.data.health.tagging"].with_user(self.officer)
        wizard = wizard.create({"line_id": line.id, "tag_id": tag.id})
        self.assertEqual(wizard.contact_count, 1)

        wizard.action_tag()

        self.assertEqual(tag.partner_ids, self.bounced)
        self.assertEqual(self.bounced.member_tag_change_ids.tag_id, tag)

    def test_a_tag_kept_by_rules_is_not_given_by_hand(self):
        tag = self.env["member.tag"].create(
            {
                "name": "Spends",
                "kept_by": "rules",
                "program_id": self.program.id,
                "rule_ids": [self._prepare_rule({"value": 1000})],
            }
        )
        wizard = self.env["member.data.health.tagging"].create(
            {"line_id": self._get_line("unreachable").id, "tag_id": tag.id}
        )

        with self.assertRaisesRegex(UserError, "kept by rules"):
            wizard.action_tag()

    def test_nobody_is_mailed_until_somebody_is_named(self):
        mails = self.env["mail.mail"]
        before = mails.search_count([])

        with self._without_commits():
            self.env["member.data.health"]._cron_take_health()

        self.assertEqual(mails.search_count([]), before)

    def test_the_report_is_mailed_to_whom_the_program_names(self):
        self.officer.email = "officer@lumen.test"
        self.program.name = "<b>Club</b>"
        self.program.health_user_ids = self.officer

        with self._without_commits():
            self.env["member.data.health"]._cron_take_health()

        mail = self.env["mail.mail"].search([], limit=1)
        self.assertEqual(mail.recipient_ids, self.officer.partner_id)
        self.assertIn("Members without a mail address", mail.body_html)
        self.assertIn("&lt;b&gt;Club", mail.body_html)

    def test_rights(self):
        health = self.program._take_health()
        line = health.line_ids[:1]
        salesperson = self._create_user("s", "sales_team.group_sale_salesman_all_leads")
        portal = self._create_user("p", "base.group_portal")
        calls = (
            (health, salesperson, "action_take_now"),
            (line, salesperson, "action_tag"),
            (health, portal, "action_take_now"),
            (line, portal, "action_open"),
        )
        for records, user, method in calls:
            with (
                self.subTest(user=user.login, method=method),
                self.assertRaises(AccessError),
            ):
                getattr(records.with_user(user), method)()

    def test_reports_of_other_companies_are_not_seen(self):
        abroad = self._create_company("Abroad")
        program = self._create_program(company=abroad)
        health = program._take_health()

        seen = self.env["member.data.health"].with_user(self.officer)

        self.assertNotIn(health, seen.search([]))
        with self.assertRaises(AccessError):
            health.line_ids[:1].with_user(self.officer).action_open()
