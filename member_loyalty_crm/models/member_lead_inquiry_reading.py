import logging
import traceback

import psycopg2

from odoo import api, models

from ..logic import inquiry_grade, inquiry_reading, inquiry_verdict

_logger = logging.getLogger(__name__)

READ_AT_ONCE = 100
NEAR_THRESHOLD = 10


class MemberLeadInquiryReading(models.AbstractModel):
    """Reads the texts of leads: collect, read, grade, decide, and write what changed.

    Only of companies that have a membership program.
    """

    _name = "member.lead.inquiry.reading"
    _description = "Reading of a Lead's Inquiry"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `crm` to read what new leads ask for; of many, a little later."""
        leads = super().create(vals_list)
        if len(leads) > READ_AT_ONCE:
            leads._let_inquiries_wait()
        else:
            leads._read_inquiries()
        return leads

    def write(self, vals):
        """Override of `crm` to read the notes again when they change."""
        result = super().write(vals)
        if "description" in vals:
            self._read_inquiries()
        return result

    def _message_post_after_hook(self, message, msg_vals):
        """Override of `mail` to read again when a mail comes in or a note is made."""
        result = super()._message_post_after_hook(message, msg_vals)
        if self.env["member.inquiry.source"]._is_to_read(message.sudo()):
            self._read_inquiries()
        return result

    def _merge_get_fields_specific(self):
        """Override of `crm` to keep the inquiry lines of all leads that are merged."""
        return {
            **super()._merge_get_fields_specific(),
            "member_inquiry_line_ids": lambda _name, leads: [
                (4, line.id)
                for line in leads.with_context(
                    active_test=False
                ).member_inquiry_line_ids
            ],
        }

    def _merge_opportunity(self, *args, **kwargs):
        """Override of `crm` to keep the best inquiry, and to read all texts again."""
        kept = self._prepare_merged_inquiry()
        with self._follow_inquiries():
            merged = super()._merge_opportunity(*args, **kwargs)
            merged._keep_merged_inquiry(kept)
            merged._read_inquiries()
        return merged

    def _let_inquiries_wait(self):
        """Leave leads to the scheduled action."""
        waiting = self._filter_members_companies()
        if waiting:
            waiting.sudo().write({"member_inquiry_waits": True})
            self.env.ref("member_loyalty_crm.ir_cron_member_inquiry")._trigger()

    def _filter_members_companies(self):
        """Return the leads of companies with a membership program."""
        programs = self.env["member.program"]
        return self.filtered(
            lambda lead: programs._get_company_programs(
                lead.company_id or self.env.company
            )
        )

    @api.model
    def _cron_read_inquiries(self):
        """Read the leads that wait."""
        waiting = [("member_inquiry_waits", "=", True)]
        leads = self.sudo().with_context(active_test=False)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=leads.search_count(waiting))
        while some := leads.search(waiting, limit=READ_AT_ONCE, order="id"):
            some.write({"member_inquiry_waits": False})
            some._read_inquiries()
            if not cron._commit_progress(len(some)):
                break

    def _read_inquiries(self):
        """Read, grade and decide anew; a lead that cannot be read stays as it is."""
        leads = self._filter_members_companies().sudo()
        for company, some in leads.grouped(
            lambda lead: lead.company_id or self.env.company
        ).items():
            some = some.with_company(company)
            if len(some) > 1 and some._try_to_read(company):
                continue
            for lead in some:
                lead._try_to_read(company)

    def _try_to_read(self, company):
        """Read leads; report a failure without any of what was read.

        :return: whether it worked
        """
        # what others wrote before must fail where they wrote it, not in here
        self.env.flush_all()
        try:
            with self.env.cr.savepoint():
                self._read_of_company(company)
        except psycopg2.OperationalError:
            raise  # such as a conflict with another transaction: Odoo tries again
        except Exception as error:  # noqa: BLE001 a lead comes first
            place = traceback.extract_tb(error.__traceback__)[-1]
            _logger.warning(
                "Inquiries of leads %s could not be read: %s in %s, line %s",
                self.ids,
                type(error).__name__,
                place.name,
                place.lineno,
            )
            return False
        return True

    def _read_of_company(self, company):
        """Read leads of one company: collect, decide, apply."""
        source = self.env["member.inquiry.source"]
        program = self.env["member.program"]._get_company_programs(company)[:1]
        words = self.env["member.inquiry.word"]._get_vocabulary(company.id)
        texts = source._collect(self)
        readings = {
            lead: inquiry_reading.read_dated(texts[lead].dated, words.units)
            for lead in self
        }
        self._keep_lines(readings, company, words)
        self._write_prints(readings)
        evidence = source._collect_evidence(self, readings, texts, program, words)
        for lead in self:
            lead._write_inquiry(
                lead._decide_inquiry(*evidence[lead], readings[lead], texts[lead])
            )

    def _keep_lines(self, readings, company, words):
        """Write the lines that were read, with their products and units."""
        lines = self.env["member.inquiry.line"]
        names = [one.name for reading in readings.values() for one in reading.lines]
        products = iter(
            self.env["product.template"]._find_named_products(company, names)
        )
        currencies = self.env["member.inquiry.source"]._get_currencies(readings)
        for lead, reading in readings.items():
            found = [
                {
                    "product_id": next(products).id,
                    "uom_id": words.uom_ids.get(one.unit, False),
                    "currency_id": currencies.get(one.currency, False),
                }
                for one in reading.lines
            ]
            if found or lead.with_context(active_test=False).member_inquiry_line_ids:
                lines._keep_read(lead, reading.lines, found)

    def _write_prints(self, readings):
        """Write by what leads are compared with each other."""
        for lead, reading in readings.items():
            lead._write_inquiry(
                {
                    # without the subject, which is the first row
                    "member_inquiry_text_print": inquiry_verdict.text_fingerprint(
                        reading.text.partition("\n")[2]
                    ),
                    "member_inquiry_lines_print": inquiry_verdict.lines_fingerprint(
                        reading.lines
                    ),
                }
            )

    def _decide_inquiry(self, stated, evidence, program, reading, texts):
        """Return the values of grade, level, state and reasons."""
        self.ensure_one()
        criteria = self.env["member.inquiry.criterion"]._get_criteria(
            program.company_id.id
        )
        grade = inquiry_grade.grade(stated, criteria)
        verdict = inquiry_verdict.decide(
            evidence(grade.value), program.inquiry_threshold
        )
        causes = [{"code": "more", "facts": {}}] if reading.has_more else []
        if verdict.cause:
            causes.insert(0, {"code": verdict.cause, "facts": verdict.facts})
        values = {
            "member_inquiry_grade": grade.value,
            "member_inquiry_level": grade.level,
            "member_inquiry_waits": False,
        }
        if verdict.state != "none" and not self.member_inquiry_on:
            values["member_inquiry_on"] = texts.day
        if self.member_inquiry_decided_by == "hand":
            causes = [{"code": "hand", "facts": {}}]
        else:
            near = abs(grade.value - program.inquiry_threshold) <= NEAR_THRESHOLD
            is_graded = verdict.state in ("ordinary", "quality")
            values |= {
                "member_inquiry_state": verdict.state,
                "member_inquiry_decided_by": "rules",
                "member_inquiry_to_check": verdict.state != "none"
                and (near or not is_graded),
            }
        reasons = [reason.to_json() for reason in grade.reasons]
        return {**values, "member_inquiry_reasons": causes + reasons}

    def _write_inquiry(self, values):
        """Write those values of a lead that differ."""
        self.ensure_one()
        changed = {
            name: value
            for name, value in values.items()
            if (self[name] or False) != (value or False)
        }
        if changed:
            self.write(changed)
