"""``odoo member_import``: bring a purchase history in from the command line."""

import base64
import sys
from functools import partial
from pathlib import Path

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config, html2plaintext

NOTHING_IMPORTED = 1
WRONG_USE = 2


class MemberImport(Command):
    """Bring a purchase history (CSV, .csv.gz or .xlsx) into the membership journal"""

    name = "member_import"
    epilog = """
    The file is checked first and the report printed; then its good lines are booked,
    all or nothing. The exit status is not 0 when nothing could be imported.
    Columns are found by their names. --map says what they are where the guess is
    wrong, with: document, date, customer_ref, customer_name, customer_email, country,
    currency, amount, quantity, unit_price, product_code.
    """

    def __init__(self):
        super().__init__()
        add = self.parser.add_argument
        add("-c", "--config", help="Odoo's configuration file")
        add("-d", "--database", help="the database, if not in the configuration")
        what = self.parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--file", type=Path, help="the file to import")
        what.add_argument("--undo", metavar="BATCH", help="id or name of a batch")
        add("--company", help="name of the company, the first one if not given")
        add("--currency", help="currency of lines that name none, such as GBP")
        add("--layout", choices=("lines", "documents"), default="lines")
        add("--sheet", help="the sheet of a workbook, the first one if not given")
        add("--dates", choices=("ymd", "dmy", "mdy"), help="how dates are written")
        add("--decimal", choices=(".", ","), help="what decimals come after")
        add("--goods-only", metavar="REGEX", help="only product codes like this")
        add("--document-prefix", metavar="TEXT", help="put before document numbers")
        add("--shift-to-today", action="store_true", help="make the last day today")
        add("--shift-days", type=int, default=0, help="add days to every date")
        add("--map", nargs="+", metavar="TARGET=COLUMN", default=[])
        add("--check-only", action="store_true", help="only report")
        add("--evaluate", action="store_true", help="decide the tiers afterwards")

    def run(self, cmdargs):
        """Check and import, or undo, and print what came of it."""
        options, odoo_args = self.parser.parse_known_args(cmdargs)
        if options.config:
            odoo_args += ["-c", options.config]
        if options.database:
            odoo_args += ["-d", options.database]
        config.parse_config(["--no-http", *odoo_args], setup_logging=True)
        names = config["db_name"]
        if len(names) != 1:
            self.parser.error("say with -d which database to import into")
        registry = Registry(names[0])
        try:
            done = (
                self._undo(registry, options)
                if options.undo
                else (self._import(registry, options))
            )
        except UserError as error:
            print(f"\n{error}", file=sys.stderr)
            done = False
        sys.exit(0 if done else NOTHING_IMPORTED)

    def _import(self, registry, options):
        """Check the file and, unless that was all, book it; each a transaction."""
        with registry.cursor() as cr:
            batch = self._create_batch(self._get_env(cr), options)
            batch._check_columns()
            batch._begin_staging()
            for _stretch in batch._stage():
                print(f"\r{batch.line_count:>12,} lines", end="", file=sys.stderr)
            print(file=sys.stderr)
            batch._finish_staging()
            self._print_check(batch)
            batch_id = batch.id
            has_news = batch.document_count > batch.empty_document_count
        if options.check_only or not has_news:
            print("Nothing was imported.")
            return options.check_only
        with registry.cursor() as cr:
            batch = self._get_env(cr)["member.import"].browse(batch_id)
            retrying(batch._book, batch.env)
            self._print_last_message(batch)
        if options.evaluate:
            with registry.cursor() as cr:
                self._get_env(cr)["member.import"].browse(batch_id).action_evaluate()
        return True

    def _undo(self, registry, options):
        """Take a batch back."""
        with registry.cursor() as cr:
            batches = self._get_env(cr)["member.import"]
            key = "id" if options.undo.isdigit() else "name"
            batch = batches.search([(key, "=", options.undo), ("state", "=", "done")])
            if len(batch) != 1:
                print(f"{len(batch)} imported batches are called {options.undo}.")
                return False
            retrying(batch.action_undo, batch.env)
            self._print_last_message(batch)
        return True

    def _get_env(self, cr):
        """Return an environment with every right, in the language of the root user."""
        return api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})

    def _create_batch(self, env, options):
        """Create the batch as the options say."""
        company = self._find_one(
            env["res.company"], options.company, env.ref("base.main_company")
        )
        currency = self._find_one(
            env["res.currency"].with_context(active_test=False),
            options.currency and options.currency.upper(),
            company.currency_id,
        )
        values = {
            "file": base64.b64encode(self._read(options.file)),
            "filename": options.file.name,
            "company_id": company.id,
            "default_currency_id": currency.id,
            "layout": options.layout,
            "sheet": options.sheet,
            "date_order": options.dates,
            "decimal": options.decimal,
            "goods_only": options.goods_only,
            "document_prefix": options.document_prefix,
            "shift_to_today": options.shift_to_today,
            "shift_days": options.shift_days,
        }
        batch = env["member.import"].with_company(company).create(values)
        self._map_columns(batch, options.map)
        return batch

    def _read(self, path):
        """Return the packed bytes of the file.

        :raises UserError: when there is no such file
        """
        try:
            return path.read_bytes()
        except OSError as error:
            raise UserError(f"{path} cannot be read: {error.strerror}.") from error

    def _find_one(self, model, name, default):
        """Return the record of that name, or the default without one.

        :raises UserError: when there is none of that name
        """
        if not name:
            return default
        found = model.search([("name", "=", name)], limit=1)
        if not found:
            raise UserError(f"There is no {model._description.lower()} called {name}.")
        return found

    def _map_columns(self, batch, pairs):
        """Set what columns are, as the user says.

        :raises UserError: when a target or a column does not exist
        """
        columns = {column.name: column for column in batch.column_ids}
        targets = dict(batch.column_ids._fields["target"].selection)
        for pair in pairs:
            target, _equals, name = pair.partition("=")
            if target not in targets or name not in columns:
                raise UserError(
                    f"--map {pair}: write TARGET=COLUMN with one of the targets"
                    f" {', '.join(targets)} and one of the columns"
                    f" {', '.join(columns)}."
                )
            batch.column_ids.filtered(partial(_has_target, target)).target = False
            columns[name].target = target

    def _print_check(self, batch):
        """Print what the check found."""
        print(f"{batch.filename}: batch {batch.id} of {batch.company_id.name}")
        for name in (
            "line_count", "refused_line_count", "left_out_line_count",
            "document_count", "empty_document_count", "partial_document_count",
            "known_document_count", "conflicting_document_count", "first_day",
            "last_day", "moved_days", "customer_by_ref_count",
            "customer_by_mail_count", "customer_by_name_count", "customer_new_count",
        ):  # fmt: skip
            print(f"  {batch._fields[name].string + ':':28}{(batch[name] or 0)!s:>12}")
        for total in batch.currency_totals or []:
            print(
                "  {currency}: {documents} documents, purchases {purchases},"
                " cancellations {cancellations}, together {net}".format(**total)
            )
        labels = batch._get_problem_labels()
        for total in batch.problem_totals or []:
            fate = "left out" if total["refused"] else "imported"
            print(
                f"  {labels[total['problem']] + ':':36}{total['lines']:>10} lines"
                f" {fate}, the first is line {total['first']}"
            )

    def _print_last_message(self, batch):
        """Print what the batch said last in its chatter."""
        messages = batch.message_ids.filtered("body").sorted("id")
        print(html2plaintext(messages[-1:].body or "").strip())


def _has_target(target, column):
    """Tell whether a column is the target."""
    return column.target == target
