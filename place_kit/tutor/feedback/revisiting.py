"""Where in its module a question's subject is: the sections a learner is sent back to."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache

from place_kit import facts
from place_kit.facts.model import Module, Question
from place_kit.learner import shipped
from place_kit.problems import PlaceKitError

MOST = 2
"""A learner is sent to a section or two, not through the whole module again."""

_GUESSES = "Before you begin"
"""Here nothing is explained yet."""
_HEADING = re.compile(r"^## +(.+)$", re.MULTILINE)
_QUESTION = re.compile(r"ask\.question\(\s*[\"']([\w.]+)[\"']")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a module: its heading, what its questions are about, and their kinds."""

    heading: str
    about: frozenset[str]
    kinds: frozenset[str]


@cache
def sections(module: str) -> tuple[Section, ...]:
    """The sections of a module in which something is asked; none if it has no notebook."""
    path = shipped.root() / "course" / f"{module}.ipynb"
    try:
        cells = json.loads(path.read_bytes())["cells"]
    except FileNotFoundError:
        return ()
    heading, asked = "", dict[str, list[Question]]()
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and (found := _HEADING.search(source)):
            heading = found[1].strip()
        for name in _QUESTION.findall(source):
            try:
                asked.setdefault(heading, []).append(facts.question(name))
            except PlaceKitError:
                continue
    return tuple(
        Section(
            heading,
            frozenset(tag for one in questions for tag in one.about),
            frozenset(one.kind for one in questions),
        )
        for heading, questions in asked.items()
        if heading not in ("", _GUESSES)
    )


def places(question: Question, module: Module) -> tuple[str, ...]:
    """The sections of a module that are about what a question is about, in their order.

    Best are those about just the same; of these, those that ask in the same way.
    """
    about = frozenset(question.about)
    fits = {
        one.heading: (len(about & one.about) / len(about | one.about), question.kind in one.kinds)
        for one in sections(module.id)
        if about & one.about
    }
    best = sorted(fits, key=lambda heading: fits[heading], reverse=True)[:MOST]
    return tuple(heading for heading in fits if heading in best and _near(fits, heading, best[0]))


def _near(fits: dict[str, tuple[float, bool]], heading: str, best: str) -> bool:
    return fits[heading][0] >= 0.5 * fits[best][0]
