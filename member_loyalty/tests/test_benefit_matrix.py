from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestBenefitMatrix(BenefitCommon):
    def _get_matrix(self, program=None, user=None):
        Benefit = self.env["member.benefit"].with_user(user or self.env.user)
        return Benefit.get_matrix((program or self.program).id)

    def _get_row(self, name, **values):
        [row] = [
            benefit
            for family in self._get_matrix(**values)["families"]
            for benefit in family["benefits"]
            if benefit["name"] == name
        ]
        return row

    def test_rows_are_grouped_by_family_and_say_who_has_them(self):
        self._create_benefit("product", name="Sample", quota=1)
        self._create_benefit("promise", name="Support", tiers=self.silver | self.gold)
        self._create_member(tier=self.gold)

        matrix = self._get_matrix()

        self.assertEqual(
            [
                (family["label"], [row["name"] for row in family["benefits"]])
                for family in matrix["families"]
            ],
            [("Service", ["Support"]), ("Interaction", ["Sample"])],
        )
        self.assertEqual(
            [(tier["name"], tier["members"]) for tier in matrix["tiers"]],
            [("Ordinary", 0), ("Silver", 0), ("Gold", 1)],
        )
        self.assertEqual(
            self._get_row("Support")["tier_ids"], (self.silver | self.gold).ids
        )
        self.assertEqual(self._get_row("Sample")["terms"], "1 × a year")

    def test_a_benefit_of_a_product_line_is_for_every_member(self):
        line = self.env["product.category"].create({"name": "Lamps"})
        self._create_benefit(
            name="Lamps", tiers=self.env["member.tier"], category_ids=line.ids
        )

        self.assertTrue(self._get_row("Lamps")["is_for_all"])

    def test_a_tick_grants_and_twice_is_once(self):
        benefit = self._create_benefit(tiers=self.silver)

        for _time in range(2):
            benefit.set_granted(self.gold.id, True)

        self.assertEqual(benefit.tier_ids, self.silver | self.gold)
        benefit.set_granted(self.silver.id, False)
        self.assertEqual(benefit.tier_ids, self.gold)

    def test_the_last_tier_is_not_taken_away(self):
        line = self.env["product.category"].create({"name": "Lamps"})
        benefit = self._create_benefit(tiers=self.gold, category_ids=line.ids)

        with self.assertRaisesRegex(UserError, "Grant it to another tier first"):
            benefit.set_granted(self.gold.id, False)

        self.assertEqual(benefit.tier_ids, self.gold)

    def test_the_last_tier_goes_where_a_tag_grants_it_too(self):
        tag = self.env["member.tag"].create({"name": "VIP"})
        benefit = self._create_benefit(tiers=self.gold, tag_ids=[Command.set(tag.ids)])

        self.assertEqual(benefit.set_granted(self.gold.id, False), [])

    def test_a_tier_of_another_program_is_refused(self):
        other = self._create_program(name="Other")
        benefit = self._create_benefit()

        with self.assertRaisesRegex(UserError, "not one of"):
            benefit.set_granted(other._get_tiers()[0].id, True)

    def test_only_managers_tick(self):
        benefit = self._create_benefit()
        for group in ("user", "officer"):
            user = self._create_user(f"matrix {group}", group)

            self.assertFalse(self._get_matrix(user=user)["may_change"])
            with self.assertRaises(AccessError):
                benefit.with_user(user).set_granted(self.gold.id, True)
        manager = self._create_user("matrix manager", "manager")
        self.assertTrue(self._get_matrix(user=manager)["may_change"])
        benefit.with_user(manager).set_granted(self.gold.id, True)
        self.assertIn(self.gold, benefit.tier_ids)

    def test_who_may_not_read_benefits_gets_nothing(self):
        self._create_benefit()
        for group in ("base.group_user", "base.group_portal", "base.group_public"):
            user = self._create_user(f"nobody {group}", group)
            with self.subTest(group=group), self.assertRaises(AccessError):
                self._get_matrix(user=user)

    def test_a_program_of_another_company_is_not_shown(self):
        northwind = self._create_company()
        other = self._create_program(name="Other", company=northwind)
        user = self._create_user("here only", "manager")

        with self.assertRaises(AccessError):
            self._get_matrix(other, user)
        matrix = self.env["member.benefit"].with_user(user).get_matrix()
        self.assertNotIn(other.id, [one["id"] for one in matrix["programs"]])

    def test_without_a_program_the_matrix_is_empty(self):
        self.program.active = False

        matrix = self.env["member.benefit"].get_matrix()

        self.assertEqual((matrix["program_id"], matrix["tiers"]), (False, []))

    def test_questions_do_not_grow_with_benefits(self):
        self._create_benefit(name="One")
        self._count_questions()
        few = self._count_questions()
        for number in range(30):
            self._create_benefit(name=f"More {number}", tiers=self.gold)

        self.assertLessEqual(self._count_questions(), few + 3)

    def _count_questions(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self._get_matrix()
        return self.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestBenefitsOfATier(BenefitCommon):
    def test_a_page_says_what_a_tier_gets(self):
        self._create_benefit(name="Gold's", tiers=self.gold, member_text="For <you>")
        self._create_benefit(name="Silver's", quota=2)
        report = self.env.ref("member_loyalty.member_tier_benefits_report")

        html = report._render_qweb_html(report.report_name, self.gold.ids)[0].decode()

        self.assertIn("Gold&#39;s", html)
        self.assertIn("For &lt;you&gt;", html)
        self.assertNotIn("Silver&#39;s", html)

    def test_what_is_over_or_archived_is_not_on_the_page(self):
        self._create_benefit(name="Over", date_to="2026-03-14")
        self._create_benefit(name="Archived").action_archive()
        self._create_benefit(name="Later", date_from="2026-06-01")

        self.assertEqual(self.silver._get_benefits().mapped("name"), ["Later"])
        self.assertEqual(self.silver.benefit_count, 1)

    def test_users_open_the_page_and_others_do_not(self):
        self._create_benefit()
        user = self._create_user("reader", "user")

        action = self.silver.with_user(user).action_show_benefits()

        self.assertEqual(action["report_type"], "qweb-html")
        stranger = self._create_user("stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self.silver.with_user(stranger).action_show_benefits()
