"""How new rows of the journal are split by product category.

The journal is convergent: with the new rows, the split of a document is for each
owner its booked worth times the share of each category in the document's lines.

>>> from datetime import date
>>> anna = Owner(partner_id=7, commercial_partner_id=7, currency_id=1)
>>> lines = (Part(1, Decimal(60), Decimal(6)), Part(2, Decimal(40), Decimal(1)))
>>> row = Posting(anna, date(2024, 5, 1), Decimal(50), Decimal(50), 1)
>>> [split] = split_postings((), (row,), lines, Decimal("0.01"))
>>> [(part.category_id, str(part.amount), str(part.quantity)) for part in split.parts]
[(1, '30.00', '3.000000'), (2, '20.00', '0.500000')]
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from .purchase_parts import (
    ZERO,
    Part,
    add_parts,
    negate_parts,
    split_by_share,
    total_of,
)
from .purchase_posting import Owner, Posting


def split_postings(
    booked: Sequence[Posting],
    postings: Sequence[Posting],
    lines: Sequence[Part],
    rounding: Decimal,
) -> tuple[Posting, ...]:
    """Return the new rows, each with its parts by product category.

    Rows that mirror others have their parts already. Of the rest, all but an owner's
    last are split as the document is, and the last takes what then is missing. A row
    that moves nothing (see ``plan_resplit``) falls away when its parts are nothing.

    :param lines: the document's lines by category; when they come to nothing, the
        document keeps the composition that is booked
    """
    lines = lines if total_of(lines) else _composition(booked)
    done: list[Posting] = []
    for place, posting in enumerate(postings):
        if posting.parts is None:
            rest = postings[place + 1 :]
            is_last = not any(_is_open(row, posting.owner) for row in rest)
            split = (
                _missing_parts((*booked, *done, *rest), posting, lines, rounding)
                if is_last
                else _split(posting, lines, rounding)
            )
            posting = replace(posting, parts=split)
        if posting.moves_something():
            done.append(posting)
    return tuple(done)


def plan_resplit(
    postings: Sequence[Posting], blank: Posting, lines: Sequence[Part]
) -> tuple[Posting, ...]:
    """Return a row of no worth that carries what only changed its categories.

    There is none when the owner has another new row that can carry it, or when the
    document has no lines to say how it is composed.

    :param blank: a row of no worth that says owner, day and origin
    """
    if not total_of(lines) or any(_is_open(row, blank.owner) for row in postings):
        return ()
    return (blank,)


def _is_open(row: Posting, owner: Owner) -> bool:
    """Tell whether a row of this owner still has to be split."""
    return row.parts is None and row.owner == owner


def _missing_parts(others, posting, lines, rounding) -> tuple[Part, ...]:
    """Return what the owner's split lacks when all ``others`` are booked."""
    own = [row for row in others if row.owner == posting.owner]
    target = split_by_share(
        lines,
        posting.amount + sum((row.amount for row in own), ZERO),
        posting.document_amount + sum((row.document_amount for row in own), ZERO),
        rounding,
    )
    if not lines:
        return _uncategorised(posting)
    return add_parts(target, *(negate_parts(row.parts or ()) for row in own))


def _split(posting, lines, rounding) -> tuple[Part, ...]:
    """Split one row as the document is split."""
    if not lines:
        return _uncategorised(posting)
    return split_by_share(lines, posting.amount, posting.document_amount, rounding)


def _uncategorised(posting: Posting) -> tuple[Part, ...]:
    """Return the whole row as a part without a category."""
    return (Part(None, posting.amount, ZERO),) if posting.amount else ()


def _composition(booked: Sequence[Posting]) -> tuple[Part, ...]:
    """Return how what is booked of a document is composed, in its own currency."""
    parts = add_parts(*(row.parts or () for row in booked))
    amount = total_of(parts)
    worth = sum((row.document_amount for row in booked), ZERO)
    if not amount or not worth:
        return ()
    return tuple(replace(part, amount=part.amount * worth / amount) for part in parts)
