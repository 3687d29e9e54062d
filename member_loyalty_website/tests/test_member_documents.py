import io

from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from odoo.addons.member_loyalty.tests.test_document_watermark import make_pdf

from .document_shop_common import SECRET, DocumentShopCommon
from .portal_common import PATIENCE

URL = "/my/membership/documents"


@tagged("post_install", "-at_install")
class TestMemberDocuments(DocumentShopCommon):
    """Gold Acme's contact Eve lives in Germany, where a signature is demanded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._create_document(cls.drawings, cls.lamp, name="plan<b>.txt")
        cls.manual = cls._create_document(
            cls.manuals, cls.lamp, name="manual.txt", raw=b"how to"
        )
        cls.eve.country_id = cls.env.ref("base.de")

    def _visit(self, login, url, **values):
        return super()._visit(login, url, timeout=PATIENCE, **values)

    def _demand(self):
        purpose = self.env["member.consent.purpose"].create(
            {
                "name": "Clinical data",
                "code": "clinical",
                "demanded": "countries",
                "country_group_id": self.env.ref("base.europe").id,
            }
        )
        version = self.env["member.consent.version"].create(
            {"purpose_id": purpose.id, "title": "I agree", "text": "To all of it"}
        )
        version.action_publish()
        self.drawings.consent_purpose_id = purpose
        return purpose

    def _sign(self, purpose, login="eve", **values):
        self.authenticate(login, login)
        data = {
            "version_id": str(purpose.version_id.id),
            "signature": " Eve  Example ",
            "agrees": "1",
            "csrf_token": http.Request.csrf_token(self),
            **values,
        }
        response = self.url_open(
            f"{URL}/sign/{purpose.id}", data=data, timeout=PATIENCE
        )
        self.env.invalidate_all()
        return response

    def _get_addresses(self):
        attachment = self.document.ir_attachment_id
        token = attachment._get_raw_access_token()
        return [
            f"/my/membership/document/{self.document.id}",
            f"/web/content/{attachment.id}",
            f"/web/content/{attachment.id}?access_token={token}",
            f"/web/content/product.document/{self.document.id}/datas",
            f"/web/image/{attachment.id}",
        ]

    def test_a_buyer_finds_what_the_tier_opens_and_who_opens_the_rest(self):
        eve, ben = (self._visit(one, URL).text for one in ("eve", "ben"))

        self.assertIn(f"/my/membership/document/{self.document.id}", eve)
        self.assertIn("plan&lt;b&gt;.txt", eve)
        self.assertIn(f"/my/membership/document/{self.manual.id}", ben)
        self.assertNotIn("plan", ben)
        self.assertIn("Opened by other tiers", ben)
        self.assertIn("Test Drawings", ben)

    def test_a_document_is_found_by_its_name_or_product(self):
        pages = [
            self._visit("eve", f"{URL}?search={word}").text
            for word in ("MANUAL", "lamp", "nothing", "%25", "a" * 500)
        ]

        self.assertEqual(
            ["manual.txt" in page for page in pages], [True, True, False, False, False]
        )
        self.assertIn("No document of yours is called like this", pages[2])

    def test_pages_that_are_none_are_shown_as_the_last_one(self):
        for page in ("0", "999999999999"):
            self.assertEqual(self._visit("eve", f"{URL}/page/{page}").status_code, 200)

    def test_a_level_that_demands_a_signature_asks_before_it_opens(self):
        purpose = self._demand()

        page = self._visit("eve", URL).text
        asked = self._visit("eve", f"/my/membership/document/{self.document.id}")

        self.assertIn("Read and sign", page)
        self.assertNotIn(f"/my/membership/document/{self.document.id}", page)
        self.assertTrue(asked.url.endswith(f"{URL}/sign/{purpose.id}"))
        for address in self._get_addresses():
            response = self._visit("eve", address)
            self.assertNotIn(SECRET, response.content, address)

    def test_the_document_opens_when_it_is_signed_and_closes_again(self):
        purpose = self._demand()
        self._sign(purpose)
        address = f"/my/membership/document/{self.document.id}"

        opened = self._visit("eve", address).content
        self.eve._set_consent("clinical", False, "settings")
        closed = self._visit("eve", address).content

        consent = self.env["member.consent"].search(
            [("partner_id", "=", self.eve.id), ("is_given", "=", True)]
        )
        self.assertEqual(opened, SECRET)
        self.assertNotIn(SECRET, closed)
        self.assertEqual((consent.how, consent.signature), ("document", "Eve Example"))

    def test_what_is_no_signature_opens_nothing(self):
        purpose = self._demand()
        for values in (
            {"agrees": ""},
            {"agrees": "yes"},
            {"signature": ""},
            {"signature": " E "},
            {"signature": "E" * 500},
            {"signature": "\x00\x01\x02"},
            {"version_id": "abc"},
            {"version_id": str(purpose.version_id.id + 1)},
        ):
            with self.subTest(values=values):
                self.assertIn("alert-danger", self._sign(purpose, **values).text)
        self.assertFalse(self.eve.member_consent_ids)
        with mute_logger("odoo.http"):
            forged = self._sign(purpose, csrf_token="forged")
        self.assertEqual(forged.status_code, 400)

    def test_a_signature_is_written_without_what_no_database_keeps(self):
        self._sign(self._demand(), signature="Eve\x00 Example")

        self.assertEqual(self.eve.member_consent_ids.signature, "Eve Example")

    def test_the_settings_do_not_sign(self):
        purpose = self._demand()
        self.authenticate("eve", "eve")
        data = {
            "purpose_id": str(purpose.id),
            "version_id": str(purpose.version_id.id),
            "answer": "give",
            "csrf_token": http.Request.csrf_token(self),
        }

        response = self.url_open(
            "/my/membership/settings/consent", data=data, timeout=PATIENCE
        )

        self.env.invalidate_all()
        self.assertFalse(self.eve.member_consent_ids)
        self.assertTrue(response.url.endswith(f"{URL}/sign/{purpose.id}"))
        page = self._visit("eve", "/my/membership/settings").text
        self.assertIn(f'href="{URL}/sign/{purpose.id}"', page)
        self.assertNotIn('value="give"', page)

    def test_a_signature_opens_nothing_to_who_has_not_the_tier(self):
        purpose = self._demand()
        self._sign(purpose, login="ben")

        for address in self._get_addresses():
            self.assertNotIn(SECRET, self._visit("ben", address).content)

    def test_purposes_that_protect_nothing_are_not_signed_here(self):
        purpose = self._demand()
        self.drawings.consent_purpose_id = False

        for number in (purpose.id, 0, 99999999):
            response = self._visit("eve", f"{URL}/sign/{number}")
            self.assertEqual(response.status_code, 404)

    def test_a_watermark_is_on_every_copy_that_leaves(self):
        self.drawings.has_watermark = True
        self.document.write({"raw": make_pdf(), "name": "plan.pdf"})

        for address in self._get_addresses():
            with self.subTest(address=address):
                content = self._visit("eve", address).content

                page = PdfFileReader(io.BytesIO(content)).pages[0].extract_text()
                words = f"Acme · {self.eve.name} · Gold · 2026-03-15 · #{self.eve.id}"
                self.assertIn(words, page)
        self.assertEqual(
            self.env["member.document.download"].search_count(
                [("document_id", "=", self.document.id)]
            ),
            len(self._get_addresses()),
        )

    def test_the_file_without_a_watermark_is_read_by_no_buyer(self):
        self.drawings.has_watermark = True
        self.document.write({"raw": make_pdf(), "name": "plan.pdf"})
        self.authenticate("eve", "eve")

        for model, number in (
            ("ir.attachment", self.document.ir_attachment_id.id),
            ("product.document", self.document.id),
        ):
            with self.subTest(model=model), mute_logger("odoo.http"):
                answer = self.url_open(
                    "/web/dataset/call_kw",
                    json={
                        "jsonrpc": "2.0",
                        "params": {
                            "model": model,
                            "method": "read",
                            "args": [[number], ["raw", "datas"]],
                            "kwargs": {},
                        },
                    },
                )
                self.assertIn("error", answer.json())

    def test_a_file_that_cannot_be_marked_is_given_to_nobody(self):
        self.drawings.has_watermark = True
        self.document.write({"raw": b"%PDF-1.4 broken", "name": "plan.pdf"})
        logger = "odoo.addons.member_loyalty.models.member_document_watermark"

        with mute_logger(logger, "pypdf._reader"):
            response = self._visit("eve", f"/my/membership/document/{self.document.id}")

        self.assertEqual(response.status_code, 403)
        self.assertIn("Please ask us for it", response.text)
        self.assertNotIn("broken", response.text)
        self.assertFalse(
            self.env["member.document.download"].search(
                [("document_id", "=", self.document.id)]
            )
        )
