"""The theory of change that module 6 works on: boxes, links, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from place_kit.facts import loader
from place_kit.facts.activities._file import Known, checked, ids
from place_kit.facts.reading import Reader

FILE = "theory.toml"

NodeKind = Literal["activity", "change", "outcome", "hope"]
Fit = Literal["core", "if_planned", "not_alone"]


@dataclass(frozen=True, slots=True)
class Node:
    """A box: what is done, what changes, what is hoped for. Its place is part of the data."""

    id: str
    text: str
    kind: NodeKind
    left: float
    right: float
    row: int


@dataclass(frozen=True, slots=True)
class NextEvidence:
    """What could be looked for next: what it tells, what it misses, and who holds it."""

    way: str
    what: str
    tells: str
    misses: str
    partners: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """A step from one box to another, with the evidence so far and rival explanations."""

    id: str
    start: str
    end: str
    x: float
    assumption: str
    evidence: str
    rivals: tuple[str, ...]
    next: tuple[NextEvidence, ...]

    def next_by(self, way: str) -> NextEvidence:
        """Return what could be looked for next in that way."""
        return next(each for each in self.next if each.way == way)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to look for evidence."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Partner:
    """People to do it with, and what they bring."""

    id: str
    text: str
    brings: str


@dataclass(frozen=True, slots=True)
class Aspect:
    """Something one may want of an evaluation."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """How far a method serves an aspect, by the authors' reading, and why."""

    aspect: str
    fit: Fit
    text: str


@dataclass(frozen=True, slots=True)
class Method:
    """A way to evaluate, and the question it would ask of this project."""

    id: str
    title: str
    short: str
    framework: str
    asks: str
    answer: tuple[Answer, ...]

    def on(self, aspect: str) -> Answer:
        """Return how far it serves that aspect."""
        return next(each for each in self.answer if each.aspect == aspect)


@dataclass(frozen=True, slots=True)
class Theory:
    """All of the file, in its own order."""

    title: str
    note: str
    references: tuple[str, ...]
    node: tuple[Node, ...]
    link: tuple[Link, ...]
    way: tuple[Way, ...]
    partner: tuple[Partner, ...]
    aspect: tuple[Aspect, ...]
    method: tuple[Method, ...]

    def node_of(self, id: str) -> Node:
        """Return a box by its id."""
        return next(each for each in self.node if each.id == id)

    def number(self, link: Link) -> int:
        """Return a link's number, as people count: from 1."""
        return self.link.index(link) + 1

    def weakest(self, ratings: Mapping[str, int]) -> tuple[Link, ...]:
        """Return the links rated lowest, in order; none where all are rated alike."""
        rated = [link for link in self.link if link.id in ratings]
        lowest = min((ratings[link.id] for link in rated), default=None)
        found = tuple(link for link in rated if ratings[link.id] == lowest)
        return found if len(found) < len(rated) or len(rated) == 1 else ()


@lru_cache(maxsize=1)
def load() -> Theory:
    """Give the theory of change of the course, read once from the package.

    Raises
    ------
    ContentError
        With every mistake.
    """
    return read(files("place_kit").joinpath("content", "activities", FILE))


def read(file: Traversable) -> Theory:
    """Read a file such as ``content/activities/theory.toml``.

    Raises
    ------
    ContentError
        With every mistake of the file.
    """
    course = loader.load()

    def known(raw: Mapping[str, Any]) -> Known:
        return {
            "start": ids(raw, "node"),
            "end": ids(raw, "node"),
            "partners": ids(raw, "partner"),
            "framework": frozenset(course.frameworks),
            "references": frozenset(course.references),
        }

    theory: Theory = checked(file, known, lambda at, raw: at.read(Theory, raw), _check)
    return theory


def _check(theory: Theory, reader: Reader) -> None:
    """Note what the types cannot: places, directions, and what must be there just once."""
    rows = {node.id: node.row for node in theory.node}
    for node in theory.node:
        if not 0 <= node.left < node.right <= 100:
            reader.at(f"node.{node.id}").say("must lie between 0 and 100, left before right.")
    for link in theory.link:
        here = reader.at(f"link.{link.id}")
        if {link.start, link.end} <= rows.keys():
            if rows[link.start] >= rows[link.end]:
                here.say("must lead downwards.")
            for end in (theory.node_of(link.start), theory.node_of(link.end)):
                if not end.left <= link.x <= end.right:
                    here.at("x").say(f"does not meet the box {end.id}.")
        if not link.rivals:
            here.at("rivals").say("is empty: give at least one other explanation.")
        _once(here.at("next"), [each.way for each in link.next], [each.id for each in theory.way])
        for each in link.next:
            if not each.partners:
                here.at(f"next.{each.way}.partners").say("is empty: say who holds it.")
    reached = {link.end for link in theory.link} | {link.start for link in theory.link}
    for id in rows.keys() - reached:
        reader.at(f"node.{id}").say("has no link.")
    for method in theory.method:
        here = reader.at(f"method.{method.id}.answer")
        _once(here, [each.aspect for each in method.answer], [each.id for each in theory.aspect])


def _once(reader: Reader, given: list[str], wanted: list[str]) -> None:
    """Note a list that does not name each of `wanted` just once."""
    if sorted(given) != sorted(wanted):
        reader.say(f"must have each of {', '.join(wanted)} once; it has {', '.join(given)}.")
