"""Whatever is in a text, reading it neither fails, nor runs it, nor takes long."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inquiry_case import Case
from inquiry_corpus_east import CASES as EAST
from inquiry_corpus_west import CASES as WEST
from member_loyalty_crm_logic.inquiry_grade import (
    CRITERIA,
    Criterion,
    Stated,
    find_words,
    grade,
)
from member_loyalty_crm_logic.inquiry_reading import DAY, LINE_LIMIT, read
from member_loyalty_crm_logic.inquiry_text import TEXT_LIMIT, plain_text
from member_loyalty_crm_logic.inquiry_verdict import SPAM_WORDS, Evidence, decide

CASES: list[Case] = [*WEST, *EAST]
CRITERIA_OF_SUITE = [Criterion(kind, points) for kind, points in CRITERIA]
PIECES = [
    *(case.text[:60] for case in CASES),
    *("500 pcs", "1.000,50", "1'000", "USD", "€", "/pc", "FOB", "C&F", "to Germany"),
    *(
        "2 x 40HQ",
        "下个月",
        "within 30 days",
        "=cmd|' /C calc'!A0",
        "{{7*7}}",
        "${7*7}",
    ),
    *(
        "<script>",
        "</p>",
        "<!--",
        "&#x41;",
        "\x00",
        "\ud800",
        "\ufdfa",
        "\u202e",
        "万",
        "-",
    ),
    *("%s %(x)s {0}", "On Monday Li wrote:", "--", "\n", " ", ",", "x", "一", "٥", "½"),
]
# texts that make careless patterns go back and forth
HOSTILE = {
    "digits": "1",
    "groups": "1 111",
    "ones": "1 ",
    "commas": "1,",
    "dots": "1.",
    "blanks": " ",
    "rows": "\n",
    "quantities": "500 pcs\n",
    "sizes": "M8x20 x ",
    "times": "1 x ",
    "terms": "FOB ",
    "cues": "deliver to ",
    "currencies": "USD 1 ",
    "glued": "USD1",
    "numerals": "一",
    "counted": "一个",
    "quotes": "On " + "a" * 190 + "\n",
    "days": "1 may ",
    "spans": "in 3 ",
    "mails": "a@",
    "links": "http://",
    "ligatures": "\ufdfa",
    "kana": "まで",
    "arabic": "٥٠٠ قطعة ",
    "openings": "<",
    "tags": "<a ",
    "attributes": '<a href="',
    "scripts": "<script>",
    "comments": "<!--",
    "references": "&#",
    "blocks": "<div>",
}


@settings(max_examples=300)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=40))
def test_reading_never_fails_and_is_bounded(pieces):
    reading = read([plain_text(" ".join(pieces))], DAY)

    assert len(reading.lines) <= LINE_LIMIT
    assert len(reading.text) <= TEXT_LIMIT
    assert all(0 < line.quantity <= 1e9 for line in reading.lines)
    assert 0 <= grade(Stated(reading), CRITERIA_OF_SUITE).value <= 100


@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_the_same_text_gives_the_same_reading(pieces):
    text = " ".join(pieces)

    assert read([text], DAY) == read([text], DAY)


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_text_and_no_faster(name):
    """Four times the text may take ten times as long, not sixteen; and never long."""
    piece = HOSTILE[name]
    whole = piece * (TEXT_LIMIT // len(piece))
    # below the limits on sentences and lines, and without what waits for the clock
    quarter = _least_seconds(whole[: TEXT_LIMIT // 4])
    full = _least_seconds(whole)

    assert full < max(10 * quarter, 0.05)
    assert _least_seconds(piece * (1_000_000 // len(piece)), rounds=1) < 5


def _least_seconds(text, rounds=3):
    seconds = []
    for _round in range(rounds):
        start = time.process_time()
        read([plain_text(text)], DAY)
        seconds.append(time.process_time() - start)
    return min(seconds)


def test_an_ordinary_inquiry_is_graded_in_less_than_20_milliseconds():
    start = time.process_time()
    for case in CASES:
        reading = read([plain_text(case.text)], DAY)
        value = grade(Stated(reading), CRITERIA_OF_SUITE).value
        spam = tuple(find_words(reading.text, SPAM_WORDS))
        decide(Evidence(value, reading.text, len(reading.lines), spam), 60)

    assert (time.process_time() - start) / len(CASES) < 0.02


def test_scripts_styles_and_quoted_mails_are_not_read():
    page = (
        "<style>p{width:500pcs}</style><script>500 pcs</script><p>300&nbsp;pcs</p>"
        "<!-- 200 pcs --><blockquote>900 <blockquote>pcs</blockquote> x</blockquote>"
        "<div class='gmail_quote'>800 pcs <div>700 pcs</div></div>"
    )

    lines = read([plain_text(page)], DAY).lines

    assert [line.quantity for line in lines] == [300]


@pytest.mark.parametrize(
    "quoted",
    [
        "On Mon, 3 Mar 2026 at 10:00, Li <li@x.example> wrote:",
        "Am 03.03.2026 um 10:00 schrieb Max Muster:",
        "Le 3 mars 2026 à 10:00, Marie a écrit :",
        "El 3 mar 2026, Juan escribió:",
        "Em 3 de mar de 2026, João escreveu:",
        "-----Original Message-----",
        "-----原始邮件-----",
        "From: Li\nSent: Monday\nTo: us",
        "Von: Li\nGesendet: Montag\nAn: uns",
        "发件人: 李\n发送时间: 星期一\n收件人: 我们",
        "> older",
    ],
)
def test_what_was_quoted_is_cut_off(quoted):
    text = f"We need 300 pcs.\n{quoted}\nWe need 900 pcs of valve."

    assert [line.quantity for line in read([text], DAY).lines] == [300]


@pytest.mark.parametrize(
    "number",
    [
        "tel +49 89 123456",
        "20095 Hamburg",
        "since 1998",
        "ISO 9001",
        "DIN 933",
        "M8x20",
        "6204-2RS",
        "order 450012345",
        "100% cotton",
        "24 hours",
        "1000 kg/h",
        "3个月",
        "第2台",
        "50/60 Hz",
        "HS 848210",
        "30 days",
    ],
)
def test_not_every_number_is_a_quantity(number):
    assert not read([f"We know {number} and more"], DAY).lines
