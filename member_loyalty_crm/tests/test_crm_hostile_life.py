from odoo import Command
from odoo.tests import freeze_time, tagged

from .call_common import TODAY, CallCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestHostileLife(CallCommon):
    """What happens to members of whom everything is known already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls._create_user(
            "off", "manager", "base.group_partner_manager", "base.group_system"
        )
        cls.tag = cls.env["member.tag"].create({"name": "Everybody"})
        cls.segment = cls.env["member.segment"].create(
            {"name": "All", "program_id": cls.program.id, "tag_id": cls.tag.id}
        )

    def _know_everything(self, customer, value):
        membership = customer.member_membership_ids
        self._score(customer, value)
        self.env["member.forecast"].sudo().create(
            {
                "membership_id": membership.id,
                "company_id": membership.company_id.id,
                "partner_id": customer.id,
            }
        )
        self._find_signal(customer)
        return self.env["crm.lead"].create(
            {
                "name": "500 lamps",
                "partner_id": customer.id,
                "company_id": self.program.company_id.id,
                "member_inquiry_partner_id": customer.id,
                "member_inquiry_link": "hand",
                "member_inquiry_state": "quality",
                "member_inquiry_decided_by": "hand",
                "member_inquiry_on": "2026-03-10",
            }
        )

    def _spend_a_night(self, days=0):
        steps = self.program._get_insight_steps()
        for step in steps:
            getattr(self.program.sudo(), f"_refresh_{step}")(TODAY)
        self.env.invalidate_all()

    def _count_inquiries(self, customer):
        rows = self.env["member.activity"].search(
            [("kind", "=", "inquiry"), ("commercial_partner_id", "=", customer.id)]
        )
        return sum(rows.mapped("quantity"))

    def _know_both(self):
        self._know_everything(self.ada, 80)
        self._know_everything(self.bob, 40)
        self._refresh()
        self.program.sudo()._refresh_segments(TODAY)

    def test_merged_members_have_one_of_everything_and_undoing_gives_two(self):
        self._know_both()
        self.assertEqual(len(self._get_calls().filtered("activity_id")), 2)

        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.officer)
        stays = self.ada.with_user(self.officer)
        wizard.create({})._merge((self.ada | self.bob).ids, stays)
        self.env.invalidate_all()

        self.assertEqual(self._count_inquiries(self.ada), 2)
        self._spend_a_night()
        current = self._get_calls().filtered(lambda call: not call.closed_on)
        self.assertEqual(current.partner_id, self.ada)
        self.assertEqual(len(current), 1)
        for model in ("member.score", "member.forecast"):
            with self.subTest(model):
                held = self.env[model].search([("partner_id", "=", self.ada.id)])
                self.assertLessEqual(len(held), 1)

        merge = self.env["member.merge"].search([], limit=1)
        [bob] = merge.with_user(self.officer)._undo()
        bob = bob.sudo()

        self._spend_a_night()
        self.assertEqual(self._count_inquiries(self.ada), 1)
        self.assertEqual(self._count_inquiries(bob), 1)
        self.assertEqual(self.tag.partner_ids, self.ada | bob)

    def test_an_archived_membership_is_called_and_scored_no_more(self):
        self._know_both()
        call = self._get_calls(self.ada)

        self.ada.member_membership_ids.active = False
        self._spend_a_night()

        self.assertEqual(call.state, "expired")
        self.assertFalse(call.activity_id.exists())
        self.assertFalse(
            self.env["member.score"].search_count([("partner_id", "=", self.ada.id)])
        )
        self.assertNotIn(self.ada, self.tag.partner_ids)

    def test_an_archived_customer_does_not_stop_the_night(self):
        self._know_both()

        self.ada.active = False
        self._spend_a_night()

        self.assertTrue(self._get_calls(self.ada))

    def test_a_deleted_lead_takes_its_inquiry_along(self):
        lead = self._know_everything(self.ada, 80)
        self.assertEqual(self._count_inquiries(self.ada), 1)

        lead.unlink()

        self.assertEqual(self._count_inquiries(self.ada), 0)
        self._spend_a_night()

    def test_a_second_program_changes_nothing_for_the_first(self):
        second = self.program.sudo().copy({"name": "Second", "sequence": 99})
        second.write({"calls_enabled": True})
        self._know_both()

        second._refresh_insight()

        self.assertEqual(len(self._get_calls()), 2)
        self.assertFalse(
            self.env["member.call"].sudo().search([("program_id", "=", second.id)])
        )

    def test_members_that_are_contacts_go_through_the_night(self):
        firm = self._create_customer("Firm", is_company=True)
        company = self.env["res.company"].create({"name": "People"})
        program = self.env["member.program"].create(
            {
                "name": "People",
                "company_id": company.id,
                "member_level": "contact",
                "tier_ids": [Command.create({"name": "Everybody"})],
                "calls_enabled": True,
                "call_user_ids": [Command.set(self.pia.ids)],
            }
        )
        joe = self._create_customer("Joe", parent_id=firm.id)
        program.sudo()._enroll_partners(joe, "hand")

        program.with_company(company).sudo()._refresh_insight()

        self.assertTrue(joe.member_membership_ids)
        self.assertEqual(
            self.env["member.score"]
            .sudo()
            .search([("program_id", "=", program.id)])
            .partner_id,
            joe,
        )
