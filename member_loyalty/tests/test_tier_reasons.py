from datetime import date

from odoo.tests import tagged

from .common import TODAY
from .evaluation_common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestTierReasons(EvaluationCommon):
    """Why a member has a tier, in figures, in documents and in words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(email="ada@example.com", lang="en_US")
        cls.membership = cls._enroll(cls.customer)
        cls._book(cls.customer, 700, on=date(2025, 3, 16), source_ref="S1")
        cls._book(cls.customer, 500, source_ref="S2")
        cls._book(cls.customer, 900, on=date(2025, 3, 15), source_ref="TOO OLD")
        cls.program._evaluate(TODAY)
        cls.decision = cls.membership.decision_ids[0]

    def _explain(self, record=None):
        action = (record or self.decision).action_explain()
        return self.env["member.tier.explanation"].browse(action["res_id"])

    def test_a_decision_says_what_was_measured_against_what(self):
        line = self._explain().line_ids

        self.assertRecordValues(
            line,
            [
                {
                    "tier_id": self.silver.id,
                    "measured": 1200,
                    "threshold": 1000,
                    "date_from": date(2025, 3, 16),
                    "date_to": TODAY,
                    "holds": True,
                    "document_count": 2,
                }
            ],
        )

    def test_the_documents_are_those_that_were_counted(self):
        line = self._explain().line_ids
        self._book(self.customer, 50, source_ref="LATER", create_date="2026-03-16")
        self.env.cr.execute(
            "UPDATE member_activity SET create_date = '2026-03-17'"
            " WHERE source_ref = 'LATER'"
        )
        found = self.env["member.activity"].search(
            line.action_open_documents()["domain"]
        )

        self.assertEqual(sorted(found.mapped("source_ref")), ["S1", "S2"])

    def test_it_is_said_in_a_sentence_for_staff_and_for_the_member(self):
        for sentence in (self.decision.staff_sentence, self.decision.member_sentence):
            self.assertIn("1,200", sentence)
            self.assertIn("1,000", sentence)
            self.assertIn("Silver", sentence)

    def test_a_fall_says_what_was_missing(self):
        self.program._evaluate(date(2027, 4, 1), may_fall=True)
        fall = self.membership.decision_ids[0]

        self.assertEqual(fall.event, "down")
        self.assertIn("1,000", fall.member_sentence)
        self.assertIn("keep Silver", fall.member_sentence)
        self.assertFalse(self._explain(fall).line_ids.holds)

    def test_a_member_shows_the_tier_held_and_the_next_one(self):
        lines = self._explain(self.membership).line_ids

        self.assertEqual(lines.mapped("tier_id"), self.silver | self.gold)
        self.assertEqual(lines.mapped("holds"), [True, False])

    def test_the_same_figures_give_the_same_decision(self):
        self.assertEqual(self.decision._replay(), {})
        self._book(self.customer, -1200, count=0)
        self.env.cr.execute(
            "UPDATE member_activity SET create_date = '2026-03-17' WHERE amount < 0"
        )

        self.assertEqual(self.decision._replay(), {})

    def test_a_decision_that_does_not_follow_from_the_journal_is_found(self):
        self.env.cr.execute(
            "UPDATE member_activity SET amount = 1 WHERE source_ref = 'S1'"
        )
        self.env.invalidate_all()

        self.assertEqual(self.decision._replay(), {self.decision.id: self.ordinary.id})
        self.program.action_check_decisions()
        self.assertEqual(self.program.proof_differences, 1)

    def test_a_tier_without_a_decision_is_found(self):
        self.program.action_check_decisions()
        self.assertEqual(self.program.proof_differences, 0)
        self.assertGreaterEqual(self.program.proved_count, 2)

        self._put(self.membership, tier_id=self.gold.id)
        self.program.action_check_decisions()

        self.assertEqual(self.program.proof_differences, 1)

    def test_every_night_the_day_s_decisions_are_proved(self):
        self._run_cron("prove")

        self.assertEqual(self.program.proof_differences, 0)
        self.assertEqual(self.program.proved_count, 2)

    def test_a_decision_under_an_accelerator_comes_out_the_same(self):
        self.env["member.tier.accelerator"].create(
            {
                "name": "Rush",
                "program_id": self.program.id,
                "percent": 15,
                "tier_ids": self.gold.ids,
                "date_from": TODAY,
                "date_to": TODAY,
            }
        )
        self._book(self.customer, 400)
        self.program._evaluate(TODAY)
        rise = self.membership.decision_ids[0]

        self.assertEqual(rise.to_tier_id, self.gold)
        self.assertIn("1,500", rise.member_sentence)
        self._travel_to("2026-03-16 10:00:00")
        self.assertEqual(rise._replay(), {})

    def test_the_member_reads_nothing_of_what_only_staff_know(self):
        tag = self.env["member.tag"].create({"name": "Bad payer"})
        draft = self._draft_rules()
        self._get_rules(draft, self.gold).condition_ids.write(
            {"metric": "has_tag", "tag_ids": tag.ids, "value": 1}
        )
        draft._activate()
        _tier, _percent, ways = self.membership._get_progress_lines()
        self.assertEqual(ways, [["Please speak to us about this tier."]])

        self.customer.member_tag_ids = tag
        rise = self.membership.decision_ids[0]

        self.assertEqual(rise.to_tier_id, self.gold)
        self.assertIn("Bad payer", rise.staff_sentence)
        self.assertEqual(rise.member_sentence, "Silver to Gold.")

    def test_merged_contacts_are_judged_from_then_on(self):
        other = self._create_customer("Bea")
        self._enroll(other)
        self._book(other, 20000, on=date(2026, 3, 1))
        self.program._evaluate(TODAY)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | other).ids, self.customer)
        self.env.invalidate_all()

        self.program.action_check_decisions()

        self.assertEqual(self.program.proof_differences, 0)
