import json
import re
from datetime import timedelta
from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.purchase_import import Rules, gather
from ..logic.purchase_import_country import index_countries
from ..queries import purchase_import_report, purchase_import_staging

STRETCH = 10_000


class MemberImportStaging(models.AbstractModel):
    """Reads the file stretch by stretch and sorts out what may not be imported.

    Each stretch and the line reached can be committed: a check that was killed goes
    on where it stopped.
    """

    _name = "member.import.staging"
    _description = "Reading of an Import"

    staged_line = fields.Integer(readonly=True, copy=False, aggregator=None)
    unpacked_size = fields.Integer(readonly=True, copy=False)

    def _begin_staging(self):
        """Forget an earlier check of this file."""
        self.ensure_one()
        for forget in ("forget_parts", "forget_problems"):
            self.env.execute_query(getattr(purchase_import_staging, forget)(self.id))
        self.write({"state": "checking", "staged_line": 1, **self._get_no_figures()})

    def _stage_to_the_end(self):
        """Read what is left of the file at once, and report."""
        self.ensure_one()
        for _stretch in self._stage():
            continue
        self._finish_staging()

    def _stage(self):
        """Read what is left of the file; yields the lines read after each stretch."""
        self.ensure_one()
        with self._open_rows() as (names, rows):
            rules = self._get_rules(len(names))
            wanted = (
                (row.number, row.cells) for row in rows if row.number > self.staged_line
            )
            while stretch := list(islice(wanted, STRETCH)):
                self._keep(gather(stretch, rules), stretch[-1][0])
                yield len(stretch)

    def _keep(self, gathered, last_line):
        """Keep what a stretch of the file says, and how far it goes."""
        self.env.execute_query(
            purchase_import_staging.insert_parts(
                self.id, json.dumps([_part_as_row(part) for part in gathered.parts])
            )
        )
        self.env.execute_query(
            purchase_import_staging.insert_problems(
                self.id,
                json.dumps([_problem_as_row(problem) for problem in gathered.problems]),
            )
        )
        self.write(
            {
                "staged_line": last_line,
                "line_count": self.line_count + gathered.line_count,
                "refused_line_count": self.refused_line_count + gathered.refused_count,
                "left_out_line_count": (
                    self.left_out_line_count + gathered.left_out_count
                ),
            }
        )

    def _finish_staging(self):
        """Sort out contradictions, find the customers and report."""
        self.ensure_one()
        self.env.execute_query(purchase_import_staging.analyze_parts())
        if self.layout == "documents":
            self.env.execute_query(
                purchase_import_staging.mark_repeated_documents(self.id)
            )
        for column, outcome in (
            ("customer_key", "customer_conflict"),
            ("currency_id", "currency_conflict"),
        ):
            self.env.execute_query(
                purchase_import_staging.mark_conflicts(self.id, column, outcome)
            )
        self.moved_days = self._get_days_to_move()
        self._recognise()
        self.state = "checked"
        self._say_checked()

    def _recognise(self):
        """Find out which documents are in the journal and which customers we know."""
        self.env.execute_query(purchase_import_staging.forget_known_problems(self.id))
        self.env.execute_query(
            purchase_import_staging.mark_known_documents(
                self.env, self.id, self.company_id.id
            )
        )
        self._match_customers()
        self._count()
        self.invalidate_recordset(["line_ids"])

    def _get_days_to_move(self):
        """Return the days that are added to all dates."""
        if not self.shift_to_today:
            return self.shift_days
        [(last_day,)] = self.env.execute_query(purchase_import_report.last_day(self.id))
        return (self.company_id._member_today() - last_day).days if last_day else 0

    def _get_rules(self, width):
        """Return how the lines are to be read, as the pure :class:`Rules`."""
        self.ensure_one()
        currencies, unrated = self._get_currencies()
        shift_days = 0 if self.shift_to_today else self.shift_days
        return Rules(
            columns=self._get_column_positions(),
            width=width,
            latest_day=self.company_id._member_today() - timedelta(days=shift_days),
            currencies=currencies,
            unrated=unrated,
            default_currency=self.default_currency_id.name,
            countries=self._get_countries(),
            date_order=self.date_order,
            decimal=self.decimal,
            zone=self.company_id._get_member_timezone(),
            goods_only=re.compile(self.goods_only) if self.goods_only else None,
            document_prefix=(self.document_prefix or "").strip(),
            by_document=self.layout == "documents",
        )

    def _get_currencies(self):
        """Return the ids of the currencies by code, and the codes without a rate."""
        rated = {
            currency_id
            for (currency_id,) in self.env.execute_query(
                purchase_import_report.rated_currencies(
                    self.env, self.company_id.root_id.id
                )
            )
        }
        rated.add(self.company_id.currency_id.id)
        currencies = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search_fetch([], ["name"])
        )
        usable = {
            currency.name.upper(): currency.id
            for currency in currencies
            if currency.id in rated
        }
        known = {currency.name.upper() for currency in currencies}
        return usable, frozenset(known - set(usable))

    @api.model
    def _get_countries(self):
        """Return the ids of the countries by all their names, in every language."""
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        countries = self.env["res.country"].search_fetch([], ["code", "name"])
        names = {country.id: [] for country in countries}
        for language in ["en_US", *languages]:
            for country in countries.with_context(lang=language):
                names[country.id].append(country.name)
        return index_countries(
            (country.code or "", country.id, names[country.id]) for country in countries
        )

    def _leave_to_background(self):
        """Let the scheduled action go on with the batch."""
        self.env.ref("member_loyalty.ir_cron_member_import").sudo()._trigger()

    @api.model
    def _cron_import(self):
        """Go on with the batches that are under way, a stretch at a time."""
        waiting = self.search([("state", "in", ("checking", "importing"))], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for batch in waiting:
            batch = batch.with_user(batch.write_uid).with_company(batch.company_id)
            try:
                if not batch._go_on():
                    return
            except UserError as error:
                self.env.cr.rollback()
                batch._say_stopped(error)
            self.env["ir.cron"]._commit_progress(1)

    def _go_on(self):
        """Do the step that is due; False when time is up before its end."""
        self.ensure_one()
        if self.state == "importing":
            self._book()
            return True
        for _stretch in self._stage():
            if not self.env["ir.cron"]._commit_progress(1, remaining=1):
                return False
        self._finish_staging()
        return True


def _part_as_row(part):
    """Return a part as the object that the database reads."""
    return {
        "first_line": part.first_line,
        "line_count": part.line_count,
        "document": part.document,
        "customer_key": part.customer.key,
        "customer_ref": part.customer.ref,
        "customer_email": part.customer.email,
        "customer_name": part.customer.name,
        "country_id": part.country_id,
        "currency_id": part.currency_id,
        "date": part.day.isoformat(),
        "amount": str(part.amount),
    }


def _problem_as_row(problem):
    """Return a problem as the object that the database reads."""
    return {
        "line_number": problem.line_number,
        "problem": problem.kind,
        "is_refused": problem.is_refusal,
        "document": problem.document,
        "excerpt": problem.excerpt,
    }
