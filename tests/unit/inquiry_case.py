"""Inquiries as they are written, and what a reader finds in them.

A case is its language, the text, the lines as ``(quantity, unit)``, and what else must
be found: ``term``, ``country`` of the destination, ``price`` with ``currency`` of the
first line, ``wanted`` day. All are written on 15 March 2026.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Case:
    """One inquiry and what it says."""

    language: str
    text: str
    lines: tuple
    term: str = ""
    country: str = ""
    price: float | None = None
    currency: str = ""
    wanted: date | None = None
    name: str = ""
