from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import freeze_time, tagged

from .call_common import CallCommon
from .segment_common import SegmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestHostileCalls(CallCommon):
    """Calls asked for by people whom they are no business of."""

    def _ask(self, user, model, method, *args, **kwargs):
        """Call a public method as a client of Odoo does, by remote procedure call."""
        return call_kw(self.env(user=user, su=False)[model], method, args, kwargs)

    def test_the_reason_of_a_hidden_call_is_not_read_by_its_form(self):
        call = self._call(self.ada)

        with self.assertRaises(AccessError):
            one = self._ask(
                self.pia,
                "member.call.outcome",
                "create",
                [{"call_id": call.id, "outcome": "talked"}],
            )
            self._ask(self.pia, "member.call.outcome", "read", one, ["reason"])

    def test_a_draft_of_the_form_does_not_tell_the_reason_either(self):
        call = self._call(self.ada)

        with self.assertRaises(AccessError):
            self._ask(
                self.pia,
                "member.call.outcome",
                "onchange",
                [],
                {"call_id": call.id},
                ["call_id"],
                {"call_id": {}, "reason": {}},
            )

    def test_what_was_lost_is_named_to_those_who_may_see_it(self):
        lead = self.env["crm.lead"].create(
            {"name": "Secret lamps", "partner_id": self.ada.id, "user_id": self.pia.id}
        )
        facts = {"last_on": "2026-03-01", "name": lead.name, "amount": 4321}
        signal = self._find_signal(
            self.ada,
            kind="lost_quotation",
            cause=f"lost_quotation:crm.lead,{lead.id}",
            facts=facts,
        )
        self._refresh()
        call = self._get_calls(self.ada)

        told = self._ask(self.sam, "member.signal", "read", signal.ids, ["reason"])
        self.assertEqual(call.user_id, self.sam)
        for text in (
            told[0]["reason"],
            call.with_user(self.sam).reason,
            call.activity_id.note,
        ):
            self.assertIn("a quotation was lost on", text)
            self.assertNotIn("Secret", text)
        self.assertIn("Secret lamps", signal.with_user(self.pia).reason)
        with self.assertRaises(AccessError):
            self._ask(self.sam, "member.signal", "read", signal.ids, ["facts"])

    def test_calls_of_others_are_not_handled(self):
        call = self._call(self.ada)
        portal = self._create_user("portal", "base.group_portal")
        for user in (self.pia, portal):
            for method in (
                *("action_record_outcome", "action_not_now", "action_postpone"),
                *("action_give_coupon", "action_make_quotation"),
                *("action_give_to_somebody", "read"),
            ):
                with (
                    self.subTest(method, user=user.login),
                    self.assertRaises(AccessError),
                ):
                    self._ask(user, "member.call", method, call.ids)
            for method in ("write", "unlink"):
                with self.subTest(method, user=user.login):
                    args = [{"state": "done"}] if method == "write" else []
                    with self.assertRaises(AccessError):
                        self._ask(user, "member.call", method, call.ids, *args)


@tagged("post_install", "-at_install")
class TestHostileSegments(SegmentCommon):
    """Segments in the hands of those who may make them, and no more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sam = cls._create_user("sam", "sales_team.group_sale_salesman")
        cls.kim = cls._create_user("kim", "sales_team.group_sale_salesman")

    def test_a_default_of_the_context_keeps_no_tag(self):
        tag = self.env["member.tag"].create({"name": "By hand"})
        segments = self.env["member.segment"].with_user(self.sam)

        with self.assertRaises(AccessError):
            segments.with_context(default_tag_id=tag.id).create(
                {"name": "Mine", "program_id": self.program.id}
            )

        self.assertEqual(tag.kept_by, "hand")

    def test_the_count_tells_nothing_of_documents_that_are_hidden(self):
        self.env["crm.lead"].create(
            {
                "name": "Secret",
                "partner_id": self.ada.id,
                "user_id": self.kim.id,
                "expected_revenue": 5000,
            }
        )
        asking = [("partner_id.opportunity_ids.expected_revenue", ">", 4000)]

        segment = self._create_segment(user=self.sam, extra_domain=repr(asking))

        self.assertEqual(segment.member_count, 0)
        self.assertEqual(segment.last_member_count, 0)
        segment.sudo().program_id._refresh_segments(segment._get_today())
        self.assertEqual(segment.last_member_count, 0)

    def test_segments_are_searched_by_their_names(self):
        segment = self._create_segment("Germans", country_ids=self.germany)

        found = self.env["member.membership"].search(
            [("member_segment_id.name", "=", "Germans")]
        )

        self.assertEqual(found.partner_id, self.ada)
        self.assertTrue(segment)
