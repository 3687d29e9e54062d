from odoo import Command
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from .catalogue_common import WORD, CatalogueCommon

# what is passed to methods that need more than a record
ARGUMENTS = {
    "get_field_translations": ["name"],
    "onchange": [{}, ["name"], {"name": {}, "display_name": {}, "type": {}}],
    "export_data": [["name", "display_name"]],
    "web_read": [{"name": {}}],
    "web_save": [{}, {"name": {}}],
}
REFUSALS = (AccessError, MissingError, UserError, ValidationError)


@tagged("post_install", "-at_install")
class TestCatalogueCalls(CatalogueCommon):
    """Whoever has signed in may call public methods: none tells what is hidden."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_rule()

    def _as_user(self, records, login):
        user = self.env["res.users"].search([("login", "=", login)])
        return records.with_user(user).with_context(website_id=self.website.id)

    def _tells(self, record, method):
        """Tell whether a method says the name to who may not see the product."""
        arguments = [record.ids, *ARGUMENTS.get(method, [])]
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                model = self._as_user(record.browse(), "ben")
                return WORD in str(call_kw(model, method, arguments, {}))
        except REFUSALS as refusal:
            return WORD in str(refusal)
        except (TypeError, ValueError, KeyError, AttributeError, RuntimeError):
            return False  # asks for more than we know to pass

    def _find_public_methods(self, record):
        for name in dir(type(record)):
            try:
                get_public_method(record, name)
            except (AccessError, AttributeError):
                continue
            yield name

    def _make_parts(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Finish",
                "value_ids": [Command.create({"name": one}) for one in ("A", "B")],
            }
        )
        line = self.env["product.template.attribute.line"].create(
            {
                "product_tmpl_id": self.template.id,
                "attribute_id": attribute.id,
                "value_ids": [Command.set(attribute.value_ids.ids)],
            }
        )
        picture = self.env["product.image"].create(
            {"name": "Picture", "product_tmpl_id": self.template.id}
        )
        item = self.env["product.pricelist.item"].create(
            {
                "pricelist_id": self.env["product.pricelist"].create({"name": "P"}).id,
                "product_tmpl_id": self.template.id,
                "fixed_price": 7,
            }
        )
        return line, line.product_template_value_ids, picture, item

    @mute_logger("odoo.sql_db")
    def test_no_public_method_tells_of_it(self):
        for record in (self.template, self.novelty):
            for name in self._find_public_methods(record):
                with self.subTest(model=record._name, method=name):
                    self.assertFalse(self._tells(record, name))

    def test_what_belongs_to_it_does_not_name_it(self):
        for parts in self._make_parts():
            for login, told in (("eve", True), ("ben", False)):
                with self.subTest(model=parts._name, login=login):
                    self.env.invalidate_all()
                    seen = self._as_user(parts, login)
                    ids = [("id", "in", parts.ids)]
                    found = seen.search_read(ids, ["product_tmpl_id"])
                    self.assertEqual(WORD in str(found), told)
                    if not told:
                        with self.assertRaises(AccessError):
                            seen.read(["product_tmpl_id"])

    def test_no_other_page_of_the_shop_leads_to_it(self):
        number = self.novelty.id
        for login in ("ben", None):
            self.authenticate(login, login)
            self._call("/shop/wishlist/add", product_id=number)
            self._call("/shop/products/recently_viewed_update", product_id=number)
            for address in (
                "/shop/wishlist",
                f"/shop/compare?products={number}",
                f"/website/search?search={WORD}",
                f"/website/search/all?search={WORD}",
                "/gmc.xml",
            ):
                with self.subTest(login=login, address=address):
                    page = self._visit(login, address).text
                    self.assertNotIn(self.page, page)
                    if WORD not in address:
                        self.assertNotIn(WORD, page)
            answer = self._call("/shop/compare/get_product_data", product_ids=[number])
            self.assertNotIn(WORD, str(answer))

    def test_an_old_order_is_not_ordered_again(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.ben.id,
                "website_id": self.website.id,
                "order_line": [Command.create({"product_id": self.novelty.id})],
            }
        )
        order.action_confirm()
        self.authenticate("ben", "ben")

        self._call("/my/orders/reorder", order_id=order.id)
        self._visit("ben", "/shop/cart")

        lines = self.env["sale.order.line"].search(
            [("product_id", "=", self.novelty.id), ("order_id", "!=", order.id)]
        )
        self.assertFalse(lines)
