from odoo import Command
from odoo.tests import freeze_time, tagged

from .clean_common import CleanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestMemberMerge(CleanCommon):
    """Whatever the suite knows about merged members is right afterwards."""

    def _create_about(self, model, customer, **values):
        membership = self._get_membership(customer)
        return self.env[model].create(
            {
                "membership_id": membership.id,
                "company_id": membership.company_id.id,
                "partner_id": customer.id,
                **values,
            }
        )

    def test_scores_and_forecasts_of_both_do_not_stop_a_merge(self):
        self._enroll(self.ada, self.bea)
        for model in ("member.score", "member.forecast"):
            mine = self._create_about(model, self.ada)
            theirs = self._create_about(model, self.bea)
            with self.subTest(model=model):
                self.assertTrue(mine and theirs)

        self._merge(self.bea, into=self.ada)

        for model in ("member.score", "member.forecast"):
            left = self.env[model].search([("partner_id", "=", self.ada.id)])
            self.assertEqual(len(left), 1)
            self.assertEqual(left.membership_id, self._get_membership(self.ada))

    def test_a_score_of_a_membership_that_ends_is_gone(self):
        self._enroll(self.ada, self.bea)
        score = self._create_about("member.score", self.bea)

        self._merge(self.bea, into=self.ada)

        self.assertFalse(score.exists())

    def test_signals_go_on_with_the_membership_that_goes_on(self):
        self._enroll(self.ada, self.bea)
        signal = self._create_about(
            "member.signal",
            self.bea,
            program_id=self.program.id,
            kind="silent",
            cause="silent,1",
            found_on="2026-03-01",
        )

        self._merge(self.bea, into=self.ada)

        self.assertEqual(signal.partner_id, self.ada)
        self.assertEqual(signal.membership_id, self._get_membership(self.ada))

    def test_what_both_were_told_does_not_stop_a_merge(self):
        self._enroll(self.ada, self.bea)
        values = {
            "program_id": self.program.id,
            "company_id": self.program.company_id.id,
            "kind": "welcome",
            "key": "same",
            "title": "Welcome",
        }
        Notification = self.env["member.notification"]
        known = {
            name: value
            for name, value in values.items()
            if name in Notification._fields
        }
        told = Notification.create(
            [{**known, "partner_id": one.id} for one in (self.ada, self.bea)]
        )

        self._merge(self.bea, into=self.ada)

        self.assertEqual(told.exists().partner_id, self.ada)
        self.assertEqual(len(told.exists()), 1)

    def test_a_message_that_reached_both_does_not_stop_a_merge(self):
        self._enroll(self.ada, self.bea)
        message = self.ada.message_post(
            body="Hello", partner_ids=(self.ada | self.bea).ids
        )

        self._merge(self.bea, into=self.ada)

        self.assertEqual(message.notified_partner_ids, self.ada)

    def test_inquiries_and_messages_are_those_of_the_member(self):
        self._enroll(self.bea)
        lead = self.env["crm.lead"].create(
            {
                "name": "Lamps",
                "partner_id": self.bea.id,
                "member_inquiry_partner_id": self.bea.id,
            }
        )
        message = self.bea.message_post(body="Hello")

        self._merge(self.bea, into=self.ada)

        self.assertEqual(lead.member_inquiry_partner_id, self.ada)
        self.assertEqual(lead.partner_id, self.ada)
        self.assertEqual(message.res_id, self.ada.id)

    def test_tags_kept_by_rules_are_looked_at_at_once(self):
        tag = self.env["member.tag"].create(
            {
                "name": "Spends",
                "kept_by": "rules",
                "program_id": self.program.id,
                "rule_ids": [self._prepare_rule({"value": 1000})],
            }
        )
        self._confirm_order(self.ada, 600)
        self._confirm_order(self.bea, 600)
        self.assertNotIn(tag, self.ada.member_tag_ids)

        merge = self._merge(self.bea, into=self.ada)
        self.assertIn(tag, self.ada.member_tag_ids)
        bea = merge._undo()

        self.assertNotIn(tag, (self.ada | bea).member_tag_ids)

    def test_uses_of_benefits_count_for_the_member(self):
        self._enroll(self.ada, self.bea)
        benefit = self.env["member.benefit"].create(
            {
                "program_id": self.program.id,
                "name": "Talk",
                "kind": "promise",
                "quota": 5,
                "tier_ids": [Command.set(self.program.tier_ids.ids)],
            }
        )
        for customer in (self.ada, self.bea):
            benefit._use(self._get_membership(customer), quantity=2)

        self._merge(self.bea, into=self.ada)

        held = self._get_membership(self.ada)
        self.assertEqual(sum(held.benefit_usage_ids.mapped("quantity")), 4)

    def test_other_duplicates_become_those_of_the_member(self):
        cy, dan = (self._create_customer(name) for name in ("Cy", "Dan"))
        Duplicate = self.env["member.duplicate"]

        def pair(one, other, **values):
            return Duplicate.create(
                {"partner_id": one.id, "other_id": other.id, "score": 50, **values}
            )

        merged = pair(self.ada, self.bea)
        twice = pair(self.ada, cy) | pair(self.bea, cy, state="different")
        moved = pair(self.bea, dan)

        self._merge(self.bea, into=self.ada)

        self.assertRecordValues(
            merged, [{"state": "merged", "other_id": False, "partner_id": self.ada.id}]
        )
        self.assertEqual(twice.exists().state, "different")
        self.assertEqual((twice.exists() | moved).partner_id, self.ada)
        self.assertEqual(moved.other_id, dan)

    def test_a_merge_of_members_is_written_down_whoever_merges(self):
        self._confirm_order(self.bea, 100)
        user = self._create_user("any", "base.group_user", "base.group_partner_manager")
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user)

        wizard.create({})._merge((self.ada | self.bea).ids, self.ada.with_user(user))

        merge = self.env["member.merge"].search([], limit=1)
        self.assertRecordValues(
            merge,
            [
                {
                    "partner_id": self.ada.id,
                    "source_names": "Bea",
                    "merged_by_id": user.id,
                    "state": "done",
                }
            ],
        )

    def test_names_are_data(self):
        name = "<b>Bea</b> {{ 1 }} %(x)s"
        self.bea.name = name
        self._confirm_order(self.bea, 100)

        merge = self._merge(self.bea, into=self.ada)
        restored = merge._undo()

        self.assertEqual(restored.name, name)
        bodies = "".join(str(one.body) for one in restored.message_ids)
        self.assertNotIn("<b>Bea</b>", bodies)
        self.assertIn("&lt;b&gt;Bea", bodies)
