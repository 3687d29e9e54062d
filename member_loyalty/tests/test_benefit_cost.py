from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged

from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestBenefitCost(BenefitCommon):
    """What benefits are expected to cost, from what they did cost in 12 months."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.support = cls._create_benefit(name="Support", cost=2)
        cls.members = [
            cls._create_member(
                f"Member {number}", tier=cls.silver
            ).member_membership_ids
            for number in range(6)
        ]

    def test_costs_are_taken_from_use(self):
        self.support.family = "service"
        price = self._create_benefit(name="Price", family="price")
        for number in range(4):
            self._book(self.members[number].partner_id, 100, on=date(2026, 1, 5))
        price._use(self.members[0], cost=Decimal(12), day=date(2026, 1, 5))
        price._use(self.members[0], cost=Decimal(99), day=date(2025, 3, 15))
        self.support._use(self.members[1], day=date(2025, 3, 16))

        self.silver.action_take_benefit_cost()

        self.assertRecordValues(
            self.silver,
            [{"benefit_cost_percent": 3, "benefit_cost_amount": round(2 / 6, 2)}],
        )

    def test_a_program_takes_the_costs_of_all_its_tiers(self):
        self.gold.benefit_cost_percent = 50

        action = self.program.action_take_benefit_cost()

        self.assertEqual(self.gold.benefit_cost_percent, 0)
        self.assertEqual(action["res_model"], "member.tier")

    def test_only_managers_take_costs(self):
        officer = self._create_user("cost officer", "officer")
        manager = self._create_user("cost manager", "manager")

        with self.assertRaises(AccessError):
            self.silver.with_user(officer).action_take_benefit_cost()
        with self.assertRaises(AccessError):
            self.program.with_user(officer).action_take_benefit_cost()
        self.program.with_user(manager).action_take_benefit_cost()


@tagged("post_install", "-at_install")
class TestBenefitRankingDownload(HttpCase, BenefitCommon):
    def test_only_the_officer_who_made_it_downloads_a_ranking(self):
        self._create_benefit()
        officer = self._create_user(
            "down officer", "officer", "base.group_allow_export"
        )
        other = self._create_user("down other", "officer", "base.group_allow_export")
        plain = self._create_user("down plain", "officer")
        plain.group_ids -= self.env.ref("base.group_allow_export")
        ranking = (
            self.env["member.benefit.ranking"]
            .with_user(officer)
            .create({"program_id": self.program.id})
        )
        ranking.action_rank()
        url = ranking.action_export()["url"]

        statuses = []
        for user in (officer, other, plain):
            self.authenticate(user.login, user.login)
            statuses.append(self.url_open(url).status_code)

        self.assertEqual(statuses, [200, 404, 403])
