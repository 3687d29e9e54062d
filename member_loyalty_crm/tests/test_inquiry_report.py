from odoo.exceptions import AccessError
from odoo.tests import tagged

from .inquiry_journal_common import InquiryJournalCommon


@tagged("post_install", "-at_install")
class TestInquiryReport(InquiryJournalCommon):
    """Inquiry quality over time, and what became of the inquiries."""

    def _get_row(self, lead, user=None):
        report = self.env["member.inquiry.report"]
        report = report.with_user(user) if user else report
        return report.search([("lead_id", "=", lead.id)])

    def _confirm_for(self, lead, *amounts, **values):
        return self._confirm_order(self.ann, *amounts, opportunity_id=lead.id, **values)

    def test_a_row_says_whose_how_good_and_what_came_of_it(self):
        lead = self._create_inquiry(email_from="ann@acme.test", type="opportunity")
        self._confirm_for(lead, 300)
        self._confirm_for(lead, 50)
        self._create_order(self.ann, 999, opportunity_id=lead.id)

        self.assertRecordValues(
            self._get_row(lead),
            [
                {
                    "partner_id": self.ann.id,
                    "commercial_partner_id": self.acme.id,
                    "link": "mail",
                    "state": "quality",
                    "grade": 80,
                    "quality_share": 100,
                    "quoted_count": 1,
                    "won_count": 1,
                    "revenue": 350,
                    "company_id": self.env.company.id,
                }
            ],
        )

    def test_revenue_is_in_the_company_s_currency(self):
        dollar = self._enable_currency(
            "USD" if self.env.company.currency_id.name != "USD" else "EUR"
        )
        self.env["res.currency.rate"].search([("currency_id", "=", dollar.id)]).unlink()
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.env.company.id,
                "name": "2026-01-01",
                "rate": 4,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Dollars", "currency_id": dollar.id}
        )
        lead = self._create_inquiry(email_from="ann@acme.test", type="opportunity")
        self._confirm_for(lead, 400, pricelist_id=pricelist.id)

        self.assertAlmostEqual(self._get_row(lead).revenue, 100)

    def test_a_cancelled_quotation_is_none(self):
        lead = self._create_inquiry(email_from="ann@acme.test", type="opportunity")
        self._confirm_for(lead, 300)._action_cancel()

        row = self._get_row(lead)

        self.assertEqual((row.quoted_count, row.won_count, row.revenue), (0, 0, 0))

    def test_the_tier_is_that_of_the_day_of_the_inquiry(self):
        before = self._create_inquiry(email_from="ann@acme.test")
        after = self._create_inquiry(email_from="ann@acme.test", on="2026-03-15")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE member_tier_decision SET date = '2026-03-01'"
            " WHERE membership_id = %s",
            [self._get_membership(self.acme).id],
        )
        self.env.invalidate_all()

        self._get_membership(self.acme)._assign_tier(self.gold, "At the fair")
        self.env.flush_all()

        self.assertEqual(self._get_row(before).tier_id, self.ordinary)
        self.assertEqual(self._get_row(after).tier_id, self.gold)

    def test_quality_is_grouped_by_month(self):
        for on, state in (
            ("2026-01-10", "quality"),
            ("2026-01-20", "spam"),
            ("2026-02-10", "quality"),
        ):
            self._create_inquiry(state, on, email_from="ann@acme.test")

        groups = self.env["member.inquiry.report"].formatted_read_group(
            [("commercial_partner_id", "=", self.acme.id)],
            ["date:month"],
            ["__count", "quality_count:sum", "quality_share:avg", "grade:avg"],
        )

        self.assertEqual(
            [
                (
                    group["__count"],
                    group["quality_count:sum"],
                    group["quality_share:avg"],
                    group["grade:avg"],
                )
                for group in groups
            ],
            [(2, 1, 50, 50), (1, 1, 100, 80)],
        )

    def test_leads_that_are_no_inquiry_are_left_out_and_lost_ones_are_not(self):
        self.assertFalse(self._get_row(self._create_inquiry("none")))
        lost = self._create_inquiry(email_from="ann@acme.test")
        lost.action_set_lost()

        self.assertEqual(self._get_row(lost).won_status, "lost")

    def test_a_salesperson_with_own_leads_sees_own_rows_only(self):
        other = self._create_user("other", "sales_team.group_sale_salesman")
        boss = self._create_user("boss", "sales_team.group_sale_salesman_all_leads")
        mine = self._create_inquiry(user_id=self.seller.id)
        theirs = self._create_inquiry(user_id=other.id)

        self.assertTrue(self._get_row(mine, self.seller))
        self.assertFalse(self._get_row(theirs, self.seller))
        with self.assertRaises(AccessError):
            self.env["member.inquiry.report"].with_user(self.seller).browse(
                theirs.id
            ).read(["grade"])
        self.assertTrue(self._get_row(theirs, boss))

    def test_other_companies_and_who_sells_nothing_see_nothing(self):
        northwind = self._create_company()
        stranger = self._create_user(
            "stranger",
            "sales_team.group_sale_salesman_all_leads",
            company_id=northwind.id,
            company_ids=[(6, 0, northwind.ids)],
        )
        portal = self._create_user("portal", "base.group_portal")
        clerk = self._create_user("clerk", "user")
        lead = self._create_inquiry(email_from="ann@acme.test")

        self.assertFalse(self._get_row(lead, stranger))
        for user in (portal, clerk):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._get_row(lead, user)

    def test_the_lead_is_opened_from_its_row(self):
        lead = self._create_inquiry()

        action = self._get_row(lead).action_open_lead()

        self.assertEqual((action["res_model"], action["res_id"]), ("crm.lead", lead.id))

    def test_the_screens_load_for_a_salesperson(self):
        for action in ("member_inquiry_report_action", "crm_lead_tier_action"):
            with self.subTest(action):
                action = self.env.ref(f"member_loyalty_crm.{action}").sudo()
                views = [(view.id, kind) for view, kind in self._get_views(action)]
                model = self.env[action.res_model].with_user(self.seller)

                self.assertTrue(model.get_views(views)["views"])

    def _get_views(self, action):
        none = self.env["ir.ui.view"]
        return [
            (self.env["ir.ui.view"].browse(view_id) if view_id else none, kind)
            for view_id, kind in action.views
        ]
