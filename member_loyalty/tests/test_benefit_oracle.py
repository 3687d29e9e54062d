import random
from datetime import date, timedelta

from odoo import Command
from odoo.tests import freeze_time, tagged

from ..logic.benefit_entitlement import Holder, is_entitled, left, period_of
from .benefit_common import BenefitCommon

TODAY = date(2026, 3, 15)
MEMBERS = 30
BENEFITS = 40


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestBenefitOracle(BenefitCommon):
    """The view says of every member and benefit what the pure functions say."""

    def setUp(self):
        super().setUp()
        self.random = random.Random(20260315)
        self.tags = self.env["member.tag"].create(
            [{"name": f"Oracle {number}"} for number in range(3)]
        )
        self.line = self.env["product.category"].create({"name": "Oracle"})
        self.tiers = self.ordinary | self.silver | self.gold
        self.members = [self._create_random_member(n) for n in range(MEMBERS)]
        self.benefits = [self._create_random_benefit(n) for n in range(BENEFITS)]

    def _choose(self, records, most):
        ids = self.random.sample(records.ids, self.random.randint(0, most))
        return records.browse(ids)

    def _create_random_member(self, number):
        tags = self._choose(self.tags, 2)
        customer = self._create_member(f"Oracle {number}", tier=self.tiers[number % 3])
        customer.member_tag_ids = [Command.set(tags.ids)]
        return customer.member_membership_ids

    def _create_random_benefit(self, number):
        tiers, tags = self._choose(self.tiers, 3), self._choose(self.tags, 2)
        has_line = number % 5 == 0 or not (tiers or tags)
        day = TODAY + timedelta(days=self.random.randint(-2, 2))
        return self._create_benefit(
            name=f"Oracle {number}",
            tiers=tiers,
            tag_ids=[Command.set(tags.ids)],
            category_ids=[Command.set(self.line.ids if has_line else [])],
            date_from=self.random.choice([False, day]),
            date_to=self.random.choice([False, day, day + timedelta(days=1)]),
            quota=self.random.randint(0, 3),
            quota_period=self.random.choice(["month", "quarter", "year", "ever"]),
            active=number % 7 != 0,
        )

    def _expect(self, membership, benefit, uses):
        """Return what the view has to say; None when there is no row."""
        terms = benefit._get_terms()
        holder = Holder(
            membership.tier_id.id, frozenset(membership.partner_id.member_tag_ids.ids)
        )
        if not benefit.active or not is_entitled(terms, holder, TODAY):
            return None
        period = period_of(terms.period, TODAY)
        used = sum(
            quantity
            for day, quantity in uses
            if period.first <= day <= (period.last or day)
        )
        limited_until = period.last if terms.quota else None
        ends = [day for day in (terms.date_to, limited_until) if day]
        return (
            used,
            left(terms, used) if terms.quota else None,
            min(ends) if ends else False,
            max((day for day, _quantity in uses), default=False),
        )

    def test_the_view_agrees_with_the_rules_member_by_member(self):
        uses = self._use_at_random()
        found = {
            (one.membership_id.id, one.benefit_id.id): (
                one.used,
                one.available if one.quota else None,
                one.usable_until,
                one.last_used_on,
            )
            for one in self.env["member.benefit.entitlement"].search(
                [("program_id", "=", self.program.id)]
            )
        }

        expected = {}
        for membership in self.members:
            for benefit in self.benefits:
                key = (membership.id, benefit.id)
                if fact := self._expect(membership, benefit, uses.get(key, ())):
                    expected[key] = fact

        self.assertGreater(len(expected), MEMBERS)
        self.assertEqual(found, expected)

    def test_orders_and_the_view_agree_on_who_has_what(self):
        partners = self.env["res.partner"].union(
            *(membership.partner_id for membership in self.members)
        )

        granted = self.env["member.benefit"]._find_granted(
            partners, self.env.company, TODAY
        )

        for membership in self.members:
            self.assertEqual(
                {benefit.id for _m, benefit in granted[membership.partner_id.id]},
                set(membership.benefit_entitlement_ids.benefit_id.ids),
            )

    def _use_at_random(self):
        """Let members use what they can, also in the past; return the uses."""
        uses = {}
        for membership in self.members:
            for benefit in self.random.sample(self.benefits, 8):
                for _time in range(self.random.randint(0, 2)):
                    day = TODAY - timedelta(days=self.random.randint(0, 200))
                    benefit._use(membership, day=day, is_forced=True)
                    key = (membership.id, benefit.id)
                    uses.setdefault(key, []).append((day, 1))
        return uses
