import random
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..logic.proportions import Share, difference
from .benefit_common import BenefitCommon

FIRST, LAST = date(2025, 7, 1), date(2025, 11, 30)
WATCHED = 60


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestBenefitRanking(BenefitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.support = cls._create_benefit(
            name="Support", cost=2, date_from="2025-01-01"
        )
        cls.members = [cls._create_old_member(number) for number in range(6)]

    @classmethod
    def _create_old_member(cls, number, tier=None):
        """Make somebody who is a member in a tier since long before the span."""
        with freeze_time("2025-01-02 10:00:00"):
            customer = cls._create_member(f"Old {number}", tier=tier or cls.silver)
        return customer.member_membership_ids

    def _rank(self, user=None, **values):
        ranking = (
            self.env["member.benefit.ranking"]
            .with_user(user or self.env.user)
            .create(
                {
                    "program_id": self.program.id,
                    "first_day": FIRST,
                    "last_day": LAST,
                    "watched_days": WATCHED,
                    **values,
                }
            )
        )
        ranking.action_rank()
        return ranking

    def _get_line(self, benefit=None, **values):
        lines = self._rank(**values).line_ids
        return lines.filtered(lambda line: line.benefit_id == (benefit or self.support))

    def _use(self, number, day=date(2025, 9, 1), quantity=1):
        return self.support._use(self.members[number], quantity, day=day)

    def _buy(self, number, day):
        return self._book(self.members[number].partner_id, 100, on=day)

    def test_users_are_compared_with_those_who_had_it_and_did_not_use_it(self):
        self._use(0)
        self._use(1, quantity=2)
        for number, day in ((0, date(2025, 12, 1)), (2, date(2026, 1, 29))):
            self._buy(number, day)

        line = self._get_line()

        self.assertRecordValues(
            line,
            [
                {
                    "uses": 3,
                    "user_count": 2,
                    "idle_count": 4,
                    "usage_rate": 33.3,
                    "cost": 6,
                    "cost_per_user": 3,
                    "users_back": 50,
                    "idle_back": 25,
                    "difference": 25,
                }
            ],
        )
        found = difference(Share(1, 2), Share(1, 4))
        self.assertAlmostEqual(line.low, 100 * found.low, places=1)
        self.assertAlmostEqual(line.high, 100 * found.high, places=1)

    def test_only_the_days_after_the_span_are_watched(self):
        self._use(0)
        for day in (FIRST, LAST, LAST + timedelta(days=WATCHED + 1)):
            self._buy(0, day)
            self._buy(1, day)

        self.assertRecordValues(self._get_line(), [{"users_back": 0, "idle_back": 0}])

    def test_a_purchase_that_was_taken_back_is_no_purchase(self):
        self._use(0)
        bought = self._buy(0, date(2025, 12, 5))
        self._book(
            self.members[0].partner_id,
            -100,
            on=date(2025, 12, 20),
            count=-1,
            source_key=bought.source_key,
            revision=2,
            event="cancelled",
        )

        self.assertEqual(self._get_line().users_back, 0)

    def test_uses_outside_the_span_do_not_make_a_user(self):
        self._use(0, FIRST - timedelta(days=1))
        self._use(1, LAST + timedelta(days=1))

        self.assertRecordValues(
            self._get_line(), [{"user_count": 0, "idle_count": 6, "uses": 0}]
        )

    def test_who_rose_after_the_span_did_not_have_it_then(self):
        late = self._create_old_member(7, self.ordinary)
        late._assign_tier(self.silver, "Rose today")
        joined_today = self._create_member("New", tier=self.silver)
        self.assertTrue(joined_today)

        self.assertEqual(self._get_line().idle_count, 6)

    def test_who_fell_after_the_span_had_it_then(self):
        self.members[0]._assign_tier(self.ordinary, "Fell today")

        self.assertEqual(self._get_line().idle_count, 6)

    def test_what_is_hardly_used_is_to_be_replaced_by_what_is_used(self):
        freight = self._create_benefit(name="Freight", date_from="2025-01-01")
        for membership in self.members:
            freight._use(membership, day=date(2025, 9, 1))

        line = self._get_line(low_usage=20)

        self.assertTrue(line.is_low)
        self.assertIn("more of Freight", line.advice)
        self.assertFalse(self._get_line(freight).is_low)

    def test_what_was_not_granted_yet_is_not_blamed_for_being_unused(self):
        """A benefit is made when the database says so, which is after the span."""
        new = self._create_benefit(name="Brand new")

        ranked = self._rank().line_ids.benefit_id

        self.assertIn(self.support, ranked)
        self.assertNotIn(new, ranked)

    def test_the_way_to_those_who_never_used_it(self):
        self._use(0)

        action = self._get_line().action_open_never_used()

        self.assertEqual(action["domain"], [("benefit_id", "=", self.support.id)])
        self.assertTrue(action["context"]["search_default_never_used"])

    def test_figures_are_those_of_a_plain_count(self):
        chance = random.Random(11)
        benefits = [
            self.support,
            self._create_benefit(name="Second", tiers=self.silver | self.gold),
            self._create_benefit(name="Gold's", tiers=self.gold),
        ]
        self.members = self.members + [
            self._create_old_member(20 + number, self.gold) for number in range(6)
        ]
        for _time in range(60):
            benefits[chance.randrange(3)]._use(
                chance.choice(self.members),
                chance.choice([1, 1, 1, -1]),
                day=FIRST + timedelta(days=chance.randint(-20, 170)),
                cost=Decimal(chance.randint(0, 9)),
            )
        for _time in range(15):
            self._buy(
                chance.randrange(12), LAST + timedelta(days=chance.randint(-30, 90))
            )

        lines = {line.benefit_id: line for line in self._rank().line_ids}

        for benefit in benefits:
            with self.subTest(benefit=benefit.name):
                self._assert_as_counted(lines[benefit], benefit)

    def _assert_as_counted(self, line, benefit):
        usages = self.env["member.benefit.usage"].search(
            [
                ("benefit_id", "=", benefit.id),
                ("date", ">=", FIRST),
                ("date", "<=", LAST),
            ]
        )
        quantities = {
            one: sum(rows.mapped("quantity"))
            for one, rows in usages.grouped("membership_id").items()
        }
        users = {one for one, quantity in quantities.items() if quantity > 0}
        idle = {one for one in self.members if one.tier_id in benefit.tier_ids} - users
        bought = self.env["member.activity"].search(
            [
                ("date", ">", LAST),
                ("date", "<=", LAST + timedelta(days=WATCHED)),
                ("kind", "=", "purchase"),
            ]
        )
        back = {one for one in users | idle if one.partner_id in bought.partner_id}
        self.assertRecordValues(
            line,
            [
                {
                    "uses": sum(usages.mapped("quantity")),
                    "cost": sum(usages.mapped("cost")),
                    "user_count": len(users),
                    "idle_count": len(idle),
                }
            ],
        )
        for group, share in ((users, line.users_back), (idle, line.idle_back)):
            self.assertAlmostEqual(
                share, 100 * len(group & back) / len(group) if group else 0, places=1
            )

    def test_bad_questions_are_refused_with_what_to_do(self):
        for values, words in (
            ({"last_day": "2025-06-30"}, "later last day"),
            ({"last_day": "2026-03-15"}, "before today"),
            ({"watched_days": 0}, "from 1 to"),
            ({"watched_days": 999999}, "from 1 to"),
            ({"low_usage": -1}, "0 to 100"),
            ({"low_usage": 101}, "0 to 100"),
        ):
            with (
                self.subTest(values=str(values)),
                self.assertRaisesRegex(UserError, words),
            ):
                self._rank(**values)

    def test_salespeople_do_not_compare(self):
        user = self._create_user("ranking sales", "sales_team.group_sale_salesman")
        officer = self._create_user("ranking officer", "officer")

        with self.assertRaises(AccessError):
            self._rank(user)
        self.assertTrue(self._rank(officer).line_ids)

    def test_a_program_of_another_company_is_not_compared(self):
        other = self._create_program(name="Other", company=self._create_company())
        officer = self._create_user("ranking here", "officer")

        with self.assertRaises(AccessError):
            self._rank(officer, program_id=other.id)

    def test_the_excel_file_holds_what_the_screen_shows(self):
        self._use(0)
        self._buy(0, date(2025, 12, 5))
        ranking = self._rank()
        self.support.name = "=1+1"

        with ranking._open_workbook() as file:
            book = load_workbook(BytesIO(file.read()))

        titles, *rows = book.worksheets[0].iter_rows(values_only=True)
        row = dict(zip(titles, rows[0], strict=True))
        self.assertEqual(row["Benefit"], "=1+1")
        self.assertEqual(book.worksheets[0]["B2"].data_type, "s")
        self.assertEqual(row["Users"], 1)
        self.assertEqual(row["Users Who Bought Again (%)"], 100)
        self.assertEqual(len(rows), 1)
