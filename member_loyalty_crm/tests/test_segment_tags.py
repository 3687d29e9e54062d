from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .segment_common import SegmentCommon

TODAY = "2026-03-15"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestSegmentTags(SegmentCommon):
    """A segment keeps a tag: its members carry it, nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls._create_tag("German")
        cls.segment = cls._create_segment(country_ids=cls.germany)

    def _refresh(self):
        self.program.sudo()._refresh_segments(self.env.company._member_today())

    def _keep(self, segment=None, tag=None):
        segment = segment or self.segment
        segment.tag_id = tag or self.tag
        self._refresh()

    def test_members_get_the_tag_and_others_lose_it(self):
        self.bob.member_tag_ids += self.tag

        self._keep()

        self.assertEqual(self._get_carriers(self.tag), ["Ada"])
        self.assertEqual(
            sorted(self._get_changes(self.tag)[1:]),
            [("Ada", "added", "segment"), ("Bob", "removed", "segment")],
        )

    def test_doing_it_again_writes_nothing(self):
        self._keep()
        count = self.env["member.tag.change"].search_count([])

        self._refresh()

        self.assertEqual(self.env["member.tag.change"].search_count([]), count)

    def test_it_follows_who_comes_and_goes(self):
        self._keep()

        self.ada.country_id, self.bob.country_id = self.france, self.germany
        self._refresh()

        self.assertEqual(self._get_carriers(self.tag), ["Bob"])

    def test_who_left_the_program_loses_the_tag(self):
        self._keep()

        self._get_membership(self.ada).active = False
        self._refresh()

        self.assertEqual(self._get_carriers(self.tag), [])

    def test_the_log_says_why(self):
        self._keep()
        self.ada.country_id = self.france
        self._refresh()

        changes = self.env["member.tag.change"].search([("tag_id", "=", self.tag.id)])
        self.assertEqual(
            changes.sorted("id").mapped("reason"),
            ["In the segment Chosen", "No longer in the segment Chosen"],
        )

    def test_nobody_gives_or_takes_it_by_hand(self):
        self._keep()

        with self.assertRaises(UserError) as told:
            self.bob.member_tag_ids += self.tag
        self.assertIn("members of the segment Chosen", str(told.exception))
        with self.assertRaises(UserError):
            self.tag.partner_ids -= self.ada
        self.ada.member_tag_ids = [Command.clear()]
        self.assertEqual(self._get_carriers(self.tag), ["Ada"])

    def test_a_tag_is_kept_by_one_segment(self):
        self._keep()
        other = self._create_segment("Other")

        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            other.tag_id = self.tag
            self.env.flush_all()

    def test_a_tag_kept_by_rules_is_refused(self):
        tag = self._create_rule_tag()

        with self.assertRaisesRegex(ValidationError, "kept by rules already"):
            self.segment.tag_id = tag

    def test_a_tag_of_another_company_is_refused(self):
        tag = self._create_tag("Abroad", company_id=self._create_company().id)

        with self.assertRaisesRegex(ValidationError, "belongs to Northwind"):
            self.segment.tag_id = tag

    def test_a_segment_that_asks_for_its_own_tag_is_refused(self):
        for name in ("tag_any_ids", "tag_all_ids", "tag_none_ids"):
            with self.subTest(name=name), self.assertRaises(ValidationError) as told:
                self._create_segment(tag_id=self.tag.id, **{name: self.tag})
            self.assertIn("circle", str(told.exception))

    def test_a_circle_of_two_segments_is_refused(self):
        second = self._create_tag("Second")
        self._create_segment("First", tag_id=self.tag.id, tag_any_ids=second)

        with self.assertRaisesRegex(ValidationError, "circle"):
            self._create_segment("Next", tag_id=second.id, tag_none_ids=self.tag)

    def test_a_circle_through_a_tag_kept_by_rules_is_refused(self):
        ruled = self._create_rule_tag([self._asks_for_tag(self.tag)])

        with self.assertRaisesRegex(ValidationError, "circle"):
            self._create_segment(tag_id=self.tag.id, tag_any_ids=ruled)

    def test_a_circle_hidden_in_anything_else_is_refused(self):
        domain = f"[('partner_id.member_tag_ids', 'in', [{self.tag.id}])]"

        with self.assertRaisesRegex(ValidationError, "keeps a tag and asks for tags"):
            self._create_segment(tag_id=self.tag.id, extra_domain=domain)

    def test_a_segment_comes_after_those_whose_tags_it_asks_for(self):
        second = self._create_tag("Second")
        late = self._create_segment("Late", tag_any_ids=self.tag, sequence=1)
        late.tag_id = second
        self.segment.sequence = 9

        self._keep()

        self.assertEqual(self._get_carriers(second), ["Ada"])

    def test_an_archived_segment_lets_go_of_its_tag(self):
        self._keep()

        self.segment.active = False
        self._refresh()

        self.assertFalse(self.segment.tag_id)
        self.assertEqual(self.tag.kept_by, "hand")
        self.assertEqual(self._get_carriers(self.tag), ["Ada"])
        self.bob.member_tag_ids += self.tag

    def test_a_deleted_segment_lets_go_of_its_tag(self):
        self._keep()

        self.segment.unlink()

        self.assertEqual(self.tag.kept_by, "hand")
        reasons = self.env["member.tag.change"].search([("tag_id", "=", self.tag.id)])
        self.assertEqual(
            reasons.mapped("reason"), ["By a segment that no longer exists"]
        )

    def test_choosing_another_tag_lets_go_of_the_first(self):
        self._keep()

        self._keep(tag=self._create_tag("Other"))

        self.assertEqual(self.tag.kept_by, "hand")

    def test_how_a_kept_tag_is_kept_is_not_changed_from_the_tag(self):
        self._keep()

        with self.assertRaisesRegex(ValidationError, "Take the tag out of the segment"):
            self.tag.kept_by = "hand"
        with self.assertRaisesRegex(ValidationError, "No segment keeps the tag"):
            self._create_tag("Loose", kept_by="segment")

    def test_a_tag_that_a_segment_names_is_not_cleaned(self):
        asked, unused = self._create_tag("Asked"), self._create_tag("Unused")
        self._create_segment(tag_none_ids=asked)
        self._travel_to("2026-12-15 10:00:00")

        self.env["member.tag"]._archive_unused()

        self.assertTrue(asked.active)
        self.assertFalse(unused.active)

    def test_one_bad_segment_does_not_stop_the_others(self):
        bad = self._create_segment("Bad", tag_id=self._create_tag("Bad").id)
        self.env.cr.execute(
            "UPDATE member_segment SET extra_domain = %s WHERE id = %s",
            ["[('gone', '=', 1)]", bad.id],
        )
        bad.invalidate_recordset()

        with self.assertLogs("odoo.addons.member_loyalty_crm", "ERROR"):
            self._keep()

        self.assertEqual(self._get_carriers(self.tag), ["Ada"])

    def test_only_managers_have_tags_kept(self):
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        officer = self._create_user("officer", "officer")
        mine = self._create_segment(user=seller)

        for user in (seller, officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                mine.with_user(user).tag_id = self.tag
        self._keep(mine.sudo(), self.tag)
        for values in ({"value_score_min": 5}, {"active": False}, {"tag_id": False}):
            with self.subTest(values=str(values)), self.assertRaises(AccessError):
                mine.with_user(seller).write(values)
        with self.assertRaises(AccessError):
            mine.with_user(seller).unlink()
        with self.assertRaises(AccessError):
            mine.with_user(officer).action_keep_tag()
        self._create_user("boss", "manager")
        mine.with_user(self.env.ref("base.user_admin")).action_keep_tag()

    def test_the_button_says_what_it_did(self):
        self.segment.tag_id = self.tag

        action = self.segment.action_keep_tag()

        self.assertIn("1 members got the tag, 0 lost", action["params"]["message"])
