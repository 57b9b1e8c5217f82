"""What may be kept after a session: its counts, as rows for a spreadsheet, and read back.

The counts are of five people or more, and of nobody. So they can stay when the team files are
deleted, and the next session can be put beside them.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Final

from place_kit.answers.files import read_plain_file
from place_kit.documents import sheet
from place_kit.problems import PlaceKitError
from place_kit.team.pool import FEWEST, Line, Pooled, Spread, spread_of

NAME: Final = "counts.csv"
COLUMNS: Final = (
    "Id",
    "Asked",
    "Round",
    "Answer",
    "Count",
    "n",
    "Lower quartile",
    "Median",
    "Upper quartile",
    "Disagreement",
    "Two camps",
)
_MOST_BYTES: Final = 2_000_000
_MOST_PEOPLE: Final = 20_000

Before = Mapping[str, Spread]
"""How round one of a session was answered, by the ids of its lines."""


def write(pooled: Pooled) -> bytes:
    """The counts of a pool: an answer to a line in a round is a row."""
    return sheet.write(COLUMNS, _rows(pooled))


def of(pooled: Pooled) -> Before:
    """The counts of a pool, to put another session beside."""
    lines = (*pooled.lines, *pooled.wheel, *pooled.after)
    return {line.id: line.rounds[0] for line in lines if line.rounds[0]}


def read(path: Path, now: Pooled) -> Before:
    """Read back the counts that `write` wrote, of the lines that were asked now too.

    Raises
    ------
    PlaceKitError
        If the file is not one of ours, or was changed so that it does not add up.
    """
    raw = read_plain_file(path, _MOST_BYTES)
    if raw is None or len(raw) > _MOST_BYTES:
        raise PlaceKitError(f"{path} is not there, or is too large for a file of counts.")
    found: dict[str, Counter[str]] = {}
    try:
        rows = list(csv.DictReader(StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
        for row in rows:
            many = int(row["Count"])
            if not 0 <= many <= _MOST_PEOPLE or not row["Answer"]:
                raise ValueError
            if row["Round"] == "1":
                found.setdefault(row["Id"], Counter())[row["Answer"]] += many
    except (ValueError, KeyError, TypeError, csv.Error):
        raise PlaceKitError(
            f"{path} cannot be read as the counts that “place-kit team pool” writes. Name the "
            "folder or the file as it was written."
        ) from None
    lines = (*now.lines, *now.wheel, *now.after)
    return {
        line.id: spread
        for line in lines
        if line.id in found and (spread := _spread(line, found[line.id]))
    }


def _spread(line: Line, counted: Counter[str]) -> Spread | None:
    """A spread of five or more; nothing where an answer is not one of today's."""
    places = {sheet.cell(value.text): place for place, value in enumerate(line.values)}
    if counted.keys() - places.keys() or counted.total() < FEWEST:
        return None
    by_place = {places[text]: many for text, many in counted.items()}
    return spread_of(by_place, len(line.values), line.scale)


def _rows(pooled: Pooled) -> Iterator[tuple[str, ...]]:
    for line in (*pooled.lines, *pooled.wheel, *pooled.after):
        for round, spread in enumerate(line.rounds, start=1):
            if spread is None:
                continue
            low, high = spread.quartiles or ("", "")
            rest = (
                low,
                "" if spread.median is None else spread.median,
                high,
                f"{spread.disagreement:.4f}",
                "yes" if spread.camps else "no",
            )
            for value, many in zip(line.values, spread.counts, strict=True):
                asked = (line.id, line.text, str(round), value.text, str(many), str(spread.n))
                yield (*asked, *map(str, rest))
