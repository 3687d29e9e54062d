import random
from collections import defaultdict
from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.base.models.ir_cron import IrCron

from .benefit_common import BenefitCommon

MARCH = date(2026, 3, 1)
FEBRUARY = date(2026, 2, 1)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestBenefitMonth(BenefitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.support = cls._create_benefit(name="Support", cost=2)
        cls.members = [
            cls._create_member(f"Member {number}", tier=cls.silver)
            for number in range(4)
        ]

    def _get_row(self, month=MARCH, tier=None, benefit=None):
        return self.env["member.benefit.month"].search(
            [
                ("month", "=", month),
                ("tier_id", "=", (tier or self.silver).id),
                ("benefit_id", "=", (benefit or self.support).id),
            ]
        )

    def _summarise(self):
        self.program._summarise_benefits()
        self.env.invalidate_all()

    def _use(self, number, quantity=1, **values):
        membership = self.members[number].member_membership_ids
        return self.support._use(membership, quantity, **values)

    def test_a_month_knows_who_had_and_who_used_a_benefit(self):
        self._use(0, 2)
        self._use(1)

        self._summarise()

        self.assertRecordValues(
            self._get_row(),
            [
                {
                    "entitled": 4,
                    "is_entitled_known": True,
                    "users": 2,
                    "uses": 3,
                    "cost": 6,
                    "usage_rate": 50,
                }
            ],
        )

    def test_summing_up_twice_changes_nothing(self):
        self._use(0)
        self._summarise()
        before = self.env["member.benefit.month"].search([]).read()

        self._summarise()

        self.assertEqual(self.env["member.benefit.month"].search([]).read(), before)

    def test_what_was_taken_back_is_no_use(self):
        usage = self._use(0)
        usage._take_back(1, "Mistake")

        self._summarise()

        self.assertRecordValues(
            self._get_row(), [{"users": 0, "uses": 0, "cost": 0, "entitled": 4}]
        )

    def test_who_used_it_and_rose_since_had_it_in_the_tier_of_then(self):
        self._use(0)
        self.members[0].member_membership_ids._assign_tier(self.gold, "Rose")

        self._summarise()

        self.assertRecordValues(self._get_row(), [{"entitled": 4, "users": 1}])

    def test_nobody_has_it_in_a_tier_that_everybody_left(self):
        self._summarise()
        for member in self.members:
            membership = self._get_membership(member)
            membership._assign_tier(self.ordinary, "For the test")

        self._summarise()

        self.assertRecordValues(
            self._get_row(), [{"entitled": 0, "is_entitled_known": True, "users": 0}]
        )

    def test_the_last_month_keeps_who_had_it_and_takes_late_uses(self):
        self._use(0)
        self._summarise()
        self._travel_to("2026-04-02 10:00:00")
        self._use(1, day=date(2026, 3, 31))
        self.members[2].member_membership_ids.active = False

        self._summarise()

        self.assertRecordValues(
            self._get_row(), [{"entitled": 4, "users": 2, "uses": 2}]
        )
        self.assertRecordValues(
            self._get_row(date(2026, 4, 1)), [{"entitled": 3, "users": 0}]
        )

    def test_months_that_were_missed_do_not_know_who_had_it(self):
        self._use(0, day=date(2025, 7, 3))

        self._summarise()

        self.assertRecordValues(
            self._get_row(date(2025, 7, 1)),
            [{"entitled": 0, "is_entitled_known": False, "users": 1, "usage_rate": 0}],
        )

    def test_a_use_of_long_ago_is_added_when_it_is_recorded(self):
        self._use(0, day=date(2025, 7, 3))
        self._summarise()

        self._use(1, day=date(2025, 7, 4))
        self._summarise()

        self.assertEqual(self._get_row(date(2025, 7, 1)).users, 2)

    def test_a_merge_leaves_one_user(self):
        self._use(0)
        self._use(1)
        pair = self.members[0] | self.members[1]
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge(pair.ids, self.members[0])

        self._summarise()

        self.assertRecordValues(
            self._get_row(), [{"entitled": 3, "users": 1, "uses": 2, "cost": 4}]
        )

    def test_a_rate_of_many_rows_is_of_their_sums_and_of_known_ones(self):
        self._create_member("Goldie", tier=self.gold)
        self.support.tier_ids |= self.gold
        self._use(0, day=date(2025, 7, 3))
        self._use(0)
        self._summarise()

        [[rate]] = self.env["member.benefit.month"]._read_group(
            [("benefit_id", "=", self.support.id)], [], ["usage_rate:avg"]
        )

        self.assertAlmostEqual(rate, 100 * 1 / 5)

    def test_the_summary_is_that_of_a_plain_count(self):
        chance = random.Random(5)
        for _time in range(60):
            day = date(2026, 3, 15) - timedelta(days=chance.randint(0, 70))
            self._use(chance.randint(0, 3), chance.choice([1, 1, 2, -1]), day=day)

        self._summarise()

        by_month = defaultdict(lambda: defaultdict(int))
        for usage in self.env["member.benefit.usage"].search(
            [("benefit_id", "=", self.support.id)]
        ):
            month = usage.date.replace(day=1)
            by_month[month][usage.membership_id] += usage.quantity
        for month, used in by_month.items():
            self.assertRecordValues(
                self._get_row(month),
                [
                    {
                        "users": sum(count > 0 for count in used.values()),
                        "uses": sum(used.values()),
                        "cost": 2 * sum(used.values()),
                    }
                ],
            )

    def test_the_cron_sums_up_every_program(self):
        northwind = self._create_company()
        other = self._create_program(name="Other", company=northwind)
        self._create_benefit(program_id=other.id, tiers=other._get_tiers())
        self._enroll(self._create_customer("Dora"), program=other)

        with patch.object(IrCron, "_commit_progress", lambda *_a, **_v: 1):
            self.env["member.benefit.month"]._cron_summarise()

        rows = self.env["member.benefit.month"].search(
            [("program_id.active", "=", True)]
        )
        self.assertEqual(rows.program_id, self.program | other)
        self.assertEqual(
            rows.filtered(lambda row: row.program_id == other).mapped("company_id"),
            northwind,
        )

    def test_users_read_and_nobody_writes(self):
        self._summarise()
        user = self._create_user("month manager", "manager")
        row = self._get_row().with_user(user)

        self.assertEqual(row.entitled, 4)
        with self.assertRaises(AccessError):
            row.entitled = 5

    def test_other_companies_months_stay_there(self):
        northwind = self._create_company()
        other = self._create_program(name="Other", company=northwind)
        self._create_benefit(program_id=other.id, tiers=other._get_tiers())
        self._enroll(self._create_customer("Dora"), program=other)
        other._summarise_benefits()
        self._summarise()
        user = self._create_user("month here", "manager")

        found = self.env["member.benefit.month"].with_user(user).search([])

        self.assertEqual(found.company_id, self.env.company)
