"""The wheel of a place: themes to score, and made-up places that were scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from place_kit.facts import loader
from place_kit.facts.activities._file import checked
from place_kit.facts.model import Facts, Scale
from place_kit.facts.reading import Reader, Shape

FILE: Final = "activities/wheel.toml"
LONGEST_NAME: Final = 9
"""Letters of a theme's name: more would not fit beside the wheel on a phone."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Something to score. `ask` opens a talk with residents about it."""

    id: str
    name: str
    text: str
    ask: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class View:
    """One set of scores, whose it is, and how it came about. `scores` follow the themes."""

    id: str
    who: str
    about: str
    scores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A made-up place with the views there are of it."""

    id: str
    name: str
    about: str
    view: tuple[View, ...]


@dataclass(frozen=True, slots=True)
class Wheel:
    """All of the file. `note` says that the themes' labels may have been revised."""

    note: str
    references: tuple[str, ...]
    scale: Scale
    themes: Mapping[str, Theme]
    places: Mapping[str, Place]

    def scores(self, view: View) -> dict[str, int]:
        """Return a view's scores by theme."""
        return dict(zip(self.themes, view.scores, strict=True))


_SHAPE: Final[Shape] = {
    "note": (str, False),
    "references": (tuple[str, ...], False),
    "scale": (Scale, False),
    "theme": (tuple[Theme, ...], False),
    "place": (tuple[Place, ...], False),
}


@lru_cache(maxsize=1)
def load() -> Wheel:
    """Give the wheel of the course, read once from the package."""
    return read(files("place_kit").joinpath("content", FILE), loader.load())


def read(file: Traversable, facts: Facts) -> Wheel:
    """Read a file of themes and made-up places.

    Parameters
    ----------
    file
        A file such as ``content/activities/wheel.toml``.
    facts
        What the file may name.

    Raises
    ------
    ContentError
        With every mistake.
    """
    references = {"references": frozenset(facts.references)}
    parts = checked(file, lambda _: references, lambda at, raw: at.keys(_SHAPE, raw), _check)
    return Wheel(
        themes={each.id: each for each in parts.pop("theme")},
        places={each.id: each for each in parts.pop("place")},
        **parts,
    )


def _check(parts: Mapping[str, Any], at: Reader) -> None:
    scale: Scale = parts["scale"]
    if scale.low >= scale.high:
        at.at("scale").say("must have a low end below its high end.")
    if len(parts["theme"]) < 3:
        at.at("theme").say("must hold at least three: two do not make a wheel.")
    for theme in parts["theme"]:
        if len(theme.name) > LONGEST_NAME:
            at.at("theme").at(theme.id).at("name").say(
                f"has {len(theme.name)} letters; {LONGEST_NAME} fit beside the wheel."
            )
    for place in parts["place"]:
        here = at.at("place").at(place.id)
        if not 1 <= len(place.view) <= 2:
            here.at("view").say("must hold one or two: more cannot be told apart on one wheel.")
        for view in place.view:
            scores = here.at("view").at(view.id).at("scores")
            if len(view.scores) != len(parts["theme"]):
                scores.say(f"must hold one for each of the {len(parts['theme'])} themes.")
            if any(not scale.low <= score <= scale.high for score in view.scores):
                scores.say(f"must lie between {scale.low} and {scale.high}.")
