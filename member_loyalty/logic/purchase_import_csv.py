"""Take a delimited text apart, line by line, so that a bad line spoils only itself.

A quoted cell may run over several lines; a quotation mark that is never closed
costs the line it stands on and no other:

>>> import io
>>> for row in read_rows(io.StringIO('a,"b\\nc"\\n"d,e\\nf,g\\n'), ","): print(row)
Row(number=1, cells=('a', 'b\\nc'))
Row(number=3, cells=None)
Row(number=4, cells=('f', 'g'))
"""

import codecs
import csv
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gzip import BadGzipFile
from typing import BinaryIO, TextIO

DELIMITERS = (",", ";", "\t", "|")
LONGEST_LINE = 1024 * 1024
_MOST_LINES_IN_A_CELL = 200
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Survey:
    """What a look at every byte found out.

    ``problem`` is empty, or one of ``empty``, ``corrupted``, ``too_large`` and
    ``not_text``.
    """

    encoding: str = "utf-8-sig"
    size: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One record of the file and the line it starts on; no cells if unreadable."""

    number: int
    cells: tuple[object, ...] | None


def survey(stream: BinaryIO, limit: int) -> Survey:
    """Read ``stream`` once and tell its encoding, its size, and whether to go on.

    :param limit: the most unpacked bytes that are accepted
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, size, has_nul = "", 0, False
    try:
        while block := stream.read(_BLOCK):
            if not size:
                encoding = _encoding_by_mark(block)
            size += len(block)
            if size > limit:
                return Survey(size=size, problem="too_large")
            has_nul = has_nul or b"\0" in block
            if encoding == "utf-8-sig" and not _can_decode(decoder, block):
                encoding = "cp1252"
    except (EOFError, BadGzipFile, zlib.error):
        return Survey(size=size, problem="corrupted")
    if encoding == "utf-8-sig" and not _can_decode(decoder, b"", final=True):
        encoding = "cp1252"
    if not size:
        return Survey(problem="empty")
    is_text = encoding == "utf-16" or not has_nul
    return Survey(encoding, size, "" if is_text else "not_text")


def _encoding_by_mark(block: bytes) -> str:
    """Return the encoding that the first bytes announce, else the usual one."""
    is_utf16 = block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return "utf-16" if is_utf16 else "utf-8-sig"


def _can_decode(decoder, block: bytes, final: bool = False) -> bool:
    """Tell whether the next bytes are still good UTF-8."""
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def guess_delimiter(header: str) -> str:
    """Return the delimiter that splits the header into the most columns."""
    return max(DELIMITERS, key=lambda mark: len(_split(header, mark) or ()))


def read_rows(text: TextIO, delimiter: str) -> Iterator[Row]:
    """Yield the records of ``text`` with the number of the line each starts on.

    Empty lines are passed over; their numbers are counted.
    """
    lines = _NumberedLines(text)
    while (line := lines.take()) is not None:
        number, content = line
        if content is None:
            yield Row(number, None)
            continue
        if not content.strip():
            continue
        cells = _split(content, delimiter)
        if cells is None and '"' in content:
            cells = _join_lines(content, lines, delimiter)
        yield Row(number, cells)


class _NumberedLines:
    """The lines of a text with their numbers, some of which can be put back."""

    def __init__(self, text: TextIO):
        self._text = text
        self._number = 0
        self._waiting: deque[tuple[int, str | None]] = deque()

    def take(self) -> tuple[int, str | None] | None:
        """Return the next line, without content if too long; None at the end."""
        if self._waiting:
            return self._waiting.popleft()
        content = self._text.readline(LONGEST_LINE)
        if not content:
            return None
        self._number += 1
        if len(content) < LONGEST_LINE or content.endswith("\n"):
            return self._number, content
        while (rest := self._text.readline(LONGEST_LINE)) and rest[-1] != "\n":
            pass
        return self._number, None

    def put_back(self, lines: Sequence[tuple[int, str | None]]) -> None:
        """Make these the next lines again."""
        self._waiting.extendleft(reversed(lines))


def _join_lines(
    content: str, lines: _NumberedLines, delimiter: str
) -> tuple[str, ...] | None:
    """Return the cells of a record that goes on over the following lines.

    When it never becomes whole, the following lines are given back.
    """
    taken: list[tuple[int, str | None]] = []
    joined, length = [content], len(content)
    while len(taken) < _MOST_LINES_IN_A_CELL and (line := lines.take()) is not None:
        taken.append(line)
        if line[1] is None or (length := length + len(line[1])) > LONGEST_LINE:
            break
        joined.append(line[1])
        if line[1].count('"') % 2:
            cells = _split("".join(joined), delimiter)
            if cells is not None:
                return cells
    lines.put_back(taken)
    return None


def _split(content: str, delimiter: str) -> tuple[str, ...] | None:
    """Return the cells of one record, or None when it is not a whole one."""
    try:
        rows = list(csv.reader((content,), delimiter=delimiter, strict='"' in content))
    except csv.Error:
        return None
    return tuple(rows[0]) if len(rows) == 1 else None
