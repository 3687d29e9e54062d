from datetime import date
from random import Random

from odoo.tests import Form, freeze_time, tagged

from odoo.addons.member_loyalty.logic.figure_measuring import Member
from odoo.addons.member_loyalty.tests.common import TODAY
from odoo.addons.member_loyalty.tests.metric_common import MetricCommon
from odoo.addons.member_loyalty.tests.rehearsal_common import RehearsalCommon

from ..queries.metrics_inquiry import QualityInquiries
from .inquiry_journal_common import InquiryJournalCommon


@tagged("post_install", "-at_install")
class TestInquiryJourney(InquiryJournalCommon):
    """Three good inquiries in six months make Silver, all by themselves."""

    def _ask(self, moment, mail, **values):
        self._travel_to(f"{moment} 10:00:00")
        return self._create_inquiry(on=moment, email_from=mail, **values)

    def test_three_inquiries_in_six_months_make_silver_and_spam_takes_it(self):
        first = self._ask("2026-03-20", "pal@home.test")
        self._ask("2026-06-01", "new.buyer@acme.test")
        self.assertEqual(self._get_tier(self.acme), "Ordinary")

        self._ask("2026-09-19", "ann@acme.test")
        self.assertEqual(self._get_tier(self.acme), "Silver")

        first.with_user(self.seller).sudo().member_inquiry_state = "spam"
        self.assertEqual(self._get_tier(self.acme), "Silver")
        membership = self._get_membership(self.acme)
        membership._write_tier({"valid_until": date(2026, 9, 30)})
        self._travel_to("2026-10-01 10:00:00")
        self.program._evaluate(date(2026, 10, 1), may_fall=True)
        self.env.invalidate_all()

        self.assertEqual(self._get_tier(self.acme), "Ordinary")

    def test_a_day_too_late_is_too_late(self):
        self._ask("2026-03-19", "ann@acme.test")
        self._ask("2026-06-01", "ann@acme.test")
        self._ask("2026-09-19", "ann@acme.test")

        self.assertEqual(self._get_tier(self.acme), "Ordinary")

    def test_the_member_reads_what_is_missing(self):
        for number in range(2):
            self._create_inquiry(email_from="ann@acme.test", name=f"No. {number}")

        tier, share, ways = self._get_membership(self.acme)._get_progress_lines()

        self.assertEqual((tier, share), (self.silver, 66))
        self.assertEqual(
            ways[0],
            ["Inquiries of quality in the last 6 months: 2 of 3, 1 missing"],
        )

    def test_a_decision_names_the_leads_behind_it(self):
        leads = self.env["crm.lead"].union(
            *(self._create_inquiry(email_from="ann@acme.test") for _one in range(3))
        )
        decision = self._get_membership(self.acme).decision_ids[0]

        self.assertIn("Inquiries of quality", decision.staff_sentence)
        action = decision.action_explain()
        line = (
            self.env["member.tier.explanation"]
            .browse(action["res_id"])
            .line_ids.filtered(lambda line: "quality" in line.figure)
        )
        self.assertEqual((line.measured, line.document_count), (3, 3))
        found = self.env["member.activity"].search(
            line.action_open_documents()["domain"]
        )
        self.assertEqual(
            {row.action_open_document()["res_id"] for row in found}, set(leads.ids)
        )

    def test_country_and_team_are_frozen_for_rules_that_are_limited(self):
        team = self.env["crm.team"].create({"name": "East"})
        france = self.env.ref("base.fr")
        self.acme.country_id = france

        lead = self._create_inquiry(email_from="ann@acme.test", team_id=team.id)
        self.acme.country_id = self.env.ref("base.de")
        lead.team_id = False

        self.assertRecordValues(
            self._get_rows(lead), [{"country_id": france.id, "team_id": team.id}]
        )


