"""The practices that a reader puts on the ladder: who set the agenda, and who decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, Literal

from place_kit import facts
from place_kit.facts.activities._file import checked
from place_kit.facts.model import Facts
from place_kit.facts.reading import Reader, Shape, shown

Who = Literal["citizens", "together", "organisation"]


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice of the question, under the id of its item."""

    id: str
    name: str
    agenda: Who
    decided: Who


@dataclass(frozen=True, slots=True)
class Ladder:
    """The question whose items are put on the ladder, the ladder, and the practices."""

    question: str
    framework: str
    practices: tuple[Practice, ...]


_SHAPE: Final[Shape] = {
    "question": (str, False),
    "framework": (str, False),
    "practice": (tuple[Practice, ...], False),
}


@lru_cache(maxsize=1)
def load() -> Ladder:
    """Give the ladder of the course, read once from the package."""
    return read(files("place_kit").joinpath("content/activities/ladder.toml"), facts.load())


def read(file: Traversable, known: Facts) -> Ladder:
    """Read a file of practices, and hold it against the question and the framework it names.

    Raises
    ------
    ContentError
        With every mistake.
    """
    parts = checked(
        file,
        lambda _: {},
        lambda at, raw: at.keys(_SHAPE, raw),
        lambda read, at: _check(read, known, at),
    )
    return Ladder(practices=parts.pop("practice"), **parts)


def _check(parts: Mapping[str, Any], known: Facts, at: Reader) -> None:
    question = known.questions.get(parts["question"])
    framework = known.frameworks.get(parts["framework"])
    for name, found in (("question", question), ("framework", framework)):
        if found is None:
            at.at(name).say(f"names {shown(parts[name])}, which is not there.")
    if question:
        items = {item.id for item in question.items}
        for name in sorted(items ^ {practice.id for practice in parts["practice"]}):
            at.at("practice").at(name).say("must stand here and among the question’s items.")
    if question and framework:
        rungs = {entry.id for entry in framework.entries}
        if {category.id for category in question.categories} != rungs:
            at.at("framework").say("must have the rungs that the question offers.")
