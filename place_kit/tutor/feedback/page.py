"""What a feedback page says, gathered from a marked notebook and the gradebook.

Taken from the marked notebook are the `Mark` of each test cell and nothing else: no
source, no key, no mark scheme, no error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from place_kit import facts
from place_kit.answers import store
from place_kit.facts.model import Question
from place_kit.marking import MARK_MIME, Mark, MarkedItem
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.gradebook import Score
from place_kit.tutor.feedback.rubric import Level, level_of

_QUESTION = re.compile(r"(?:ask\.question|assess\.(?:mark|not_marked_yet))\(\s*[\"']([\w.]+)[\"']")
_HEADING = re.compile(r"^(#{1,2}) +(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """One question of the assignment as the page shows it.

    `section` is the notebook's heading above it, `mark` what the rule gave, `text` and `rows`
    what was written; `level` is set once a tutor has marked it. `waiting` means that no mark
    stands yet.
    """

    section: str
    prompt: str
    points: float
    out_of: float
    waiting: bool
    by_rubric: bool
    mark: Mark | None = None
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    headings: tuple[str, ...] = ()
    level: Level | None = None
    set_by_tutor: bool = False
    comment: str = ""

    @property
    def share(self) -> int:
        """Points in percent, for the bar."""
        share = self.points / self.out_of if self.out_of else 0.0
        return round(100 * max(0.0, min(1.0, share)))


@dataclass(frozen=True, slots=True)
class Page:
    """A feedback page: whose, of what, and its parts in the notebook's order."""

    title: str
    learner: str
    parts: tuple[Part, ...]
    module: str = ""
    contact: str = ""

    @property
    def by_rule(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.by_rubric)

    @property
    def by_rubric(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.by_rubric)

    @property
    def waiting(self) -> bool:
        return any(part.waiting for part in self.parts)

    @property
    def strong(self) -> tuple[Part, ...]:
        """What went well: nothing was lost."""
        return tuple(part for part in self._marked if part.points >= part.out_of > 0)

    @property
    def to_revisit(self) -> tuple[Part, ...]:
        """What is worth another look: under three quarters by rule, under level 2 by rubric."""
        low = [
            part
            for part in self._marked
            if (part.level.number < 2 if part.level else part.share < 75)
        ]
        return tuple(sorted(low, key=lambda part: part.share))

    @property
    def _marked(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.waiting)

    def name_of(self, part: Part) -> str:
        """A question in a few words: its section, and its prompt where that says too little."""
        alone = [other.section for other in self.parts].count(part.section) == 1
        if part.section and alone:
            return part.section
        prompt = shorten(part.prompt, 60, placeholder=" …", break_on_hyphens=False)
        return f"{part.section} {prompt}".strip()


def points(parts: tuple[Part, ...]) -> float:
    """What some parts earned together, of those marked."""
    return sum(part.points for part in parts if not part.waiting)


def out_of(parts: tuple[Part, ...]) -> float:
    """What some parts are worth together."""
    return sum(part.out_of for part in parts)


def gather(
    notebook: Any,
    scores: Mapping[str, Score],
    answers: store.Answers,
    learner: str,
    *,
    module: str = "",
    contact: str = "",
) -> Page:
    """Gather a page.

    Parameters
    ----------
    notebook
        The marked notebook, as nbformat reads it.
    scores
        The gradebook's marks, by the cell's name; they decide, the notebook explains.
    answers
        The learner's answers.
    learner
        The name to greet them by.
    module, contact
        The module to go back to, and the safeguarding contact, if there are.
    """
    title, found = outline(notebook)
    parts = [
        _part(score, section, question, cell, answers)
        for section, question, cell in found
        if (score := scores.get(cell.metadata["nbgrader"]["grade_id"]))
    ]
    return Page(title, learner, tuple(parts), module, contact)


def outline(notebook: Any) -> tuple[str, list[tuple[str, Question | None, Any]]]:
    """The title of an exercise, and its cells that nbgrader knows.

    Each comes with the heading it stands under and the question it belongs to.
    """
    title, section, question, found = "", "", None, []
    for cell in notebook.cells:
        source = cell.source
        if cell.cell_type == "markdown" and (heading := _HEADING.search(source)):
            if heading[1] == "##":
                section = heading[2].strip()
            elif not title:
                title = heading[2].strip().removeprefix("Exercise: ")
        if cell.cell_type == "code" and (named := _QUESTION.search(source)):
            question = _known(named[1])
        if "grade_id" in cell.metadata.get("nbgrader", {}):
            found.append((section, question, cell))
    return title or "your exercise", found


def _known(question_id: str) -> Question | None:
    try:
        return facts.question(question_id)
    except PlaceKitError:
        return None


def _part(
    score: Score, section: str, question: Question | None, cell: Any, answers: store.Answers
) -> Part:
    prompt = question.prompt if question else "A question of this exercise"
    if not score.is_task:
        return Part(
            section,
            prompt,
            score.points,
            score.out_of,
            waiting=False,
            by_rubric=False,
            mark=mark_in(cell),
            set_by_tutor=score.by_hand,
            comment=score.comment,
        )
    value = answers.value(question.id) if question else None
    fields = question.fields if question else ()
    marked = score.by_hand and not score.waiting
    return Part(
        section,
        prompt,
        score.points,
        score.out_of,
        waiting=not marked,
        by_rubric=True,
        text=value.strip() if isinstance(value, str) else "",
        rows=tuple(
            tuple(row.get(field.id, "") for field in fields)
            for row in (value if isinstance(value, list) else ())
        ),
        headings=tuple(field.label for field in fields),
        level=level_of(score.points, score.out_of) if marked else None,
        comment=score.comment if marked else "",
    )


def marks_in(cells: Iterable[Mapping[str, Any]]) -> dict[str, Mark]:
    """Every mark of a marked notebook, by the cell's name."""
    found = ((cell.get("metadata", {}).get("nbgrader", {}), mark_in(cell)) for cell in cells)
    return {info["grade_id"]: mark for info, mark in found if mark and "grade_id" in info}


def mark_in(cell: Mapping[str, Any]) -> Mark | None:
    """The mark a test cell ended in. None if it failed: its error is not for the learner."""
    for output in cell.get("outputs", ()):
        data = output.get("data", {}).get(MARK_MIME)
        if isinstance(data, Mapping):
            try:
                items = tuple(MarkedItem(**item) for item in data["items"])
                return Mark(data["points"], data["out_of"], items, data["note"])
            except (KeyError, TypeError):
                return None
    return None