@tagged("post_install", "-at_install")
class TestInquiryRehearsal(RehearsalCommon):
    """Rules about inquiries are tested and simulated like any other."""

    def _ask_for_inquiries(self, version):
        self._get_rules(version, self.silver).condition_ids.write(
            {
                "metric": "quality_inquiries",
                "value": 3,
                "window_type": "rolling_months",
                "window_length": 6,
            }
        )

    def _book_inquiries(self, customer, count, on=TODAY):
        return self._book(
            customer, 0, on, 0, kind="inquiry", event="booked", quantity=count
        )

    def test_a_made_up_customer_with_three_inquiries_is_silver(self):
        self.silver.rule_ids.condition_ids.write(
            {
                "metric": "quality_inquiries",
                "value": 3,
                "window_type": "rolling_months",
                "window_length": 6,
            }
        )
        asked = {"kind": "inquiry", "quantity": 1}
        facts = [{**asked, "months_before": months} for months in (0, 2, 5)]

        silver = self._create_test(self.silver, *facts)
        late = self._create_test(self.silver, *facts[:2], {**asked, "months_before": 6})

        self.assertEqual(silver.state, "passed")
        self.assertEqual(late.outcome_text, "Ordinary instead of Silver")

    def test_a_draft_that_asks_for_inquiries_is_simulated_and_signed(self):
        ada, bob = self._create_customer("Ada"), self._create_customer("Bob")
        self._enroll(ada, bob)
        self._book_inquiries(ada, 3)
        self._book_inquiries(bob, 3, on=date(2025, 9, 15))
        draft = self._draft_rules()
        self._ask_for_inquiries(draft)

        outcomes = self._get_outcomes(self._simulate(draft))
        draft._activate()
        self.program._evaluate(TODAY)

        self.assertEqual(outcomes["Ada"][2], "Silver")
        self.assertNotIn("Bob", outcomes)
        self.assertEqual(self._get_tier(ada), "Silver")
        self.assertEqual(self._get_tier(bob), "Ordinary")


@freeze_time("2026-03-15 10:00:00")
@tagged("post_install", "-at_install")
class TestInquiryOracle(MetricCommon):
    """What is measured in SQL is what plain Python counts."""

    def test_random_inquiries_are_counted_alike(self):
        random = Random(6)
        contacts = self._create_random_members(random, 12, TODAY)
        for contact in contacts:
            for number in range(random.randint(0, 5)):
                self._book(
                    contact,
                    0,
                    date(2026, 3, 15).replace(year=2026 - random.randint(0, 1)),
                    0,
                    kind="inquiry",
                    event="booked",
                    quantity=random.choice([1, 1, -1]),
                    source_key=f"crm.lead,{contact.id}{number}",
                    country_id=random.choice(self.countries).id,
                    team_id=random.choice(self.teams).id,
                )
        metric = QualityInquiries()
        keys = list({self._get_random_key(random, metric) for _number in range(12)})

        in_sql = self._measure_in_sql(keys, contacts, TODAY)

        registry = self.env["member.metric"]
        for contact in contacts:
            membership = self._get_membership(contact)
            facts = self._get_facts(contact)
            for key in keys:
                expected = sum(
                    fact.quantity
                    for fact in facts
                    if fact.kind == "inquiry"
                    and self._is_in(key, fact, membership.joined_on)
                )
                self.assertEqual(in_sql[contact.id][key], expected)
                made_up = registry._measure_made_up(
                    {}, key, facts, self._get_made_up(membership), TODAY
                )
                self.assertEqual(made_up, expected)

    def _get_made_up(self, membership):
        return Member(membership.joined_on)

    def _is_in(self, key, fact, joined_on):
        days = key.window.days_as_of(TODAY, joined_on)
        return (
            fact.date <= TODAY
            and (not days.first or fact.date >= days.first)
            and (not key.limit.country_ids or fact.country_id in key.limit.country_ids)
            and (not key.limit.team_ids or fact.team_id in key.limit.team_ids)
        )


@tagged("post_install", "-at_install")
class TestInquiryPreset(InquiryJournalCommon):
    """The Exporter preset gets the rule that it was written with."""

    def test_a_program_from_the_exporter_preset_counts_inquiries(self):
        preset = self.env.ref("member_loyalty.member_program_preset_exporter")
        action = preset.action_use()
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        wizard = form.save()
        self.assertFalse(wizard.left_out)
        made = wizard.action_create_program()
        program = self.env["member.program"].browse(made["params"]["next"]["res_id"])
        silver = program._get_tiers()[1]

        self.assertIn("Inquiries of quality at least 3", silver.rule_summary)
        for _number in range(3):
            self._create_inquiry(email_from="ann@acme.test")
        membership = program._enroll_partners(self.acme, "hand")
        program._let_members_rise(self.acme.ids)
        self.assertEqual(membership.tier_id, silver)

    def test_the_shipped_program_is_left_as_it_is(self):
        shipped = self.env.ref("member_loyalty.member_program_exporter")

        self.assertNotIn(
            "quality_inquiries",
            shipped.with_context(
                active_test=False
            ).tier_ids.rule_ids.condition_ids.mapped("metric"),
        )
