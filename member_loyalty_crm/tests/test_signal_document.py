from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from .signal_common import SignalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestSignalDocument(SignalCommon):
    """Signals of quotations, complaints, forecasts and benefits."""

    def test_a_cancelled_quotation_is_lost_until_something_is_bought(self):
        self._create_rule("lost_quotation", minimum_amount=500)
        member = self._create_member()
        self._create_order(member, 499).action_cancel()
        lost = self._create_order(member, 500)
        lost.action_cancel()
        signal = self._refresh()
        self.assertEqual(signal.cause, f"lost_quotation:sale.order,{lost.id}")
        self.assertEqual(signal.facts["product_ids"], self.product.ids)

        self._book(member, 10, on=date(2026, 3, 16))

        self.assertFalse(self._refresh(date(2026, 3, 17)))

    def test_a_cancelled_order_is_no_lost_quotation(self):
        self._create_rule("lost_quotation")
        self._confirm_order(self._create_member(), 500).action_cancel()

        self.assertFalse(self._refresh())

    def test_a_lost_opportunity_speaks_of_itself(self):
        self._create_rule("lost_quotation")
        lead = self.env["crm.lead"].create(
            {
                "name": "<b>{{7*7}}</b> pumps",
                "type": "opportunity",
                "partner_id": self._create_member().id,
                "expected_revenue": 700,
            }
        )
        lead.action_set_lost()

        self.assertIn("<b>{{7*7}}</b> pumps", self._refresh().reason)

    def test_a_complaint_is_a_tag_given_or_a_lead_with_a_tag(self):
        tag = self.env["member.tag"].create({"name": "Complained", "family": "risk"})
        lead_tag = self.env["crm.tag"].create({"name": "Complaint"})
        self._create_rule(
            "complaint",
            days=14,
            tag_ids=[Command.set(tag.ids)],
            lead_tag_ids=[Command.set(lead_tag.ids)],
        )
        tagged_member, asking = self._create_member("tag"), self._create_member("lead")
        tagged_member.member_tag_ids = tag
        self.env["crm.lead"].create(
            {
                "name": "Broken",
                "partner_id": asking.id,
                "tag_ids": [Command.set(lead_tag.ids)],
            }
        )

        self.assertEqual(self._refresh().partner_id, tagged_member | asking)
        self.assertFalse(self._refresh(date(2026, 3, 29)))

    # Forecasts

    def test_leaving_needs_a_chance_that_is_known(self):
        self._create_rule("leaving", percent=30)
        for name, known, chance in (
            ("low", True, 0.29),
            ("high", True, 0.3),
            ("unknown", False, 0),
        ):
            member = self._create_member(name)
            self._score(member, last_purchase_on=date(2025, 11, 1))
            self._forecast(member, has_return_chance=known, return_chance=chance)

        self.assertEqual(self._refresh().partner_id.name, "low")

    def test_the_loss_of_a_tier_says_until_when_and_what_keeps_it(self):
        self._create_rule("tier_loss", days=30, percent=50)
        for name, day, chance in (
            ("soon", date(2026, 4, 14), 0.5),
            ("later", date(2026, 4, 15), 0.9),
            ("unlikely", date(2026, 4, 1), 0.4),
        ):
            self._forecast(
                self._create_member(name, self.silver),
                has_tier_loss=True,
                has_tier_loss_chance=True,
                tier_loss_on=day,
                tier_loss_chance=chance,
                keeping_amount=4200,
            )

        signal = self._refresh()

        self.assertEqual(signal.partner_id.name, "soon")
        self.assertRegex(
            signal.reason,
            r"^Silver: loses the tier in 30 days, on 04/14/2026; an order of .*4,200",
        )

    def test_an_unused_benefit_that_ends_soon(self):
        self._create_rule("unused_benefit", days=16)
        benefit = self.env["member.benefit"].create(
            {
                "name": "Sample",
                "program_id": self.program.id,
                "kind": "promise",
                "tier_ids": [Command.set(self.silver.ids)],
                "quota": 1,
                "quota_period": "month",
            }
        )
        member = self._create_member("Ada", self.silver)
        signal = self._refresh()
        self.assertEqual(signal.partner_id, member)
        self.assertIn("Sample", signal.reason)

        benefit._use(self._get_membership(member), 1)

        self.assertFalse(self._refresh())
