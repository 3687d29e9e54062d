from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .benefit_common import BenefitCommon

SALESMAN = "sales_team.group_sale_salesman"


@tagged("post_install", "-at_install")
class TestBenefitManager(BenefitCommon):
    """Account managers: given on the rise, taken back on the fall, never stolen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls._create_user("ann", SALESMAN)
        cls.ben = cls._create_user("ben", SALESMAN)
        cls.cat = cls._create_user("cat", SALESMAN)

    @classmethod
    def _create_managing(cls, *users, **values):
        return cls._create_benefit(
            kind="account_manager",
            manager_user_ids=[Command.set([user.id for user in users])],
            **values,
        )

    def _follow(self):
        self.env["member.follow.up"]._follow_next("tier_moves")
        self.env["member.follow.up"]._follow_next("account_managers")

    def _move(self, customer, tier):
        self._get_membership(customer)._assign_tier(tier, "For the test")
        self._follow()

    def test_a_member_who_rises_gets_an_account_manager(self):
        benefit = self._create_managing(self.ann)
        ada = self._create_member()

        self._confirm_order(ada, 1000)
        self._follow()

        self.assertEqual(ada.user_id, self.ann)
        self.assertEqual(self._get_uses(benefit), [(1, 0)])

    def test_a_customer_who_has_a_salesperson_keeps_it(self):
        self._create_managing(self.ann)
        ada = self._create_member(user_id=self.cat.id)

        self._move(ada, self.silver)

        self.assertEqual(ada.user_id, self.cat)

    def test_a_fall_takes_back_what_was_given(self):
        self._create_managing(self.ann)
        ada = self._create_member()
        self._move(ada, self.silver)

        self._move(ada, self.ordinary)

        self.assertFalse(ada.user_id)
        self.assertFalse(self._get_membership(ada).manager_user_id)

    def test_a_replaced_salesperson_comes_back(self):
        self._create_managing(self.ann, manager_replaces=True)
        ada = self._create_member(user_id=self.cat.id)
        self._move(ada, self.silver)
        during = ada.user_id

        self._move(ada, self.ordinary)

        self.assertEqual((during, ada.user_id), (self.ann, self.cat))

    def test_a_fall_leaves_alone_what_somebody_changed(self):
        self._create_managing(self.ann)
        ada = self._create_member()
        self._move(ada, self.silver)
        ada.user_id = self.ben

        self._move(ada, self.ordinary)

        self.assertEqual(ada.user_id, self.ben)

    def test_two_tiers_have_their_own_account_managers(self):
        self._create_managing(self.ann)
        self._create_managing(self.ben, tiers=self.gold)
        ada = self._create_member()
        seen = []

        for tier in (self.silver, self.gold, self.silver, self.ordinary):
            self._move(ada, tier)
            seen.append(ada.user_id)

        self.assertEqual(seen, [self.ann, self.ben, self.ann, self.env["res.users"]])

    def test_contacts_with_the_same_salesperson_go_along(self):
        self._create_managing(self.ann, manager_replaces=True)
        acme = self._create_member("Acme", is_company=True, user_id=self.cat.id)
        eve = self._create_customer("Eve", parent_id=acme.id)
        max_ = self._create_customer("Max", parent_id=acme.id, user_id=self.ben.id)

        self._move(acme, self.silver)

        self.assertEqual(eve.user_id, self.ann)
        self.assertEqual(max_.user_id, self.ben)
        self.assertEqual(self._create_order(eve, 10).user_id, self.ann)

    def test_who_has_the_benefit_already_gets_one_in_the_night(self):
        ada = self._create_member(tier=self.silver)
        self._create_managing(self.ann)

        self.env["member.benefit"]._cron_assign_account_managers()
        self._follow()

        self.assertEqual(ada.user_id, self.ann)

    def test_the_button_assigns_those_who_have_the_benefit_already(self):
        ada = self._create_member(tier=self.silver)
        bob = self._create_member("Bob")
        benefit = self._create_managing(self.ann)

        benefit.action_assign_account_managers()
        self._follow()

        self.assertEqual((ada.user_id, bob.user_id.id), (self.ann, False))
        self.assertEqual(benefit.manager_member_count, 1)

    def test_an_archived_benefit_is_taken_back_in_the_night(self):
        benefit = self._create_managing(self.ann)
        ada = self._create_member()
        self._move(ada, self.silver)
        benefit.action_archive()

        self.env["member.benefit"]._cron_assign_account_managers()
        self._follow()

        self.assertFalse(ada.user_id)

    def test_an_archived_manager_gets_no_more_members(self):
        self._create_managing(self.ann, self.ben)
        self.ann.action_archive()
        ada = self._create_member()

        self._move(ada, self.silver)

        self.assertEqual(ada.user_id, self.ben)

    def test_a_sales_team_looks_after_members(self):
        team = self.env["crm.team"].create(
            {"name": "Service", "member_ids": [Command.set(self.ben.ids)]}
        )
        self._create_managing(manager_team_id=team.id)
        ada = self._create_member()

        self._move(ada, self.silver)

        self.assertEqual(ada.user_id, self.ben)

    def test_nobody_who_cannot_look_after_members_is_chosen(self):
        portal = self._create_user("portal", "base.group_portal")
        elsewhere = self._create_user("elsewhere", SALESMAN)
        other = self._create_company()
        elsewhere.write({"company_ids": [Command.set(other.ids)], "company_id": other})
        self.cat.action_archive()
        for user in (self.cat, portal, elsewhere):
            with self.assertRaisesRegex(ValidationError, "active employees"):
                self._create_managing(user)
        with self.assertRaisesRegex(ValidationError, "Nobody would look after"):
            self._create_managing()

    def test_a_merge_takes_the_account_manager_along(self):
        self._create_managing(self.ann)
        ada = self._create_member(email="ada@example.com")
        bob = self._create_member("Bob", email="ada@example.com")
        self._move(bob, self.silver)
        merge = self.env["base.partner.merge.automatic.wizard"]

        merge._merge((ada | bob).ids, ada)
        self.env["member.benefit"]._cron_assign_account_managers()
        self._follow()

        self.assertEqual(ada.user_id, self.ann)
        self._move(ada, self.ordinary)
        self.assertFalse(ada.user_id)

    def test_a_thousand_members_take_few_questions_and_no_mail(self):
        self._create_managing(self.ann, self.ben, self.cat, tiers=self.ordinary)
        customers = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(1000)]
        )
        memberships = self.program._enroll_partners(customers, "hand")
        mails = self.env["mail.mail"].search_count([])
        messages = self.env["mail.message"].search_count([])
        self.env.flush_all()
        self.env.invalidate_all()

        with self.assertQueryCount(150):
            memberships._settle_account_managers()
            self.env.flush_all()

        self.assertEqual(len(customers.filtered(lambda one: one.user_id)), 1000)
        self.assertLessEqual(
            max(len(many) for many in customers.grouped("user_id").values()), 334
        )
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(self.env["mail.message"].search_count([]), messages)
