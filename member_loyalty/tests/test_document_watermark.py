import io

from reportlab.pdfgen import canvas

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from .document_common import DocumentCommon

LOGGER = "odoo.addons.member_loyalty.models.member_document_watermark"


def make_pdf(pages=2, size=(595, 842), words="secret drawing"):
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=size)
    for number in range(pages):
        sheet.drawString(50, 50, f"{words} {number}")
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def lock(content):
    writer = PdfFileWriter()
    for page in PdfFileReader(io.BytesIO(content)).pages:
        writer.add_page(page)
    writer.encrypt("secret")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestDocumentWatermark(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drawings.has_watermark = True
        cls.acme = cls._create_member("Acme", tier=cls.gold, is_company=True)
        cls.eve = cls._create_customer("Eve", parent_id=cls.acme.id)
        cls.membership = cls.env["member.membership"].search(
            [("partner_id", "=", cls.acme.id), ("program_id", "=", cls.program.id)]
        )

    def _mark(self, content=None, **values):
        document = self._create_document(
            self.drawings, name="plan.pdf", raw=content or make_pdf(), **values
        )
        return document._get_watermarked(self.eve, self.membership)

    def _read(self, content):
        return [
            page.extract_text() for page in PdfFileReader(io.BytesIO(content)).pages
        ]

    def _get_fonts(self, content):
        page = PdfFileReader(io.BytesIO(content)).pages[0]
        fonts = page["/Resources"]["/Font"].get_object()
        return {str(font.get_object()["/BaseFont"]) for font in fonts.values()}

    def test_each_page_says_who_in_which_tier_and_when(self):
        document = self._create_document(
            self.drawings, name="plan.pdf", raw=make_pdf(3)
        )

        marked = document._get_watermarked(self.eve, self.membership)

        words = f"Acme · Eve · Gold · 2026-03-15 · #{self.eve.id}"
        pages = self._read(marked)
        self.assertEqual(len(pages), 3)
        for number, page in enumerate(pages):
            self.assertIn(f"secret drawing {number}", page)
            self.assertEqual(page.count(words), 2)
        self.assertNotIn("Eve", "".join(self._read(document.ir_attachment_id.raw)))

    def test_names_in_other_writing_use_a_font_that_has_it(self):
        for name, font in (
            ("王芳", "STSong-Light"),
            ("山田さん", "HeiseiKakuGo-W5"),
            ("김철수", "HYSMyeongJo-Medium"),
            ("أحمد", "Tajawal"),
            ("Мария Ωμέγα Łukasz", "NotoSans"),
        ):
            with self.subTest(name=name):
                self.eve.name = name

                fonts = self._get_fonts(self._mark())

                self.assertTrue(
                    any(font in one for one in fonts), f"{font} not in {fonts}"
                )

    def test_what_no_font_has_leaves_the_number_of_the_contact(self):
        self.eve.name = "𓀀𓀁"

        [page] = self._read(self._mark(make_pdf(1)))

        self.assertIn(f"?? · Gold · 2026-03-15 · #{self.eve.id}", page)

    def test_pages_of_any_size_are_marked(self):
        for size in ((40, 30), (3000, 2000), (842, 595)):
            [page] = self._read(self._mark(make_pdf(1, size)))

            self.assertIn(f"#{self.eve.id}", page)

    def test_a_locked_or_damaged_file_is_not_given_away(self):
        for content, cause in (
            (lock(make_pdf()), "locked with a password"),
            (b"%PDF-1.4 nothing of it", "is not possible"),
            (b"%PDF-1.4" + make_pdf()[200:400], "is not possible"),
        ):
            with (
                self.subTest(cause=cause),
                mute_logger(LOGGER, "pypdf._reader"),
                self.assertRaisesRegex(UserError, cause),
            ):
                self._mark(content)

    def test_a_pdf_under_another_name_is_marked_as_well(self):
        document = self._create_document(
            self.drawings, name="plan.txt", raw=make_pdf(), mimetype="text/plain"
        )
        picture = self._create_document(self.drawings, name="a.txt", raw=b"no PDF")

        self.assertTrue(document._is_watermarked())
        self.assertFalse(picture._is_watermarked())


@tagged("post_install", "-at_install")
class TestDocumentConsent(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purpose = cls.env["member.consent.purpose"].create(
            {
                "name": "Clinical data",
                "code": "clinical",
                "demanded": "countries",
                "country_group_id": cls.env.ref("base.europe").id,
            }
        )
        cls.version = cls.env["member.consent.version"].create(
            {"purpose_id": cls.purpose.id, "title": "I agree", "text": "To all of it"}
        )
        cls.version.action_publish()
        cls.drawings.consent_purpose_id = cls.purpose
        cls.ada = cls._create_member(
            "Ada", tier=cls.gold, country_id=cls.env.ref("base.de").id
        )
        cls.document = cls._create_document(cls.drawings)

    def _is_open(self, partner):
        return bool(self.document._find_grants(partner))

    def test_it_opens_with_the_consent_and_closes_with_its_withdrawal(self):
        seen = [self._is_open(self.ada)]
        for is_given in (True, False, True):
            self.ada._set_consent(
                "clinical", is_given, "document", signature=is_given and "Ada"
            )
            seen.append(self._is_open(self.ada))

        self.assertEqual(seen, [False, True, False, True])

    def test_a_consent_opens_nothing_without_the_tier(self):
        ben = self._create_member("Ben", tier=self.silver)
        ben._set_consent("clinical", True, "document", signature="Ben")

        self.assertFalse(self._is_open(ben))

    def test_elsewhere_it_opens_unless_the_contact_refused(self):
        bob = self._create_member(
            "Bob", tier=self.gold, country_id=self.env.ref("base.us").id
        )
        seen = [self._is_open(bob)]

        bob._set_consent("clinical", False, "settings")

        self.assertEqual([*seen, self._is_open(bob)], [True, False])

    def test_new_words_have_to_be_signed_again(self):
        self.ada._set_consent("clinical", True, "document", signature="Ada")

        self.version.copy().action_publish()

        self.assertFalse(self._is_open(self.ada))

    def test_a_level_demands_only_what_can_be_signed(self):
        draft = self.purpose.copy({"code": "draft"})

        with self.assertRaisesRegex(ValidationError, "Publish a version"):
            self.manuals.consent_purpose_id = draft
