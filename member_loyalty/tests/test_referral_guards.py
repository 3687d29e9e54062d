from odoo.exceptions import UserError
from odoo.tests import tagged

from .referral_common import ReferralCommon


@tagged("post_install", "-at_install")
class TestReferralGuards(ReferralCommon):
    """What speaks against a referral, at registration and once more at the end."""

    def _assert_refused(self, referral, *reasons):
        self.assertEqual(
            (referral.state, referral._get_reason_codes()), ("refused", list(reasons))
        )

    def _register(self, name="Eve", **values):
        return self._create_customer(name, **values)

    def test_a_stranger_is_accepted(self):
        self.assertEqual(
            self._refer(self._register(email="e@elm.example")).state, "bound"
        )

    def test_a_colleague_is_refused(self):
        mate = self._register(parent_id=self.lumen.id)

        self.assertIn("entity", self._refer(mate)._get_reason_codes())

    def test_each_thing_that_both_sides_share_is_a_reason(self):
        germany = self.env.ref("base.de")
        place = {"street": "Hauptstraße 5", "zip": "80331", "country_id": germany.id}
        self.lumen.write({"vat": "DE129273398", "phone": "+49 89 1234567", **place})
        self.env["res.partner.bank"].create(
            {"partner_id": self.lumen.id, "acc_number": "DE89370400440532013000"}
        )
        shared = {
            "vat": {"vat": "de 129273398"},
            "mail": {"email": "ANN+x@lumen.example"},
            "phone": {"phone": "0049 89 1234567"},
            "domain": {"email": "eve@lumen.example"},
            "address": {
                "child_ids": [
                    (0, 0, {"type": "delivery", **place, "street": "HAUPTSTR. 5"})
                ]
            },
        }
        for reason, values in shared.items():
            with self.subTest(reason):
                self.assertIn(
                    reason, self._refer(self._register(**values))._get_reason_codes()
                )

    def test_the_same_bank_account_is_a_reason(self):
        banks = self.env["res.partner.bank"]
        eve = self._register()
        for partner in (self.lumen, eve):
            banks.create({"partner_id": partner.id, "acc_number": "DE89 3704 0044"})

        self._assert_refused(self._refer(eve), "account")

    def test_free_mail_is_no_company(self):
        self.ann.email = "ann@gmail.com"

        self.assertEqual(
            self._refer(self._register(email="eve@gmail.com")).state, "bound"
        )

    def test_who_ordered_before_is_refused(self):
        self._confirm_order(self.bob)
        self._travel_to("2026-03-16 08:00:00")

        self._assert_refused(self._refer(), "existing")

    def test_who_bought_according_to_an_import_is_refused(self):
        self._book(self.bolt, 100, on="2025-01-01")

        self._assert_refused(self._refer(), "existing")

    def test_who_was_a_member_before_is_refused(self):
        self._enroll(self.bolt)
        self._travel_to("2026-03-16 08:00:00")

        self._assert_refused(self._refer(), "existing")

    def test_who_became_a_member_by_registering_is_accepted(self):
        self._enroll(self.bolt)

        self.assertEqual(self._refer().state, "bound")

    def test_only_so_many_referrals_count_in_a_period(self):
        self.program.write({"referral_limit": 1, "referral_limit_period": "month"})
        self._refer()
        _firm, eve = self._create_firm("Elm", "Eve")
        self._assert_refused(self._refer(eve), "too_many")

        self._travel_to("2026-04-01 08:00:00")
        _firm, moe = self._create_firm("Moss", "Moe")
        self.assertEqual(self._refer(moe).state, "bound")

    def test_a_company_is_referred_once(self):
        first = self._refer()
        mate = self._create_contact(self.bolt)

        self.assertFalse(self._refer(mate))
        self.assertEqual(self.env["member.referral"].search([]), first)

    def test_a_firm_that_turns_out_to_be_the_same_is_refused_at_the_end(self):
        referral, _invoice = self._refer_and_buy()
        self.bolt.vat = self.lumen.vat = "DE129273398"
        self._follow("2026-03-29")

        self._assert_refused(referral, "vat")
        self.assertEqual(self._get_rewards(), [])
        self.assertEqual(self._get_told(self.ann), ["referral_refused"])

    def test_two_contacts_that_turn_out_to_be_one_firm_are_rewarded_once(self):
        eve = self._register(email="eve@elm.example")
        moe = self._register(name="Moe", email="moe@moss.example")
        first, second = self._refer(eve), self._refer(moe)
        (eve | moe).parent_id = self.bolt
        self._pay(self._confirm_order(eve))
        self._follow()
        self._follow("2026-03-29")

        self.assertEqual(first.state, "rewarded")
        self._assert_refused(second, "referred_before")

    def test_a_customer_under_another_name_is_found_at_the_end_only(self):
        known = self._create_customer("Elm", email="info@elm.example")
        self._confirm_order(known)
        self._travel_to("2026-03-16 08:00:00")
        eve = self._register(email="eve@elm.example")
        referral, _invoice = self._refer_and_buy(eve)
        self.assertEqual(referral.state, "waiting")

        self._follow("2026-04-01")

        self._assert_refused(referral, "known")
        self.assertEqual(
            referral._say_to_referrer(),
            ["The company that registered was not new to us."],
        )

    def test_customers_at_free_mail_are_not_taken_for_one(self):
        known = self._create_customer("Elm", email="info@gmail.com")
        self._confirm_order(known)
        self._travel_to("2026-03-16 08:00:00")
        referral, _invoice = self._refer_and_buy(self._register(email="eve@gmail.com"))
        self._follow("2026-04-01")

        self.assertEqual(referral.state, "rewarded")

    def test_a_referrer_who_left_is_refused(self):
        referral, _invoice = self._refer_and_buy()
        self.membership.active = False
        self._follow("2026-03-29")

        self._assert_refused(referral, "not_member")

    def test_a_customer_of_another_company_is_new_here(self):
        other = self._create_company()
        self._create_order(self.bob, 100, company_id=other.id).action_confirm()
        self._travel_to("2026-03-16 08:00:00")

        self.assertEqual(self._refer().state, "bound")


@tagged("post_install", "-at_install")
class TestReferralCode(ReferralCommon):
    """Which codes can be used, and by whom."""

    def _find(self, typed, company=None):
        codes = self.env["member.referral.code"]
        return codes._find(typed, company or self.env.company)

    def test_a_code_is_found_however_it_is_typed(self):
        self.assertEqual(self._find(self.code.shown_code.lower()), self.code)

    def test_codes_that_cannot_be_used_are_answered_alike(self):
        code, other = self.code.code, self._create_company()
        self.assertFalse(self._find(code, other))
        for nothing in (None, "", "x", "0" * 16, "0" * 5000, ["a"], {"a": 1}, 7):
            self.assertFalse(self._find(nothing))

        renewed = self.env["member.referral.code"]._make(self.ann, self.program, True)
        self.assertFalse(self._find(code))
        self.assertEqual(self._find(renewed.code), renewed)
        self.membership.active = False
        self.assertFalse(self._find(renewed.code))
        self.membership.active = True
        self.program.referral_active = False
        self.assertFalse(self._find(renewed.code))

    def test_a_renewed_code_keeps_its_referrals(self):
        referral = self._refer()
        self.env["member.referral.code"]._make(self.ann, self.program, True)

        self.assertEqual(referral.code_id, self.code)
        with self.assertRaises(UserError):
            referral.unlink()
