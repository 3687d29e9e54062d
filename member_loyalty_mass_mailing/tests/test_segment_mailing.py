from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.mail.tests.common import MailCase
from odoo.addons.member_loyalty_crm.tests.segment_common import SegmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestSegmentMailing(SegmentCommon, MailCase):
    """A mailing goes to whom the segment has when it is sent, and to nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for partner in (cls.ada, cls.bob, cls.cem):
            partner.email = f"{partner.name.lower()}@example.com"
        cls.marketer = cls._create_user(
            "marketer",
            "user",
            "mass_mailing.group_mass_mailing_user",
            email="marketer@example.com",
        )
        cls.segment = cls._create_segment("Germans", country_ids=cls.germany)

    def _mail(self, user=None):
        action = self.segment.with_user(user or self.marketer).action_mail()
        mailing = self.env["mailing.mailing"].browse(action["res_id"])
        mailing.body_html = "<p>News</p>"
        return mailing

    def _send(self, mailing):
        """Send as the queue does; return who was mailed."""
        mailing.write({"state": "in_queue"})
        with self.mock_mail_gateway(), self._without_commits():
            self.env["mailing.mailing"].sudo()._process_mass_mailing_queue()
        return self._get_traces(mailing)

    def _get_traces(self, mailing):
        traces = self.env["mailing.trace"].search(
            [("mass_mailing_id", "=", mailing.id)]
        )
        return sorted((one.email, one.trace_status) for one in traces)

    def test_it_goes_to_exactly_the_members(self):
        mailing = self._mail()

        self.assertEqual(self._send(mailing), [("ada@example.com", "sent")])
        self.assertEqual(mailing.state, "done")

    def test_who_is_in_the_segment_is_looked_up_when_it_is_sent(self):
        mailing = self._mail()

        self.ada.country_id, self.bob.country_id = self.france, self.germany

        self.assertEqual(self._send(mailing), [("bob@example.com", "sent")])

    def test_the_blacklist_is_respected(self):
        self.env["mail.blacklist"]._add("ada@example.com")

        self.assertEqual(self._send(self._mail()), [("ada@example.com", "cancel")])

    def test_nobody_is_mailed_whom_the_responsible_may_not_see(self):
        self.bob.country_id = self.germany
        mailing = self._mail()
        self.env["ir.rule"].create(
            {
                "name": "Hide Ada",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.ada.id})]",
                "groups": [(6, 0, self.env.ref("base.group_user").ids)],
            }
        )

        self.assertEqual(self._send(mailing), [("bob@example.com", "sent")])

    def test_nobody_is_mailed_when_the_responsible_may_see_no_members(self):
        mailing = self._mail()
        mailing.user_id = self._create_user(
            "outsider", "mass_mailing.group_mass_mailing_user"
        )

        self.assertEqual(self._send(mailing), [])

    def test_the_segment_is_a_favourite_filter_once(self):
        mailings = self._mail() | self._mail()

        self.assertEqual(len(mailings.mailing_filter_id), 1)
        self.assertEqual(mailings.mailing_filter_id.name, "Segment: Germans")
        self.assertEqual(self.segment.mailing_count, 2)
        action = self.segment.action_open_mailings()
        found = self.env["mailing.mailing"].search(action["domain"])
        self.assertEqual(found, mailings)

    def test_the_favourite_serves_any_mailing(self):
        favourite = self._mail().mailing_filter_id
        other = self.env["mailing.mailing"].create(
            {
                "subject": "Other",
                "body_html": "<p>Other</p>",
                "mailing_model_id": favourite.mailing_model_id.id,
                "mailing_filter_id": favourite.id,
            }
        )

        self.assertEqual(other._get_recipients(), self.ada.ids)

    def test_a_deleted_segment_mails_nobody(self):
        mailing = self._mail()

        self.segment.unlink()

        self.assertEqual(self._send(mailing), [])

    def test_an_archived_segment_starts_no_mailing(self):
        self.segment.active = False

        with self.assertRaises(UserError):
            self._mail()

    def test_it_takes_the_rights_of_both(self):
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        outsider = self._create_user("outsider", "mass_mailing.group_mass_mailing_user")

        for user in (seller, outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._mail(user)
