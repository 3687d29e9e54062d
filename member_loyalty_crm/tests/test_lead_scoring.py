from odoo.tests import tagged

from .inquiry_journal_common import InquiryJournalCommon


@tagged("post_install", "-at_install")
class TestLeadScoring(InquiryJournalCommon):
    """Predictive lead scoring may use the grade of inquiries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead"].with_context(active_test=False).search([]).unlink()
        cls.settings = cls.env["ir.config_parameter"].sudo()
        cls.settings.set_param("crm.pls_start_date", "2026-01-01")
        cls.team = cls.env["crm.team"].create({"name": "East"})

    def _create_graded(self, level, count=1):
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": f"Level {level}",
                    "type": "opportunity",
                    "team_id": self.team.id,
                    "user_id": False,
                    "company_id": self.env.company.id,
                    "member_inquiry_state": "ordinary",
                    "member_inquiry_level": level,
                }
                for _number in range(count)
            ]
        )
        self.env.flush_all()
        return leads

    def test_it_is_offered_and_not_switched_on(self):
        offered = self.env["crm.lead.scoring.frequency.field"].search([])

        self.assertIn("member_inquiry_level", offered.field_id.mapped("name"))
        self.assertNotIn(
            "member_inquiry_level", self.settings.get_param("crm.pls_fields")
        )

    def test_the_better_graded_inquiry_is_the_likelier_to_be_won(self):
        field = self.env.ref("member_loyalty_crm.crm_lead_scoring_field_inquiry_level")
        self.env["res.config.settings"].create(
            {"predictive_lead_scoring_fields": [(6, 0, field.ids)]}
        ).execute()
        self.assertEqual(
            self.settings.get_param("crm.pls_fields"), "member_inquiry_level"
        )
        self._create_graded("a", 6).action_set_won()
        self._create_graded("a", 2).action_set_lost()
        self._create_graded("d", 2).action_set_won()
        self._create_graded("d", 6).action_set_lost()
        good, poor = self._create_graded("a"), self._create_graded("d")

        self.env["crm.lead"]._rebuild_pls_frequency_table()
        self.env["crm.lead"]._update_automated_probabilities()

        counts = {
            row.value: (round(row.won_count), round(row.lost_count))
            for row in self.env["crm.lead.scoring.frequency"].search(
                [
                    ("variable", "=", "member_inquiry_level"),
                    ("team_id", "=", self.team.id),
                ]
            )
        }
        self.assertEqual(counts, {"a": (6, 2), "d": (2, 6)})
        self.env.invalidate_all()
        self.assertGreater(good.automated_probability, 60)
        self.assertLess(poor.automated_probability, 40)
