"""Show consent, documents with a signature and a watermark, and appeals by members.

Runs in ``odoo shell`` after the benefits are there: their levels of documents are
used. Does what a manager and a buyer would do, with the same methods.
"""

import io
import sys

from reportlab.pdfgen import canvas

LEVELS = {"Manuals": "signed", "Data Sheets": "marked"}


def load(env):
    """Publish the texts, protect documents, let the buyer and others answer."""
    print("      consent: texts, documents, appeals", file=sys.stderr, flush=True)
    program = env["member.program"].search([("active", "=", True)], limit=1)
    program.appeal_by_members = True
    purposes = env["member.consent.purpose"].search(
        [("company_id", "=", program.company_id.id)]
    )
    for purpose in purposes.filtered(lambda one: not one.version_id):
        purpose.version_ids[:1].action_publish()
    by_code = {purpose.code: purpose for purpose in purposes}
    by_code["marketing"].registration = "asked"
    by_code["protected"].tag_id = env["member.tag"].create(
        {"name": "Signed for Documents", "family": "compliance"}
    )
    protect(env, by_code["protected"])
    answer(env, program)
    env.cr.commit()


def protect(env, purpose):
    """Let one level demand a signature and another one a watermark."""
    for level in env["member.document.level"].search([("name", "in", list(LEVELS))]):
        if LEVELS[level.name] == "signed":
            level.consent_purpose_id = purpose
            continue
        level.has_watermark = True
        for document in env["product.document"].search(
            [("member_level_id", "=", level.id)]
        ):
            document.write({"raw": draw(document.name), "name": f"{level.name}.pdf"})


def draw(title):
    """Return a small PDF file."""
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer)
    sheet.drawString(72, 760, title)
    sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def answer(env, program):
    """Let some members agree, one refuse, and the buyer agree to recommendations."""
    members = env["member.membership"].search(
        [("program_id", "=", program.id)], limit=6
    )
    for number, partner in enumerate(members.partner_id):
        partner._set_consent(
            "marketing", number != 3, "settings", company=program.company_id
        )
    buyer = env["res.users"].search([("login", "=", "buyer")]).partner_id
    buyer._set_consent("profiling", True, "settings", company=program.company_id)


load(env)  # noqa: F821  the shell provides it
