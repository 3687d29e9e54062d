"""Make the bundled purchase days of the Online Retail data from the full file.

    python tests/data/make_purchase_days.py online_retail_ii.csv.gz [days.csv.gz]

One row for each customer and day: the net amount (sales less credit notes, whatever
was sold, GBP) and how many invoices that are no credit notes. Lines without a customer
are left out, nothing else is. The same file in gives the same bytes out.
"""

import csv
import gzip
import io
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

TARGET = (
    Path(__file__).parents[2]
    / "member_loyalty_crm/tests/data/online_retail_days.csv.gz"
)
CREDIT_NOTE = "C"


def main(source, target):
    """Write the purchase days of ``source`` to ``target``."""
    amounts, invoices = defaultdict(Decimal), defaultdict(set)
    with gzip.open(source, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if not row["CustomerID"]:
                continue
            key = (int(row["CustomerID"]), row["InvoiceDate"][:10])
            amounts[key] += int(row["Quantity"]) * Decimal(row["UnitPrice"])
            if not row["InvoiceNo"].startswith(CREDIT_NOTE):
                invoices[key].add(row["InvoiceNo"])
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("customer", "day", "amount", "orders"))
    for customer, day in sorted(amounts):
        key = (customer, day)
        amount = amounts[key].quantize(Decimal("0.01"))
        writer.writerow((customer, day, amount, len(invoices[key])))
    with (
        open(target, "wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed,
    ):
        packed.write(text.getvalue().encode())
    print(f"{len(amounts)} rows, {Path(target).stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else TARGET)
