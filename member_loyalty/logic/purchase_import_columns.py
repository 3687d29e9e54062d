"""Which column of a file says what, guessed from the names in its first line.

>>> guess_columns(["Invoice", "InvoiceDate", "Customer ID", "Quantity", "Price"])
{'document': 0, 'date': 1, 'customer_ref': 2, 'quantity': 3, 'unit_price': 4}
>>> missing_targets({"document", "date", "amount"})
('customer',)
"""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

# What a column can be, with the names it goes by, the likeliest first.
TARGETS: dict[str, tuple[str, ...]] = {
    "document": (
        "document", "documentno", "documentnumber", "invoice", "invoiceno",
        "invoicenumber", "invoiceid", "order", "orderno", "ordernumber", "orderid",
        "orderreference", "orderref", "receiptno", "transactionid", "number",
    ),
    "date": (
        "date", "invoicedate", "orderdate", "documentdate", "dateorder",
        "createdat", "createdon", "creationdate", "purchasedate", "transactiondate",
        "day",
    ),
    "customer_ref": (
        "customerref", "customerreference", "customerid", "customerno",
        "customernumber", "customercode", "clientid", "clientno", "partnerref",
        "accountno", "accountnumber", "customer", "reference", "ref",
    ),
    "customer_name": (
        "customername", "clientname", "partnername", "companyname", "billingname",
        "company", "name", "partner",
    ),
    "customer_email": (
        "customeremail", "email", "emailaddress", "customermail", "mail",
    ),
    "country": (
        "country", "countrycode", "countryname", "customercountry",
        "billingcountry", "shippingcountry",
    ),
    "currency": ("currency", "currencycode", "documentcurrency", "curr"),
    "amount": (
        "amount", "untaxedamount", "amountuntaxed", "netamount", "linetotal",
        "lineamount", "nettotal", "subtotal", "total", "totalamount", "sales",
    ),
    "quantity": ("quantity", "qty", "units", "lineitemquantity"),
    "unit_price": ("unitprice", "price", "priceunit", "lineitemprice"),
    "product_code": (
        "productcode", "stockcode", "sku", "itemcode", "itemno", "articleno",
        "productid", "lineitemsku", "defaultcode",
    ),
}  # fmt: skip
CUSTOMER_TARGETS = ("customer_ref", "customer_email", "customer_name")


def guess_columns(
    header: Sequence[str], targets: Mapping[str, Sequence[str]] | None = None
) -> dict[str, int]:
    """Return for each target the column whose name fits it best, if any does."""
    positions: dict[str, int] = {}
    for position, name in enumerate(header):
        positions.setdefault(simplify(name), position)
    guessed: dict[str, int] = {}
    for target, names in (TARGETS if targets is None else targets).items():
        for name in names:
            position = positions.get(name)
            if position is not None and position not in guessed.values():
                guessed[target] = position
                break
    return guessed


def missing_targets(mapped: Collection[str]) -> tuple[str, ...]:
    """Return what the chosen columns do not say and an import cannot do without."""
    missing = [target for target in ("document", "date") if target not in mapped]
    if "amount" not in mapped and not {"quantity", "unit_price"} <= set(mapped):
        missing.append("amount")
    if not any(target in mapped for target in CUSTOMER_TARGETS):
        missing.append("customer")
    return tuple(missing)


@lru_cache(maxsize=4096)
def simplify(text: str) -> str:
    """Return the letters and digits of ``text``, without case and accents.

    >>> simplify(" Côte d'Ivoire ")
    'cotedivoire'
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
