from datetime import date

from odoo.tests import tagged

from .point_rights_common import PointRightsCommon


@tagged("post_install", "-at_install")
class TestPointMerge(PointRightsCommon):
    """Contacts that become one keep all their points, and when they expire."""

    def _merge(self, *contacts, into):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        ids = [contact.id for contact in (*contacts, into)]
        wizard._merge(ids, into)
        self.env.invalidate_all()

    def _create_member(self, name="Bea", points=50, **values):
        member = self._create_customer(name, **values)
        self._adjust(partner_ids=member.ids, points=points)
        return member

    def test_the_sum_is_preserved_and_the_other_card_archived(self):
        other = self._create_member(points=50)
        old = self._get_card(other)

        self._merge(other, into=self.customer)

        self.assertEqual(self._get_points(self.customer), 1050)
        self.assertRecordValues(
            old,
            [{"points": 0, "active": False, "member_successor_id": self.card.id}],
        )

    def test_points_expire_when_they_would_have(self):
        other = self._create_customer("Bea")
        self._adjust(
            partner_ids=other.ids,
            points=50,
            expiry="day",
            expires_on=date(2026, 3, 31),
        )
        self._merge(other, into=self.customer)

        lot = self.env["member.point.lot"].search(
            [("card_id", "=", self.card.id), ("expires_at", "!=", False)]
        )
        self.assertEqual(lot.remaining, 50)

    def test_points_that_have_expired_and_were_not_swept_go_over_too(self):
        other = self._create_customer("Bea")
        self._adjust(
            partner_ids=other.ids,
            points=50,
            expiry="day",
            expires_on=date(2026, 3, 31),
        )
        self._travel_to("2026-05-01 10:00:00")
        self._merge(other, into=self.customer)

        card = self._get_card(self.customer)
        self.assertEqual((card.points, card.member_usable_points), (1050, 1000))

    def test_whoever_had_no_card_takes_over_the_card(self):
        heir = self._create_customer("Heir")
        self._merge(self.customer, into=heir)

        self.assertEqual(self.card.member_owner_id, heir)
        self.assertEqual(self._get_points(heir), 1000)

    def test_what_is_owed_goes_over_and_is_paid(self):
        debtor = self._create_customer("Dora")
        order = self._confirm_order(debtor, 300)
        card = self._get_card(debtor)
        self._adjust(partner_ids=debtor.ids, kind="deduct", points=300)
        order._action_cancel()
        self.assertEqual(card.member_debt, 300)

        self._merge(debtor, into=self.customer)

        self.assertEqual((card.points, card.member_debt), (0, 0))
        self.assertEqual(self._get_points(self.customer), 700)

    def test_two_companies_become_one_purse(self):
        first = self._create_member("Acme", 100, is_company=True)
        second = self._create_member("Acme Ltd", 50, is_company=True)
        contact = self._create_contact(second)

        self._merge(second, into=first)

        self.assertEqual(self._get_points(first), 150)
        self.assertEqual(self._get_card(contact), self._get_card(first))

    def test_a_customer_merged_into_a_contact_gives_to_its_companys_purse(self):
        company = self._create_member("Acme", 100, is_company=True)
        contact = self._create_contact(company)
        loner = self._create_member("Bea again", 50)

        self._merge(loner, into=contact)

        self.assertEqual(self._get_points(company), 150)

    def test_own_purses_of_contacts_stay_their_own(self):
        self.program.purse = "contact"
        company = self._create_customer("Acme", is_company=True)
        first, second = (
            self._create_contact(company),
            self._create_contact(company, "Cy"),
        )
        self._adjust(partner_ids=(first | second).ids, points=50)

        self._merge(second, into=first)

        self.assertEqual(self._get_points(first), 100)
        self.assertEqual(self._get_card(first).partner_id, first)

    def test_an_order_that_is_cancelled_after_a_merge_takes_its_points_back(self):
        other = self._create_customer("Bea")
        order = self._confirm_order(other, 300)
        self._merge(other, into=self.customer)
        self.assertEqual(self._get_points(self.customer), 1300)

        order._action_cancel()

        self.assertEqual(self._get_points(self.customer), 1000)

    def test_a_contact_that_changes_company_keeps_its_own_purse(self):
        self.program.purse = "contact"
        first = self._create_customer("Acme", is_company=True)
        second = self._create_customer("Bolt", is_company=True)
        contact = self._create_contact(first)
        self._adjust(partner_ids=contact.ids, points=50)

        contact.parent_id = second

        self.assertEqual(self._get_points(contact), 50)
        self.assertFalse(self._get_card(second))

    def test_the_purse_of_a_company_stays_when_a_contact_leaves(self):
        first = self._create_member("Acme", 100, is_company=True)
        second = self._create_customer("Bolt", is_company=True)
        contact = self._create_contact(first)

        contact.parent_id = second

        self.assertEqual(self._get_points(first), 100)
        self.assertFalse(self._get_card(contact))
