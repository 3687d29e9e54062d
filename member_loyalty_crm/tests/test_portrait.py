from unittest.mock import patch

from odoo import Command
from odoo.tests import freeze_time, tagged

from .portrait_common import PortraitCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestPortrait(PortraitCommon):
    """What the page says about a customer, section by section."""

    def test_a_contact_shows_the_membership_of_its_company(self):
        self._enroll(self.company_customer)

        portrait = self._portray(self.person)

        self.assertEqual(portrait["customer_id"], self.company_customer.id)
        self.assertTrue(portrait["is_member"])
        head = portrait["sections"]["head"]
        self.assertEqual(head["name"], "Northwind")
        self.assertEqual(head["person"]["id"], self.person.id)

    def test_where_contacts_are_members_the_page_is_about_the_contact(self):
        self.program.member_level = "contact"
        self._enroll(self.person)
        self._order_products(self.person, self.product)
        self._order_products(self.company_customer, self.product)

        portrait = self._portray(self.person)

        self.assertEqual(portrait["customer_id"], self.person.id)
        self.assertEqual(portrait["sections"]["orders"]["count"], 1)

    def test_the_head_names_the_people_who_can_be_called(self):
        self._create_customer(
            "Warehouse", parent_id=self.company_customer.id, type="delivery"
        )
        self.company_customer.write({"phone": "0123 456", "city": "Leeds"})

        head = self._get_section("head")

        self.assertTrue(head["contacts"][0]["name"].endswith("Erin"))
        self.assertEqual(head["contact_count"], 1)
        self.assertEqual((head["phone"], head["city"]), ("0123 456", "Leeds"))

    def test_the_tier_says_why_it_is_held_and_what_the_next_one_asks(self):
        self._confirm_order(self.company_customer, 1500)

        tier = self._get_section("tier")

        self.assertEqual(tier["tier"], "Silver")
        self.assertIn("1,500.00", tier["decisions"][0]["sentence"])
        self.assertEqual(tier["next"]["tier"], "Gold")
        self.assertEqual(tier["next"]["percent"], 15)  # 1,500 of 10,000
        [[gap]] = tier["next"]["ways"]
        self.assertIn("8,500.00", gap["text"])
        self.assertFalse(gap["holds"])

    def test_to_keep_a_tier_is_measured_on_its_last_day(self):
        membership = self._enroll(self.company_customer, tier=self.silver)
        membership._write_tier({"valid_until": "2026-06-30"})
        self._book(self.company_customer, 900, "2025-06-15")  # too old by then
        self._book(self.company_customer, 250, "2026-03-01")

        keep = self._get_section("tier")["keep"]

        self.assertFalse(keep["is_kept"])
        self.assertEqual(keep["percent"], 25)
        self.assertIn("750.00", keep["way"][0]["text"])

    def test_at_the_top_nothing_is_missing(self):
        self._enroll(self.company_customer, tier=self.gold)

        self.assertIs(self._get_section("tier")["next"], False)

    def test_points_show_what_can_be_used_and_what_expires_next(self):
        self.program.write(
            {"points_expiry": "months", "points_expiry_months": 12}
            if "points_expiry_months" in self.program._fields
            else {}
        )
        self._confirm_order(self.company_customer, 1500)
        card = self._get_card(self.company_customer)

        [purse] = self._get_section("points")["purses"]

        self.assertEqual(purse["usable"], "1,500")
        self.assertEqual(purse["code"], card.code)
        self.assertFalse(purse["debt"])

    def test_points_owed_are_said(self):
        order = self._confirm_order(self.company_customer, 300)
        self._open_card(self.company_customer).sudo()
        self.env.cr.execute(
            "UPDATE loyalty_card SET member_debt = 40 WHERE member_owner_id = %s",
            [self.company_customer.id],
        )
        self.env.invalidate_all()
        try:
            [purse] = self._get_section("points")["purses"]
        finally:
            self.env.cr.execute(
                "UPDATE loyalty_card SET member_debt = 0 WHERE member_owner_id = %s",
                [self.company_customer.id],
            )

        self.assertTrue(order)
        self.assertEqual(purse["debt"], "40")

    def test_benefits_say_what_is_left(self):
        self._enroll(self.company_customer, tier=self.silver)
        sample = self._create_benefit(
            "product", name="Sample", quota=2, quota_period="year"
        )
        self._claim_benefit(sample)

        [benefit] = self._get_section("benefits")["benefits"]

        self.assertEqual(
            (benefit["name"], benefit["left"], benefit["is_used_up"]),
            ("Sample", "1 of 2", False),
        )

    def _claim_benefit(self, benefit):
        order = self._create_order(self.company_customer, 100)
        return self.env["sale.order.line"].create(
            {
                "order_id": order.id,
                "product_id": self.product.id,
                "product_uom_qty": 1,
                "price_unit": 0,
                "tax_ids": False,
                "member_benefit_id": benefit.id,
            }
        )

    def test_tags_have_their_colours(self):
        tag = self.env["member.tag"].create({"name": "Needs support", "color": 4})
        self.company_customer.member_tag_ids = tag

        [shown] = self._get_section("tags")["tags"]

        self.assertEqual((shown["name"], shown["color"]), ("Needs support", 4))

    def test_scores_forecasts_and_signals_are_those_of_the_member(self):
        membership = self._enroll(self.company_customer)
        other = self._enroll(self._create_customer("Other"))
        for one in (membership, other):
            self._create_score(one, value_score=78 if one == membership else 1)
        self._create_forecast(membership)
        self._create_signal(membership, kind="falling")
        self._create_signal(membership, kind="silent", ended_on="2026-03-01")
        self._create_signal(other)

        sections = self._portray(self.company_customer)["sections"]

        score = sections["score"]
        self.assertEqual((score["value"], score["segment"]), (78, "Loyal"))
        self.assertEqual([one["value"] for one in score["letters"]], [5, 4, 3])
        self.assertTrue(score["is_late"])
        self.assertEqual(sections["forecast"]["return_percent"], 73)
        kinds = [one["kind"] for one in sections["signals"]["signals"]]
        self.assertEqual(kinds, ["Buys Less"])

    def test_a_score_tells_why_it_is_what_it_is(self):
        self._create_score(self._enroll(self.company_customer))
        said = {
            "sentences": ["Bought 5 days ago."],
            "parts": [{"label": "Recency", "points": 20, "highest": 25, "part": "r"}],
        }

        with patch.object(
            self.env.registry["member.score"],
            "_explain_score",
            lambda _score: said,
            create=True,
        ):
            score = self._get_section("score")

        self.assertEqual(score["reasons"], ["Bought 5 days ago."])
        self.assertEqual(
            score["parts"], [{"label": "Recency", "points": 20, "highest": 25}]
        )

    def test_inquiries_count_how_they_went(self):
        won = self._create_lead(self.person, "Tins")
        won.action_set_won()
        self._create_lead(self.company_customer, "Lanterns").action_set_lost()
        self._create_lead(self.company_customer, "Boxes")

        inquiries = self._get_section("inquiries")

        went = (inquiries["open"], inquiries["won"], inquiries["lost"])
        self.assertEqual(went, (1, 1, 1))
        self.assertEqual(
            {one["name"] for one in inquiries["leads"]}, {"Tins", "Lanterns", "Boxes"}
        )

    def test_an_inquiry_is_shown_to_whom_it_counts_for(self):
        lead = self._create_lead(self.env["res.partner"])
        lead.write(
            {
                "member_inquiry_partner_id": self.person.id,
                "member_inquiry_state": "quality",
                "member_inquiry_grade": 82,
            }
        )

        inquiries = self._get_section("inquiries")

        self.assertEqual(inquiries["quality"], 1)
        self.assertEqual(inquiries["leads"][0]["grade"], 82)

    def test_last_contacts_are_plain_text(self):
        self.company_customer.message_post(
            body="Called <b>twice</b>", message_type="comment"
        )
        lead = self._create_lead(self.person)
        lead.message_post(body="Please quote", subject="Tins", message_type="email")

        messages = self._get_section("dialogue")["messages"]

        self.assertEqual(
            [(one["model"], one["preview"]) for one in messages],
            [
                ("crm.lead", "Please quote"),
                ("res.partner", "Called <b>twice</b>"),
            ],
        )

    def test_meetings_of_the_people_are_shown(self):
        self.env["calendar.event"].create(
            {
                "name": "Spring range",
                "start": "2026-03-20 09:00:00",
                "stop": "2026-03-20 10:00:00",
                "partner_ids": [Command.link(self.person.id)],
            }
        )

        [meeting] = self._get_section("dialogue")["meetings"]

        self.assertEqual((meeting["name"], meeting["is_ahead"]), ("Spring range", True))

    def test_open_activities_of_all_documents_are_shown_the_urgent_first(self):
        lead = self._create_lead(self.person)
        order = self._create_order(self.company_customer, 100)
        for record, day in ((order, "20"), (self.person, "18"), (lead, "10")):
            record.activity_schedule(
                "mail.mail_activity_data_todo", date_deadline=f"2026-03-{day}"
            )

        activities = self._get_section("activities")["activities"]

        self.assertEqual(
            [(one["model"], one["state"]) for one in activities],
            [
                ("crm.lead", "overdue"),
                ("res.partner", "planned"),
                ("sale.order", "planned"),
            ],
        )

    def test_who_is_no_member_has_a_page_and_can_become_one(self):
        officer = self._create_user("portrait_officer", "officer")

        for user, may_enroll in ((officer, True), (self.seller_of_all, False)):
            portrait = self._portray(self.company_customer, user)
            with self.subTest(user=user.login):
                self.assertFalse(portrait["is_member"])
                self.assertNotIn("tier", portrait["sections"])
                self.assertEqual(portrait["may_enroll"], may_enroll)

    def test_a_former_member_and_an_archived_contact_have_a_page(self):
        membership = self._enroll(self.company_customer)
        membership.active = False
        self.company_customer.child_ids.active = False
        self.company_customer.active = False

        portrait = self._portray(self.company_customer)

        self.assertTrue(portrait["sections"]["head"]["is_archived"])
        self.assertTrue(portrait["sections"]["tier"]["is_former"])

    def test_a_company_without_a_program_has_a_page(self):
        self._archive_programs()

        portrait = self._portray(self.company_customer)

        self.assertFalse(portrait["has_program"])
        self.assertIn("head", portrait["sections"])
