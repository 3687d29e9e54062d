from odoo.tests import tagged

from .journal_common import JournalCommon


@tagged("post_install", "-at_install")
class TestJournalQuantity(JournalCommon):
    """What is no purchase follows contacts who come to belong to somebody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.factory = cls._create_customer("Factory", is_company=True)
        cls.buyer = cls._create_customer("Buyer", parent_id=cls.factory.id)
        cls.silver.write(
            {"rule_ids": [cls._prepare_rule({"metric": "referrals", "value": 2})]}
        )

    def _refer(self, partner, quantity=1, on="2026-03-01", **values):
        values = {"kind": "referral", "event": "manual", **values}
        return self._book(partner, 0, on, 0, quantity=quantity, **values)

    def _get_net(self, partner):
        rows = self.env["member.activity"].search(
            [("commercial_partner_id", "=", partner.id), ("kind", "=", "referral")]
        )
        return {
            str(day): sum(some.mapped("quantity"))
            for day, some in rows.grouped("date").items()
        }

    def test_a_contact_with_another_company_takes_its_referrals_along(self):
        other = self._create_customer("Other", is_company=True)
        self._enroll(other)
        self._refer(self.buyer)
        self._refer(self.buyer, on="2026-02-01")

        self.buyer.parent_id = other

        self.assertEqual(
            self._get_net(self.factory), {"2026-03-01": 0, "2026-02-01": 0}
        )
        self.assertEqual(self._get_net(other), {"2026-03-01": 1, "2026-02-01": 1})
        self.assertEqual(self._get_tier(other), "Silver")

    def test_moving_there_and_back_leaves_everything_where_it_was(self):
        other = self._create_customer("Other", is_company=True)
        self._refer(self.buyer)

        self.buyer.parent_id = other
        self.buyer.parent_id = self.factory

        self.assertEqual(self._get_net(self.factory), {"2026-03-01": 1})
        self.assertEqual(self._get_net(other), {"2026-03-01": 0})

    def test_what_was_reversed_by_hand_does_not_come_back(self):
        other = self._create_customer("Other", is_company=True)
        self._refer(self.buyer)._reverse("It was not true")

        self.buyer.parent_id = other

        self.assertEqual(sum(self._get_net(other).values()), 0)
        self.assertEqual(sum(self._get_net(self.factory).values()), 0)

    def test_a_person_merged_into_a_contact_brings_referrals_to_the_company(self):
        self._enroll(self.factory)
        self._refer(self.customer)
        self._refer(self.buyer)

        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | self.buyer).ids, self.buyer
        )
        self.env.invalidate_all()

        self.assertEqual(self._get_net(self.factory), {"2026-03-01": 2})
        self.assertEqual(self._get_tier(self.factory), "Silver")

    def test_referrals_and_purchases_move_together(self):
        other = self._create_customer("Other", is_company=True)
        order = self._confirm_order(self.buyer, 300)
        self._refer(self.buyer)

        self.buyer.parent_id = other

        bought = self._get_rows(order).filtered(
            lambda row: row.commercial_partner_id == other
        )
        self.assertEqual(sum(bought.mapped("amount")), 300)
        self.assertEqual(self._get_net(other), {"2026-03-01": 1})
