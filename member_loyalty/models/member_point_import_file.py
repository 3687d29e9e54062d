import json
from itertools import islice

from odoo import fields, models
from odoo.exceptions import UserError

from ..logic.point_import import Rules, guess_targets, read_line
from ..logic.purchase_import_values import guess_date_order, guess_decimal
from ..queries import point_import as queries

STRETCH = 10_000


class MemberPointImportFile(models.AbstractModel):
    """Reads a list of balances, stretch by stretch, and keeps what each row says."""

    _name = "member.point.import.file"
    _description = "File of Opening Balances"

    file = fields.Binary(
        attachment=True,
        copy=False,
        groups="member_loyalty.member_loyalty_group_officer",
    )
    filename = fields.Char(copy=False)
    sheet = fields.Char(help="The sheet of a workbook to read; the first if empty.")
    unpacked_size = fields.Integer(readonly=True, copy=False)
    date_order = fields.Selection(
        selection=[
            ("ymd", "Year, month, day (2026-12-09)"),
            ("dmy", "Day, month, year (9/12/2026)"),
            ("mdy", "Month, day, year (12/9/2026)"),
        ],
        string="Dates Are Written",
        help="Stays empty when the file can be read either way: then you have to say.",
    )
    decimal = fields.Selection(
        selection=[(".", "Point (1,234.50)"), (",", "Comma (1.234,50)")],
        string="Decimals Come After",
        help="Found out from the file where you leave it empty.",
    )
    column_ids = fields.One2many(
        comodel_name="member.point.import.column",
        inverse_name="import_id",
        string="Columns",
    )

    def _guess_targets(self, names):
        """Override of `member.import.source`: this file has other columns."""
        return guess_targets(names)

    def _guess_writing(self, sample, given):
        """Override of `member.import.source`: this file has other columns."""
        positions = self._get_column_positions()
        values = {}
        if not given.get("date_order"):
            days = (
                self._get_sample(sample, positions, "expires_on")
                if "expires_on" in positions
                else ()
            )
            guess = guess_date_order(days)
            is_open = guess.is_ambiguous and not guess.order
            values["date_order"] = guess.order or (False if is_open else "ymd")
        if not given.get("decimal") and "points" in positions:
            values["decimal"] = guess_decimal(
                self._get_sample(sample, positions, "points")
            )
        return values

    def _stage_file(self):
        """Keep what each row of the file says."""
        self.ensure_one()
        self._check_can_be_read()
        self.env.execute_query(queries.forget_lines(self.id))
        with self._open_rows() as (names, rows):
            rules = self._get_rules(len(names))
            while stretch := list(islice(rows, STRETCH)):
                lines = [read_line(row.number, row.cells, rules) for row in stretch]
                self.env.execute_query(
                    queries.insert_lines(
                        self.id, json.dumps([_line_as_row(line) for line in lines])
                    )
                )
        self.env.execute_query(queries.analyze_lines())
        if self.repeated == "refuse":
            self.env.execute_query(queries.mark_repeated(self.id))

    def _check_can_be_read(self):
        """Let files pass of which we know where everything stands.

        :raises UserError: when something is not chosen
        """
        if not self.sudo().file:
            raise UserError(self.env._("Choose the file with the balances first."))
        self.column_ids._check_enough_is_chosen()
        if not self.date_order and "expires_on" in self._get_column_positions():
            raise UserError(
                self.env._(
                    "The dates of this file can be read with the day first or with the"
                    " month first. Choose under “Dates Are Written” what is right."
                )
            )

    def _get_rules(self, width):
        """Return how the rows are to be read, as the pure :class:`Rules`."""
        return Rules(
            columns=self._get_column_positions(),
            width=width,
            first_day=self.company_id._member_today(),
            decimal=self.decimal or ".",
            date_order=self.date_order or "ymd",
            zone=self.company_id._get_member_timezone(),
        )


def _line_as_row(line):
    """Return a line as the object that the database reads."""
    return {
        "number": line.number,
        "excerpt": line.excerpt,
        "ref": line.ref,
        "email": line.email,
        "code": line.code,
        "name": line.name,
        "points": str(line.points),
        "expires_on": line.expires_on and line.expires_on.isoformat(),
        "note": line.note,
        "problem": line.problem or None,
    }
