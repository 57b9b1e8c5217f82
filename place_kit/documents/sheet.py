"""Rows for a spreadsheet, as CSV that works out nothing that somebody typed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from place_kit.documents.model import plain

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as CSV; Excel reads letters of all languages by the mark it starts with."""
    sheet = StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(map(cell, headers))
    writer.writerows(map(cell, row) for row in rows)
    return sheet.getvalue().encode("utf-8-sig")


def cell(text: str) -> str:
    """Give a text as a spreadsheet shows it, and never works it out as a formula."""
    text = plain(text)
    return f"'{text}" if text.lstrip().startswith(FORMULA_STARTS) else text
