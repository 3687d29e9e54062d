from unittest.mock import patch

from odoo import Command
from odoo.tests import freeze_time, tagged

from .call_common import CallCommon
from .inquiry_common import BEARING, InquiryCommon

EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">{{ 7 * 7 }}${8 * 8}=1+1'


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestHostileText(CallCommon):
    """Words of customers stay words wherever they are shown."""

    def test_a_call_shows_what_a_customer_wrote_as_text(self):
        facts = {"last_on": "2026-03-01", "name": EVIL, "amount": 5}
        lead = self.env["crm.lead"].create({"name": EVIL, "user_id": self.sam.id})
        cause = f"lost_quotation:crm.lead,{lead.id}"
        call = self._call(self.ada, kind="lost_quotation", cause=cause, facts=facts)

        note = call.activity_id.note

        self.assertNotIn("<script", note)
        self.assertNotIn("<img", note)
        self.assertIn("{{ 7 * 7 }}${8 * 8}=1+1", note)

    def test_a_score_explains_names_as_text(self):
        self.ada.name = EVIL
        score = self._score(self.ada, 50)

        self.assertNotIn("<script", score.explanation or "")

    def test_the_outcome_is_told_as_text(self):
        call = self._call(self.ada)

        call.with_user(self.sam)._close("talked", EVIL)

        bodies = "".join(self.ada.message_ids.mapped("body"))
        self.assertIn("{{ 7 * 7 }}${8 * 8}=1+1", bodies)
        self.assertNotIn("<script", bodies)
        self.assertNotIn("<img", bodies)


@tagged("post_install", "-at_install")
class TestHostileCompany(InquiryCommon):
    """A company that has no program feels nothing of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = cls.env["res.company"].create({"name": "Plain"})
        cls.tom = cls._create_user(
            "tom",
            "sales_team.group_sale_salesman",
            company_id=cls.plain.id,
            company_ids=[Command.set(cls.plain.ids)],
        )

    def test_leads_of_a_company_without_a_program_are_as_ever(self):
        leads = self.env(user=self.tom.id)["crm.lead"].with_company(self.plain)
        source = type(self.env["member.inquiry.source"])

        with patch.object(source, "_collect", autospec=True) as collect:
            one = leads.create(
                {
                    "name": "Web form",
                    "description": BEARING,
                    "email_from": "buyer@acme.example",
                    "company_id": self.plain.id,
                    "user_id": self.tom.id,
                }
            )
            two = one.copy()
            one.write({"description": "Something else", "email_from": "x@y.example"})
            one.message_post(body="Hello", message_type="comment")
            merged = (one | two).merge_opportunity()
        collect.assert_not_called()

        self.assertEqual(merged.member_inquiry_state, "none")
        self.assertFalse(merged.member_inquiry_on)
        self.assertFalse(merged.member_tier_id)
        self.assertFalse(merged.member_segment)
        merged.formatted_read_group([], ["member_tier_id"], ["__count"])
        merged.formatted_read_group([], ["member_segment"], ["__count"])
        self.assertFalse(merged.search([("member_segment", "=", "champion")]))
        merged.action_read_inquiry()
        merged.sudo().unlink()
        board = self.env(user=self.tom.id)["member.team.board"].with_company(self.plain)
        self.assertEqual(board.get_board()["member_count"], 0)
