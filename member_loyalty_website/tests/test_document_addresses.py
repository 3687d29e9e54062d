import inspect

from odoo import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.base.models.ir_http import IrHttp
from odoo.addons.sale.controllers.portal import CustomerPortal
from odoo.addons.web.controllers.binary import Binary
from odoo.addons.website_sale.controllers.main import WebsiteSale

from .document_shop_common import SECRET, DocumentShopCommon


@tagged("post_install", "-at_install")
class TestDocumentAddresses(DocumentShopCommon):
    """Every address of a document for members, tried by everybody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._create_document(
            cls.drawings,
            cls.lamp,
            shown_on_product_page=True,
            attached_on_sale="quotation",
        )
        cls.order = cls._create_order(
            cls.eve, order_line=[cls._prepare_line(product_id=cls.lamp.id)]
        )

    def _get_addresses(self):
        """Return every address by which Odoo would serve the document."""
        attachment = self.document.ir_attachment_id
        token = attachment.generate_access_token()[0]
        signed = attachment._get_raw_access_token()
        lamp = self.lamp.product_tmpl_id
        document = self.document
        slug = self.env["ir.http"]._slug(lamp)
        return [
            f"/shop/{slug}/document/{document.id}",
            self.order.get_portal_url(f"/document/{document.id}"),
            f"/web/content/{attachment.id}",
            f"/web/content/{attachment.id}?download=true",
            f"/web/content/{attachment.id}?access_token={token}",
            f"/web/content/{attachment.id}?access_token={signed}",
            f"/web/content?id={attachment.id}",
            f"/web/content?model=product.document&id={document.id}&field=raw",
            f"/web/content/ir.attachment/{attachment.id}/raw",
            f"/web/content/ir.attachment/{attachment.id}/datas",
            f"/web/content/product.document/{document.id}/raw",
            f"/web/content/product.document/{document.id}/datas",
            f"/web/image/{attachment.id}",
            f"/web/image/{attachment.id}?access_token={signed}",
            f"/web/image/{attachment.id}-unique/drawing.txt",
            f"/web/image/product.document/{document.id}/raw",
            f"/my/membership/document/{document.id}",
        ]

    def _assert_closed(self, login):
        for address in self._get_addresses():
            with self.subTest(login=login, address=address):
                response = self._visit(login, address, allow_redirects=False)
                if "/my/membership" in address and login is None:
                    self.assertIn("/web/login", response.headers["Location"])
                else:
                    self.assertIn(response.status_code, (403, 404))
                self.assertNotIn(SECRET, response.content)

    def test_a_visitor_opens_it_by_no_address(self):
        self._assert_closed(None)

    def test_a_member_of_a_lower_tier_opens_it_by_no_address(self):
        self._assert_closed("ben")

    def test_a_member_of_another_company_opens_it_by_no_address(self):
        self._assert_closed("liz")

    def test_a_contact_of_an_entitled_company_opens_it_by_every_address(self):
        addresses = self._get_addresses()
        for address in addresses:
            with self.subTest(address=address):
                response = self._visit("eve", address)
                self.assertEqual(response.status_code, 200)
                self.assertEqual(response.content, SECRET)

        Download = self.env["member.document.download"]
        downloads = Download.search([("document_id", "=", self.document.id)])
        self.assertEqual(len(downloads), len(addresses))
        self.assertEqual(
            (downloads.partner_id, downloads.tier_id), (self.eve, self.gold)
        )
        self.assertEqual(self._get_uses(self.drawing_benefit), [(1, 0)])

    def test_an_employee_opens_it_as_before_and_is_not_recorded(self):
        attachment = self.document.ir_attachment_id
        for address in (
            f"/web/content/{attachment.id}",
            f"/web/content/product.document/{self.document.id}/datas",
            f"/my/membership/document/{self.document.id}",
        ):
            with self.subTest(address=address):
                self.assertEqual(self._visit("clerk", address).content, SECRET)

        downloads = self.env["member.document.download"]
        self.assertFalse(downloads.search([("document_id", "=", self.document.id)]))

    def test_after_a_fall_it_is_closed_at_the_next_request(self):
        addresses = self._get_addresses()
        before = self._visit("eve", addresses[0]).content
        self._get_membership(self.acme)._assign_tier(self.silver, "For the test")

        self._assert_closed("eve")

        self.assertEqual(before, SECRET)

    def test_an_address_of_its_own_opens_nothing(self):
        self.document.ir_attachment_id.sudo().url = "/secret.txt"

        for login in (None, "ben"):
            response = self._visit(login, "/secret.txt")
            self.assertEqual(response.status_code, 404)
            self.assertNotIn(SECRET, response.content)

    def test_a_used_up_benefit_says_so(self):
        other = self._create_document(self.drawings, self.lamp)
        self.drawing_benefit.quota = 1
        self._visit("eve", f"/my/membership/document/{other.id}")

        response = self._visit("eve", f"/my/membership/document/{self.document.id}")

        self.assertEqual(response.status_code, 403)
        self.assertIn("as often as", response.text)

    def test_documents_for_all_are_served_as_before(self):
        sheet = self._create_document(
            product=self.lamp, raw=b"data sheet", shown_on_product_page=True
        )
        slug = self.env["ir.http"]._slug(self.lamp.product_tmpl_id)

        response = self._visit(None, f"/shop/{slug}/document/{sheet.id}")

        self.assertEqual(response.content, b"data sheet")
        address = f"/my/membership/document/{sheet.id}"
        self.assertEqual(self._visit("eve", address).status_code, 404)

    def test_pages_list_what_one_may_open(self):
        page = f"/shop/{self.env['ir.http']._slug(self.lamp.product_tmpl_id)}"
        order = self.order.get_portal_url()
        link = f"/document/{self.document.id}"

        seen = {
            login: [link in self._visit(login, url).text for url in (page, order)]
            for login in ("eve", "ben", None)
        }

        self.assertEqual(
            seen,
            {"eve": [True, True], "ben": [False, False], None: [False, False]},
        )
        closed = self._visit(None, page).text
        self.assertIn("fa-lock", closed)
        self.assertIn("Sign in to open", closed)

    def test_numbers_of_nothing_are_not_found(self):
        for address in ("/my/membership/document/0", "/my/membership/document/9999999"):
            self.assertEqual(self._visit("eve", address).status_code, 404)

    def test_odoo_still_serves_documents_where_we_answer(self):
        for method, names in (
            (Binary.content_common, ["xmlid", "model", "id"]),
            (Binary.content_image, ["xmlid", "model", "id"]),
            (WebsiteSale.product_document, ["product_template", "document_id"]),
            (CustomerPortal.portal_quote_document, ["order_id", "document_id"]),
        ):
            source = inspect.unwrap(method)
            found = list(inspect.signature(source).parameters)
            self.assertTrue({*names} <= {*found}, f"{method.__name__}: {found}")
        self.assertIn(
            "_get_serve_attachment", inspect.getsource(IrHttp._serve_fallback)
        )

    def test_employees_of_other_companies_do_not_find_it(self):
        self.lamp.company_id = self.env.company
        company = self.env["res.company"].create({"name": "Test Elsewhere"})
        new_test_user(
            self.env,
            "stranger",
            "base.group_user",
            password="stranger",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        url = f"/my/membership/document/{self.document.id}"

        response = self._visit("stranger", url)

        self.assertNotEqual(response.content, SECRET)
        self.assertEqual(self._visit("clerk", url).content, SECRET)
