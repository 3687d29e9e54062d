import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .consent_common import ConsentCommon


@tagged("post_install", "-at_install")
class TestConsentRights(ConsentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_user("seller", "sales_team.group_sale_salesman")
        cls.officer = cls._create_user("officer", "officer")
        cls.manager = cls._create_user("manager", "manager")
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.consent = cls.ada._set_consent("research", True, "settings")

    def _record(self, user, **values):
        recording = (
            self.env["member.consent.recording"]
            .with_user(user)
            .create(
                {
                    "partner_id": self.bob.id,
                    "purpose_id": self.purpose.id,
                    "lang": "en_US",
                    "paper": base64.b64encode(b"signed"),
                    "paper_name": "paper.pdf",
                    **values,
                }
            )
        )
        return recording.action_record()

    def test_nobody_writes_or_deletes_what_was_answered(self):
        for user in (self.seller, self.officer, self.manager, self.portal):
            consent = self.consent.with_user(user)
            for change in (
                lambda one=consent: one.write({"is_given": False}),
                lambda one=consent: one.unlink(),
                lambda one=consent: one.create({"partner_id": self.bob.id}),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    change()
        self.assertEqual(self.ada._get_consent("research"), "given")

    def test_buyers_read_nothing_of_it_by_rpc(self):
        for record in (self.consent, self.purpose, self.purpose.version_id):
            with self.assertRaises(AccessError):
                record.with_user(self.portal).read(["id"])

    def test_only_managers_publish(self):
        for user in (self.seller, self.officer):
            with self.assertRaises(AccessError):
                self.purpose.version_id.with_user(user).copy().action_publish()
            with self.assertRaises(AccessError):
                self.purpose.with_user(user).demanded = "nowhere"
        version = self.purpose.version_id.with_user(self.manager).copy()

        version.action_publish()

        self.assertEqual(self.purpose.version_id, version)

    def test_a_manager_cannot_put_a_version_into_force_by_writing(self):
        version = self.purpose.version_id.with_user(self.manager).copy()

        with self.assertRaisesRegex(UserError, "Publish"):
            version.state = "published"

    def test_staff_records_a_paper_that_stays_with_the_record(self):
        self._record(self.officer)

        consent = self.env["member.consent"].search([("partner_id", "=", self.bob.id)])
        self.assertEqual(self.bob._get_consent("research"), "given")
        self.assertEqual(
            (consent.how, consent.user_id, consent.attachment_id.raw),
            ("staff", self.officer, b"signed"),
        )
        self.assertEqual(consent.attachment_id.with_user(self.seller).raw, b"signed")
        with self.assertRaises(AccessError):
            consent.attachment_id.with_user(self.portal).read(["raw"])

    def test_agreement_without_paper_is_refused_withdrawal_is_not(self):
        with self.assertRaisesRegex(UserError, "Upload the paper"):
            self._record(self.officer, paper=False)

        self._record(self.officer, paper=False, answer="refused")

        self.assertEqual(self.bob._get_consent("research"), "refused")

    def test_sellers_and_buyers_record_nothing(self):
        for user in (self.seller, self.portal):
            with self.assertRaises(AccessError):
                self._record(user)

    def test_other_companies_see_none_of_it(self):
        other = self._create_company()
        stranger = self._create_user(
            "stranger", "manager", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )

        Consent = self.env["member.consent"].with_user(stranger)
        self.assertFalse(Consent.search([("id", "=", self.consent.id)]))
        with self.assertRaises(AccessError):
            self.purpose.with_user(stranger).read(["name"])

    def test_last_answers_can_be_searched(self):
        self.ada._set_consent("research", False, "settings")
        Consent = self.env["member.consent"].with_user(self.seller)

        last = Consent.search(
            [("partner_id", "=", self.ada.id), ("is_last", "=", True)]
        )
        agreed = Consent.search(
            [("partner_id", "=", self.ada.id), ("answer", "=", "given")]
        )

        self.assertEqual(last.mapped("answer"), ["refused"])
        self.assertEqual(agreed, self.consent)
        self.assertEqual([agreed.is_last, last.is_last], [False, True])
