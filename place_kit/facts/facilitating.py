"""The facilitator's notes of the modules: the cells of their notebooks with that tag."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from place_kit.facts.loader import read_syllabus
from place_kit.facts.model import Module
from place_kit.problems import PlaceKitError

TAG: Final = "facilitator"
_HEADING: Final = re.compile(r"^#{1,6}[ \t]+(.+)$", re.MULTILINE)
_MARKED: Final = re.compile(r"\*\*For the facilitator(?: \(([^)]*)\))?\.\*\*\s*")


@dataclass(frozen=True, slots=True)
class Note:
    """A note: the part of the module that it belongs to, how long it takes, what it says."""

    part: str
    time: str
    text: str


def notes(folder: Path) -> tuple[tuple[Module, tuple[Note, ...]], ...]:
    """Give the notes of each module of a course folder, in the syllabus's order.

    Raises
    ------
    PlaceKitError
        If a module's notebook cannot be read.
    """
    modules = read_syllabus(folder / "modules.toml")
    return tuple((module, tuple(_of(folder / f"{module.id}.ipynb"))) for module in modules)


def _of(path: Path) -> list[Note]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = [
            (TAG in cell["metadata"].get("tags", ()), "".join(cell["source"]))
            for cell in cells
            if cell["cell_type"] == "markdown"
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PlaceKitError(
            f"The notes in {path.name} cannot be read ({type(error).__name__}). Run place-kit "
            "learn once, which puts the course’s pages back."
        ) from None
    found, part = [], ""
    for noted, source in sources:
        if not noted:
            part = next(reversed(_HEADING.findall(source)), part)
            continue
        marked = _MARKED.match(source)
        text = _MARKED.sub("", source, count=1).replace("*", "")
        found.append(Note(part, marked[1] or "" if marked else "", " ".join(text.split())))
    return found
