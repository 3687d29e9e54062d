from odoo import fields
from odoo.tests import freeze_time, tagged

from .portal_common import MemberPageCommon


@tagged("post_install", "-at_install")
class TestMemberBenefitPage(MemberPageCommon):
    def _read_benefits(self, login="ann"):
        page = self._read("/my/membership", login)
        return page.split("o_member_benefits", 1)[-1].split("</section>")[0]

    def test_a_contact_reads_the_benefits_of_the_company_by_family(self):
        self._create_benefit(
            "Hotline", member_text="We answer first.", usage_text="Call 12345."
        )
        self._create_benefit("Express", family="logistics")

        page = self._read_benefits()

        self.assertLess(page.index("Service"), page.index("Hotline"))
        self.assertLess(page.index("Hotline"), page.index("Logistics"))
        self.assertLess(page.index("Logistics"), page.index("Express"))
        self.assertIn("We answer first.", page)
        self.assertIn("Call 12345.", page)

    def test_the_page_tells_what_the_next_tier_adds(self):
        self._create_benefit("Hotline", self.guest | self.patron)
        self._create_benefit("Visit of the works", self.patron)

        now, added = self._read_benefits().split("also gets")

        self.assertIn("Patron", now)
        self.assertIn("Hotline", now)
        self.assertNotIn("Visit of the works", now)
        self.assertIn("Visit of the works", added)
        self.assertNotIn("Hotline", added)

    @freeze_time("2026-05-10")
    def test_the_page_tells_what_is_left_and_until_when(self):
        sample = self._create_benefit("Sample", quota=2, quota_period="year")
        sample._use(self.membership, day=fields.Date.to_date("2026-05-10"))

        self.assertIn("1 of 2 left, until 12/31/2026", self._read_benefits())

    @freeze_time("2026-05-10")
    def test_a_used_benefit_says_when_it_comes_again(self):
        sample = self._create_benefit("Sample", quota=1, quota_period="year")
        sample._use(self.membership, day=fields.Date.to_date("2026-05-10"))

        self.assertIn("Used up, again from 01/01/2027", self._read_benefits())

    @freeze_time("2026-05-10")
    def test_a_used_benefit_that_ends_does_not_come_again(self):
        sample = self._create_benefit("Sample", quota=1, date_to="2026-12-31")
        sample._use(self.membership, day=fields.Date.to_date("2026-05-10"))

        page = self._read_benefits()

        self.assertIn("Used up", page)
        self.assertNotIn("again from", page)

    @freeze_time("2026-05-10")
    def test_a_benefit_without_quota_says_only_until_when(self):
        self._create_benefit("Spring price", date_to="2026-05-31")

        self.assertIn("Until 05/31/2026", self._read_benefits())

    def test_a_buyer_never_reads_the_benefits_of_another_company(self):
        self.program._enroll_partners(self.bolt, "hand")
        self.membership._assign_tier(self.patron, "For the test")
        self._create_benefit("Visit of the works", self.patron)

        now = self._read_benefits("bob").split("also gets")[0]

        self.assertNotIn("Visit of the works", now)

    def test_what_a_manager_writes_is_text_and_no_markup(self):
        evil = "<script>alert(1)</script>"
        self._create_benefit(evil, member_text=evil, usage_text=evil)

        self.assertNotIn(evil, self._read("/my/membership"))

    def test_without_benefits_the_page_has_no_such_section(self):
        self.assertNotIn("Your Benefits", self._read("/my/membership"))
