from odoo import Command, api, fields, models

from ..logic import inquiry_grade, inquiry_reading, inquiry_verdict
from ..logic.inquiry_text import SOURCE_LIMIT, plain_text
from ..models.member_lead_inquiry import LEVELS, STATES


class MemberInquiryTrial(models.TransientModel):
    """A text that a manager tries the rules on. Nothing is written anywhere."""

    _name = "member.inquiry.trial"
    _description = "Try a Text"

    text = fields.Text(help="Paste a mail or the message of a web form.")
    attachment_count = fields.Integer(string="Attachments")
    is_member = fields.Boolean(string="Sender Is a Member")
    line_ids = fields.One2many(
        comodel_name="member.inquiry.trial.line",
        inverse_name="trial_id",
        compute="_compute_reading",
        store=True,
        readonly=False,
    )
    grade = fields.Integer(compute="_compute_reading", store=True)
    level = fields.Selection(selection=LEVELS, compute="_compute_reading", store=True)
    state = fields.Selection(selection=STATES, compute="_compute_reading", store=True)
    term = fields.Char(string="Delivery Term", compute="_compute_reading", store=True)
    destination = fields.Char(compute="_compute_reading", store=True)
    wanted_date = fields.Date(
        string="Wanted Until", compute="_compute_reading", store=True
    )
    reason_text = fields.Text(string="Reasons", compute="_compute_reading", store=True)

    @api.depends("text", "attachment_count", "is_member")
    def _compute_reading(self):
        for trial in self:
            trial.update(trial._read_text())

    def _read_text(self):
        """Return the values that say what is read from the text."""
        company = self.env.company
        words = self.env["member.inquiry.word"]._get_vocabulary(company.id)
        reading = inquiry_reading.read(
            [plain_text((self.text or "")[:SOURCE_LIMIT])],
            company._member_today(),
            words.units,
        )
        lines = self._prepare_lines(reading, company, words)
        grade, verdict = self._judge(reading, lines, company, words)
        causes = [{"code": "more"}] if reading.has_more else []
        if verdict.cause:
            causes.append({"code": verdict.cause, "facts": verdict.facts})
        reasons = causes + [reason.to_json() for reason in grade.reasons]
        terms = reading.terms
        return {
            "line_ids": [Command.clear(), *map(Command.create, lines)],
            "grade": grade.value,
            "level": grade.level,
            "state": verdict.state,
            "term": f"{terms.term} {terms.place}".strip(),
            "destination": terms.destination,
            "wanted_date": reading.wanted_on,
            "reason_text": self.env["member.inquiry.reason"]._say(reasons),
        }

    def _prepare_lines(self, reading, company, words):
        """Return the values of the lines that are read."""
        names = [line.name for line in reading.lines]
        products = self.env["product.template"]._find_named_products(company, names)
        source = self.env["member.inquiry.source"]
        currencies = source._get_currencies({None: reading})
        return [
            {
                "name": line.name,
                "product_id": product.id,
                "quantity": line.quantity,
                "unit": line.unit,
                "uom_id": words.uom_ids.get(line.unit, False),
                "target_price": line.price or 0.0,
                "currency_id": currencies.get(line.currency, False),
                "wanted_date": line.wanted_on,
            }
            for line, product in zip(reading.lines, products, strict=True)
        ]

    def _judge(self, reading, lines, company, words):
        """Return the grade and the verdict, as for a lead with this text."""
        program = self.env["member.program"]._get_company_programs(company)[:1]
        stated = inquiry_grade.Stated(
            reading,
            product_count=sum(bool(line["product_id"]) for line in lines),
            attachment_count=max(0, self.attachment_count),
            is_known=self.is_member,
        )
        criteria = self.env["member.inquiry.criterion"]._get_criteria(company.id)
        grade = inquiry_grade.grade(stated, criteria)
        evidence = inquiry_verdict.Evidence(
            grade=grade.value,
            text=reading.text,
            line_count=len(lines),
            spam_words=tuple(inquiry_grade.find_words(reading.text, words.spam)),
        )
        threshold = program.inquiry_threshold or 60
        return grade, inquiry_verdict.decide(evidence, threshold)
