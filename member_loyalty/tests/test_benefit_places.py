from ast import literal_eval

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-15 10:00:00")
class TestBenefitPlaces(BenefitCommon):
    """What a member has, wherever one looks: on the member, the contact, the order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acme = cls._create_member("Acme", tier=cls.silver, is_company=True)
        cls.ann = cls._create_customer("Ann", parent_id=cls.acme.id)
        cls.sample = cls._create_benefit(kind="product", name="Sample", quota=1, cost=3)
        cls._create_benefit(name="Gold's", tiers=cls.gold)
        cls.salesperson = cls._create_user(
            "places sales", "sales_team.group_sale_salesman_all_leads"
        )

    def test_an_order_says_what_is_left_and_what_it_used(self):
        order = self._create_order(self.ann, 100)
        self.assertEqual(order.member_benefit_entitlement_ids.left_text, "1 of 1")

        self._claim(order, self.sample)

        self.env.invalidate_all()
        self.assertEqual(order.member_benefit_entitlement_ids.left_text, "0 of 1")
        self.assertEqual(order.member_benefit_usage_ids.benefit_id, self.sample)

    def test_a_salesperson_opens_orders_contacts_and_members(self):
        order = self._create_order(self.ann, 100)
        self._claim(order, self.sample)
        membership = self._get_membership(self.acme)

        for record in (order, self.ann, membership, self.silver, self.sample):
            with self.subTest(record=str(record)):
                form = Form(record.with_user(self.salesperson))
                self.assertTrue(form)
        entitlements = order.with_user(self.salesperson).member_benefit_entitlement_ids
        self.assertEqual(entitlements.mapped("benefit_id.name"), ["Sample"])

    def test_a_quotation_follows_its_customer_on_the_screen(self):
        form = Form(self.env["sale.order"].with_user(self.salesperson))

        form.partner_id = self.ann

        self.assertEqual(len(form.member_benefit_entitlement_ids), 1)

    def test_a_contact_has_what_its_company_has(self):
        contact = self.ann.with_user(self.salesperson)

        self.assertEqual(contact.member_benefit_count, 1)
        action = contact.action_open_member_benefits()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found.benefit_id, self.sample)

    def test_a_contact_of_nobody_has_nothing(self):
        bob = self._create_customer("Bob")

        self.assertEqual(bob.member_benefit_count, 0)
        action = bob.action_open_member_benefits()
        self.assertFalse(self.env[action["res_model"]].search(action["domain"]))

    def test_who_may_not_see_members_sees_no_benefits(self):
        stranger = self._create_user("stranger", "base.group_user")

        with self.assertRaises(AccessError):
            self.env["member.benefit.entitlement"].with_user(stranger).search([])
        with self.assertRaises(AccessError):
            self.ann.with_user(stranger).read(["member_benefit_count"])

    def test_an_order_without_benefits_asks_nothing_of_the_database(self):
        self.env["member.benefit"].search([]).active = False
        order = self._create_order(self.ann, 100)
        self.env.flush_all()
        self.assertFalse(order.member_benefit_entitlement_ids)
        order.invalidate_recordset(["member_benefit_entitlement_ids"])

        with self.assertQueryCount(0):
            self.assertFalse(order.member_benefit_entitlement_ids)

    def test_a_benefit_says_who_has_it_and_who_never_used_it(self):
        bob = self._create_member("Bob", tier=self.silver)
        self.sample._use(self._get_membership(bob))
        self.env.invalidate_all()

        self.assertRecordValues(
            self.sample,
            [{"entitled_count": 2, "never_used_count": 1, "use_count": 1}],
        )

    def test_a_first_order_reduction_is_for_the_first_order(self):
        first = self._create_benefit("first_order", name="First", discount_percent=5)
        rows = self._get_membership(self.acme).benefit_entitlement_ids

        row = rows.filtered(lambda one: one.benefit_id == first)

        self.assertEqual(row.left_text, "On the first order")

    def test_a_row_is_read_by_its_member_not_among_those_of_everybody(self):
        rows = self._get_membership(self.acme).benefit_entitlement_ids
        nobody = self.env["member.benefit.entitlement"]

        query = rows._as_query(ordered=False)

        self.assertIn('"membership_id" = ANY', str(query))
        self.assertEqual(nobody.browse(query).benefit_id, self.sample)
        self.assertFalse(nobody.browse(nobody._as_query()))

    def test_filters_of_the_list_find_what_they_say(self):
        Entitlement = self.env["member.benefit.entitlement"]
        view = self.env.ref("member_loyalty.member_benefit_entitlement_view_search")
        bob = self._create_member("Bob", tier=self.silver)
        self.sample._use(self._get_membership(bob))
        mine = [("benefit_id", "=", self.sample.id)]

        def find(name):
            domain = self._get_filter(view, name)
            return Entitlement.search([*mine, *domain]).partner_id

        self.assertEqual(find("never_used"), self.acme)
        self.assertEqual(find("used"), bob)
        self.assertEqual(find("used_up"), bob)
        self.assertEqual(find("something_left"), self.acme)
        self.assertFalse(find("ends_soon"))
        self.sample.date_to = "2026-04-14"
        self.assertEqual(find("ends_soon"), self.acme | bob)

    @staticmethod
    def _get_filter(view, name):
        [node] = etree.fromstring(view.arch).xpath(f"//filter[@name='{name}']")
        return literal_eval(node.get("domain"))

    def test_lists_of_other_companies_stay_there(self):
        northwind = self._create_company()
        other = self._create_program(name="Other", company=northwind)
        self._enroll(self._create_customer("Dora"), program=other)
        self._create_benefit(program_id=other.id, tiers=other._get_tiers())
        user = self._create_user("here", "manager")

        found = self.env["member.benefit.entitlement"].with_user(user).search([])

        self.assertEqual(found.company_id, self.env.company)
