import io
import zipfile
import zlib
from contextlib import contextmanager
from itertools import chain, islice

import openpyxl

from odoo import models

from ..logic.purchase_import_columns import guess_columns
from ..logic.purchase_import_csv import Row, guess_delimiter, read_rows
from ..logic.purchase_import_values import guess_date_order, guess_decimal

SAMPLE_ROWS = 1000
MOST_COLUMNS = 500
WORKBOOK_ERRORS = (
    EOFError,
    KeyError,
    OSError,
    SyntaxError,  # what the XML parser raises
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class MemberImportSource(models.AbstractModel):
    """The rows of an import's file, one after the other, never all at once."""

    _name = "member.import.source"
    _description = "Rows of an Import"

    @contextmanager
    def _open_rows(self):
        """Open the file for reading: yields its header and an iterator of rows."""
        encoding = self._survey_file()
        rows = self._iterate_rows(encoding)
        try:
            header = next(rows, None)
            if header is None or header.cells is None:
                self._refuse_file("header")
            names = ["" if cell is None else str(cell).strip() for cell in header.cells]
            while names and not names[-1]:
                names.pop()
            if not names or len(names) > MOST_COLUMNS:
                self._refuse_file("header")
            yield names, rows
        finally:
            rows.close()

    def _iterate_rows(self, encoding):
        """Yield the rows of the file, the header first."""
        if not encoding:
            yield from self._iterate_sheet()
            return
        with self._open_text(encoding) as text:
            delimiter = guess_delimiter(text.readline(64 * 1024))
        with self._open_text(encoding) as text:
            yield from read_rows(text, delimiter)

    @contextmanager
    def _open_text(self, encoding):
        """Open the unpacked file as text; line ends stay as they are."""
        with self._open_unpacked() as stream:
            yield io.TextIOWrapper(
                stream, encoding=encoding, errors="replace", newline=""
            )

    def _iterate_sheet(self):
        """Yield the rows of the chosen sheet that are not empty."""
        with self._open_file() as stream:
            try:
                book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
                sheet = self._find_sheet(book)
                sheet.reset_dimensions()
                for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                    if any(cell is not None for cell in cells):
                        yield Row(number, cells)
            except WORKBOOK_ERRORS:
                self._refuse_file("corrupted")

    def _find_sheet(self, book):
        """Return the chosen sheet of a workbook, the first if none is chosen."""
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        if not sheets or (self.sheet and self.sheet not in sheets):
            self._refuse_file("sheet")
        return sheets[self.sheet] if self.sheet else book.worksheets[0]

    def _read_columns(self, given):
        """Find the columns of the file and guess what they are.

        :param dict given: what the user chose already and is not guessed
        """
        self.ensure_one()
        with self._open_rows() as (names, rows):
            sample = [row.cells for row in islice(rows, SAMPLE_ROWS) if row.cells]
        if not sample:
            self._refuse_file("no_rows")
        guessed = self._guess_targets(names)
        targets = {position: name for name, position in guessed.items()}
        self.sudo().column_ids.unlink()
        self.env[self._fields["column_ids"].comodel_name].create(
            [
                self._prepare_column_values(position, name, targets, sample)
                for position, name in enumerate(names)
            ]
        )
        self.update(self._guess_writing(sample, given))

    def _guess_targets(self, names):
        """Return for each thing a column can be the position that looks like it."""
        return guess_columns(names)

    def _prepare_column_values(self, position, name, targets, sample):
        """Return the values of one column, with the first things it says."""
        seen = dict.fromkeys(
            str(cells[position])[:40]
            for cells in sample
            if position < len(cells) and cells[position] not in (None, "")
        )
        return {
            "import_id": self.id,
            "position": position,
            "name": name or self.env._("Column %(number)s", number=position + 1),
            "target": targets.get(position),
            "sample": " · ".join(islice(seen, 3)),
        }

    def _guess_writing(self, sample, given):
        """Return how the file writes dates and decimals, where nobody said it."""
        positions = self._get_column_positions()
        values = {}
        if not given.get("date_order") and "date" in positions:
            guess = guess_date_order(self._get_sample(sample, positions, "date"))
            values["date_order"] = guess.order or False
        if not given.get("decimal"):
            values["decimal"] = guess_decimal(
                chain.from_iterable(
                    self._get_sample(sample, positions, target)
                    for target in ("amount", "unit_price", "quantity")
                    if target in positions
                )
            )
        return values

    def _get_sample(self, sample, positions, target):
        """Return what the first rows say in the column of a target."""
        position = positions[target]
        return [cells[position] for cells in sample if position < len(cells)]

    def _get_column_positions(self):
        """Return the position of each target that has a column."""
        return {
            column.target: column.position
            for column in self.column_ids
            if column.target
        }
