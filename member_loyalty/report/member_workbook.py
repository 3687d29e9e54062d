import xlsxwriter

from ..logic.workbook import (
    Column,
    amount_format,
    fit_text,
    fit_title,
    is_date_of_excel,
)

A4 = 9
HEADER = {"bold": True, "bg_color": "#E9ECEF", "bottom": 1, "valign": "vcenter"}
FACT = {"align": "left", "valign": "top", "text_wrap": True}
LOOKS = {
    "text": {},
    "integer": {"num_format": "#,##0"},
    "amount": {},
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
}


class MemberWorkbook:
    """An Excel file that is written row by row and never held in memory.

    Every value is written as what it is. Nothing that was typed somewhere becomes
    a formula or a link.
    """

    def __init__(self, file, decimal_places=2, right_to_left=False):
        """Start a workbook.

        :param file: a path, or a file that is open for writing in binary
        :param int decimal_places: of the amounts
        :param bool right_to_left: the first column is on the right
        """
        self._workbook = xlsxwriter.Workbook(file, {"constant_memory": True})
        self._right_to_left = right_to_left
        self._label = self._workbook.add_format({"bold": True, "valign": "top"})
        self._headers, self._cells, self._facts = {}, {}, {}
        for kind, look in LOOKS.items():
            if kind == "amount":
                look = {"num_format": amount_format(decimal_places)}
            title = HEADER if kind == "text" else {**HEADER, "align": "center"}
            self._headers[kind] = self._workbook.add_format(title)
            self._cells[kind] = self._workbook.add_format(look)
            self._facts[kind] = self._workbook.add_format({**look, **FACT})

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self._workbook.close()

    def add_table(self, title, columns: list[Column], rows) -> int:
        """Write a sheet with a header that stays in sight and can filter.

        :param rows: iterable of values in the order of ``columns``
        :return: the number of rows
        """
        sheet = self._add_sheet(title)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
        sheet.set_row(0, 20)
        for index, column in enumerate(columns):
            title = fit_text(column.title)
            sheet.write_string(0, index, title, self._headers[column.kind])
        kinds = [column.kind for column in columns]
        number = 0
        for number, row in enumerate(rows, 1):
            for index, (kind, value) in enumerate(zip(kinds, row, strict=True)):
                self._write(sheet, number, index, kind, value, self._cells[kind])
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, number, len(columns) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        return number

    def add_facts(self, title, facts):
        """Write a sheet of labels and values.

        :param facts: tuples of the label, the kind and the value
        """
        sheet = self._add_sheet(title)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 70)
        for number, (label, kind, value) in enumerate(facts):
            sheet.write_string(number, 0, fit_text(label), self._label)
            self._write(sheet, number, 1, kind, value, self._facts[kind])

    def _add_sheet(self, title):
        sheet = self._workbook.add_worksheet(fit_title(title))
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        if self._right_to_left:
            sheet.right_to_left()
        return sheet

    @staticmethod
    def _write(sheet, row, column, kind, value, cell_format):
        """Write one cell as its kind says; nothing for False, None and ""."""
        if kind in ("integer", "amount"):
            if value is not None and value is not False:
                sheet.write_number(row, column, value, cell_format)
        elif not value:
            return
        elif kind in ("date", "moment") and is_date_of_excel(value):
            sheet.write_datetime(row, column, value, cell_format)
        else:
            sheet.write_string(row, column, fit_text(str(value)), cell_format)
