from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TODAY
from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestGrantAndReplay(EvaluationCommon):
    """What is given by hand ends on its day, and proofs know what came later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer()
        cls.membership = cls._enroll(cls.customer)

    def _find_decision(self, event):
        self.membership.invalidate_recordset()
        return self.membership.decision_ids.filtered(lambda one: one.event == event)

    def test_an_order_does_not_prolong_what_was_given_by_hand(self):
        self.program.write({"term_type": "rolling", "term_months": 12})
        self.membership._assign_tier(self.gold, "Fair", until=date(2026, 4, 30))
        self._confirm_order(self.customer, 1)

        self.membership.invalidate_recordset()
        self.assertEqual(self.membership.valid_until, date(2026, 4, 30))

    def test_a_rolling_promise_is_renewed_by_figures_beside_a_grant(self):
        self.program.write({"term_type": "rolling", "term_months": 12})
        self.membership._assign_tier(self.silver, "Fair", until=date(2026, 4, 30))
        self._confirm_order(self.customer, 1000)

        self.membership.invalidate_recordset()
        self.assertEqual(self.membership.valid_until, date(2027, 3, 14))

    def test_who_falls_to_a_grant_has_it_as_long_as_it_was_given(self):
        self.program.term_months = 12
        self.membership._assign_tier(self.silver, "Fair", until=date(2026, 6, 30))
        self._put(self.membership, tier_id=self.gold.id, valid_until=date(2026, 3, 1))
        self._apply(self.program, may_fall=True)

        self.membership.invalidate_recordset()
        self.assertEqual(
            (self.membership.tier_id, self.membership.valid_until),
            (self.silver, date(2026, 6, 30)),
        )
        self.assertFalse(self._find_decision("down")._replay())

    def test_a_later_grant_does_not_make_an_earlier_fall_wrong(self):
        self._put(self.membership, tier_id=self.silver.id, valid_until=None)
        self._apply(self.program, may_fall=True)
        fall = self._find_decision("down")
        self.membership._assign_tier(self.gold, "Fair", until=date(2026, 12, 31))

        self.assertFalse(fall._replay())

    def test_the_end_of_a_grant_does_not_make_a_fall_to_it_wrong(self):
        self.membership._assign_tier(self.silver, "Fair", until=date(2026, 6, 30))
        self._put(self.membership, tier_id=self.gold.id, valid_until=None)
        self._apply(self.program, may_fall=True)
        fall = self._find_decision("down")
        self.membership._assign_tier(self.ordinary, "A mistake")

        self.assertEqual(fall.to_tier_id, self.silver)
        self.assertFalse(fall._replay())

    def test_a_fall_below_a_grant_comes_out_differently(self):
        self.membership._assign_tier(self.silver, "Fair", until=date(2026, 6, 30))
        fall = (
            self.env["member.tier.decision"]
            .sudo()
            .create(
                {
                    "membership_id": self.membership.id,
                    "date": TODAY,
                    "event": "down",
                    "from_tier_id": self.silver.id,
                    "to_tier_id": self.ordinary.id,
                    "event_version_id": self.program.version_id.id,
                }
            )
        )

        self.assertEqual(fall._replay(), {fall.id: self.silver.id})

    def test_an_accelerator_of_today_does_not_touch_what_was_decided_before(self):
        self._travel_to("2026-03-15 10:00:00")
        self._book(self.customer, 6000)
        self._apply(self.program)
        rise = self._find_decision("up")
        self._travel_to("2026-03-15 12:00:00")
        self.env["member.tier.accelerator"].create(
            {
                "name": "Spring",
                "program_id": self.program.id,
                "date_from": TODAY,
                "date_to": TODAY,
            }
        )

        self.assertEqual(rise.to_tier_id, self.silver)
        self.assertFalse(rise._replay())
        self.assertIn("1,000", rise.staff_sentence)

    def test_a_member_who_comes_back_from_the_archive_has_the_rules_of_before(self):
        self.program.term_months = 12
        self._book(self.customer, 1000)
        self.program._evaluate(TODAY)
        self.membership.active = False
        self._travel_to("2026-03-20 10:00:00")
        self._change_rules(self.gold, value=50000)
        self.program._get_former_rules()
        self.membership.active = True
        self._book(self.customer, 9000)
        self.program._let_members_rise(self.customer.ids)

        self.membership.invalidate_recordset()
        self.assertEqual(self.membership.tier_id, self.gold)

    def test_a_second_review_waits_for_the_answer_to_the_first(self):
        self.program.write({"fall_limit_percent": 1, "fall_limit_count": 0})
        self._put(self.membership, tier_id=self.silver.id, valid_until=None)
        self.program.action_review()

        with self.assertRaisesRegex(UserError, "Approve or refuse"):
            self.program.action_review()
