from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import MemberCommon

GROUPS = {
    "salesperson": ["sales_team.group_sale_salesman"],
    "officer": ["officer", "base.group_partner_manager"],
    "manager": ["manager", "base.group_partner_manager"],
}


@tagged("post_install", "-at_install")
class TestScreens(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            name: cls._create_user(f"screen {name}", *groups)
            for name, groups in GROUPS.items()
        }
        cls.ada = cls._create_customer()
        [cls.membership] = cls._enroll(cls.ada)

    def _open_menus(self, user):
        """Return the actions behind the menus of the app that a user sees."""
        root = self.env.ref("member_loyalty.member_loyalty_menu_root")
        visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        menus = self.env["ir.ui.menu"].search(
            [("id", "child_of", root.id), ("id", "in", list(visible))]
        )
        return [
            menu.action
            for menu in menus
            if menu.action and menu.action._name == "ir.actions.act_window"
        ]

    def test_everybody_can_open_every_menu_they_see(self):
        for name, user in self.users.items():
            for action in self._open_menus(user):
                with self.subTest(user=name, action=action.name):
                    modes = action.view_mode.split(",")
                    records = self.env[action.res_model].with_user(user)
                    views = records.get_views(
                        [(False, mode) for mode in [*modes, "search"]]
                    )["views"]

                    self.assertEqual(set(views), {*modes, "search"})
                    records.search([], limit=1).read()

    def test_contacts_and_orders_open_for_everybody(self):
        order = self._confirm_order(self.ada, 100)
        for name, user in self.users.items():
            with self.subTest(user=name):
                Form(self.ada.with_user(user))
                if user.has_group("sales_team.group_sale_salesman_all_leads"):
                    Form(order.with_user(user))

    def test_somebody_without_the_app_opens_contacts(self):
        stranger = self._create_user("stranger", "base.group_user")

        arch = self.ada.with_user(stranger).get_view(
            self.env.ref("base.view_partner_form").id
        )["arch"]

        self.assertNotIn("member_", arch)

    def test_a_salesperson_sees_no_button_that_would_fail(self):
        buttons = (
            "action_assign_tier",
            "action_collect_history",
            "action_enroll",
            "action_evaluate",
            "action_review",
        )
        for model in ("member.membership", "member.program", "res.partner"):
            arch = (
                self.env[model]
                .with_user(self.users["salesperson"])
                .get_view(view_type="form")["arch"]
            )
            for button in buttons:
                self.assertNotIn(button, arch)

    def test_a_salesperson_has_no_action_that_would_fail(self):
        bindings = self.env["ir.actions.actions"].with_user(self.users["salesperson"])
        for model in ("member.membership", "member.activity", "res.partner"):
            actions = bindings.get_bindings(model).get("action", ())
            names = {action["name"] for action in actions}
            self.assertFalse(names & {"Change Tier", "Reverse", "Make Member"})

    def test_a_salesperson_changes_nothing(self):
        user = self.users["salesperson"]
        for record, values in (
            (self.program, {"name": "Mine"}),
            (self.gold, {"name": "Mine"}),
            (self.membership, {"active": False}),
        ):
            with self.assertRaises(AccessError):
                record.with_user(user).write(values)
        with self.assertRaises(AccessError):
            self.env["member.tag"].with_user(user).create({"name": "Mine"})
        with self.assertRaises(AccessError):
            self._create_customer("Bob").with_user(user).action_enroll()

    def test_an_officer_corrects_and_does_not_configure(self):
        user = self.users["officer"]
        wizard = Form(
            self.env["member.tier.assignment"]
            .with_user(user)
            .with_context(default_membership_ids=self.membership.ids)
        )
        wizard.tier_id = self.gold
        wizard.reason = "Promised"
        wizard.save().action_assign()

        self.assertEqual(self.membership.tier_id, self.gold)
        with self.assertRaises(AccessError):
            self.program.with_user(user).name = "Mine"


@tagged("post_install", "-at_install")
class TestProgramForm(MemberCommon):
    def test_a_manager_makes_a_program_in_one_form(self):
        manager = self._create_user("maker", "manager")
        with Form(self.env["member.program"].with_user(manager)) as program:
            program.name = "Export circle"
            with program.tier_ids.new() as tier:
                tier.name = "Ordinary"
                self.assertTrue(tier.is_base)
            with program.tier_ids.new() as tier:
                tier.name = "Silver"
                self.assertFalse(tier.is_base)

        silver = program.record.tier_ids[1]
        with Form(silver) as tier, tier.rule_ids.new() as rule:
            with rule.condition_ids.new() as condition:
                condition.value = 50000
            with rule.condition_ids.new() as condition:
                condition.metric = "order_count"
                condition.value = 2
                condition.window_type = "calendar_year"

        self.assertRecordValues(
            silver.rule_ids.condition_ids,
            [
                {"metric": "purchase_amount", "value": 50000, "window_length": 12},
                {"metric": "order_count", "value": 2, "window_length": 12},
            ],
        )
        self.assertIn(
            "Number of orders at least 2 in this calendar year", silver.rule_summary
        )

    def test_a_member_is_enrolled_in_the_form(self):
        officer = self._create_user("enroller", "officer")
        with Form(self.env["member.membership"].with_user(officer)) as membership:
            membership.program_id = self.program
            membership.partner_id = self._create_customer()

        self.assertEqual(membership.record.tier_id, self.ordinary)
        self.assertEqual(membership.record.joined_by, "hand")


@tagged("post_install", "-at_install")
class TestGrouping(MemberCommon):
    def test_contacts_are_grouped_by_the_tier_they_share(self):
        acme = self._create_customer("Acme", is_company=True)
        joe = self._create_customer("Joe", parent_id=acme.id)
        bob = self._create_customer("Bob")
        self._enroll(acme, tier=self.silver)

        groups = self.env["res.partner"]._read_group(
            [("id", "in", (acme | joe | bob).ids)], ["member_tier_id"], ["id:recordset"]
        )

        self.assertEqual(
            {tier.name: partners for tier, partners in groups},
            {"Silver": acme | joe, False: bob},
        )

    def test_members_are_grouped_by_country(self):
        japan, france = self.env.ref("base.jp"), self.env.ref("base.fr")
        self._enroll(
            self._create_customer("Aiko", country_id=japan.id),
            self._create_customer("Benoît", country_id=france.id),
            self._create_customer("Chie", country_id=japan.id),
        )

        groups = self.env["member.membership"]._read_group(
            [("program_id", "=", self.program.id)], ["country_id"], ["__count"]
        )

        self.assertEqual(dict(groups), {japan: 2, france: 1})

    def test_tags_are_put_on_members(self):
        tag = self.env["member.tag"].create({"name": "Needs a call"})
        [membership] = self._enroll(self._create_customer())

        membership.tag_ids = [Command.link(tag.id)]

        self.assertEqual(tag.partner_ids, membership.partner_id)
        self.assertEqual(tag.partner_count, 1)
