from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from .segment_common import SegmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestSegment(SegmentCommon):
    """Who is in a segment: all of its conditions, any of what a condition lists."""

    def test_nothing_asked_for_is_everybody_in_the_program(self):
        other = self._create_program(name="Other")
        self._enroll(self.ada, program=other)

        self.assertEqual(self._find_names(), ["Ada", "Bob", "Cem"])

    def test_who_left_the_program_is_not_in_it(self):
        segment = self._create_segment()

        self._get_membership(self.cem).active = False

        self.assertEqual(self._get_names(segment), ["Ada", "Bob"])

    def test_any_of_the_tiers_and_any_of_the_countries(self):
        self.assertEqual(
            self._find_names(tier_ids=self.silver | self.gold), ["Ada", "Bob"]
        )
        self.assertEqual(
            self._find_names(
                tier_ids=self.silver | self.gold, country_ids=self.germany
            ),
            ["Ada"],
        )

    def test_a_country_group_stands_for_its_countries(self):
        group = self.env["res.country.group"].create(
            {"name": "Some", "country_ids": [(6, 0, self.france.ids)]}
        )

        self.assertEqual(self._find_names(country_group_ids=group), ["Bob"])
        self.assertEqual(
            self._find_names(country_group_ids=group, country_ids=self.germany),
            ["Ada", "Bob"],
        )

    def test_tags_are_any_all_or_none(self):
        red, blue = self._create_tag("Red"), self._create_tag("Blue")
        (self.ada | self.bob).write({"member_tag_ids": [(4, red.id)]})
        self.bob.write({"member_tag_ids": [(4, blue.id)]})
        both = red | blue

        self.assertEqual(self._find_names(tag_any_ids=both), ["Ada", "Bob"])
        self.assertEqual(self._find_names(tag_all_ids=both), ["Bob"])
        self.assertEqual(self._find_names(tag_none_ids=both), ["Cem"])
        self.assertEqual(self._find_names(tag_any_ids=red, tag_none_ids=blue), ["Ada"])

    def test_scores_of_last_night(self):
        self._score(self.ada, segment="champion", stage="active", value_score=80)
        self._score(self.bob, segment="lost", stage="win_back", value_score=30)
        champion = self._get_class("segment", "champion")
        back = self._get_class("stage", "win_back")

        self.assertEqual(self._find_names(rfm_segment_ids=champion), ["Ada"])
        self.assertEqual(self._find_names(stage_ids=back), ["Bob"])
        self.assertEqual(self._find_names(value_score_min=80), ["Ada"])
        self.assertEqual(self._find_names(value_score_min=81), [])
        self.assertEqual(self._find_names(value_score_max=30), ["Bob"])
        self.assertEqual(self._find_names(rfm_segment_ids=champion, stage_ids=back), [])

    def test_grades_are_lower_limits(self):
        self._score(self.ada, recency=5, frequency=2, monetary=3)
        self._score(self.bob, recency=4, frequency=4, monetary=3)

        for name, grade, expected in (
            ("recency_min", 5, ["Ada"]),
            ("frequency_min", 3, ["Bob"]),
            ("monetary_min", 3, ["Ada", "Bob"]),
            ("monetary_min", 4, []),
        ):
            with self.subTest(name=name, grade=grade):
                self.assertEqual(self._find_names(**{name: grade}), expected)

    def test_a_chance_that_no_proven_model_gave_is_none(self):
        self._forecast(self.ada, has_return_chance=True, return_chance=0.2)
        self._forecast(self.bob, has_return_chance=False, return_chance=0)

        self.assertEqual(self._find_names(return_chance_below=0.3), ["Ada"])
        self.assertEqual(self._find_names(return_chance_below=0.2), [])

    def test_salespeople_and_their_teams(self):
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        team = self.env["crm.team"].create(
            {"name": "North", "member_ids": [(4, seller.id)]}
        )
        self.ada.user_id = seller

        self.assertEqual(self._find_names(user_ids=seller), ["Ada"])
        self.assertEqual(self._find_names(team_ids=team), ["Ada"])

    def test_days_of_joining(self):
        self._get_membership(self.ada).joined_on = date(2026, 1, 1)
        self._get_membership(self.bob).joined_on = date(2026, 3, 14)
        self._get_membership(self.cem).joined_on = date(2026, 3, 15)

        self.assertEqual(self._find_names(joined_until="2026-01-01"), ["Ada"])
        self.assertEqual(self._find_names(joined_from="2026-03-14"), ["Bob", "Cem"])
        self.assertEqual(self._find_names(joined_within_days=1), ["Cem"])
        self.assertEqual(self._find_names(joined_within_days=2), ["Bob", "Cem"])

    def test_the_last_days_have_today_among_them(self):
        self._book(self.ada, 100, on=date(2026, 3, 6))
        self._book(self.bob, 100, on=date(2026, 3, 5))

        self.assertEqual(self._find_names(bought_within_days=10), ["Ada"])
        self.assertEqual(self._find_names(not_bought_within_days=10), ["Bob", "Cem"])
        self.assertEqual(
            self._find_names(not_bought_within_days=10, purchase_history="bought"),
            ["Bob"],
        )
        self.assertEqual(self._find_names(purchase_history="never"), ["Cem"])

    def test_products_bought_and_not(self):
        tools = self.env["product.category"].create({"name": "Tools"})
        drill = self._create_product("Drill", categ_id=tools.id)
        self._confirm_order(self.ada, 100)
        self._confirm_order(
            self.bob, order_line=[self._prepare_line(product_id=drill.id)]
        )

        self.assertEqual(self._find_names(bought_product_ids=self.product), ["Ada"])
        self.assertEqual(self._find_names(bought_category_ids=tools), ["Bob"])
        self.assertEqual(
            self._find_names(
                bought_product_ids=self.product, bought_category_ids=tools
            ),
            ["Ada", "Bob"],
        )
        self.assertEqual(
            self._find_names(not_bought_product_ids=self.product), ["Bob", "Cem"]
        )
        self.assertEqual(
            self._find_names(
                not_bought_product_ids=self.product, not_bought_category_ids=tools
            ),
            ["Cem"],
        )

    def test_a_benefit_that_was_not_used(self):
        benefit = self.env["member.benefit"].create(
            {
                "program_id": self.program.id,
                "name": "Hotline",
                "tier_ids": [(6, 0, (self.silver | self.gold).ids)],
                "quota": 2,
            }
        )
        benefit._use(self._get_membership(self.ada))

        self.assertEqual(self._find_names(unused_benefit_ids=benefit), ["Bob"])

    def test_a_filter_of_ones_own_is_added(self):
        segment = self._create_segment(
            tier_ids=self.silver | self.gold,
            extra_domain="[('partner_id.name', '=', 'Bob')]",
        )

        self.assertEqual(self._get_names(segment), ["Bob"])
        self.assertIn("Anything Else", segment.sentence)

    def test_bad_filters_are_refused(self):
        for bad in (
            "[('no_such_field', '=', 1)]",
            "nonsense(",
            "[('partner_id', '=', ",
            "{'a': 1}",
            "[('member_segment_id', '=', 1)]",
            "[('partner_id.member_segment_id', '=', 1)]",
            "[('partner_id', 'any', [('member\\x5fsegment_id', '=', 1)])]",
        ):
            with self.subTest(bad=bad), self.assertRaises(Exception) as caught:
                self._create_segment(extra_domain=bad)
            self.assertIn("UserError", str(type(caught.exception).__mro__))

    def test_ranges_that_nobody_meets_are_refused(self):
        for values in (
            {"value_score_min": 80, "value_score_max": 20},
            {"value_score_max": 101},
            {"recency_min": 6},
            {"recency_min": -1},
            {"return_chance_below": 1.5},
            {"joined_from": "2026-02-01", "joined_until": "2026-01-01"},
        ):
            with self.subTest(values=str(values)), self.assertRaises(ValidationError):
                self._create_segment(**values)

    def test_the_count_follows_while_one_edits(self):
        with Form(self.env["member.segment"]) as form:
            form.name = "Edited"
            form.program_id = self.program
            self.assertEqual((form.member_count, form.program_member_count), (3, 3))
            form.tier_ids.add(self.silver)
            self.assertEqual(form.member_count, 1)
            form.country_ids.add(self.france)
            self.assertEqual(form.member_count, 0)
            self.assertEqual(form.sentence, "Silver in France")

    def test_the_sentence_says_everything(self):
        tag = self._create_tag("Europe")
        segment = self._create_segment(
            tier_ids=self.silver | self.gold,
            country_ids=self.germany,
            tag_any_ids=tag,
            value_score_min=70,
            not_bought_product_ids=self.product,
            not_bought_within_days=90,
            rfm_segment_ids=self._get_class("segment", "cannot_lose"),
        )

        self.assertEqual(
            segment.sentence,
            "Silver or Gold in Germany, tagged Europe, RFM segment Must Not Lose,"
            " value at least 70, silent for 90 days, bought no Lamp",
        )

    def test_what_a_segment_asks_for_is_in_its_history(self):
        segment = self._create_segment()

        segment.value_score_min = 10

        self.assertIn("value at least 10", str(segment.message_ids[0].body))

    def test_the_examples_are_made_once_and_do_nothing(self):
        tags = self.env["member.tag.change"].search_count([])

        for _time in range(2):
            self.env["member.segment"].action_create_examples()

        segments = self.env["member.segment"].search(
            [("program_id", "=", self.program.id)]
        )
        self.assertEqual(
            segments.mapped("name"),
            [
                "New without First Order",
                "Active, High Value",
                "Sleeping",
                "Sensitive to Promotions",
                "Silver, No Purchase for 3 Months",
            ],
        )
        self.assertFalse(segments.tag_id)
        self.assertEqual(self.env["member.tag.change"].search_count([]), tags)
