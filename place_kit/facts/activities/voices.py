"""The people of a made-up place and what they think of some ideas: data for a dot plot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from place_kit.facts.activities._file import checked
from place_kit.facts.model import Scale
from place_kit.facts.reading import Reader, Shape


@dataclass(frozen=True, slots=True)
class Idea:
    """Something that people were asked about."""

    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up.

    `willing` says how readily they speak up, on the scale of the scores; `engaged`, whether
    they take part in local affairs already; `scores` follow the order of the ideas.
    """

    id: str
    name: str
    about: str
    says: str
    willing: int
    engaged: bool
    scores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """A question to a place, and everyone's answer, whether anybody hears it or not."""

    place: str
    asked: str
    scale: Scale
    readily: int
    seldom: int
    ideas: tuple[Idea, ...]
    people: tuple[Person, ...]


_SHAPE: Final[Shape] = {
    "place": (str, False),
    "asked": (str, False),
    "scale": (Scale, False),
    "readily": (int, False),
    "seldom": (int, False),
    "idea": (tuple[Idea, ...], False),
    "person": (tuple[Person, ...], False),
}


@lru_cache(maxsize=1)
def load() -> Voices:
    """Give the voices of the course, read once from the package."""
    return read(files("place_kit").joinpath("content/activities/voices.toml"))


def read(file: Traversable) -> Voices:
    """Read a file of voices.

    Raises
    ------
    ContentError
        With every mistake.
    """
    parts = checked(file, lambda _: {}, lambda at, raw: at.keys(_SHAPE, raw), _check)
    return Voices(ideas=parts.pop("idea"), people=parts.pop("person"), **parts)


def _check(parts: Mapping[str, Any], at: Reader) -> None:
    scale: Scale = parts["scale"]
    if scale.low >= scale.high:
        at.at("scale").say("must have a low end below its high end.")
    if not scale.low <= parts["seldom"] < parts["readily"] <= scale.high:
        at.at("seldom").say("must lie below readily, and both on the scale.")
    for name in ("idea", "person"):
        if len(parts[name]) < 2:
            at.at(name).say("must hold at least two.")
    for person in parts["person"]:
        here = at.at("person").at(person.id)
        if len(person.scores) != len(parts["idea"]):
            here.at("scores").say(f"must hold one for each of the {len(parts['idea'])} ideas.")
        for name, values in (("scores", person.scores), ("willing", (person.willing,))):
            if any(not scale.low <= value <= scale.high for value in values):
                here.at(name).say(f"must lie between {scale.low} and {scale.high}.")
