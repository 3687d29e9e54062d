from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.member_loyalty import uninstall_hook

from .price_common import PriceCommon


@tagged("post_install", "-at_install")
class TestPriceGuards(PriceCommon):
    """What would be wrong is refused, with a sentence that says what to do."""

    def test_price_lists_are_not_switched_off_while_members_have_one(self):
        settings = self.env["res.config.settings"].create(
            {"group_product_pricelist": False}
        )

        with self.assertRaisesRegex(UserError, "Archive the benefit first"):
            settings.set_values()

    def test_percentages_that_are_none_are_refused(self):
        for percent in (0, 101, -1, float("nan"), float("inf")):
            with (
                self.subTest(percent=percent),
                self.assertRaisesRegex(ValidationError, "at most 100"),
            ):
                self._create_benefit(kind="discount", discount_percent=percent)

    def test_another_companys_price_list_is_refused(self):
        foreign = self._create_pricelist(company_id=self._create_company().id)

        for values in (
            {"kind": "pricelist", "pricelist_id": foreign.id},
            {
                "kind": "discount",
                "discount_percent": 5,
                "base_pricelist_id": foreign.id,
            },
        ):
            with self.assertRaisesRegex(ValidationError, "Choose one of"):
                self._create_benefit(**values)

    def test_a_price_list_that_a_benefit_gives_does_not_move_to_another_company(self):
        with self.assertRaisesRegex(UserError, "Archive the benefit first"):
            self.silver_list.company_id = self._create_company()

    def test_a_benefit_without_its_price_list_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Choose one"):
            self._create_benefit(kind="pricelist")

    def test_a_price_list_chosen_on_contacts_becomes_no_members_list(self):
        negotiated = self._create_pricelist(20, "Negotiated")
        self._create_customer("Bob", specific_property_product_pricelist=negotiated.id)

        with self.assertRaisesRegex(UserError, "chosen on the contact"):
            self._create_benefit(kind="pricelist", pricelist_id=negotiated.id)

    def test_a_price_list_for_members_cannot_be_chosen_on_a_contact(self):
        bob = self._create_customer("Bob")

        with self.assertRaisesRegex(ValidationError, "Only members"):
            bob.specific_property_product_pricelist = self.silver_list
        with self.assertRaisesRegex(ValidationError, "Only members"):
            bob.property_product_pricelist = self.silver_list

    def test_saving_the_own_price_list_on_a_member_pins_nothing(self):
        self.ada.property_product_pricelist = self.silver_list

        self._move_to(self.ada, self.ordinary)

        self.assertFalse(self._get_pricelist(self.ada))

    def test_an_order_refuses_the_price_list_of_others_even_from_managers(self):
        bob = self._create_customer("Bob")
        order = self._quote(bob)

        with self.assertRaisesRegex(ValidationError, "no right to the price list"):
            order.pricelist_id = self.silver_list
        with self.assertRaisesRegex(ValidationError, "no right to the price list"):
            self._quote(bob, pricelist_id=self.silver_list.id)

    def test_an_import_refuses_the_price_list_of_others(self):
        bob = self._create_customer("Bob")

        result = self.env["sale.order"].load(
            ["partner_id/.id", "pricelist_id/.id"],
            [[str(bob.id), str(self.silver_list.id)]],
        )

        self.assertFalse(result["ids"])
        self.assertIn("no right to the price list", result["messages"][0]["message"])

    def test_an_order_refuses_another_customer_at_member_prices(self):
        order = self._quote(self.ada)
        order.state = "sent"

        with self.assertRaisesRegex(ValidationError, "no right to the price list"):
            order.partner_id = self._create_customer("Bob")

    def test_a_draft_for_another_customer_gets_their_price_list(self):
        order = self._quote(self.ada)

        order.partner_id = self._create_customer("Bob")

        self.assertFalse(order.pricelist_id)

    def test_an_order_refuses_an_archived_benefits_price_list(self):
        chosen = self._create_pricelist(10, "Ten")
        benefit = self._create_benefit(kind="pricelist", pricelist_id=chosen.id)
        benefit.action_archive()

        with self.assertRaisesRegex(ValidationError, "no right to the price list"):
            self._quote(self.ada, pricelist_id=chosen.id)

    def test_a_given_price_list_is_neither_archived_nor_opened(self):
        for name in ("active", "is_member_pricelist"):
            with self.assertRaisesRegex(UserError, "Archive the benefit first"):
                self.silver_list[name] = False

    def test_without_the_module_a_price_list_of_members_is_nobodys(self):
        chosen = self._create_pricelist(10, "Ten")
        self._create_benefit(kind="pricelist", pricelist_id=chosen.id)

        uninstall_hook(self.env)

        self.assertFalse(chosen.active or self.silver_list.active)

    def test_a_price_list_that_no_benefit_gives_can_be_opened_again(self):
        chosen = self._create_pricelist(10, "Ten")
        self._create_benefit(kind="pricelist", pricelist_id=chosen.id).action_archive()

        chosen.action_open_to_everybody()

        self.assertEqual(self._get_pricelist(self._create_customer("Bob")), chosen)
