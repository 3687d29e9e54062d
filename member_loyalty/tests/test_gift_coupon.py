from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .gift_common import GiftsCommon


@tagged("post_install", "-at_install")
class TestGiftCoupon(GiftsCommon):
    def _give_coupon(self, *customers, **values):
        """Give customers a coupon of 10% for a brand day; return what was given."""
        gift = self._create_coupon_gift("brand_day", gift_day="2026-03-15", **values)
        self._give()
        return self._get_gifts(*customers, benefit_id=gift.id)

    def _apply(self, order, code):
        """Enter a code, as the Coupon Code button does; return what comes of it."""
        result = order._try_apply_code(code)
        if "error" not in result:
            [(coupon, rewards)] = result.items()
            order._apply_program_reward(rewards[:1], coupon)
        return result

    def test_each_member_has_a_code_of_their_own_until_a_day(self):
        ada, bob = self._create_member(), self._create_member("Bob")

        issues = self._give_coupon(ada, bob, gift_coupon_days=30)

        self.assertEqual(len(set(issues.mapped("code"))), 2)
        self.assertTrue(all(len(code) > 20 for code in issues.mapped("code")))
        self.assertEqual(issues.card_id.partner_id, ada | bob)
        self.assertEqual(
            {str(card.expiration_date) for card in issues.card_id}, {"2026-04-14"}
        )
        self.assertEqual(self._get_told(ada), ["benefit_granted"])

    def test_a_coupon_given_early_is_good_as_long_as_one_given_on_the_day(self):
        self._create_coupon_gift(gift_days_before=7, gift_coupon_days=10)
        ada = self._create_born("1980-03-20")

        self._give()

        self.assertEqual(str(self._get_gifts(ada).expires_on), "2026-03-30")

    def test_the_use_of_a_coupon_is_recorded_with_its_cost(self):
        ada = self._create_member()
        issue = self._give_coupon(ada)
        order = self._create_order(ada, 200)

        self._apply(order, issue.code)
        self.assertEqual(self._get_uses(issue.benefit_id), [])
        order.action_confirm()

        self.assertEqual(self._get_uses(issue.benefit_id), [(1, 20)])
        self.assertEqual(issue.state, "used")

    def test_a_cancelled_order_gives_the_coupon_back(self):
        ada = self._create_member()
        issue = self._give_coupon(ada)
        order = self._create_order(ada, 200)
        self._apply(order, issue.code)
        order.action_confirm()

        order.action_cancel()

        self.assertEqual(self._get_uses(issue.benefit_id), [(1, 20), (-1, -20)])
        self.assertEqual(issue.state, "unused")

    def test_nobody_else_can_use_the_coupon(self):
        ada, bob = self._create_member(), self._create_member("Bob")
        issue = self._give_coupon(ada)
        order = self._create_order(bob, 200)

        result = order._try_apply_code(issue.code)

        self.assertIn("another member", result["error"])
        self.assertNotIn("Ada", result["error"])
        with self.assertRaisesRegex(ValidationError, "another member"):
            order._apply_program_reward(
                issue.card_id.program_id.reward_ids, issue.card_id
            )

    def test_contacts_use_the_coupon_of_their_company(self):
        acme = self._create_member("Acme", is_company=True)
        ann = self._create_customer("Ann", parent_id=acme.id)
        issue = self._give_coupon(acme)
        order = self._create_order(ann, 200)

        self._apply(order, issue.code)

        self.assertEqual(order.amount_untaxed, 180)

    def test_a_manager_takes_an_unused_coupon_back(self):
        ada = self._create_member()
        issue = self._give_coupon(ada)
        order = self._create_order(ada, 200)

        issue.with_user(self._create_user("boss", "manager"))._withdraw("By mistake")

        self.assertEqual(issue.state, "withdrawn")
        self.assertEqual(issue.withdrawn_by_id.login, "boss")
        self.assertIn("error", order._try_apply_code(issue.code))

    def test_what_was_used_cannot_be_taken_back(self):
        ada = self._create_member()
        issue = self._give_coupon(ada)
        order = self._create_order(ada, 200)
        self._apply(order, issue.code)
        order.action_confirm()

        with self.assertRaisesRegex(UserError, "has used"):
            issue.with_user(self._create_user("boss", "manager"))._withdraw("Why not")

    def test_nobody_but_managers_takes_gifts_back(self):
        issue = self._give_coupon(self._create_member())
        officer = self._create_user("officer", "officer")

        with self.assertRaises(AccessError):
            issue.with_user(officer)._withdraw("Mine now")
        with self.assertRaises(AccessError):
            self.env["member.benefit.gift.withdrawal"].with_user(officer).create(
                {"issue_ids": issue.ids, "reason": "Mine now"}
            )
        with self.assertRaises(AccessError):
            issue.with_user(officer).write({"is_withdrawn": True})

    def test_what_was_given_cannot_be_deleted(self):
        issue = self._give_coupon(self._create_member())

        with self.assertRaisesRegex(UserError, "history"):
            issue.unlink()
        with self.assertRaisesRegex(UserError, "history"):
            issue.benefit_id.unlink()

    def test_taking_one_back_makes_room_for_another(self):
        ada, bob = self._create_member(), self._create_member("Bob")
        issues = self._give_coupon(gift_limit=1)
        self.assertEqual(issues.partner_id, ada)

        issues.with_user(self._create_user("boss", "manager"))._withdraw("By mistake")
        issues.benefit_id.gift_done_until = "2026-03-14"
        self._give()

        self.assertTrue(self._get_gifts(bob))

    def test_the_words_are_those_of_the_reader_with_the_code(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        ada = self._create_member()
        issue = self._give_coupon(ada, gift_title="Hello", gift_text="Enjoy")
        issue.benefit_id.with_context(lang="fr_FR").gift_title = "Bonjour"

        notice = issue._get_notice()

        french = self.env["res.users"].with_context(lang="fr_FR").env
        self.assertEqual(notice.title(french), "Bonjour")
        self.assertIn(issue.code, notice.body(self.env))
