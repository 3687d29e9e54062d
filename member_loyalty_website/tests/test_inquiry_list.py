from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from .inquiry_common import ADD, LIST, InquiryPageCommon

UPDATE = "/shop/inquiry/update"


@tagged("post_install", "-at_install")
class TestInquiryList(InquiryPageCommon):
    def test_a_visitor_collects_products_on_a_list_of_their_own(self):
        self._enter()

        self._add(quantity="12")
        response = self._add(self.bolt_product, quantity="2.5")

        self.assertTrue(response.url.endswith(LIST))
        found = self._get_list()
        self.assertFalse(found.partner_id)
        self.assertEqual(self._get_asked(found), [("Lamp", 12), ("Bolt M8", 2.5)])

    def test_the_same_product_again_raises_the_quantity(self):
        self._enter("ann")

        self._add(quantity="2")
        self._add(quantity="3")

        self.assertEqual(self._get_asked(self._get_list()), [("Lamp", 5)])
        self.assertEqual(self._get_list().partner_id, self.ann)

    def test_another_visitor_and_another_buyer_see_nothing_of_it(self):
        self._enter("ann")
        self._add()

        for login in (None, "amy", "bob"):
            self._enter(login)
            self.assertNotIn("Lamp", self._get_page())

    def test_a_forged_token_in_a_cookie_opens_no_list(self):
        self._enter()
        self._add()
        token = self._get_list().token
        self._enter()
        self.opener.cookies["member_inquiry_token"] = token

        self.assertNotIn("Lamp", self._get_page())
        self._press(UPDATE, list_token=token, remove=self._get_list().line_ids.id)

        self.assertEqual(len(self._get_list().line_ids), 1)

    def test_quantities_that_make_no_sense_are_refused(self):
        self._enter()

        for text in ("-1", "0", "1e9", "many", "", "1000001", "2,000", "nan", "９"):
            response = self._add(quantity=text)
            self.assertEqual(response.status_code, 200)
            self.assertIn("enter quantities as numbers", response.text)

        self.assertFalse(self.lists.search_count([("id", "!=", False)]))

    def test_a_quantity_grows_no_further_than_a_million(self):
        self._enter()
        self._add(quantity="999999")

        self._add(quantity="999999")

        self.assertEqual(self._get_asked(self._get_list()), [("Lamp", 1000000)])

    def test_products_that_the_visitor_may_not_see_are_not_found(self):
        hidden = self._create_product("Hidden", is_published=False)
        not_sold = self._create_product("Not sold", sale_ok=False)
        gone = self._create_product("Gone", active=False)
        elsewhere = self._create_product(
            "Elsewhere", website_id=self.env["website"].create({"name": "Other"}).id
        )
        self._enter("ann")

        for product in (hidden, not_sold, gone, elsewhere):
            self.assertEqual(self._add(product).status_code, 404, product.name)

        self.assertFalse(self.lists.search_count([("id", "!=", False)]))

    def test_catalogue_rules_hold_for_adding_and_for_what_is_on_the_list(self):
        self._enter("ann")
        self._add()
        self._add(self.bolt_product)
        template = self.lamp.product_tmpl_id
        asked = type(template).can_access_from_current_website

        def closed(record, *args, **kwargs):
            return record != template and asked(record, *args, **kwargs)

        with patch.object(type(template), "can_access_from_current_website", closed):
            self.assertEqual(self._add().status_code, 404)
            page = self._get_page()
            self._send(contact_name="Ann")

        self.assertNotIn("Lamp", page)
        self.assertIn("Bolt M8", page)
        self.assertEqual(self._get_asked(self._get_list()), [("Bolt M8", 1)])

    def test_bad_parameters_are_not_found(self):
        self._enter()

        for values in (
            {},
            {"product_template_id": "x"},
            {"product_template_id": "99999999999999999999"},
            {"product_template_id": "-5"},
            {"product_template_id": ["1", "2"]},
        ):
            self.assertEqual(self._press(ADD, **values).status_code, 404, values)

    def test_the_values_that_were_chosen_decide_about_the_variant(self):
        template, red, blue, engraved = self._create_with_variants()
        first = template.product_variant_ids[0]
        self._enter()

        self._press(
            ADD,
            product_template_id=template.id,
            product_id=first.id,
            add_qty="1",
            **{
                f"ptal-{blue.attribute_line_id.id}": blue.id,
                f"ptal-{engraved.attribute_line_id.id}": engraved.id,
            },
        )

        line = self._get_list().line_ids
        self.assertEqual(line.product_id.product_template_attribute_value_ids, blue)
        self.assertEqual(line.note, "Engraving: Name")
        self.assertNotEqual(red, blue)

    def _create_with_variants(self):
        colour, engraving = self.env["product.attribute"].create(
            [
                {"name": "Colour", "create_variant": "always"},
                {"name": "Engraving", "create_variant": "no_variant"},
            ]
        )
        values = self.env["product.attribute.value"].create(
            [
                {"name": name, "attribute_id": attribute.id}
                for name, attribute in [
                    ("Red", colour),
                    ("Blue", colour),
                    ("None", engraving),
                    ("Name", engraving),
                ]
            ]
        )
        template = self.env["product.template"].create(
            {
                "name": "Lamp in colours",
                "is_published": True,
                "attribute_line_ids": [
                    Command.create(
                        {"attribute_id": one.id, "value_ids": [Command.set(some.ids)]}
                    )
                    for one, some in ((colour, values[:2]), (engraving, values[2:]))
                ],
            }
        )
        lines = template.attribute_line_ids
        red, blue = lines[0].product_template_value_ids
        return template, red, blue, lines[1].product_template_value_ids[1]

    def test_quantity_and_note_are_changed_on_the_page_and_lines_removed(self):
        self._enter()
        self._add()
        self._add(self.bolt_product)
        lamp, bolt = self._get_list().line_ids

        self._press(
            UPDATE,
            **{f"quantity_{lamp.id}": "7", f"note_{lamp.id}": "in <b>red</b>"},
            remove=bolt.id,
        )

        self.assertEqual(self._get_asked(self._get_list()), [("Lamp", 7)])
        page = self._get_page()
        self.assertNotIn("<b>red</b>", page)
        self.assertIn("in &lt;b&gt;red&lt;/b&gt;", page)

    def test_lines_of_others_cannot_be_changed(self):
        self._enter("ann")
        self._add()
        line = self._get_list().line_ids
        self._enter("amy")
        self._add(self.bolt_product)

        for remove in (line.id, "x", "-1"):
            self._press(UPDATE, **{f"quantity_{line.id}": "9"}, remove=remove)

        self.assertEqual(line.quantity, 1)
        self.assertEqual(len(self.lists.search([]).line_ids), 2)

    def test_a_bad_quantity_leaves_the_line_as_it_was(self):
        self._enter()
        self._add(quantity="4")
        line = self._get_list().line_ids

        response = self._press(UPDATE, **{f"quantity_{line.id}": "-3"}, go="details")

        self.assertIn("enter quantities as numbers", response.text)
        self.assertEqual(line.quantity, 4)

    def test_a_list_holds_a_hundred_products(self):
        self._enter("ann")
        self._add()
        found = self._get_list()
        many = self.env["product.product"].create(
            [{"name": f"Part {number}"} for number in range(99)]
        )
        found.line_ids.create(
            [
                {
                    "list_id": found.id,
                    "product_id": one.id,
                    "uom_id": one.uom_id.id,
                    "quantity": 1,
                }
                for one in many
            ]
        )

        response = self._add(self.bolt_product)

        self.assertIn("Your list is full", response.text)
        self.assertEqual(len(found.line_ids), 100)
