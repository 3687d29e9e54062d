from odoo import Command
from odoo.tests import freeze_time, tagged

from .tag_common import TagCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestTagHand(TagCommon):
    """Tags given by hand: logged, effective at once, and gone when unused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer()
        cls.membership = cls._enroll(cls.customer)
        cls.tag = cls._create_tag()

    def test_giving_and_taking_is_logged_wherever_it_is_done(self):
        officer = self._create_user("officer", "officer", "base.group_partner_manager")
        self.membership.with_user(officer).tag_ids = self.tag
        self.customer.member_tag_ids = False
        self.tag.partner_ids = self.customer
        self.tag.write({"partner_ids": [Command.clear()]})

        self.assertEqual(
            self._get_changes(self.tag),
            [("Ada", "added", "hand"), ("Ada", "removed", "hand")] * 2,
        )
        first = self.customer.member_tag_change_ids[-1]
        self.assertEqual(first.user_id, officer)
        self.assertEqual(first.membership_id, self.membership)
        self.assertEqual(first.reason, "By hand")

    def test_new_contacts_and_new_tags_are_logged(self):
        self._create_customer("Bea", member_tag_ids=self.tag.ids)
        new = self._create_tag("New", partner_ids=self.customer.ids)

        self.assertEqual(self._get_changes(self.tag), [("Bea", "added", "hand")])
        self.assertEqual(self._get_changes(new), [("Ada", "added", "hand")])

    def test_writing_the_same_tags_logs_nothing(self):
        self.customer.member_tag_ids = self.tag
        self.customer.write({"member_tag_ids": [Command.set(self.tag.ids)]})

        self.assertEqual(len(self._get_changes(self.tag)), 1)

    def test_a_tag_given_by_hand_lifts_at_once(self):
        self._change_rules(
            self.gold,
            metric="has_tag",
            value=1,
            tag_ids=[Command.set(self.tag.ids)],
        )
        self.assertEqual(self.membership.tier_id, self.ordinary)

        self.customer.member_tag_ids = self.tag

        self.assertEqual(self.membership.tier_id, self.gold)

    def test_an_unused_tag_is_archived_after_ninety_days_and_can_come_back(self):
        self.env.flush_all()
        self._travel_to("2026-06-13 09:00:00")
        self.env["member.tag"]._gc_unused_tags()
        self.assertTrue(self.tag.active)

        self._travel_to("2026-06-13 10:00:01")
        self.env["member.tag"]._gc_unused_tags()
        self.assertFalse(self.tag.active)

        self.tag.action_unarchive()
        self.env.flush_all()
        self.env["member.tag"]._gc_unused_tags()
        self.assertTrue(self.tag.active)

    def test_the_daily_cleaning_passes_by_once_and_without_an_error(self):
        cleaned = [
            model
            for model in self.env.registry
            if hasattr(self.env[model], "_gc_unused_tags")
        ]

        self.assertEqual(cleaned, ["member.tag"])

    def test_a_tag_that_is_carried_or_named_stays(self):
        carried, asked_for, filtered, lately, by_rules = (
            self._create_tag(name)
            for name in ("Carried", "Asked for", "Filtered", "Lately", "By rules")
        )
        self.customer.member_tag_ids = carried
        self._create_rule_tag([self._asks_for_tag(asked_for)], name="Asking")
        self.env["ir.filters"].create(
            {
                "name": "Mine",
                "model_id": "res.partner",
                "domain": f"[('member_tag_ids', 'in', [{filtered.id}])]",
            }
        )
        by_rules.write(
            {
                "kept_by": "rules",
                "program_id": self.program.id,
                "rule_ids": [self._prepare_rule({"value": 10**6})],
            }
        )
        self.env.flush_all()
        self._travel_to("2026-06-10 10:00:00")
        self.customer.member_tag_ids += lately
        self.customer.member_tag_ids -= lately
        self.env.flush_all()
        self._travel_to("2026-07-01 10:00:00")

        self.env["member.tag"]._gc_unused_tags()

        kept = carried | asked_for | filtered | lately | by_rules
        self.assertTrue(all(kept.mapped("active")))
        self.assertFalse(self.tag.active)
