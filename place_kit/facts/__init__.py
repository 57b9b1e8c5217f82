"""What the course knows: cases, claims, principles, questions, references.

`load()` gives all of it; the other verbs are short ways to one part.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from place_kit.facts import citations
from place_kit.facts.loader import load, read, read_syllabus
from place_kit.facts.model import Facts, Question
from place_kit.facts.problems import ContentError, Problem
from place_kit.problems import PlaceKitError

__all__ = [
    "SYLLABUS",
    "ContentError",
    "Facts",
    "Problem",
    "cite",
    "load",
    "question",
    "questions_of",
    "read",
    "read_syllabus",
    "title_of",
]

_T = TypeVar("_T")

SYLLABUS = "modules.toml"
"""The syllabus, in the folder of the modules."""


def question(id: str) -> Question:
    """Give a question by its whole id, such as ``03_cases.denominator``."""
    return _find(load().questions, id, "question")


def questions_of(set: str) -> tuple[Question, ...]:
    """Give the questions of a set, such as ``03_cases``, in the order of its file."""
    return tuple(each for each in load().questions.values() if each.set == set)


def title_of(module: str, course: Path) -> str:
    """Give a module's title by the syllabus in a folder of modules; its id where that lacks it."""
    try:
        return next(each.title for each in read_syllabus(course / SYLLABUS) if each.id == module)
    except (ContentError, OSError, StopIteration):
        return module


def cite(*ids: str) -> str:
    """Give references as they stand in a text: ``(Telfer 2013; Fyfe et al. 2011)``."""
    references = load().references
    return citations.together(_find(references, id, "reference") for id in ids)


def _find(among: Mapping[str, _T], id: str, what: str) -> _T:
    if id in among:
        return among[id]
    from difflib import get_close_matches

    near = get_close_matches(id, among, n=1, cutoff=0)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    raise PlaceKitError(f"The course has no {what} “{id}”.{hint}")
