from odoo.tests import tagged
from odoo.tools import html2plaintext

from .appeal_common import UNTIL, AppealCommon


@tagged("post_install", "-at_install")
class TestAppealMail(AppealCommon):
    """What the member reads of each step, with the member's own figures."""

    def _read(self, appeal):
        """Return subject and text of the last mail to the member."""
        mail = self._get_mails(appeal)[-1]
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.recipient_ids, self.ada)
        self.assertIn("club@lamps.example", mail.email_from)
        return mail.subject, " ".join(html2plaintext(mail.body_html).split())

    def test_submitted(self):
        appeal = self._submit_appeal()
        subject, text = self._read(appeal)

        self.assertEqual(subject, "We received your request for Gold")
        self.assertIn("Hello Ada,", text)
        self.assertIn(appeal.name, text)
        self.assertIn("You promise to buy for $ 5,000.00 until 09/15/2026.", text)
        self.assertIn("We decide by 03/29/2026", text)
        self.assertIn("Lamps Inc.", text)

    def test_granted(self):
        subject, text = self._read(self._grant_appeal())

        self.assertEqual(subject, "You are Gold until 09/15/2026")
        self.assertIn("you hold the tier *Gold* in Club until 09/15/2026.", text)
        self.assertIn("You promised to buy for $ 5,000.00 until then.", text)

    def test_granted_without_a_promise(self):
        _subject, text = self._read(self._grant_appeal(promised_amount=0))

        self.assertNotIn("promise", text)

    def test_refused(self):
        appeal = self._submit_appeal()
        self._refuse(appeal, "No <quantities> yet")
        subject, text = self._read(appeal)

        self.assertEqual(subject, "Your request for Gold")
        self.assertIn("No <quantities> yet", text)
        self.assertIn("You keep the tier Ordinary.", text)

    def test_kept(self):
        appeal = self._grant_appeal()
        self._book(self.ada, 5200.5, on=UNTIL)
        self._travel_to("2026-09-16 06:00:00")
        self._review()
        subject, text = self._read(appeal)

        self.assertEqual(subject, "Thank you: you kept your promise")
        self.assertIn(
            "You promised to buy for $ 5,000.00 until 09/15/2026, and bought for"
            " $ 5,200.50.",
            text,
        )

    def test_missed(self):
        appeal = self._grant_appeal()
        self._book(self.ada, 1200, on=UNTIL)
        self._travel_to("2026-09-16 06:00:00")
        self._review()
        subject, text = self._read(appeal)

        self.assertEqual(subject, "Your promise for Gold has ended")
        self.assertIn("bought for $ 1,200.00: $ 3,800.00 are missing.", text)

    def test_the_mail_is_in_the_language_of_the_member(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.gold.update_field_translations("name", {"de_DE": "Gold-Stufe"})
        template = self.env.ref("member_loyalty.mail_template_appeal_granted")
        template.update_field_translations(
            "subject", {"de_DE": "{{ object.tier_id.name }} für Sie"}
        )
        self.ada.lang = "de_DE"

        subject, text = self._read(self._grant_appeal())

        self.assertEqual(subject, "Gold-Stufe für Sie")
        self.assertIn("15.09.2026", text)

    def test_nothing_goes_out_when_the_program_sends_no_mails(self):
        self.program.appeal_mail = False
        appeal = self._grant_appeal()

        self.assertFalse(self._get_mails(appeal))
        self.assertEqual(appeal.state, "granted")

    def test_a_member_without_an_address_is_harmless(self):
        self.ada.email = False
        appeal = self._grant_appeal()

        self.assertFalse(appeal.mail_partner_id)
        self.assertFalse(
            self.env["mail.mail"]
            .search([("res_id", "=", appeal.id), ("model", "=", appeal._name)])
            .recipient_ids
            & self.ada
        )
        self.assertEqual(appeal.state, "granted")

    def test_the_contact_of_a_company_without_an_address_gets_the_mail(self):
        acme = self._create_customer("Acme", is_company=True)
        joe = self._create_customer("Joe", parent_id=acme.id, email="joe@example.com")
        [member] = self._enroll(acme)
        appeal = self._submit_appeal(member)

        self.assertEqual(appeal.mail_partner_id, joe)
        self.assertIn("Hello Joe", self._get_mails(appeal).body_html)

    def test_every_template_is_rendered_for_a_plain_user(self):
        appeal = self._grant_appeal().with_user(self.seller)
        for step in ("submitted", "granted", "refused", "kept", "missed"):
            template = self.env.ref(f"member_loyalty.mail_template_appeal_{step}")
            rendered = template.with_user(self.seller)._render_field(
                "body_html", appeal.ids
            )[appeal.id]

            self.assertIn("Ada", rendered)
            self.assertIn("Lamps Inc.", rendered)

    def test_every_step_leaves_a_note_for_staff(self):
        appeal = self._submit_appeal()
        self._refuse(appeal, "Too early")

        notes = " ".join(
            html2plaintext(body) for body in appeal.message_ids.mapped("body")
        )
        self.assertIn("Submitted: Gold until 09/15/2026 against a promise of", notes)
        self.assertIn("To be decided by 03/29/2026 by Mona.", notes)
        self.assertIn("Refused: Too early", notes)
