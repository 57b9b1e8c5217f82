"""The vignette map of *The place lens*: its stories, and where the course would place them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from place_kit import facts
from place_kit.facts.activities._file import checked, ids
from place_kit.facts.model import Question
from place_kit.facts.reading import Reader, Shape

LOW, HIGH = 1, 5
AxisId = Literal["who", "start"]


@dataclass(frozen=True, slots=True)
class Axis:
    """One side of the map, with words for its two ends."""

    id: AxisId
    title: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Round:
    """Some of the stories; `who` and `start` are the questions that place them."""

    id: str
    title: str
    who: str
    start: str


@dataclass(frozen=True, slots=True)
class Range:
    """Where fair people may place a story on one axis, and why."""

    low: int
    high: int
    reason: str

    def __contains__(self, place: int) -> bool:
        return self.low <= place <= self.high


@dataclass(frozen=True, slots=True)
class Vignette:
    """A story of the round `told_in`, what the course calls it, and where others may differ.

    `short` is its name in the picture, where there is little room.
    """

    id: str
    told_in: str
    title: str
    short: str
    text: str
    called: str
    who: Range
    start: Range
    differ: str


@dataclass(frozen=True, slots=True)
class Lens:
    """The axes, rounds and stories, in the order of the file."""

    axes: Mapping[str, Axis]
    rounds: Mapping[str, Round]
    vignettes: Mapping[str, Vignette]

    def number(self, id: str) -> int:
        """Give the number by which the map shows a story."""
        return list(self.vignettes).index(id) + 1


_SHAPE: Shape = {
    "axis": (tuple[Axis, ...], False),
    "round": (tuple[Round, ...], False),
    "vignette": (tuple[Vignette, ...], False),
}


@lru_cache(maxsize=1)
def load() -> Lens:
    """Give the map's stories, read once from the package.

    Raises
    ------
    ContentError
        With every mistake, those included by which the questions no longer fit.
    """
    return read(files("place_kit").joinpath("content/activities/lens.toml"), facts.load().questions)


def read(file: Traversable, questions: Mapping[str, Question]) -> Lens:
    """Read the file (a `Path` will do) and check it against the questions it names.

    Raises
    ------
    ContentError
        With every mistake.
    """
    parts = checked(
        file,
        lambda raw: {"told_in": ids(raw, "round")},
        lambda at, raw: at.keys(_SHAPE, raw),
        lambda read, at: _check(read, at, questions),
    )
    axes, rounds, vignettes = ({one.id: one for one in parts[name]} for name in _SHAPE)
    return Lens(axes, rounds, vignettes)


def _check(parts: Mapping[str, Any], at: Reader, questions: Mapping[str, Question]) -> None:
    axes: tuple[Axis, ...] = parts["axis"]
    rounds: tuple[Round, ...] = parts["round"]
    vignettes: tuple[Vignette, ...] = parts["vignette"]
    if sorted(axis.id for axis in axes) != ["start", "who"]:
        at.at("axis").say("must be two: who and start.")
    for one in vignettes:
        for name, range in (("who", one.who), ("start", one.start)):
            if not LOW <= range.low <= range.high <= HIGH:
                here = at.at("vignette").at(one.id).at(name)
                here.say(f"must run upwards, from {LOW} or more to {HIGH} or less.")
    for each in rounds:
        told = {one.id: one for one in vignettes if one.told_in == each.id}
        for name, id in (("who", each.who), ("start", each.start)):
            here = at.at("round").at(each.id).at(name)
            _check_question(here, questions.get(id), told, in_full=name == "who")


def _check_question(
    at: Reader, question: Question | None, told: Mapping[str, Vignette], *, in_full: bool
) -> None:
    if question is None or question.kind != "rate" or question.scale is None:
        at.say("must name a question of kind rate.")
        return
    if (question.scale.low, question.scale.high) != (LOW, HIGH):
        at.say(f"must have a scale from {LOW} to {HIGH}.")
    if [item.id for item in question.items] != list(told):
        at.say("must ask about the stories of its round, in their order.")
        return
    for item in question.items:
        story = told[item.id]
        wanted = f"{story.title}. {story.text}"
        if (item.text != wanted) if in_full else not item.text.startswith(f"{story.title}. "):
            at.say(f"tells the story “{story.title}” in other words than the map.")
