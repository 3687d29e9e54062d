from odoo.tests import tagged

from .journal_common import JournalCommon


@tagged("post_install", "-at_install")
class TestJournalMerge(JournalCommon):
    """Contacts that turn out to be the same person or company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.double = cls._create_customer("Ada L.")
        cls.factory = cls._create_customer("Factory", is_company=True)
        cls.buyer = cls._create_customer("Buyer", parent_id=cls.factory.id)

    def _merge(self, *sources, into):
        partners = into.union(*sources)
        self.env["base.partner.merge.automatic.wizard"]._merge(partners.ids, into)
        self.env.invalidate_all()

    def test_purchases_of_both_make_the_tier(self):
        first = self._confirm_order(self.double, 600)
        self._confirm_order(self.customer, 600)

        self._merge(self.double, into=self.customer)

        self.assertEqual(self._get_rows(first).commercial_partner_id, self.customer)
        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_the_higher_tier_stays_with_its_promise(self):
        self._enroll(self.customer)
        [rich] = self._enroll(self.double, tier=self.gold)
        until = rich.valid_until

        self._merge(self.double, into=self.customer)

        [held] = self._get_membership(self.customer)
        self.assertEqual((held.tier_id, held.valid_until), (self.gold, until))

    def test_of_two_equal_tiers_the_longer_promise_stays(self):
        [short] = self._enroll(self.customer, tier=self.silver)
        [long] = self._enroll(self.double, tier=self.silver)
        short.valid_until = "2026-03-31"
        long.valid_until = "2026-12-31"

        self._merge(self.double, into=self.customer)

        self.assertEqual(str(short.valid_until), "2026-12-31")

    def test_the_only_membership_goes_on_with_the_one_that_stays(self):
        [membership] = self._enroll(self.double, tier=self.silver)

        self._merge(self.double, into=self.customer)

        self.assertEqual(membership.partner_id, self.customer)
        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_why_each_was_in_its_tier_is_still_known(self):
        both = self._enroll(self.customer, self.double, tier=self.silver)
        before = both.decision_ids
        self.assertEqual(len(before), 4)

        self._merge(self.double, into=self.customer)

        self.assertEqual(before.exists(), before)
        self.assertEqual(before.membership_id.partner_id, self.customer)

    def test_memberships_in_two_programs_each_stay_once(self):
        other = self._create_program(sequence=99)
        self._enroll(self.customer, tier=self.silver)
        self._enroll(self.double)
        self._enroll(self.double, program=other, tier=other.tier_ids[-1])

        self._merge(self.double, into=self.customer)

        self.assertEqual(self._get_tier(self.customer), "Silver")
        self.assertEqual(self._get_tier(self.customer, other), "Gold")

    def test_three_contacts_at_once_become_one_member(self):
        third = self._create_customer("A. L.")
        for partner in (self.customer, self.double, third):
            self._confirm_order(partner, 400)

        self._merge(self.double, third, into=self.customer)

        self.assertEqual(self._get_tier(self.customer), "Silver")

    def test_merged_into_a_contact_the_purchases_are_the_company_s(self):
        order = self._confirm_order(self.double, 1500)

        self._merge(self.double, into=self.buyer)

        last = self._get_rows(order)[-1]
        self.assertEqual(last.partner_id, self.buyer)
        self.assertEqual(last.commercial_partner_id, self.factory)
        self.assertEqual(self._get_tier(self.factory), "Silver")
        self.assertFalse(self._get_membership(self.buyer))

    def test_merged_into_a_contact_the_higher_tier_is_the_company_s(self):
        self._enroll(self.factory)
        self._enroll(self.double, tier=self.gold)

        self._merge(self.double, into=self.buyer)

        self.assertEqual(self._get_tier(self.factory), "Gold")

    def test_a_contact_merged_into_a_person_brings_the_company_along(self):
        order = self._confirm_order(self.customer, 1500)

        self._merge(self.buyer, into=self.customer)

        self.assertEqual(self.customer.commercial_partner_id, self.factory)
        self.assertEqual(self._get_rows(order)[-1].commercial_partner_id, self.factory)
        self.assertEqual(self._get_tier(self.factory), "Silver")
        self.assertFalse(self._get_membership(self.customer))

    def test_two_companies_become_one_with_all_their_contacts(self):
        rival = self._create_customer("Rival", is_company=True)
        clerk = self._create_customer("Clerk", parent_id=rival.id)
        self._confirm_order(clerk, 600)
        self._confirm_order(self.buyer, 600)

        self._merge(rival, into=self.factory)

        self.assertEqual(clerk.commercial_partner_id, self.factory)
        self.assertEqual(self._get_tier(self.factory), "Silver")

    def test_a_company_merged_into_a_contact_of_another(self):
        rival = self._create_customer("Rival", is_company=True)
        clerk = self._create_customer("Clerk", parent_id=rival.id)
        order = self._confirm_order(clerk, 1500)

        self._merge(rival, into=self.buyer)

        owner = clerk.commercial_partner_id
        self.assertEqual(self._get_rows(order)[-1].commercial_partner_id, owner)
        self.assertEqual(self._get_tier(owner), "Silver")

    def test_in_a_program_for_contacts_the_contact_keeps_the_tier(self):
        alone = self._create_program(member_level="contact", sequence=99)
        self._confirm_order(self.double, 1500)

        self._merge(self.double, into=self.buyer)

        self.assertEqual(self._get_tier(self.buyer, alone), "Silver")
        self.assertFalse(self._get_membership(self.factory, alone))

    def test_purchases_in_every_company_are_seen_at_once(self):
        abroad = self._create_company(currency="USD")
        program = self._create_program(company=abroad)
        for partner in (self.customer, self.double):
            self._confirm_order(partner, 600)
            self._book(partner, 600, company=abroad)
            self._enroll(partner, program=program)

        self._merge(self.double, into=self.customer)

        self.assertEqual(self._get_tier(self.customer), "Silver")
        self.assertEqual(self._get_tier(self.customer, program), "Silver")

    def test_an_entry_without_a_currency_is_given_over_too(self):
        self._book(self.double, 1500, document_currency_id=False)

        self._merge(self.double, into=self.buyer)

        held = self.env["member.activity"].search(
            [("commercial_partner_id", "=", self.factory.id)]
        )
        self.assertEqual(sum(held.mapped("amount")), 1500)

    def test_archived_memberships_stay_history(self):
        [left] = self._enroll(self.double, tier=self.gold)
        left.active = False
        self._enroll(self.customer)

        self._merge(self.double, into=self.customer)

        self.assertEqual(self._get_tier(self.customer), "Ordinary")
        self.assertEqual(left.partner_id, self.customer)
