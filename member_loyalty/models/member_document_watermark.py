import io
import logging
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen import canvas

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.arabic_reshaper import reshape
from odoo.tools.misc import file_path
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from ..logic import watermark_text as texts

_logger = logging.getLogger(__name__)

MOST_BYTES = 30_000_000
MOST_PAGES = 1_000
SMALL, MARGIN, PALE = 8, 14, 0.18
FILES = {
    "latin": "web/static/fonts/sign/NotoSans-Reg.ttf",
    "arabic": "web/static/fonts/google/Tajawal/Tajawal-Regular.ttf",
}
# fonts that every reader of PDF files brings along
CID_FONTS = {
    "chinese": "STSong-Light",
    "japanese": "HeiseiKakuGo-W5",
    "korean": "HYSMyeongJo-Medium",
}
PLAIN = "Helvetica"


@cache
def find_font(script):
    """Return the name of a font for a script, known to reportlab; Helvetica if none."""
    if name := CID_FONTS.get(script):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
        return name
    try:
        font = TTFont(f"member-{script}", file_path(FILES[script]))
    except (FileNotFoundError, TTFError, OSError):
        _logger.warning("No font for %s: watermarks do without it", script)
        return PLAIN
    pdfmetrics.registerFont(font)
    return font.fontName


def choose(text):
    """Return a text as (font, words) to be drawn one after the other."""
    drawn = []
    for run in texts.split(text):
        font, words = find_font(run.script), run.text
        if run.script == "arabic" and font != PLAIN:
            words = texts.right_to_left(reshape(words))
        if run.script in FILES:
            words = "".join(
                one if _has(font, one) else texts.simplify(one) for one in words
            )
        drawn.append((font, words))
    return drawn


def _has(font, char):
    """Tell whether a font can write a character."""
    if font == PLAIN:
        return ord(char) < 128
    return ord(char) in pdfmetrics.getFont(font).face.charToGlyph


class MemberDocumentWatermark(models.AbstractModel):
    """Who a PDF file was given to, on each of its pages."""

    _name = "member.document.watermark"
    _description = "Watermark of a Document"

    def _is_watermarked(self):
        """Tell whether members get the file with a watermark only."""
        self.ensure_one()
        document = self.sudo()
        if not (document.member_only and document.member_level_id.has_watermark):
            return False
        start = (document.ir_attachment_id.raw or b"")[:1024]
        return document.mimetype == "application/pdf" or b"%PDF-" in start

    def _get_watermarked(self, partner, membership):
        """Return the file as this contact gets it: made now, and kept nowhere.

        :raises UserError: when it cannot be marked: then nobody gets it
        """
        self.ensure_one()
        content = self.sudo().ir_attachment_id.raw or b""
        if len(content) > MOST_BYTES:
            self._refuse_watermark(self.env._("it is too large"))
        try:
            reader = PdfFileReader(io.BytesIO(content), strict=False)
            is_encrypted = reader.is_encrypted
            pages = [] if is_encrypted else list(reader.pages)
        except Exception:
            _logger.warning("Document %s cannot be read", self.id, exc_info=True)
            self._refuse_watermark(self.env._("it is damaged"))
        if is_encrypted:
            self._refuse_watermark(self.env._("it is locked with a password"))
        if not pages or len(pages) > MOST_PAGES:
            self._refuse_watermark(self.env._("of its number of pages"))
        try:
            return self._mark_pages(pages, self._get_watermark(partner, membership))
        except Exception:
            _logger.warning("Document %s cannot be marked", self.id, exc_info=True)
            self._refuse_watermark(self.env._("it is damaged"))

    def _refuse_watermark(self, cause):
        """Say why a file is not given away.

        :raises UserError: always
        """
        raise UserError(
            self.env._(
                "%(document)s is only given away with your name on it, and that is not"
                " possible: %(cause)s. Please ask us for it.",
                document=self.sudo().name,
                cause=cause,
            )
        )

    def _get_watermark(self, partner, membership):
        """Return the words: who, in which tier, when, and the number of the contact."""
        contact, held = partner.sudo(), membership.sudo()
        company = contact.commercial_partner_id
        names = [contact.name or ""]
        if company != contact:
            names.insert(0, company.name or "")
        today = held.company_id._member_today().isoformat()
        return " · ".join(
            [*filter(None, names), held.tier_id.name, today, f"#{contact.id}"]
        )

    def _mark_pages(self, pages, words):
        """Return the pages with the words on each, as the content of a file."""
        writer, overlays = PdfFileWriter(), {}
        drawn = choose(words)
        for page in pages:
            box = page.mediabox
            corners = tuple(
                float(one) for one in (box.left, box.bottom, box.right, box.top)
            )
            if corners not in overlays:
                overlays[corners] = self._draw_overlay(corners, drawn)
            page.merge_page(overlays[corners])
            writer.add_page(page)
        buffer = io.BytesIO()
        writer.write(buffer)
        return buffer.getvalue()

    def _draw_overlay(self, corners, drawn):
        """Return a page with the words across it, and small at its foot."""
        left, bottom, right, top = corners
        width, height = abs(right - left), abs(top - bottom)
        buffer = io.BytesIO()
        sheet = canvas.Canvas(buffer, pagesize=(right, top))
        length = self._measure(drawn, 1) or 1
        sheet.saveState()
        sheet.setFillAlpha(PALE)
        sheet.translate((left + right) / 2, (bottom + top) / 2)
        sheet.rotate(45)
        size = min(36, 0.85 * min(width, height) * 1.2 / length)
        self._draw_words(sheet, -length * size / 2, 0, drawn, size)
        sheet.restoreState()
        size = min(SMALL, (width - 2 * MARGIN) / length)
        sheet.setFillGray(0.35)
        self._draw_words(sheet, left + MARGIN, bottom + MARGIN, drawn, size)
        sheet.showPage()
        sheet.save()
        buffer.seek(0)
        return PdfFileReader(buffer).pages[0]

    def _measure(self, drawn, size):
        """Return how wide words are, in points."""
        return sum(pdfmetrics.stringWidth(words, font, size) for font, words in drawn)

    def _draw_words(self, sheet, x, y, drawn, size):
        """Write words one after the other."""
        for font, words in drawn:
            sheet.setFont(font, size)
            sheet.drawString(x, y, words)
            x += pdfmetrics.stringWidth(words, font, size)
