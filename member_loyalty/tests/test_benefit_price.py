from unittest.mock import patch

from odoo import Command
from odoo.tests import Form, tagged

from .price_common import PriceCommon

PRICELISTS = "product.group_product_pricelist"


@tagged("post_install", "-at_install")
class TestBenefitPrice(PriceCommon):
    """Who has which price list: chosen on the contact, by benefit, by country."""

    def test_a_member_has_the_price_of_the_tier_by_itself(self):
        order = self._quote(self.ada)

        self.assertEqual(order.pricelist_id, self.silver_list)
        self.assertEqual(self._get_prices(order), [95])

    def test_who_is_no_member_pays_the_normal_price(self):
        order = self._quote(self._create_customer("Bob"))

        self.assertFalse(order.pricelist_id)
        self.assertEqual(self._get_prices(order), [100])

    def test_a_price_list_of_low_sequence_is_nobodys_fallback(self):
        bob = self._create_customer("Bob")
        public = self._create_pricelist(0, "Public", sequence=20)
        self.silver_list.sequence = 1

        self.assertEqual(self._get_pricelist(bob), public)
        self.assertEqual(self._get_pricelist(self.ada), self.silver_list)

    def test_a_price_list_for_members_is_nobodys_by_country(self):
        bob = self._create_customer("Bob", country_id=self.env.ref("base.be").id)
        self.silver_list.country_group_ids = self.env["res.country.group"].create(
            {"name": "Benelux", "country_ids": [Command.set(bob.country_id.ids)]}
        )

        self.assertFalse(self._get_pricelist(bob))

    def test_a_price_list_chosen_on_the_contact_comes_first(self):
        negotiated = self._create_pricelist(20, "Negotiated")
        self.ada.specific_property_product_pricelist = negotiated

        self.assertEqual(self._get_pricelist(self.ada), negotiated)

    def test_a_benefit_comes_before_the_price_list_of_the_country(self):
        belgium = self.env.ref("base.be")
        group = self.env["res.country.group"].create(
            {"name": "Benelux", "country_ids": [Command.set(belgium.ids)]}
        )
        self._create_pricelist(50, "Benelux", country_group_ids=group.ids)
        self.ada.country_id = belgium

        self.assertEqual(self._get_pricelist(self.ada), self.silver_list)

    def test_contacts_have_the_prices_of_their_company(self):
        acme = self._create_member("Acme", tier=self.silver, is_company=True)
        ann = self._create_customer("Ann", parent_id=acme.id)

        self.assertEqual(self._get_pricelist(ann), self.silver_list)

    def test_a_contact_that_joins_the_company_has_its_prices(self):
        ann = self._create_customer("Ann")
        self.assertFalse(self._get_pricelist(ann))

        ann.parent_id = self._create_member("Acme", self.silver, is_company=True)

        self.assertEqual(self._get_pricelist(ann), self.silver_list)

    def test_a_fall_is_effective_at_once_also_for_contacts(self):
        ann = self._create_customer("Ann", parent_id=self.ada.id)
        self.assertEqual(self._get_pricelist(ann), self.silver_list)

        self._move_to(self.ada, self.ordinary)

        self.assertFalse(self._get_pricelist(self.ada))
        self.assertFalse(self._get_pricelist(ann))

    def test_a_rise_by_an_order_is_effective_for_the_next_one(self):
        bob = self._create_customer("Bob")
        self.assertFalse(self._get_pricelist(bob))

        self._confirm_order(bob, 2000)

        self.assertEqual(self._get_prices(self._quote(bob)), [95])

    def test_a_tag_gives_the_price_and_takes_it_away_at_once(self):
        tag = self.env["member.tag"].create({"name": "VIP"})
        self.discount.tag_ids = tag
        bob = self._create_member("Bob")
        ann = self._create_customer("Ann", parent_id=bob.id)
        self.assertFalse(self._get_pricelist(ann))

        bob.member_tag_ids = tag
        self.assertEqual(self._get_pricelist(ann), self.silver_list)

        bob.member_tag_ids = False
        self.assertFalse(self._get_pricelist(ann))

    def test_of_several_benefits_the_first_in_their_order_wins(self):
        chosen = self._create_pricelist(10, "Ten")
        benefit = self._create_benefit(kind="pricelist", pricelist_id=chosen.id)
        benefit.sequence = 1
        self.assertEqual(self._get_pricelist(self.ada), chosen)

        benefit.sequence = 99

        self.assertEqual(self._get_pricelist(self.ada), self.silver_list)

    def test_an_archived_benefit_gives_no_price(self):
        self.discount.action_archive()

        self.assertFalse(self.silver_list.active)
        self.assertFalse(self._get_pricelist(self.ada))

        self.discount.action_unarchive()

        self.assertEqual(self._get_pricelist(self.ada), self.silver_list)

    def test_a_deleted_benefit_gives_no_price_and_its_list_is_nobodys(self):
        self.discount.unlink()

        self.assertRecordValues(
            self.silver_list, [{"active": False, "is_member_pricelist": True}]
        )
        self.assertFalse(self._get_pricelist(self.ada))

    def test_another_companys_members_do_not_have_the_price(self):
        other = self._create_company()

        self.assertNotEqual(self._get_pricelist(self.ada, other), self.silver_list)

    def test_a_benefit_that_is_used_up_gives_no_price(self):
        self.discount.write({"quota": 1, "quota_period": "month"})
        self._quote(self.ada).action_confirm()

        self.assertFalse(self._get_pricelist(self.ada))

        self._travel_to("2026-04-01 10:00:00")
        self.ada.invalidate_recordset()
        self.assertEqual(self._get_pricelist(self.ada), self.silver_list)

    def test_a_percentage_of_a_product_line_leaves_other_prices_alone(self):
        line = self.env["product.category"].create({"name": "Lamps"})
        self.discount.category_ids = line
        lamp = self._create_product("Desk lamp", categ_id=line.id)

        order = self._quote(self.ada, lamp, self.product)

        self.assertEqual(self._get_prices(order), [95, 100])

    def test_a_percentage_off_another_price_list_keeps_that_ones_other_prices(self):
        line = self.env["product.category"].create({"name": "Lamps"})
        lamp = self._create_product("Desk lamp", categ_id=line.id)
        base = self._create_pricelist(10, "Export")
        self.discount.write(
            {"base_pricelist_id": base.id, "category_ids": [Command.set(line.ids)]}
        )

        order = self._quote(self.ada, lamp, self.product)

        self.assertEqual(self._get_prices(order), [85.5, 90])

    def test_the_kept_price_list_follows_the_benefit(self):
        self.discount.write({"discount_percent": 7.5, "name": "7.5% off"})

        self.assertEqual(self.silver_list.name, "7.5% off")
        self.assertEqual(self._get_prices(self._quote(self.ada)), [92.5])

    def test_price_lists_are_written_only_when_something_differs(self):
        with patch.object(type(self.silver_list), "write") as write:
            self.discount.write({"discount_percent": 5, "member_text": "Words"})
            self.discount.write({"name": "5% off", "active": True})

        self.assertFalse(write.called)

    def test_a_copy_of_a_benefit_keeps_a_price_list_of_its_own(self):
        copied = self.discount.copy()

        self.assertTrue(copied.own_pricelist_id)
        self.assertNotEqual(copied.own_pricelist_id, self.silver_list)

    def test_a_copy_of_a_price_list_for_members_is_nobodys_fallback(self):
        self.silver_list.copy({"sequence": 0, "active": True})

        self.assertFalse(self._get_pricelist(self._create_customer("Bob")))

    def test_the_first_price_benefit_switches_price_lists_on(self):
        group = self.env.ref(PRICELISTS)
        self.discount.unlink()
        self.env.ref("base.group_user")._remove_group(group)
        self.assertFalse(self.env["res.groups"]._is_feature_enabled(PRICELISTS))

        self._create_benefit(kind="discount", discount_percent=5)

        self.assertTrue(self.env["res.groups"]._is_feature_enabled(PRICELISTS))
        self.assertEqual(self._get_prices(self._quote(self.ada)), [95])

    def test_a_hundred_percent_is_free(self):
        self.discount.discount_percent = 100

        self.assertEqual(self._get_prices(self._quote(self.ada)), [0])

    def test_a_copy_of_an_old_order_has_the_prices_of_today(self):
        order = self._quote(self.ada)
        order.action_confirm()
        self._move_to(self.ada, self.ordinary)

        copied = order.copy()

        self.assertFalse(copied.pricelist_id)
        self.assertEqual(self._get_prices(copied), [100])

    def test_a_salesperson_sees_the_price_while_quoting(self):
        seller = self._create_user("seller", "sales_team.group_sale_salesman")
        form = Form(self.env["sale.order"].with_user(seller))
        form.partner_id = self.ada
        with form.order_line.new() as line:
            line.product_id = self.product
            self.assertEqual(line.price_unit, 95)
            self.assertEqual(line.member_normal_price, 100)

        order = form.save()

        self.assertEqual(order.member_saving, 5)
