from datetime import date

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tests import tagged

from .benefit_common import BenefitCommon

TOO_EARLY = "not on sale for"


@tagged("post_install", "-at_install")
class TestBenefitEarlyAccess(BenefitCommon):
    """Products are on sale from a day; for some members so many days earlier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.novelty = cls._create_product("Novelty", member_public_on="2026-03-20")
        cls.ada = cls._create_member(tier=cls.silver)
        cls.bob = cls._create_member("Bob")

    def _buy(self, customer, product=None, **values):
        line = self._prepare_line(product_id=(product or self.novelty).id)
        return self._create_order(customer, order_line=[line], **values)

    def test_nobody_buys_before_the_day(self):
        with self.assertRaisesRegex(ValidationError, "03/20/2026"):
            self._buy(self.ada)

    def test_everybody_buys_from_the_day_on(self):
        self._travel_to("2026-03-20 00:00:00")

        self._buy(self.bob).action_confirm()

    def test_a_member_buys_the_days_earlier(self):
        self._create_benefit(kind="early_access", days_early=5)

        self._buy(self.ada).action_confirm()

        with self.assertRaisesRegex(ValidationError, "Bob.*03/20/2026"):
            self._buy(self.bob)

    def test_a_member_does_not_buy_a_day_before_that(self):
        self._create_benefit(kind="early_access", days_early=4)

        with self.assertRaisesRegex(ValidationError, "03/16/2026"):
            self._buy(self.ada)

    def test_days_begin_where_the_company_is(self):
        self.env.company.partner_id.tz = "Asia/Shanghai"
        self._travel_to("2026-03-19 15:59:00")
        with self.assertRaisesRegex(ValidationError, TOO_EARLY):
            self._buy(self.bob)

        self._travel_to("2026-03-19 16:00:00")

        self._buy(self.bob).action_confirm()

    def test_a_benefit_for_a_product_line_opens_that_line_only(self):
        line = self.env["product.category"].create({"name": "Lamps"})
        lamp = self._create_product(
            "New Lamp", member_public_on="2026-03-20", categ_id=line.id
        )
        self._create_benefit(
            kind="early_access", days_early=5, category_ids=[Command.set(line.ids)]
        )

        self._buy(self.ada, lamp)

        with self.assertRaisesRegex(ValidationError, "Novelty"):
            self._buy(self.ada)

    def test_after_a_fall_a_quotation_is_not_confirmed(self):
        self._create_benefit(kind="early_access", days_early=5)
        order = self._buy(self.ada)
        self._get_membership(self.ada)._assign_tier(self.ordinary, "For the test")

        with self.assertRaisesRegex(ValidationError, TOO_EARLY):
            order.action_confirm()

    def test_a_confirmed_order_goes_by_the_tier_it_had(self):
        self._create_benefit(kind="early_access", days_early=5)
        order = self._buy(self.ada)
        order.action_confirm()
        self._get_membership(self.ada)._assign_tier(self.ordinary, "For the test")

        order.order_line = [self._prepare_line(product_id=self.novelty.id)]

        self.assertEqual(len(order.order_line), 2)

    def test_a_quotation_is_not_handed_to_somebody_else(self):
        self._create_benefit(kind="early_access", days_early=5)
        order = self._buy(self.ada)

        with self.assertRaisesRegex(ValidationError, "Bob"):
            order.partner_id = self.bob

    def test_lines_cannot_be_changed_into_it(self):
        order = self._create_order(self.bob, 10)

        with self.assertRaisesRegex(ValidationError, TOO_EARLY):
            order.order_line.product_id = self.novelty

    def test_members_of_another_company_do_not_buy_here(self):
        other = self._create_company()
        self._create_program(company=other)
        self._create_benefit(kind="early_access", days_early=5)

        with self.assertRaisesRegex(ValidationError, TOO_EARLY):
            self._buy(self.ada, company_id=other.id)

    def test_what_may_be_bought_is_one_domain(self):
        Product = self.env["product.product"]
        template = self.env["product.template"]
        self._create_benefit(kind="early_access", days_early=5)
        company = self.env.company
        mine = Domain("id", "in", (self.novelty | self.product).ids)

        seen = [
            Product.search(template._get_sale_domain(who, company) & mine)
            for who in (self.ada, self.bob, self.env["res.partner"])
        ]

        self.assertEqual(
            seen, [self.novelty | self.product, self.product, self.product]
        )

    def test_orders_cost_nothing_when_no_product_waits(self):
        self.novelty.member_public_on = False
        order = self._create_order(self.bob, 10)
        order._check_on_sale()

        with self.assertQueryCount(0):
            order._check_on_sale()

    def test_a_copy_is_on_sale_at_once(self):
        copied = self.novelty.product_tmpl_id.copy()

        self.assertFalse(copied.member_public_on)
        self.assertEqual(self.novelty.member_public_on, date(2026, 3, 20))

    def test_bad_days_are_refused(self):
        for days, words in ((0, "one day or more"), (-3, "one day"), (4000, "ten")):
            with self.assertRaisesRegex(ValidationError, words):
                self._create_benefit(kind="early_access", days_early=days)
