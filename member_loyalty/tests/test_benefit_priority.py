from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
class TestBenefitPriority(BenefitCommon):
    """Members who are promised to be answered first show it on activities."""

    def _schedule(self, record):
        return record.activity_schedule("mail.mail_activity_data_todo", summary="Call")

    def test_activities_of_a_member_show_the_stars(self):
        self._create_benefit(kind="priority", priority_level="2")
        acme = self._create_member("Acme", tier=self.silver, is_company=True)
        eve = self._create_customer("Eve", parent_id=acme.id)
        bob = self._create_member("Bob")

        shown = [
            self._schedule(record).member_priority
            for record in (acme, eve, self._create_order(eve, 10), bob)
        ]

        self.assertEqual(shown, ["2", "2", "2", "0"])

    def test_of_several_benefits_the_most_stars_are_shown(self):
        self._create_benefit(kind="priority", priority_level="1")
        self._create_benefit(kind="priority", priority_level="3", name="Most")
        ada = self._create_member(tier=self.silver)

        self.assertEqual(self._schedule(ada).member_priority, "3")

    def test_who_is_promised_more_is_answered_first(self):
        self._create_benefit(kind="priority", priority_level="2")
        bob, ada = self._create_member("Bob"), self._create_member(tier=self.silver)
        activities = self._schedule(bob) | self._schedule(ada)

        order = "member_priority desc, date_deadline, id"
        found = activities.search([("id", "in", activities.ids)], order=order)

        self.assertEqual(found.mapped("res_id"), [ada.id, bob.id])

    def test_activities_cost_nothing_without_such_a_benefit(self):
        self._create_benefit()
        ada = self._create_member(tier=self.silver)
        Benefit = self.env["member.benefit"]
        Benefit._is_priority_granted()

        with self.assertQueryCount(0):
            found = Benefit._find_priorities(ada, "id")

        self.assertEqual(found, {})

    def test_many_activities_take_few_questions(self):
        self._create_benefit(kind="priority", priority_level="2")
        members = [
            self._create_member(f"Member {number}", tier=self.silver)
            for number in range(20)
        ]
        model = self.env["ir.model"]._get("res.partner")
        vals = [{"res_model_id": model.id, "res_id": one.id} for one in members]
        self.env.flush_all()
        self.env.invalidate_all()

        with self.assertQueryCount(12):
            self.env["mail.activity"]._put_member_priorities(vals)

        self.assertEqual({one["member_priority"] for one in vals}, {"2"})

    def test_stars_are_needed(self):
        for level in (False, "0"):
            with self.assertRaisesRegex(ValidationError, "one to three stars"):
                self._create_benefit(kind="priority", priority_level=level)
