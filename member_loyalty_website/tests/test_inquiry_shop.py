from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .inquiry_common import ADD, LIST, InquiryPageCommon


@tagged("post_install", "-at_install")
class TestInquiryShop(InquiryPageCommon):
    @mute_logger("odoo.http")
    def test_adding_takes_a_button_of_this_shop(self):
        self._enter()

        self.assertEqual(self.url_open(ADD).status_code, 405)
        forged = {"product_template_id": 1, "csrf_token": "forged"}
        self.assertEqual(self.url_open(ADD, data=forged).status_code, 400)

    def test_a_shop_that_does_not_use_lists_shows_nothing_of_them(self):
        self.website.member_inquiry_enabled = False
        self._enter()

        page = self._get_page(self.lamp.website_url)

        self.assertNotIn("inquiry", page.lower())
        self.assertEqual(self.url_open(LIST).status_code, 404)
        self.assertEqual(self._add().status_code, 404)

    def test_a_shop_for_customers_only_asks_to_sign_in(self):
        self.website.ecommerce_access = "logged_in"
        self._enter()

        self.assertEqual(self._add().status_code, 404)
        self.assertIn("/web/login", self.url_open(LIST).url)

    def test_the_product_page_offers_it_also_without_a_price(self):
        self.website.prevent_zero_price_sale = True
        free = self._create_product("On request", list_price=0)
        self._enter()

        page = self._get_page(free.website_url)
        self._add(free)

        self.assertIn("Add to Inquiry", page)
        self.assertEqual(self._get_asked(self._get_list()), [("On request", 1)])

    def test_the_header_says_how_many_lines_there_are(self):
        self._enter()
        self.assertIn('data-member-inquiry="0"', self._get_page())

        self._add()

        self.assertIn('data-member-inquiry="1"', self._get_page("/shop"))

    def test_pages_that_are_kept_show_each_visitor_their_own_number(self):
        self._enter()
        self._get_page("/contactus")
        self._add()
        self.assertIn('data-member-inquiry="1"', self._get_page("/contactus"))

        self._enter()

        self.assertNotIn('data-member-inquiry="1"', self._get_page("/contactus"))

    def test_others_learn_what_was_put_on_a_list(self):
        self._enter("ann")
        told = []

        with patch.object(
            type(self.lists),
            "_after_adding",
            lambda one, products: told.append((one.partner_id.id, products.ids)),
        ):
            self._add()

        self.assertEqual(told, [(self.ann.id, self.lamp.ids)])

    def test_old_lists_of_visitors_are_forgotten_those_of_buyers_stay(self):
        old, buyers, fresh = self.lists.create(
            [
                {"website_id": self.website.id},
                {"website_id": self.website.id, "partner_id": self.ann.id},
                {"website_id": self.website.id},
            ]
        )
        for one in old | buyers:
            one.line_ids.create(
                {
                    "list_id": one.id,
                    "product_id": self.lamp.id,
                    "uom_id": self.lamp.uom_id.id,
                    "quantity": 1,
                }
            )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE member_inquiry_list SET write_date = '2020-01-01' WHERE id IN %s",
            [tuple((old | buyers).ids)],
        )
        self.env.invalidate_all()

        self.lists._gc_inquiry_lists()

        self.assertEqual((old | buyers | fresh).exists(), buyers | fresh)
