from datetime import timedelta
from decimal import Decimal

from odoo import Command
from odoo.tests import freeze_time, tagged

from ..logic.tag_order import levels
from .common import TODAY
from .evaluation_common import WINDOWS, EvaluationCommon
from .tag_common import TagCommon

COLUMNS = {"purchase_amount": "amount", "order_count": "order_count"}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestTagOracle(EvaluationCommon, TagCommon):
    """Who carries a tag is exactly who the pure rules say."""

    def test_who_carries_a_tag_is_who_the_rules_say(self):
        for seed in range(4):
            with self.subTest(seed=seed):
                self._check_random(self._get_random(seed))

    def _check_random(self, random):
        program = self._create_random_program(random)
        members = self._create_crowd(random, 40, program)
        self._scatter(random, members)
        tags = self._create_random_tags(random, program, members)
        leaver = random.choice(members)
        leaver.active = False

        for as_of in (TODAY, TODAY + timedelta(days=1)):
            program._keep_tags(as_of)

            expected = self._expect_carriers(program, tags, members - leaver, as_of)
            for tag in tags:
                self.assertEqual(set(tag.partner_ids.ids), expected[tag.id], tag.name)
            self._check_log(tags)
            self.assertEqual(program._keep_tags(as_of), {})
            self._check_log(tags)

    def _scatter(self, random, members):
        """Put members into countries."""
        countries = self.env["res.country"].search([], limit=3)
        for membership in members:
            membership.partner_id.country_id = random.choice(countries)
        self.countries = countries

    def _create_random_tags(self, random, program, members):
        """Make tags by rules, some of which ask for tags that were made before."""
        by_hand = self._create_tag("By hand")
        by_hand.partner_ids = members.partner_id[::3]
        tags = self.env["member.tag"]
        for number in range(5):
            tags |= self._create_tag(
                f"Tag {number}",
                kept_by="rules",
                program_id=program.id,
                rule_ids=[
                    self._prepare_rule(
                        *(
                            self._prepare_random_tag_condition(
                                random, program, by_hand | tags
                            )
                            for _condition in range(random.randint(1, 2))
                        )
                    )
                    for _rule in range(random.randint(1, 2))
                ],
            )
        return tags

    def _prepare_random_tag_condition(self, random, program, tags):
        metric = random.choice([*COLUMNS, "has_tag", "holds_tier", "from_country"])
        window_type, length = random.choice(WINDOWS)
        values = {
            "metric": metric,
            "operator": random.choice([">=", "<"]),
            "value": random.choice([50, 100, 150])
            if metric == "purchase_amount"
            else 1,
            "window_type": window_type,
            "window_length": length,
        }
        limit = {
            "has_tag": ("tag_ids", tags),
            "holds_tier": ("tier_ids", program.tier_ids),
            "from_country": ("country_ids", self.countries),
        }.get(metric)
        if limit:
            values[limit[0]] = [Command.set(random.choice(limit[1]).ids)]
        return values

    def _expect_carriers(self, program, tags, members, as_of):
        """Say with the pure rules who carries each tag, by tag id."""
        asked_for = self.env["member.tag"]._get_tags_asked_for()
        carriers = {
            tag.id: set(tag.partner_ids.ids)
            for tag in self.env["member.tag"].search([("kept_by", "=", "hand")])
        }
        for level in levels({tag.id: asked_for.get(tag.id, set()) for tag in tags}):
            for tag in tags.browse(level):
                rules = tag._get_tag_rules()
                carriers[tag.id] = {
                    membership.partner_id.id
                    for membership in members
                    if self._meets(rules, program, membership, as_of, carriers)
                }
        return carriers

    def _meets(self, rules, program, membership, as_of, carriers):
        figures = {
            key: self._measure_one(key, program, membership, as_of, carriers)
            for key in rules.figure_keys()
        }
        return any(rule.holds(figures) for rule in rules.rules)

    def _measure_one(self, key, program, membership, as_of, carriers):
        partner, limit = membership.partner_id, key.limit
        if key.metric == "has_tag":
            return int(any(partner.id in carriers[one] for one in limit.tag_ids))
        if key.metric == "holds_tier":
            return int(membership.tier_id.id in limit.tier_ids)
        if key.metric == "from_country":
            return int(partner.country_id.id in limit.country_ids)
        days = key.window.days_as_of(as_of, membership.joined_on)
        rows = self.env["member.activity"].search([("partner_id", "=", partner.id)])
        return sum(
            Decimal(str(row[COLUMNS[key.metric]]))
            for row in rows
            if row.date <= days.last and (not days.first or row.date >= days.first)
        )

    def _check_log(self, tags):
        """Replay the log: it gives who carries each tag."""
        for tag in tags:
            carriers = set()
            for change in tag.change_ids.sorted("id"):
                if change.change == "added":
                    self.assertNotIn(change.partner_id.id, carriers)
                    carriers.add(change.partner_id.id)
                else:
                    carriers.remove(change.partner_id.id)
            self.assertEqual(carriers, set(tag.partner_ids.ids))

    def test_the_number_of_statements_does_not_grow_with_the_members(self):
        tags = [self._create_rule_tag(name=name) for name in ("One", "Two")]
        counts = []
        for size in (2, 40):
            partners = self.env["res.partner"].create(
                [{"name": f"Member {number}"} for number in range(size)]
            )
            self._enroll(*partners)
            for partner in partners:
                self._book(partner, 1000)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.program._keep_tags(TODAY)
            counts.append(self.env.cr.sql_log_count - before)

        self.assertEqual(len(tags[0].partner_ids), 42)
        self.assertLessEqual(counts[1], counts[0])
