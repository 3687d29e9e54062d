from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .inquiry_journal_common import InquiryJournalCommon


@tagged("post_install", "-at_install")
class TestInquiryJournal(InquiryJournalCommon):
    """Quality inquiries enter the journal with their date, and follow corrections."""

    def _create_inquiry(self, state="quality", on="2026-03-10", **values):
        values.setdefault("email_from", "ann@acme.test")
        return super()._create_inquiry(state, on, **values)

    def test_a_quality_inquiry_is_booked_once_at_its_own_date(self):
        lead = self._create_inquiry()

        self.env["member.inquiry.journal"]._settle(lead.ids)

        self.assertInquiries([lead], [("booked", "03-10", "Ann", 1)])
        row = self._get_rows(lead)
        self.assertEqual(row.kind, "inquiry")
        self.assertEqual(row.commercial_partner_id, self.acme)
        self.assertNotIn(lead.name, row.source_ref)
        self.assertEqual(row.action_open_document()["res_id"], lead.id)

    def test_a_savepoint_within_a_change_loses_nothing(self):
        """Flushing at a savepoint runs the hooks, which forget what is pending."""
        with self.env["crm.lead"]._follow_inquiries():
            lead = self._create_inquiry()
            self.env.cr.precommit.data.clear()
            other = self._create_inquiry()

        self.assertInquiries([lead], [("booked", "03-10", "Ann", 1)])
        self.assertInquiries([other], [("booked", "03-10", "Ann", 1)])

    def test_nothing_else_is_booked(self):
        for state in ("none", "ordinary", "spam", "duplicate", "copy"):
            with self.subTest(state):
                self.assertFalse(self._get_rows(self._create_inquiry(state)))

    def test_an_inquiry_graded_later_is_booked_then(self):
        lead = self._create_inquiry("ordinary")

        lead.member_inquiry_state = "quality"

        self.assertInquiries([lead], [("booked", "03-10", "Ann", 1)])

    def test_a_correction_takes_it_back_at_its_own_date_and_may_be_undone(self):
        lead = self._create_inquiry()

        lead.member_inquiry_state = "spam"
        lead.member_inquiry_state = "quality"

        self.assertInquiries(
            [lead],
            [
                ("booked", "03-10", "Ann", 1),
                ("cancelled", "03-10", "Ann", -1),
                ("booked", "03-10", "Ann", 1),
            ],
        )

    def test_another_day_moves_it(self):
        lead = self._create_inquiry()

        lead.member_inquiry_on = "2026-02-01"

        self.assertInquiries(
            [lead],
            [
                ("booked", "03-10", "Ann", 1),
                ("changed", "03-10", "Ann", -1),
                ("changed", "02-01", "Ann", 1),
            ],
        )

    def test_given_to_another_customer_it_leaves_the_first_at_its_date(self):
        bob = self._create_customer("Bob", country_id=self.env.ref("base.fr").id)
        lead = self._create_inquiry()

        lead.member_inquiry_partner_id = bob

        self.assertInquiries(
            [lead],
            [
                ("booked", "03-10", "Ann", 1),
                ("changed", "03-10", "Ann", -1),
                ("changed", "03-10", "Bob", 1),
            ],
        )
        self.assertEqual(self._get_rows(lead)[-1].country_id, bob.country_id)

    def test_another_team_or_salesperson_changes_nothing_in_one_company(self):
        lead = self._create_inquiry()
        team = self.env["crm.team"].create({"name": "East"})

        lead.write({"user_id": self.seller.id, "team_id": team.id})

        self.assertEqual(len(self._get_rows(lead)), 1)

    def test_in_another_company_it_counts_for_that_one(self):
        northwind = self._create_company()
        lead = self._create_inquiry()

        lead.company_id = northwind

        net = {}
        for row in self._get_rows(lead):
            net[row.company_id] = net.get(row.company_id, 0) + row.quantity
        self.assertEqual(net, {self.env.company: 0, northwind: 1})

    def test_a_lead_of_no_company_counts_where_its_salesperson_works(self):
        northwind = self._create_company()
        agent = self._create_user(
            "agent",
            "sales_team.group_sale_salesman",
            company_id=northwind.id,
            company_ids=[(6, 0, northwind.ids)],
        )

        lead = self._create_inquiry(company_id=False)
        self.assertEqual(self._get_rows(lead).company_id, self.env.company)
        lead.write({"user_id": agent.id, "company_id": False})

        rows = self._get_rows(lead)
        self.assertEqual(
            [(row.company_id, row.quantity) for row in rows],
            [(self.env.company, 1), (self.env.company, -1), (northwind, 1)],
        )

    def test_a_deleted_lead_takes_its_inquiry_back(self):
        lead = self._create_inquiry()
        key = f"crm.lead,{lead.id}"

        lead.unlink()

        rows = self.env["member.activity"].search([("source_key", "=", key)])
        self.assertEqual(sum(rows.mapped("quantity")), 0)
        with self.assertRaises(UserError):
            rows[0].action_open_document()

    def test_converted_lost_and_archived_it_is_still_an_inquiry(self):
        lead = self._create_inquiry()

        lead.convert_opportunity(self.ann)
        lead.action_set_lost()

        self.assertFalse(lead.active)
        self.assertInquiries([lead], [("booked", "03-10", "Ann", 1)])

    def test_of_merged_leads_one_inquiry_counts_the_best(self):
        head = self._create_inquiry("none")
        good = self._create_inquiry(on="2026-03-01")
        also = self._create_inquiry(on="2026-03-09", member_inquiry_grade=60)
        keys = [f"crm.lead,{lead.id}" for lead in (good, head, also)]

        stays = (good | head | also).merge_opportunity()

        self.assertEqual(stays, head)
        self.assertEqual(stays.member_inquiry_state, "quality")
        self.assertEqual(stays.member_inquiry_decided_by, "hand")
        rows = self.env["member.activity"].search([("source_key", "in", keys)])
        self.assertEqual(sum(rows.mapped("quantity")), 1)
        self.assertInquiries([head], [("booked", "03-01", "Ann", 1)])

    def test_a_contact_with_another_company_takes_its_inquiries_along(self):
        bolt = self._create_customer("Bolt", is_company=True)
        lead = self._create_inquiry()

        self.ann.parent_id = bolt

        rows = self._get_rows(lead)
        self.assertEqual(
            [(row.commercial_partner_id.name, row.quantity) for row in rows],
            [("Acme", 1), ("Acme", -1), ("Bolt", 1)],
        )
        self.assertEqual(len(set(rows.mapped("date"))), 1)

    def test_merged_contacts_have_one_journal(self):
        double = self._create_customer("Ann L.", email="ann@other.test")
        lead = self._create_inquiry(email_from="ann@other.test")
        self.assertEqual(lead.member_inquiry_partner_id, double)

        self.env["base.partner.merge.automatic.wizard"]._merge(
            (double | self.ann).ids, self.ann
        )
        self.env.invalidate_all()

        rows = self._get_rows(lead)
        self.assertEqual(lead.member_inquiry_partner_id, self.ann)
        self.assertEqual(rows.partner_id, self.ann)
        ours = rows.filtered(lambda row: row.commercial_partner_id == self.acme)
        self.assertEqual(sum(ours.mapped("quantity")), 1)
        self.assertEqual(sum(rows.mapped("quantity")), 1)

    def test_a_merge_of_companies_adds_their_inquiries_up(self):
        bolt = self._create_customer("Bolt", is_company=True, email="a@bolt.test")
        self._enroll(bolt)
        for mail in ("ann@acme.test", "a@bolt.test", "b@bolt.test"):
            self._create_inquiry(email_from=mail)
        self.assertEqual(self._get_tier(self.acme), "Ordinary")

        self.env["base.partner.merge.automatic.wizard"]._merge(
            (bolt | self.acme).ids, self.acme
        )
        self.env.invalidate_all()

        self.assertEqual(self._get_tier(self.acme), "Silver")

    def test_who_is_no_member_is_not_enrolled_and_counts_once_they_join(self):
        bob = self._create_customer("Bob", email="bob@bob.test")
        for _number in range(3):
            self._create_inquiry(email_from="bob@bob.test")
        self.assertFalse(self._get_membership(bob))

        bob.action_enroll()

        self.assertEqual(self._get_tier(bob), "Silver")

    def test_a_check_finds_what_was_changed_behind_the_journal(self):
        lead = self._create_inquiry()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET member_inquiry_state = 'spam' WHERE id = %s",
            [lead.id],
        )
        lead.invalidate_recordset()
        other = self._create_inquiry("ordinary")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET member_inquiry_state = 'quality' WHERE id = %s",
            [other.id],
        )
        other.invalidate_recordset()

        drift = self.env["member.journal"]._find_drift(self.env.company)

        self.assertEqual(
            [(one["source_id"], one["quantity"]) for one in drift],
            [(other.id, 1), (lead.id, -1)],
        )
        self.env["member.inquiry.journal"]._settle((lead | other).ids)

    def test_a_salesperson_cannot_change_the_journal(self):
        row = self._get_rows(self._create_inquiry())

        with self.assertRaises(UserError):
            row.with_user(self.seller).write({"quantity": 5})
        with self.assertRaises(AccessError):
            row.with_user(self.seller)._reverse("Not so")
