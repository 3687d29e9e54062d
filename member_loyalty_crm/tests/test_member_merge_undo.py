from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .clean_common import CleanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestMemberMergeUndo(CleanCommon):
    """Undoing a merge gives membership, purchases and points back, and nothing else."""

    def test_the_contact_is_made_anew_with_its_own_values(self):
        self.bea.write({"phone": "+49 30 1234567", "city": "Berlin"})
        self._confirm_order(self.bea, 100)
        merge = self._merge(self.bea, into=self.ada)

        restored = merge._undo()

        self.assertRecordValues(
            restored,
            [{"name": "Bea", "email": "ada@lumen.test", "city": "Berlin"}],
        )
        self.assertFalse(self.ada.phone or self.ada.city)

    def test_purchases_and_tiers_are_those_of_before(self):
        self._confirm_order(self.ada, 600)
        self._confirm_order(self.bea, 700)
        merge = self._merge(self.bea, into=self.ada)
        self.assertEqual(self._get_tier(self.ada), "Silver")

        bea = merge._undo()

        self.assertEqual(self._get_amount(self.ada), 600)
        self.assertEqual(self._get_amount(bea), 700)
        self.assertEqual(self._get_tier(self.ada), "Ordinary")
        self.assertEqual(self._get_tier(bea), "Ordinary")

    def test_a_tier_that_the_merge_handed_over_goes_back(self):
        self._enroll(self.ada)
        [rich] = self._enroll(self.bea, tier=self.gold)
        until = rich.valid_until
        merge = self._merge(self.bea, into=self.ada)
        self.assertEqual(self._get_tier(self.ada), "Gold")

        bea = merge._undo()

        self.assertEqual(self._get_tier(self.ada), "Ordinary")
        self.assertEqual(rich.partner_id, bea)
        self.assertEqual((rich.tier_id, rich.valid_until), (self.gold, until))

    def test_an_only_membership_goes_back_and_the_buyer_joins_anew(self):
        [held] = self._enroll(self.bea, tier=self.silver)
        merge = self._merge(self.bea, into=self.ada)
        self.assertEqual(held.partner_id, self.ada)
        self._confirm_order(self.ada, 100)

        bea = merge._undo()

        self.assertEqual(held.partner_id, bea)
        self.assertEqual(self._get_tier(bea), "Silver")
        self.assertEqual(self._get_tier(self.ada), "Ordinary")
        self.assertEqual(self._get_amount(self.ada), 100)

    def test_what_was_given_by_hand_since_stays(self):
        [membership] = self._enroll(self.ada)
        self._enroll(self.bea)
        merge = self._merge(self.bea, into=self.ada)
        membership._assign_tier(self.gold, "A good customer")

        merge._undo()

        self.assertEqual(membership.tier_id, self.gold)
        self.assertEqual(membership.granted_tier_id, self.gold)

    def test_points_go_back_by_entries(self):
        self._give_points(self.ada, 30)
        self._give_points(self.bea, 50)
        merge = self._merge(self.bea, into=self.ada)
        self.assertEqual(self._get_points(self.ada), 80)

        bea = merge._undo()

        self.assertEqual(self._get_points(self.ada), 30)
        self.assertEqual(self._get_points(bea), 50)
        self.assertEqual(self._kinds(bea)[-1], ("transferred", 50))

    def test_what_was_used_since_does_not_come_back(self):
        self._give_points(self.bea, 50)
        self._give_points(self.ada, 30)
        merge = self._merge(self.bea, into=self.ada)
        self._give_points(self.ada, -60)

        said = " ".join(merge._say_what_goes_back())
        bea = merge._undo()

        self.assertEqual(self._get_points(self.ada) + self._get_points(bea), 20)
        self.assertIn("were used or expired since", said)

    def test_a_card_that_was_handed_over_goes_back_without_what_came_later(self):
        card = self._give_points(self.bea, 50)
        merge = self._merge(self.bea, into=self.ada)
        self.assertEqual(card.member_owner_id, self.ada)
        order = self._confirm_order(self.ada, 30)

        bea = merge._undo()

        self.assertEqual(self._get_card(bea), card)
        self.assertEqual(self._get_points(bea), 50)
        self.assertEqual(self._get_points(self.ada), 30)
        order._action_cancel()
        self.assertEqual(self._get_points(self.ada), 0)

    def test_an_order_of_before_that_is_cancelled_later_is_the_owners(self):
        order = self._confirm_order(self.bea, 700)
        self._confirm_order(self.ada, 600)
        merge = self._merge(self.bea, into=self.ada)
        bea = merge._undo()
        self.assertEqual(order.partner_id, self.ada)

        order._action_cancel()

        self.assertEqual(self._get_amount(bea), 0)
        self.assertEqual(self._get_amount(self.ada), 600)
        self.assertEqual(self._get_points(bea), 0)

    def test_a_credit_note_for_an_order_of_before_is_the_owners(self):
        order = self._confirm_order(self.bea, 700)
        invoice = self._invoice(order)
        self._confirm_order(self.ada, 600)
        merge = self._merge(self.bea, into=self.ada)
        bea = merge._undo()

        self._credit(invoice, 200)

        self.assertEqual(self._get_amount(bea), 500)
        self.assertEqual(self._get_amount(self.ada), 600)

    def test_an_order_that_gets_another_customer_counts_for_that_one(self):
        order = self._confirm_order(self.bea, 700)
        merge = self._merge(self.bea, into=self.ada)
        bea = merge._undo()
        cy = self._create_customer("Cy")

        order.partner_id = cy

        self.assertEqual(self._get_amount(bea), 0)
        self.assertEqual(self._get_amount(cy), 700)

    def test_contacts_of_a_merged_company_come_back_with_their_purchases(self):
        first = self._create_customer("Acme", is_company=True)
        second = self._create_customer("Acme Ltd", is_company=True)
        clerk = self._create_contact(second, "Clerk")
        self._confirm_order(clerk, 1500)
        merge = self._merge(second, into=first)
        self.assertEqual(self._get_tier(first), "Silver")

        restored = merge._undo()

        self.assertEqual(clerk.parent_id, restored)
        self.assertEqual(self._get_amount(restored), 1500)
        self.assertEqual(self._get_tier(restored), "Silver")
        self.assertFalse(self._get_rows_of(first))

    def test_tags_by_hand_go_back_to_whose_they_were(self):
        mine, theirs = self.env["member.tag"].create([{"name": "A"}, {"name": "B"}])
        self._enroll(self.ada, self.bea)
        self.ada.member_tag_ids = mine
        self.bea.member_tag_ids = theirs
        merge = self._merge(self.bea, into=self.ada)
        self.assertEqual(self.ada.member_tag_ids, mine | theirs)

        bea = merge._undo()

        self.assertEqual(self.ada.member_tag_ids, mine)
        self.assertEqual(bea.member_tag_ids, theirs)

    def test_three_contacts_are_parted_at_once(self):
        cy = self._create_customer("Cy", email="ada@lumen.test")
        for customer, amount in ((self.ada, 100), (self.bea, 200), (cy, 300)):
            self._confirm_order(customer, amount)
        merge = self._merge(self.bea, cy, into=self.ada)

        restored = merge._undo()

        self.assertEqual([self._get_amount(one) for one in restored], [200, 300])
        self.assertEqual([self._get_points(one) for one in restored], [200, 300])
        self.assertEqual(self._get_amount(self.ada), 100)

    def test_a_merge_is_undone_once(self):
        self._confirm_order(self.bea, 100)
        merge = self._merge(self.bea, into=self.ada)
        merge._undo()

        with self.assertRaisesRegex(UserError, "was undone before"):
            merge._undo()

    def test_a_later_merge_has_to_be_undone_first(self):
        cy = self._create_customer("Cy", email="ada@lumen.test")
        for customer in (self.ada, self.bea, cy):
            self._confirm_order(customer, 100)
        first = self._merge(self.bea, into=self.ada)
        second = self._merge(cy, into=self.ada)

        with self.assertRaisesRegex(UserError, "merged again since, with Cy"):
            first._undo()
        cy = second._undo()
        bea = first._undo()

        self.assertEqual(
            [self._get_amount(one) for one in (self.ada, bea, cy)], [100, 100, 100]
        )

    def test_a_winner_that_was_merged_itself_comes_back_first(self):
        cy = self._create_customer("Cy", email="ada@lumen.test")
        for customer, amount in ((self.ada, 100), (self.bea, 200), (cy, 300)):
            self._confirm_order(customer, amount)
        first = self._merge(self.bea, into=self.ada)
        second = self._merge(self.ada, into=cy)

        with self.assertRaisesRegex(UserError, "merged again since"):
            first._undo()
        ada = second._undo()
        bea = first._undo()

        self.assertEqual(first.partner_id, ada)
        self.assertEqual(
            [self._get_amount(one) for one in (ada, bea, cy)], [100, 200, 300]
        )
        self.assertEqual(
            [self._get_points(one) for one in (ada, bea, cy)], [100, 200, 300]
        )

    def test_a_merge_into_another_company_is_not_undone(self):
        company = self._create_customer("Acme", is_company=True)
        clerk = self._create_contact(company, "Clerk", email="ada@lumen.test")
        self._confirm_order(self.bea, 100)
        merge = self._merge(self.bea, into=clerk)

        with self.assertRaisesRegex(UserError, "another company"):
            merge.action_undo()

    def test_decisions_of_between_are_not_replayed(self):
        self._confirm_order(self.ada, 600)
        self._confirm_order(self.bea, 600)
        merge = self._merge(self.bea, into=self.ada)

        bea = merge._undo()

        memberships = self._get_membership(self.ada) | self._get_membership(bea)
        self.assertFalse(memberships.decision_ids._replay())

    def test_only_officers_who_may_merge_undo(self):
        self._confirm_order(self.bea, 100)
        merge = self._merge(self.bea, into=self.ada)
        for name, groups in (
            ("sales", ("sales_team.group_sale_salesman_all_leads",)),
            ("half", ("officer",)),
        ):
            user = self._create_user(name, *groups)
            with self.subTest(user=name), self.assertRaises(AccessError):
                merge.with_user(user)._undo()

        officer = self._create_user("off", "officer", "base.group_partner_manager")
        self.assertTrue(merge.with_user(officer)._undo())

    def test_what_was_whose_is_forgotten_after_a_year(self):
        self._confirm_order(self.bea, 100)
        merge = self._merge(self.bea, into=self.ada)
        self._travel_to("2027-03-20 10:00:00")

        self.env["member.merge"]._gc_snapshots()

        self.assertFalse(merge.snapshot)
        with self.assertRaisesRegex(UserError, "too long ago"):
            merge.action_undo()

    def test_contacts_that_have_nothing_to_do_with_members_leave_no_record(self):
        before = self.env["member.merge"].search_count([])

        self._merge(self.bea, into=self.ada)

        self.assertEqual(self.env["member.merge"].search_count([]), before)

    def test_parted_contacts_are_remembered_as_different(self):
        self._confirm_order(self.bea, 100)
        merge = self._merge(self.bea, into=self.ada)

        bea = merge._undo()

        pair = self.env["member.duplicate"].search([("other_id", "=", bea.id)])
        self.assertEqual((pair.partner_id, pair.state), (self.ada, "different"))
