import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class MemberImport(models.Model):
    """A purchase history from elsewhere: a file, how to read it, what came of it.

    A batch is checked first, which writes nothing but the report; then imported as
    one transaction; and can be undone whole.
    """

    _name = "member.import"
    _description = "Import of a Purchase History"
    _inherit = [
        "mail.thread",
        "member.import.file",
        "member.import.source",
        "member.import.staging",
        "member.import.report",
        "member.import.customer",
        "member.import.booking",
        "member.import.undo",
    ]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        selection=[
            ("draft", "New"),
            ("checking", "Being checked"),
            ("checked", "Checked"),
            ("importing", "Being imported"),
            ("done", "Imported"),
            ("undone", "Undone"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )

    file = fields.Binary(
        attachment=True,
        required=True,
        copy=False,
        groups="member_loyalty.member_loyalty_group_officer",
    )
    filename = fields.Char(required=True, copy=False)
    sheet = fields.Char(help="The sheet of a workbook to read; the first if empty.")
    layout = fields.Selection(
        selection=[
            ("lines", "One line per invoice line or order line"),
            ("documents", "One line per invoice or order"),
        ],
        string="The File Has",
        required=True,
        default="lines",
    )
    column_ids = fields.One2many(
        comodel_name="member.import.column",
        inverse_name="import_id",
        string="Columns",
    )

    default_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="The currency of lines that name none.",
    )
    date_order = fields.Selection(
        selection=[
            ("ymd", "Year, month, day (2011-12-09)"),
            ("dmy", "Day, month, year (9/12/2011)"),
            ("mdy", "Month, day, year (12/9/2011)"),
        ],
        string="Dates Are Written",
        help="Stays empty when the file can be read either way: then you have to say.",
    )
    decimal = fields.Selection(
        selection=[(".", "Point (1,234.50)"), (",", "Comma (1.234,50)")],
        string="Decimals Come After",
        help="Found out from the file where you leave it empty.",
    )
    goods_only = fields.Char(
        string="Only Products Like",
        help="A regular expression for product codes. Lines with another code, such"
        " as postage or fees, are left out. ^\\d{5} means: begins with five digits.",
    )
    document_prefix = fields.Char(
        help="Put in front of every document number, for example OLDSHOP-. Needed when"
        " two sources number their documents alike."
    )
    shift_to_today = fields.Boolean(
        string="Move the Last Day to Today",
        help="For demonstrations: all dates move by the same number of days.",
    )
    shift_days = fields.Integer(
        string="Move Dates by",
        help="Days added to every date. Leave 0 for a real history.",
    )
    moved_days = fields.Integer(
        string="Dates Moved by", readonly=True, copy=False, aggregator=None
    )

    line_ids = fields.One2many(
        comodel_name="member.import.line",
        inverse_name="import_id",
        string="Problems",
        readonly=True,
    )

    @api.depends("filename")
    def _compute_name(self):
        for batch in self:
            batch.name = batch.name or batch.filename or self.env._("New import")

    @api.constrains("goods_only")
    def _check_goods_only(self):
        for batch in self:
            try:
                re.compile(batch.goods_only or "")
            except re.error as error:
                raise ValidationError(
                    self.env._(
                        "“%(pattern)s” is not a regular expression: %(reason)s. Leave"
                        " the field empty to import all lines.",
                        pattern=batch.goods_only,
                        reason=str(error),
                    )
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        """Read the first lines of the file to find its columns."""
        batches = super().create(vals_list)
        for batch, vals in zip(batches, vals_list, strict=True):
            batch._read_columns(given=vals)
        return batches

    def write(self, vals):
        """Ask for another check when the file is to be read in another way."""
        if set(vals) & self._get_reading_fields():
            self._reopen()
        result = super().write(vals)
        if {"file", "sheet"} & set(vals):
            for batch in self:
                batch._read_columns(given=vals)
        return result

    @api.model
    def _get_reading_fields(self):
        """Return the names of the fields that decide how the file is read."""
        return {
            "file", "sheet", "layout", "company_id", "default_currency_id",
            "date_order", "decimal", "goods_only", "document_prefix",
            "shift_to_today", "shift_days", "column_ids",
        }  # fmt: skip

    def action_check(self):
        """Read the whole file and report what would come of it; book nothing."""
        self.ensure_one()
        self._check_may_import()
        self._check_is_open()
        self._check_columns()
        self._begin_staging()
        if self._is_large():
            self._leave_to_background()
        else:
            self._stage_to_the_end()
        return True

    def action_import(self):
        """Book the good lines."""
        self.ensure_one()
        self._check_may_import()
        if self.state != "checked":
            self.action_check()
        if self.state == "checking":
            raise UserError(
                self.env._("The file is still being checked. Come back in a minute.")
            )
        self._check_is_worth_importing()
        if self._is_large():
            self.state = "importing"
            self._leave_to_background()
        else:
            self._book()
        return True

    def action_undo(self):
        """Take back everything this batch brought in."""
        self.ensure_one()
        self._check_may_import()
        if self.state != "done":
            raise UserError(
                self.env._(
                    "Only a batch that was imported can be undone, and only once."
                )
            )
        self._undo()
        return True

    def action_evaluate(self):
        """Evaluate the programs of the company with what is now in the journal."""
        self.ensure_one()
        programs = self.env["member.program"].search(
            [("company_id", "=", self.company_id.id)]
        )
        action = True
        for program in programs:
            action = program.action_evaluate()
        return action

    def _check_may_import(self):
        """Let those pass who may write batches, in their own companies.

        :raises AccessError: for everybody else
        """
        self.check_access("write")

    def _check_is_open(self):
        """Let batches pass that may still be read in another way.

        :raises UserError: for the others
        """
        for batch in self:
            if batch.state in ("checking", "importing", "done"):
                raise UserError(
                    self.env._(
                        "%(batch)s is imported or under way and cannot be changed."
                        " Undo it first.",
                        batch=batch.name,
                    )
                )

    def _reopen(self):
        """Ask for another check, because the file is to be read in another way."""
        self._check_is_open()
        self.state = "draft"

    def _check_columns(self):
        """Let batches pass of which we know where everything stands.

        :raises UserError: when something that an import needs is not chosen
        """
        self.ensure_one()
        self.column_ids._check_once_per_target()
        self.column_ids._check_nothing_missing()
        if not self.date_order:
            raise UserError(
                self.env._(
                    "The dates of this file can be read with the day first or with the"
                    " month first. Choose under “Dates Are Written” what is right."
                )
            )
        if self.goods_only and "product_code" not in self._get_column_positions():
            raise UserError(
                self.env._(
                    "To import only some products, choose under Columns which column"
                    " is the product code."
                )
            )

    def _check_is_worth_importing(self):
        """Let batches pass that have something new.

        :raises UserError: when there is nothing to import
        """
        self.ensure_one()
        if self.document_count <= self.empty_document_count:
            raise UserError(
                self.env._(
                    "There is nothing to import: %(known)s documents were imported"
                    " before, %(refused)s lines have a problem. Look at the problems.",
                    known=self.known_document_count,
                    refused=self.refused_line_count,
                )
            )
