"""Delimited texts: a bad line spoils only itself, and every line keeps its number."""

import gzip
import io

import pytest
from member_loyalty_logic.purchase_import_csv import (
    LONGEST_LINE,
    guess_delimiter,
    read_rows,
    survey,
)

LIMIT = 10_000_000


def _read(text, delimiter=","):
    stream = io.StringIO(text, newline="")
    return [(row.number, row.cells) for row in read_rows(stream, delimiter)]


def test_lines_keep_their_numbers_after_a_cell_of_several_lines():
    assert _read('a,b\n1,"x\ny\nz"\n2,c\n') == [
        (1, ("a", "b")),
        (2, ("1", "x\ny\nz")),
        (5, ("2", "c")),
    ]


def test_empty_lines_are_passed_over_and_counted():
    assert _read("a,b\n\n  \n1,2") == [(1, ("a", "b")), (4, ("1", "2"))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_known(end):
    assert _read(f"a,b{end}1,2{end}") == [(1, ("a", "b")), (2, ("1", "2"))]


def test_doubled_quotation_marks_are_one():
    assert _read('1,"6"" plate, ""blue"""\n') == [(1, ("1", '6" plate, "blue"'))]


def test_a_quotation_mark_inside_a_bare_cell_is_a_letter():
    assert _read('1,6" plate,2\n3,4,5\n') == [
        (1, ("1", '6" plate', "2")),
        (2, ("3", "4", "5")),
    ]


def test_a_quotation_mark_that_is_never_closed_costs_one_line():
    assert _read('a,b\n1,"open\n2,c\n3,d\n') == [
        (1, ("a", "b")),
        (2, None),
        (3, ("2", "c")),
        (4, ("3", "d")),
    ]


def test_text_behind_a_closed_quotation_mark_costs_one_line():
    assert _read('1,"a"b\n2,c\n') == [(1, None), (2, ("2", "c"))]


def test_a_line_of_megabytes_costs_one_line_and_no_memory():
    class Endless(io.StringIO):
        longest = 0

        def readline(self, size=-1):
            line = super().readline(size)
            self.longest = max(self.longest, len(line))
            return line

    text = Endless("a,b\n" + "x" * (3 * LONGEST_LINE) + "\n1,2\n")

    rows = [(row.number, row.cells) for row in read_rows(text, ",")]

    assert rows == [(1, ("a", "b")), (2, None), (3, ("1", "2"))]
    assert text.longest <= LONGEST_LINE


def test_a_cell_longer_than_csv_allows_costs_one_line():
    assert _read("1," + "x" * 200_000 + "\n2,c\n") == [(1, None), (2, ("2", "c"))]


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [
        ("Invoice,Date,Amount\n", ","),
        ("Invoice;Date;Amount, net\n", ";"),
        ("Invoice\tDate\tAmount\n", "\t"),
        ("Invoice|Date|Amount\n", "|"),
        ('"Invoice, number";Date;Amount\n', ";"),
        ("Invoice\n", ","),
    ],
)
def test_the_delimiter_is_guessed_from_the_header(header, delimiter):
    assert guess_delimiter(header) == delimiter


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Straße".encode(), "utf-8-sig"),
        ("Straße".encode("utf-8-sig"), "utf-8-sig"),
        ("Straße".encode("cp1252"), "cp1252"),
        ("Straße".encode("utf-16"), "utf-16"),
        ("abc €".encode()[:-1], "cp1252"),
    ],
)
def test_the_encoding_is_found_out(content, encoding):
    found = survey(io.BytesIO(content), LIMIT)

    assert (found.encoding, found.problem) == (encoding, "")


def test_a_letter_of_several_bytes_may_lie_across_two_blocks():
    content = b"x" * (1024 * 1024 - 1) + "é".encode()

    assert survey(io.BytesIO(content), LIMIT).encoding == "utf-8-sig"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_text"),
        (b"a" * 2000, "too_large"),
    ],
)
def test_what_cannot_be_read_is_found_out(content, problem):
    assert survey(io.BytesIO(content), 1000).problem == problem


def test_a_damaged_packed_file_is_found_out():
    packed = gzip.compress(b"a,b\n1,2\n" * 1000, mtime=0)
    for damaged in (packed[:-20], packed[:30] + b"?" + packed[31:], b"\x1f\x8bxx"):
        with gzip.GzipFile(fileobj=io.BytesIO(damaged)) as stream:
            assert survey(stream, LIMIT).problem == "corrupted"


def test_a_packed_file_that_unpacks_to_too_much_is_not_unpacked_whole():
    packed = gzip.compress(b"0" * 50_000_000)
    with gzip.GzipFile(fileobj=io.BytesIO(packed)) as stream:
        found = survey(stream, 5_000_000)

    assert found.problem == "too_large"
    assert found.size < 8_000_000
