"""Tables, as a spreadsheet may open them: rows are added, and a learner's are taken out."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
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


def without(raw: bytes, goes: Callable[[Sequence[str], Sequence[str]], bool]) -> bytes:
    """Take rows out of a table; its headings and all other rows stay, byte for byte.

    Parameters
    ----------
    raw
        The table, however a spreadsheet wrote it.
    goes
        Whether a row is to go, told its cells and the headings.

    Raises
    ------
    ValueError
        This is no table.
    """
    encoding, errors = "utf-8", "surrogateescape"
    if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        encoding = "utf-16-le" if raw[:2] == codecs.BOM_UTF16_LE else "utf-16-be"
        errors = "surrogatepass"
    text = raw.decode(encoding, errors)
    mark = text[: text.startswith("\ufeff")]
    lines = list(io.StringIO(text.removeprefix(mark), newline=""))
    delimiter = max(",;\t", key=next(filter(str.strip, lines), "").count)
    kept, start, headings = [mark], 0, list[str]()
    with _cells_of_any_length(text):
        reader = csv.reader(iter(lines), delimiter=delimiter)
        try:
            for cells in reader:
                if not headings or not goes(cells, headings):
                    kept += lines[start : reader.line_num]
                headings, start = headings or cells, reader.line_num
        except csv.Error as error:
            raise ValueError(str(error)) from None
    return "".join(kept).encode(encoding, errors)


@contextmanager
def _cells_of_any_length(text: str) -> Iterator[None]:
    usual = csv.field_size_limit(len(text) + 1)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([map(csv_cell, row) for row in rows])
    return text.getvalue().encode("utf-8")
