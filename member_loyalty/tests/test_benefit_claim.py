from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
class TestBenefitClaim(BenefitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp, cls.vase = cls.product, cls._create_product("Vase", standard_price=7)
        cls.sample = cls._create_benefit(
            "product",
            name="Free sample",
            product_ids=[Command.set((cls.lamp | cls.vase).ids)],
            quota=1,
        )
        cls.ada = cls._create_member(tier=cls.silver)
        cls.order = cls._create_order(cls.ada, 100)

    def test_a_sample_is_free_and_costs_what_the_product_costs(self):
        line = self.order._claim_benefit(self.sample, self.vase)

        self.assertEqual(line.name, "Vase (Free sample)")
        self.assertEqual(self.order.amount_untaxed, 100)
        self.assertEqual(self._get_uses(self.sample), [(1, 7)])
        self.assertFalse(self.order._get_claimable_benefits())

    def test_a_sample_is_no_purchase(self):
        self.order._claim_benefit(self.sample, self.vase)

        self.order.action_confirm()

        membership = self._get_membership(self.ada)
        self.assertEqual(membership.window_amount, 100)

    def test_what_can_be_claimed_says_how_often(self):
        [claim] = self.order._get_claimable_benefits()

        self.assertEqual(claim.membership, self._get_membership(self.ada))
        self.assertEqual((claim.benefit, claim.available), (self.sample, 1))

    def test_a_product_has_to_be_chosen_of_those_there_are(self):
        with self.assertRaisesRegex(UserError, "Choose one of"):
            self.order._claim_benefit(self.sample)
        with self.assertRaisesRegex(UserError, "Choose one of"):
            self.order._claim_benefit(self.sample, self._create_product("Car"))

    def test_it_stays_free_when_prices_are_computed_anew(self):
        line = self.order._claim_benefit(self.sample, self.vase)

        self.order.action_update_prices()

        self.assertEqual((line.price_unit, line.discount), (0, 0))

    def test_pieces_beyond_the_quota_are_refused_in_any_unit(self):
        line = self.order._claim_benefit(self.sample, self.vase)

        with self.assertRaisesRegex(UserError, "as often as"):
            line.product_uom_qty = 2
        with self.assertRaisesRegex(UserError, "as often as"):
            line.product_uom_id = self.env.ref("uom.product_uom_dozen")

    def test_a_use_can_be_several_pieces(self):
        self.sample.product_quantity = 3

        line = self.order._claim_benefit(self.sample, self.vase)

        self.assertEqual(line.product_uom_qty, 3)
        self.assertEqual(self._get_uses(self.sample), [(1, 21)])

    def test_the_free_line_stays_free_and_of_the_benefit(self):
        line = self.order._claim_benefit(self.sample, self.vase)

        with self.assertRaisesRegex(ValidationError, "is free"), self.cr.savepoint():
            line.price_unit = 5
        line.invalidate_recordset()
        with self.assertRaisesRegex(ValidationError, "none of the products"):
            line.product_id = self._create_product("Car")

    def test_who_is_not_entitled_claims_nothing(self):
        bob = self._create_member("Bob")
        order = self._create_order(bob, 100)

        self.assertFalse(order._get_claimable_benefits())
        with self.assertRaisesRegex(UserError, "does not have"):
            order._claim_benefit(self.sample, self.vase)

    def test_an_order_that_is_confirmed_claims_nothing(self):
        self.order.action_confirm()

        self.assertFalse(self.order._get_claimable_benefits())
        with self.assertRaisesRegex(UserError, "quotation"):
            self.order._claim_benefit(self.sample, self.vase)

    def test_no_salesperson_writes_a_benefit_by_hand(self):
        seller = self._create_user("seller", "sales_team.group_sale_salesman_all_leads")
        order = self._create_order(self._create_member("Bob"), 100).with_user(seller)
        values = {"product_id": self.vase.id, "member_benefit_id": self.sample.id}

        with self.assertRaisesRegex(AccessError, "by hand"):
            order.order_line = [Command.create(values)]
        with self.assertRaisesRegex(AccessError, "by hand"):
            order.order_line.member_benefit_id = self.sample
        with self.assertRaisesRegex(AccessError, "by hand"):
            self.env["sale.order.line"].with_user(seller).with_context(
                default_member_benefit_id=self.sample.id
            ).create({"order_id": order.id, "product_id": self.vase.id})
        with self.assertRaisesRegex(AccessError, "by hand"):
            order.order_line.member_is_uncounted = True

    def test_a_claim_cannot_be_moved_to_somebody_else(self):
        seller = self._create_user("seller", "sales_team.group_sale_salesman_all_leads")
        line = self.order._claim_benefit(self.sample, self.vase)
        other = self._create_order(self._create_member("Bob"), 100)

        with self.assertRaisesRegex(AccessError, "by hand"):
            line.with_user(seller).order_id = other

    def test_what_was_lost_before_confirmation_is_said(self):
        self.order._claim_benefit(self.sample, self.vase)
        self._get_membership(self.ada)._assign_tier(self.ordinary, "For the test")

        with self.assertRaisesRegex(UserError, "any more. Take the line"):
            self.order.action_confirm()

    def test_another_customer_does_not_get_the_claim_of_the_first(self):
        self.order._claim_benefit(self.sample, self.vase)
        self.order.partner_id = self._create_customer("Bob")

        with self.assertRaisesRegex(UserError, "any more"):
            self.order.action_confirm()

    def test_a_salesperson_claims_with_the_button(self):
        seller = self._create_user("seller", "sales_team.group_sale_salesman_all_leads")
        order = self.order.with_user(seller)
        action = order.action_claim_benefits()
        wizards = self.env["member.benefit.claim"].with_user(seller)

        form = Form(wizards.with_context(**action["context"]))
        with form.line_ids.edit(0) as line:
            line.product_id = self.vase
            line.times = 1
        form.save()
        form.record.action_claim()

        self.assertEqual(self._get_uses(self.sample), [(1, 7)])
        self.assertEqual(order.order_line[-1:].product_id, self.vase)

    def test_nothing_chosen_is_said(self):
        wizard = self.env["member.benefit.claim"].create({"order_id": self.order.id})

        with self.assertRaisesRegex(UserError, "how often"):
            wizard.action_claim()
        wizard.line_ids.times = -1
        with self.assertRaisesRegex(UserError, "1 to"):
            wizard.action_claim()

    def test_nobody_claims_on_orders_of_others(self):
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        self.order.user_id = self.env.ref("base.user_admin")
        wizards = self.env["member.benefit.claim"].with_user(seller)

        with self.assertRaises(AccessError):
            wizards.create({"order_id": self.order.id}).line_ids.read(["left_text"])
        wizard = wizards.create({"order_id": self.order.id})
        wizard.line_ids = [
            Command.create(
                {"benefit_id": self.sample.id, "product_id": self.vase.id, "times": 1}
            )
        ]
        with self.assertRaises(AccessError):
            wizard.action_claim()

    def test_a_free_product_moves_to_an_older_quotation(self):
        later = self._create_order(self.ada, 100)
        line = later._claim_benefit(self.sample, self.vase)

        line.sudo().order_id = self.order

        self.assertEqual(self.order._get_claim_lines(), line)
        self.assertEqual(sum(times for times, _ in self._get_uses(self.sample)), 1)

    def test_portal_users_can_read_what_their_order_says_of_benefits(self):
        self.order._claim_benefit(self.sample, self.vase)
        user = self._create_user("ada", "base.group_portal", partner_id=self.ada.id)
        order = self.order.with_user(user)
        self.env.invalidate_all()

        for record in (order, order.order_line):
            names = [
                name
                for name, field in record._fields.items()
                if name.startswith("member_") and not field.groups
            ]
            self.assertTrue(record.read(names))

    def test_a_claimed_product_may_be_archived(self):
        line = self.order._claim_benefit(self.sample, self.vase)
        self.vase.active = False

        self.order.action_update_prices()
        self.order.action_confirm()

        self.assertEqual((line.price_unit, self.order.state), (0, "sale"))

    def test_what_has_no_product_any_more_is_not_offered(self):
        self._create_benefit("product", name="Brochure", quota=1)
        self._create_benefit(
            "product", name="Gone", product_ids=[Command.set(self.vase.ids)]
        )
        self.vase.active = False

        names = [claim.benefit.name for claim in self.order._get_claimable_benefits()]
        wizard = self.env["member.benefit.claim"].create({"order_id": self.order.id})

        self.assertEqual(names, ["Free sample", "Brochure"])
        self.assertEqual(wizard.line_ids.benefit_id.mapped("name"), names)
