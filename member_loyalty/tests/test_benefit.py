from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
class TestBenefit(BenefitCommon):
    def test_a_member_has_the_benefits_of_the_tier(self):
        ada = self._create_member(tier=self.silver)
        self._create_benefit(name="Silver's")
        self._create_benefit(name="Gold's", tiers=self.gold)

        self.assertEqual(self._get_granted(ada), ["Silver's"])

    def test_a_tag_grants_a_benefit_in_any_tier(self):
        tag = self.env["member.tag"].create({"name": "VIP"})
        ada = self._create_member(member_tag_ids=[Command.set(tag.ids)])
        self._create_benefit(
            name="Tagged", tiers=self.gold, tag_ids=[Command.set(tag.ids)]
        )

        self.assertEqual(self._get_granted(ada), ["Tagged"])

    def test_contacts_have_what_their_company_has(self):
        acme = self._create_member("Acme", tier=self.silver, is_company=True)
        ann = self._create_customer("Ann", parent_id=acme.id)
        self._create_benefit()

        self.assertEqual(self._get_granted(ann), ["Benefit"])

    def test_a_benefit_of_other_days_is_not_granted(self):
        ada = self._create_member(tier=self.silver)
        self._create_benefit(date_to="2026-03-14")
        self._create_benefit(date_from="2026-03-16")
        self._create_benefit(name="Today", date_from="2026-03-15", date_to="2026-03-15")

        self.assertEqual(self._get_granted(ada), ["Today"])

    def test_an_archived_benefit_is_not_granted(self):
        ada = self._create_member(tier=self.silver)
        benefit = self._create_benefit()

        benefit.action_archive()

        self.assertEqual(self._get_granted(ada), [])

    def test_the_list_of_a_member_says_what_is_left(self):
        ada = self._create_member(tier=self.silver)
        benefit = self._create_benefit(quota=2)
        membership = self._get_membership(ada)

        benefit._use(membership)

        self.assertRecordValues(
            membership.benefit_entitlement_ids,
            [
                {
                    "benefit_id": benefit.id,
                    "used": 1,
                    "available": 1,
                    "last_used_on": self.env.company._member_today(),
                }
            ],
        )

    def test_nobody_uses_more_than_is_granted(self):
        ada = self._create_member(tier=self.silver)
        benefit = self._create_benefit(quota=1)
        benefit._use(self._get_membership(ada))

        with self.assertRaisesRegex(UserError, "as often as"):
            benefit._use(self._get_membership(ada))

    def test_the_next_period_begins_anew(self):
        ada = self._create_member(tier=self.silver)
        benefit = self._create_benefit(quota=1, quota_period="month")
        benefit._use(self._get_membership(ada))

        self._travel_to("2026-04-01 10:00:00")

        benefit._use(self._get_membership(ada))
        self.assertEqual(self._get_uses(benefit), [(1, 0), (1, 0)])

    def test_bad_benefits_are_refused_with_what_to_do(self):
        with self.assertRaisesRegex(ValidationError, "at least one tier"):
            self._create_benefit(tiers=self.env["member.tier"])
        with self.assertRaisesRegex(ValidationError, "last day"):
            self._create_benefit(date_from="2026-03-15", date_to="2026-03-14")
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._create_benefit(quota=-1)

    def test_a_free_product_is_claimed_once(self):
        ada = self._create_member(tier=self.silver)
        sample = self._create_benefit(kind="product", quota=1, cost=3)
        order = self._create_order(ada, 100)
        self._claim(order, sample)

        with self.assertRaisesRegex(UserError, "as often as"):
            self._claim(self._create_order(ada, 100), sample)

        self.assertEqual(self._get_uses(sample), [(1, 3)])

    def test_a_claim_that_is_taken_off_can_be_made_again(self):
        ada = self._create_member(tier=self.silver)
        sample = self._create_benefit(kind="product", quota=1, cost=3)
        self._claim(self._create_order(ada, 100), sample).unlink()
        cancelled = self._create_order(ada, 100)
        self._claim(cancelled, sample)
        cancelled.action_cancel()
        deleted = self._create_order(ada, 100)
        self._claim(deleted, sample)
        deleted.unlink()

        order = self._create_order(ada, 100)
        self._claim(order, sample)
        order.action_confirm()

        self.assertEqual(
            self._get_uses(sample),
            [(1, 3), (-1, -3), (1, 3), (-1, -3), (1, 3), (-1, -3), (1, 3)],
        )

    def test_a_merge_keeps_what_was_used(self):
        ada = self._create_member(tier=self.silver, email="ada@example.com")
        bob = self._create_member("Bob", tier=self.silver, email="ada@example.com")
        sample = self._create_benefit(kind="product", quota=2, cost=3)
        order = self._create_order(bob, 100)
        self._claim(order, sample)

        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((ada | bob).ids, ada)

        order.invalidate_recordset()
        order.action_confirm()
        self.assertEqual(
            sample._get_available(
                self._get_membership(ada), self.env.company._member_today()
            ),
            1,
        )
