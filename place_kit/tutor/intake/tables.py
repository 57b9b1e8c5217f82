"""The intake's tables, as a spreadsheet may open them: what came, and who is missing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from place_kit.tutor.files import write_whole
from place_kit.tutor.words import csv_cell

_BOM = b"\xef\xbb\xbf"


def add(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Add rows to a table, which is begun if it is not there yet."""
    try:
        before = path.read_bytes()
    except FileNotFoundError:
        before = _BOM + _lines([columns])
    write_whole(path, before + _lines(rows))


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table anew."""
    write_whole(path, _BOM + _lines([columns, *rows]))


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([map(csv_cell, row) for row in rows])
    return text.getvalue().encode("utf-8")
