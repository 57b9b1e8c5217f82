"""The printed sheets of a team session: what stands on them, and where there is room to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from place_kit.facts import loader
from place_kit.facts.activities._file import checked
from place_kit.facts.reading import Reader


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sheet: paragraphs, points, and a table with room to write in.

    `rows` are the first cells of the table's rows; `blank` rows more have none. `room` is how many
    lines high a row is, `widths` how wide the columns are beside each other.
    """

    heading: str = ""
    text: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    blank: int = 0
    room: int = 2
    widths: tuple[float, ...] = ()

    @property
    def high(self) -> int:
        """How many rows its table has."""
        return len(self.rows) + self.blank


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. `use` says for whom it is, and when."""

    id: str
    title: str
    use: str
    references: tuple[str, ...]
    part: tuple[Part, ...]


@lru_cache(maxsize=1)
def load() -> tuple[Sheet, ...]:
    """Give the sheets of the course, read once from the package."""
    return read(files("place_kit").joinpath("content", "team_sheets.toml"))


def read(file: Traversable) -> tuple[Sheet, ...]:
    """Read a file of sheets.

    Raises
    ------
    ContentError
        With every mistake.
    """
    known = {"references": frozenset(loader.load().references)}

    def check(parts: Mapping[str, Any], at: Reader) -> None:
        for sheet in parts["sheet"]:
            for number, part in enumerate(sheet.part, start=1):
                here = at.at("sheet").at(sheet.id).at(f"part {number}")
                if bool(part.columns) != bool(part.rows or part.blank):
                    here.say("a table needs both columns and rows.")
                if part.widths and len(part.widths) != len(part.columns):
                    here.say("has not as many widths as columns.")
                if not (part.text or part.points or part.columns):
                    here.say("holds nothing.")

    shape = {"sheet": (tuple[Sheet, ...], False)}
    found: tuple[Sheet, ...] = checked(
        file, lambda _: known, lambda at, raw: at.keys(shape, raw), check, "content"
    )["sheet"]
    return found
