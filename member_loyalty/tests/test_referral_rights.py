from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .referral_common import ReferralCommon


@tagged("post_install", "-at_install")
class TestReferralDecisions(ReferralCommon):
    """Officers accept, refuse and take back, with a reason; nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls._create_user("olga", "officer")
        cls.clerk = cls._create_user("carl", "user")

    def _decide(self, referral, decision, user=None, reason="I know both"):
        mine = referral.with_user(user or self.officer)
        action = getattr(mine, f"action_{decision}")()
        wizard = (
            self.env["member.referral.decision"]
            .with_user(user or self.officer)
            .with_context(**action["context"])
            .create({"reason": reason})
        )
        wizard.action_decide()
        self.env.invalidate_all()

    def _refuse_by_rule(self):
        self.bolt.vat = self.lumen.vat = "DE129273398"
        return self._refer()

    def test_an_officer_overrules_and_both_sides_are_rewarded(self):
        referral = self._refuse_by_rule()
        self.assertEqual(referral.state, "refused")

        self._decide(referral, "accept")
        self.assertRecordValues(
            referral, [{"state": "bound", "is_overruled": True, "reasons": "vat"}]
        )
        self.assertIn("I know both", referral.message_ids[0].body)

        self._pay(self._confirm_order(self.bob))
        self._follow()
        self._follow("2026-03-29")
        self.assertEqual(referral.state, "rewarded")
        self.assertEqual(len(self._get_rewards()), 2)

    def test_an_overruled_referral_that_lapsed_does_not_lapse_again(self):
        referral = self._refer()
        self._follow("2027-01-01")
        self.assertEqual(referral.state, "lapsed")

        self._decide(referral, "accept")
        self._follow()

        self.assertEqual(referral.state, "bound")

    def test_an_officer_refuses_and_the_referrer_reads_why(self):
        referral, _invoice = self._refer_and_buy()
        self._decide(referral, "refuse", reason="Two shops of one owner")
        self._follow("2026-03-29")

        self.assertEqual(referral.state, "refused")
        self.assertEqual(referral._say_to_referrer(), ["Two shops of one owner"])
        self.assertEqual(self._get_rewards(), [])

    def test_an_order_taken_back_after_the_reward_is_seen_and_taken_back_once(self):
        referral, invoice = self._refer_and_buy()
        self._follow("2026-03-29")
        self._credit(invoice)
        self._follow("2026-04-02")
        self.assertEqual(str(referral.undone_on), "2026-04-02")
        self.assertEqual(referral.state, "rewarded")

        self._decide(referral, "take_back", reason="The order was returned")

        self.assertEqual(referral.state, "taken_back")
        self.assertEqual(
            sum(points for _owner, _kind, points in self._get_rewards()), 0
        )
        self.assertEqual(self._get_counted(), 0)
        with self.assertRaises(UserError):
            self._decide(referral, "take_back")

    def test_points_that_were_spent_are_owed(self):
        referral, _invoice = self._refer_and_buy()
        self._follow("2026-03-29")
        card = self._get_card(self.lumen)
        self.env["loyalty.card"].browse(card.id).points = 10
        self._decide(referral, "take_back")

        self.assertEqual((card.points, card.member_debt), (0, 40))

    def test_a_decision_that_does_not_fit_the_state_is_refused(self):
        referral = self._refer()
        for decision in ("accept", "take_back"):
            with self.subTest(decision), self.assertRaises(UserError):
                self._decide(referral, decision)

    def test_others_decide_nothing(self):
        referral = self._refer()
        for decision in ("accept", "refuse", "take_back"):
            with self.subTest(decision), self.assertRaises(AccessError):
                getattr(referral.with_user(self.clerk), f"action_{decision}")()
            with self.subTest(decision), self.assertRaises(AccessError):
                referral.with_user(self.clerk)._decide_by_hand(decision, "x")
        with self.assertRaises(AccessError):
            self.env["member.referral.decision"].with_user(self.clerk).create(
                {"referral_id": referral.id, "decision": "refuse", "reason": "x"}
            )

    def test_nobody_writes_referrals_by_hand(self):
        referral, manager = self._refer(), self._create_user("max", "manager")
        for user in (self.clerk, self.officer, manager):
            mine = referral.with_user(user)
            self.assertEqual(mine.state, "bound")
            with self.subTest(user.login), self.assertRaises(AccessError):
                mine.write({"state": "rewarded"})
            with self.subTest(user.login), self.assertRaises(AccessError):
                mine.copy()

    def test_buyers_and_employees_without_the_right_see_nothing(self):
        referral = self._refer()
        for groups in ("base.group_portal", "base.group_user", "base.group_public"):
            user = self._create_user(f"x{groups[-4:]}", groups)
            for record in (referral, self.code):
                with self.subTest(groups), self.assertRaises(AccessError):
                    record.with_user(user).read(["display_name"])

    def test_another_companys_referrals_are_out_of_sight(self):
        other = self._create_company()
        stranger = self._create_user(
            "stan", "officer", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        referral = self._refer()

        mine = self.env["member.referral"].with_user(stranger)
        self.assertFalse(mine.search([]))
        with self.assertRaises(AccessError):
            referral.with_user(stranger).action_refuse()

    def test_an_officer_may_write_a_note(self):
        referral = self._refer()

        referral.with_user(self.clerk).message_post(body="I know them")

        self.assertIn("I know them", referral.message_ids[0].body)

    def test_the_buttons_open_the_referrals_of_a_member(self):
        referral = self._refer()
        self.assertEqual(self.membership.referral_count, 1)
        action = self.membership.action_open_referrals()

        found = self.env["member.referral"].search(action["domain"])

        self.assertEqual(found, referral)
        self.assertEqual(self.program.referral_count, 1)
