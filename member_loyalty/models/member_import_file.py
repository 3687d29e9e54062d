import gzip
import io
import zipfile
from contextlib import contextmanager

from odoo import models
from odoo.exceptions import UserError

from ..logic.purchase_import_csv import survey

MOST_UNPACKED_BYTES = 2 * 1024**3
LARGE_FILE_BYTES = 8 * 1024**2
SUFFIXES = (".csv", ".csv.gz", ".txt", ".tsv", ".xlsx")


class MemberImportFile(models.AbstractModel):
    """The file of an import: what kind it is, and whether it can be read at all."""

    _name = "member.import.file"
    _description = "File of an Import"

    @contextmanager
    def _open_file(self):
        """Open the uploaded file as it is; from the disk where Odoo keeps it there."""
        self.ensure_one()
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "file"),
                    ("res_id", "=", self.id),
                ],
                limit=1,
            )
        )
        if attachment.store_fname:
            with open(attachment._full_path(attachment.store_fname), "rb") as stream:
                yield stream
        else:
            yield io.BytesIO(attachment.raw or b"")

    @contextmanager
    def _open_unpacked(self):
        """Open the file, unpacked if it is packed."""
        with self._open_file() as stream:
            if self._get_file_kind() == "gz":
                with gzip.GzipFile(fileobj=stream) as unpacked:
                    yield unpacked
            else:
                yield stream

    def _get_file_kind(self):
        """Return what the first bytes say: "text", "gz", "xlsx" or "xls"."""
        with self._open_file() as stream:
            head = stream.read(8)
        for kind, mark in (("xlsx", b"PK\x03\x04"), ("gz", b"\x1f\x8b")):
            if head.startswith(mark):
                return kind
        return "xls" if head == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" else "text"

    def _is_large(self):
        """Tell whether the file is too long for somebody to wait for."""
        return self.unpacked_size > LARGE_FILE_BYTES

    def _survey_file(self):
        """Look at every byte of a text once, or at the contents of a workbook.

        :return: the encoding of the text
        :raises UserError: when the file cannot be read; it says what to do
        """
        self.ensure_one()
        kind = self._get_file_kind()
        if kind == "xls" or not (self.filename or "").lower().endswith(SUFFIXES):
            self._refuse_file("suffix")
        if (kind == "xlsx") != self.filename.lower().endswith(".xlsx"):
            self._refuse_file("other_kind")
        if kind == "xlsx":
            self.unpacked_size = self._survey_workbook()
            return ""
        with self._open_unpacked() as stream:
            found = survey(stream, MOST_UNPACKED_BYTES)
        if found.problem:
            self._refuse_file(found.problem)
        self.unpacked_size = min(found.size, 2**31 - 1)
        return found.encoding

    def _survey_workbook(self):
        """Return the unpacked size of a workbook."""
        try:
            with self._open_file() as stream, zipfile.ZipFile(stream) as archive:
                size = sum(entry.file_size for entry in archive.infolist())
        except zipfile.BadZipFile:
            self._refuse_file("corrupted")
        if size > MOST_UNPACKED_BYTES:
            self._refuse_file("too_large")
        return min(size, 2**31 - 1)

    def _refuse_file(self, problem):
        """Say what is wrong with the file and what to do.

        :raises UserError: always
        """
        messages = self._get_content_messages() | self._get_kind_messages()
        raise UserError(
            messages[problem]
            % {
                "file": self.filename or "",
                "limit": MOST_UNPACKED_BYTES // 1024**3,
                "sheet": self.sheet or "",
            }
        )

    def _get_kind_messages(self):
        """Return what to say of files of a wrong kind, by problem."""
        return {
            "suffix": self.env._(
                "%(file)s is of a kind that cannot be imported. Save it as CSV (.csv,"
                " packed .csv.gz) or Excel workbook (.xlsx) and choose it again."
            ),
            "other_kind": self.env._(
                "%(file)s is not what its name says. Save it again from the program it"
                " comes from, as CSV (.csv, .csv.gz) or Excel workbook (.xlsx)."
            ),
            "corrupted": self.env._(
                "%(file)s is damaged: it ends too early or was changed on the way. Copy"
                " or export it again."
            ),
            "too_large": self.env._(
                "%(file)s is larger than %(limit)s GB unpacked. Split it, for example"
                " by year, and import the pieces one after the other."
            ),
            "not_text": self.env._(
                "%(file)s is not a text. Save it as CSV (.csv) or Excel workbook"
                " (.xlsx) and choose it again."
            ),
        }

    def _get_content_messages(self):
        """Return what to say of files without the right contents, by problem."""
        return {
            "empty": self.env._(
                "%(file)s is empty. Export it again and look whether it has lines."
            ),
            "header": self.env._(
                "The first line of %(file)s has to name the columns, and cannot be"
                " read. Add the names, separated by commas, semicolons or tabs."
            ),
            "sheet": self.env._(
                "%(file)s has no sheet %(sheet)s. Look at its name, or leave the field"
                " empty to read the first one."
            ),
            "no_rows": self.env._(
                "%(file)s has a line with column names and nothing below it. Export it"
                " again and look whether it has lines."
            ),
        }
