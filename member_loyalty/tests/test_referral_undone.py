from odoo import Command
from odoo.tests import tagged

from .referral_common import ReferralCommon


@tagged("post_install", "-at_install")
class TestReferralUndone(ReferralCommon):
    """Orders that are credited otherwise than line by line, and merged companies."""

    def test_a_credit_note_by_an_amount_ends_it(self):
        referral, invoice = self._refer_and_buy()
        self._credit_by_amount(invoice, 100)
        self._follow("2026-03-29")

        self.assertRecordValues(referral, [{"state": "bound", "due_on": False}])
        self.assertEqual(self._get_rewards(), [])

    def test_a_credit_note_by_a_part_of_the_amount_leaves_the_rest(self):
        referral, invoice = self._refer_and_buy()
        self._credit_by_amount(invoice, 40)
        self._follow("2026-03-29")

        self.assertEqual(referral.state, "rewarded")

    def test_a_draft_credit_note_by_an_amount_is_waited_for(self):
        referral, invoice = self._refer_and_buy()
        self._credit_by_amount(invoice, 100, post=False)
        self._follow("2026-03-29")

        self.assertEqual(referral.state, "waiting")

    def test_an_officer_learns_of_a_later_credit_by_an_amount(self):
        referral, invoice = self._refer_and_buy()
        self._follow("2026-03-29")
        self._credit_by_amount(invoice, 100)
        self._follow("2026-03-30")

        self.assertTrue(referral.undone_on)

    def _credit_by_amount(self, invoice, amount, post=True):
        """Credit an invoice by a line of its own, which names no order."""
        note = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": invoice.partner_id.id,
                "reversed_entry_id": invoice.id,
                "invoice_date": "2026-03-16",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Goodwill", "price_unit": amount, "tax_ids": False}
                    )
                ],
            }
        )
        if post:
            note.action_post()

    def test_two_referred_companies_that_are_merged_keep_both_referrals(self):
        first = self._refer()
        other, eve = self._create_firm("Nut", "Eve")
        second = self._refer(eve)

        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.bolt | other).ids, other)
        self.env.invalidate_all()

        self.assertEqual((first | second).exists(), first | second)
        self.assertEqual((first | second).referred_id, other)
        self.assertRecordValues(
            first | second,
            [
                {"state": "bound", "is_merged": False},
                {"state": "refused", "is_merged": True},
            ],
        )
        self.assertEqual(second.reasons, "referred_before")
        self.assertFalse(self._refer(eve))

    def test_of_merged_companies_the_rewarded_referral_counts(self):
        other, eve = self._create_firm("Nut", "Eve")
        waiting = self._refer(eve)
        rewarded, _invoice = self._refer_and_buy()
        self._follow("2026-03-29")

        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.bolt | other).ids, self.bolt)
        self.env.invalidate_all()

        self.assertRecordValues(
            rewarded | waiting,
            [
                {"state": "rewarded", "is_merged": False},
                {"state": "refused", "is_merged": True},
            ],
        )

    def test_coupons_that_nobody_used_are_taken_back_with_the_points(self):
        self._give_coupons()
        referral, _invoice = self._refer_and_buy()
        self._follow("2026-03-29")
        ann, bob = self.env["member.benefit.gift.issue"].search([], order="id")
        bob.card_id.points = 0

        referral._decide_by_hand("take_back", "Credited")

        self.assertRecordValues(ann | bob, [{"state": "withdrawn"}, {"state": "used"}])
        self.assertFalse(ann.card_id.active)
        self.assertIn("Used before, and not taken back", referral.message_ids[0].body)
        self.assertIn("Bob", referral.message_ids[0].body)
