from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from .common import TODAY, MemberCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestPurchaseFilter(MemberCommon):
    """Find members by what they bought, what they did not, and their tags."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Category = cls.env["product.category"]
        cls.lighting = Category.create({"name": "Lighting"})
        cls.lamps = Category.create({"name": "Lamps", "parent_id": cls.lighting.id})
        cls.rugs = Category.create({"name": "Rugs"})
        cls.product.categ_id = cls.lamps
        cls.rug = cls._create_product("Rug", categ_id=cls.rugs.id)
        cls.ada, cls.bea, cls.cleo = (
            cls._create_customer(name) for name in ("Ada", "Bea", "Cleo")
        )
        cls._confirm_order(cls.ada)
        cls._confirm_order(
            cls.bea, order_line=[cls._prepare_line(product_id=cls.rug.id)]
        )
        cls._create_order(cls.cleo, 100)
        cls._enroll(cls.ada, cls.bea, cls.cleo)
        cls.everybody = cls.ada | cls.bea | cls.cleo

    def _find_members(self, *domain):
        members = self.env["member.membership"].search(
            [("partner_id", "in", self.everybody.ids), *domain]
        )
        contacts = self.env["res.partner"].search(
            [("id", "in", self.everybody.ids), *domain]
        )
        self.assertEqual(members.partner_id, contacts)
        return contacts

    def test_a_category_is_bought_with_what_is_below_it(self):
        for operator in ("=", "in", "child_of"):
            for category in (self.lighting, self.lamps):
                value = category.ids if operator == "in" else category.id
                found = self._find_members(
                    ("member_bought_category_id", operator, value)
                )

                self.assertEqual(found, self.ada, operator)

    def test_who_has_not_bought_a_category(self):
        for condition in (
            ("member_bought_category_id", "not in", self.lighting.ids),
            ("member_bought_category_id", "!=", self.lighting.id),
            ("member_bought_category_id", "not ilike", "Lighting"),
        ):
            self.assertEqual(self._find_members(condition), self.bea | self.cleo)
        negated = ("member_bought_category_id", "child_of", self.lighting.id)
        self.assertEqual(self._find_members("!", negated), self.bea | self.cleo)

    def test_who_bought_anything_and_who_bought_nothing(self):
        for name in ("member_bought_category_id", "member_bought_product_id"):
            self.assertEqual(
                self._find_members((name, "!=", False)), self.ada | self.bea
            )
            self.assertEqual(self._find_members((name, "=", False)), self.cleo)
            self.assertEqual(
                self._find_members(
                    (
                        name,
                        "in",
                        [self.env[self._comodel(name)].search([], limit=1).id, False],
                    )
                ),
                self.cleo,
            )

    def _comodel(self, name):
        return self.env["res.partner"]._fields[name].comodel_name

    def test_a_product_by_itself_by_name_and_negated(self):
        name = "member_bought_product_id"
        self.assertEqual(self._find_members((name, "=", self.rug.id)), self.bea)
        self.assertEqual(self._find_members((name, "ilike", "rug")), self.bea)
        self.assertEqual(
            self._find_members((name, "not in", self.rug.ids)), self.ada | self.cleo
        )

    def test_a_contact_buys_for_its_company(self):
        factory = self._create_customer("Factory", is_company=True)
        buyer = self._create_customer("Buyer", parent_id=factory.id)
        self._confirm_order(buyer)
        family = factory | buyer

        found = self.env["res.partner"].search(
            [
                ("id", "in", family.ids),
                ("member_bought_category_id", "=", self.lamps.id),
                ("member_last_purchase_on", "=", TODAY),
            ]
        )
        self.assertEqual(found, family)
        self.assertEqual(set(family.mapped("member_last_purchase_on")), {TODAY})

    def test_contacts_who_are_members_alone_buy_alone(self):
        self.program.active = False
        self._create_program(member_level="contact")
        factory = self._create_customer("Factory", is_company=True)
        buyer = self._create_customer("Buyer", parent_id=factory.id)
        self._confirm_order(buyer)
        bought = [
            ("partner_id", "in", (factory | buyer).ids),
            ("member_bought_category_id", "=", self.lamps.id),
            ("last_purchase_on", "=", TODAY),
        ]

        members = self.env["member.membership"].search(bought)
        contacts = self.env["res.partner"].search(
            [
                ("id", "in", (factory | buyer).ids),
                ("member_bought_category_id", "=", self.lamps.id),
            ]
        )
        self.assertEqual(members.partner_id, buyer)
        self.assertEqual(contacts, buyer)

    def test_what_another_company_sold_counts_only_there(self):
        abroad = self._create_company()
        bought = ("member_bought_category_id", "=", self.lamps.id)
        contacts = self.env["res.partner"].with_context(allowed_company_ids=abroad.ids)

        self.assertFalse(contacts.search([("id", "=", self.ada.id), bought]))

    def test_a_cancelled_order_was_not_bought(self):
        order = self._confirm_order(self.cleo)
        bought = ("member_bought_category_id", "=", self.lamps.id)
        self.assertEqual(self._find_members(bought), self.ada | self.cleo)

        order._action_cancel()

        self.assertEqual(self._find_members(bought), self.ada)
        found = self.env["member.membership"].search(
            [("program_id", "=", self.program.id), ("last_purchase_on", "=", False)]
        )
        self.assertEqual(found.partner_id, self.cleo)

    def test_last_purchase_is_compared_as_it_is_shown(self):
        Membership = self.env["member.membership"]
        dora = self._create_customer("Dora")
        self._enroll(dora)
        self._book(dora, 10, date(2025, 3, 15))
        members = Membership.search([])
        for operator, holds in {
            "=": lambda one, day: one == day,
            "!=": lambda one, day: one != day,
            ">": lambda one, day: one and one > day,
            ">=": lambda one, day: one and one >= day,
            "<": lambda one, day: one and one < day,
            "<=": lambda one, day: one and one <= day,
        }.items():
            for day in (date(2025, 3, 15), date(2025, 6, 1), TODAY):
                found = Membership.search([("last_purchase_on", operator, day)])
                shown = members.filtered(
                    lambda one, holds=holds, day=day: holds(one.last_purchase_on, day)
                )

                self.assertEqual(found, shown, (operator, day))

    def test_bought_nothing_in_the_last_twelve_months(self):
        dora = self._create_customer("Dora")
        self._enroll(dora)
        self._book(dora, 10, date(2025, 3, 15))
        bought = ("last_purchase_on", ">", "today -12m")
        own = ("program_id", "=", self.program.id)

        lately = self.env["member.membership"].search([own, bought])
        not_lately = self.env["member.membership"].search([own, "!", bought])
        since = ("member_not_bought_since", "=", "today -12m +1d")
        self.assertEqual(self.env["member.membership"].search([own, since]), not_lately)
        self.assertEqual(
            self.env["member.membership"].search([own, "!", since]), lately
        )

        self.assertEqual(lately.partner_id, self.ada | self.bea)
        self.assertEqual(not_lately.partner_id, self.cleo | dora)

    def test_two_tags_and_what_was_not_bought(self):
        one, two = self.env["member.tag"].create([{"name": "One"}, {"name": "Two"}])
        self.ada.member_tag_ids = self.bea.member_tag_ids = one | two
        self.cleo.member_tag_ids = one
        domain = [
            ("tag_ids", "in", one.ids),
            ("tag_ids", "ilike", "Two"),
            ("member_bought_category_id", "not in", self.rugs.ids),
        ]

        found = self.env["member.membership"].search(domain)

        self.assertEqual(found.partner_id, self.ada)

    def test_the_filter_reads_no_ids_into_memory(self):
        domain = [
            ("member_bought_category_id", "not in", self.rugs.ids),
            ("last_purchase_on", ">", "today -12m"),
        ]
        Membership = self.env["member.membership"]
        Membership.search_count(domain)
        with self.assertQueryCount(1):
            Membership.search_count(domain)

    def test_a_quantity_of_nothing_is_not_bought(self):
        self._confirm_order(
            self.cleo,
            order_line=[
                Command.create({"product_id": self.rug.id, "product_uom_qty": 0})
            ],
        )
        found = self._find_members(("member_bought_product_id", "=", self.rug.id))

        self.assertEqual(found, self.bea)
