"""The sheets tutors fill in: written for any spreadsheet, read as something a stranger sent."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from place_kit.problems import PlaceKitError
from place_kit.tutor.files import NotPlainError, read_plain, write_whole
from place_kit.tutor.intake import tables
from place_kit.tutor.words import clean

MAX_BYTES = 2_000_000
MAX_TEXT = 2_000
_NUMBER = re.compile(r"(?:script)?\s*(\d{1,6})(?:[.,]0+)?", re.IGNORECASE)
_LEVEL = re.compile(r"(?:level)?\s*([0-3])(?:[.,]0+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be used; `level` is None where none is given yet."""

    line: int
    script: int
    level: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet holds, and a sentence for every row with something wrong in it.

    `scripts` are all that it names, those left out too.
    """

    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    scripts: frozenset[int]


def write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a sheet. A cell that begins like a formula is kept as text."""
    tables.write(path, headings, [[str(cell) for cell in row] for row in rows])


def read(path: Path, level: str, text: str) -> Sheet:
    """Read a sheet that came back.

    Parameters
    ----------
    path
        The file, as CSV, however a spreadsheet wrote it.
    level, text
        The headings of the column of levels, and of the one of words.

    Raises
    ------
    PlaceKitError
        If the file as a whole cannot be read, or has not these columns.
    """
    try:
        raw = read_plain(path, MAX_BYTES)
    except NotPlainError as reason:
        raise PlaceKitError(f"The sheet {path} was not read: {reason}.") from None
    return parse(raw, level, text)


def forget(path: Path, scripts: Collection[int]) -> None:
    """Take the rows of some scripts out of a sheet; all others stay as they are, byte for byte.

    A row that names one of them beside something else goes, too.

    Raises
    ------
    PlaceKitError
        As `read` does.
    """
    read(path, "level", "comment")
    raw = read_plain(path, MAX_BYTES)

    def names_one(cells: Sequence[str], headings: Sequence[str]) -> bool:
        at = [name.strip().casefold() for name in headings].index("script")
        said = cells[at].replace("\0", "") if at < len(cells) else ""
        return any(int(number) in scripts for number in re.findall(r"\d{1,9}", said))

    left = tables.without(raw, names_one)
    if left != raw:
        write_whole(path, left)


def parse(raw: bytes, level: str, text: str) -> Sheet:
    """Read the bytes of a sheet; see `read`."""
    said = _decoded(raw)
    lines = said.splitlines()
    delimiter = max(",;\t", key=lines[0].count) if lines else ","
    table = csv.reader(io.StringIO(said, newline=""), delimiter=delimiter)
    try:
        cells = [(table.line_num, [one.strip() for one in row]) for row in table]
    except csv.Error as error:
        raise PlaceKitError(
            f"The sheet cannot be read as CSV ({error}). Save it as CSV in UTF-8 and try again."
        ) from None
    names = [one.casefold() for one in cells[0][1]] if cells else []
    wanted = ("script", level, text)
    if missing := [name for name in wanted if name not in names]:
        raise PlaceKitError(
            f"The sheet has no column {' and no column '.join(missing)}. Its first line must "
            f"name: {', '.join(wanted)}. Fill in the sheet that place-kit wrote; save it as CSV."
        )
    places = [names.index(name) for name in wanted]
    given = []
    for line, row in cells[1:]:
        if any(row):
            script, chosen, words = (row[at] if at < len(row) else "" for at in places)
            given.append((line, script, chosen, words))
    return _checked(given, level, text)


def _checked(given: list[tuple[int, str, str, str]], level: str, text: str) -> Sheet:
    problems: list[str] = []
    rows: dict[int, list[Row]] = {}
    named = set()
    for line, script, chosen, words in given:
        numbered, levelled = _NUMBER.fullmatch(script), _LEVEL.fullmatch(chosen)
        if not numbered:
            problems.append(f"Line {line}: '{clean(script, 30)}' is no script number. Left out.")
            continue
        number = int(numbered[1])
        named.add(number)
        where = f"Line {line}, script {number}"
        if chosen and not levelled:
            what = f"'{clean(chosen, 30)}' is no level from 0 to 3"
            problems.append(f"{where}: {what}. Left out.")
            continue
        if words.startswith(("=", "@")):
            problems.append(f"{where}: its {text} begins like a formula. It is kept as plain text.")
        row = Row(line, number, int(levelled[1]) if levelled else None, clean(words, MAX_TEXT))
        rows.setdefault(number, []).append(row)
    for number, twice in rows.items():
        if len(twice) > 1:
            lines = ", ".join(str(row.line) for row in twice)
            problems.append(f"Script {number} is there more than once (lines {lines}). Left out.")
    single = tuple(one for (one, *more) in rows.values() if not more)
    return Sheet(single, tuple(problems), frozenset(named))


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return raw.decode(encoding).replace("\0", "").lstrip()
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252", "replace").replace("\0", "").lstrip()
