"""Make the bundled extract of the Online Retail data from the full file.

    python tests/data/make_extract.py online_retail_ii.csv.gz [extract.csv.gz]

Takes a few hundred customers with every line they have, so that their figures are
those of the full file, and some lines without a customer. The same file in gives
the same bytes out: the choice is by a hash of the customer's number.
"""

import csv
import gzip
import io
import sys
import zlib
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

TARGET = (
    Path(__file__).parents[2]
    / "member_loyalty/demo/online_retail/online_retail_extract.csv.gz"
)
ALWAYS = {
    "12346", "16446",  # a huge order, cancelled on the same day
    "15098", "17399",  # a huge manual line, taken back
    "12370", "12394", "12417", "12422", "12431", "12455", "12457", "12652",  # moved
    "14103", "14827", "16454",  # test products
    "14646", "18102", "17450",  # the three largest
}  # fmt: skip
THRESHOLDS = (Decimal(1000), Decimal(10000))
PERIODS = (("2009-12-01", "2010-11-30"), ("2010-12-10", "2011-12-09"))
ONE_CUSTOMER_IN = 22
ONE_ANONYMOUS_DOCUMENT_IN = 45


def main(source, target):
    """Write the extract of ``source`` to ``target``."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    chosen = choose_customers(rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    kept = [row for row in rows if is_kept(row, chosen)]
    writer.writerows(kept)
    with (
        open(target, "wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed,
    ):
        packed.write(text.getvalue().encode())
    size = Path(target).stat().st_size
    print(f"{len(kept)} lines, {len(chosen)} customers, {size} bytes")


def is_kept(row, chosen):
    """Tell whether a line belongs to the extract."""
    document, customer = row[0], row[6]
    if customer:
        return customer in chosen
    return is_picked(document, ONE_ANONYMOUS_DOCUMENT_IN)


def choose_customers(rows):
    """Return the customers to keep: some of each kind, the others by chance."""
    amounts = defaultdict(Decimal)
    countries, documents = defaultdict(set), defaultdict(set)
    for document, _code, _text, quantity, when, price, customer, country in rows:
        if not customer:
            continue
        countries[customer].add(country)
        documents[customer].add(document)
        for first, last in PERIODS:
            if first <= when[:10] <= last:
                amounts[customer, first] += int(quantity) * Decimal(price)
    chosen = {name for name in countries if is_picked(name, ONE_CUSTOMER_IN)} | ALWAYS
    for (customer, _first), amount in amounts.items():
        if any(abs(amount - at) < at / 150 for at in THRESHOLDS):
            chosen.add(customer)
    cancelled_only = (c for c in countries if all(d[0] == "C" for d in documents[c]))
    chosen |= set(sorted(cancelled_only)[::6])
    for country in sorted(set().union(*countries.values())):
        chosen |= set(sorted(c for c in countries if country in countries[c])[:2])
    return chosen


def is_picked(text, one_in):
    """Tell whether a text is among one of so many, always the same ones."""
    return zlib.crc32(text.encode()) % one_in == 0


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else TARGET)
