"""What a feedback page says, gathered from a marked notebook and the gradebook.

Taken from the marked notebook are the `Mark` of each test cell and nothing else: no
source, no key, no mark scheme, no error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any, Literal

from place_kit import facts
from place_kit.answers import store
from place_kit.facts.model import Module, Question
from place_kit.marking import MARK_MIME, Mark, MarkedItem
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.gradebook import Score
from place_kit.tutor.desk.settings import TOP_LEVEL, Settings, Terms, Verdict, for_learners
from place_kit.tutor.feedback import revisiting
from place_kit.tutor.feedback.rubric import Level, level_of

RETURNED = "returned unmarked"
"""A tutor's comment that begins so says that a person could be known: nothing is marked."""

_QUESTION = re.compile(r"(?:ask\.question|assess\.(?:mark|not_marked_yet))\(\s*[\"']([\w.]+)[\"']")
_HEADING = re.compile(r"^(#{1,2}) +(.+)$", re.MULTILINE)

State = Literal["marked", "waiting", "returned", "fault"]
"""Marked; waiting for the tutor; returned unmarked; or not to be marked, by a fault of ours."""


@dataclass(frozen=True, slots=True)
class Part:
    """One question of the assignment as the page shows it.

    `section` is the notebook's heading above it, `mark` what the rule gave, `text` and `rows`
    what was written; `level` is set once a tutor has marked it. `revisit` names sections of the
    module that take up the same thing.
    """

    section: str
    prompt: str
    points: float
    out_of: float
    by_rubric: bool
    state: State = "marked"
    answered: bool = True
    mark: Mark | None = None
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    headings: tuple[str, ...] = ()
    level: Level | None = None
    set_by_tutor: bool = False
    comment: str = ""
    revisit: tuple[str, ...] = ()

    @property
    def share(self) -> int:
        """Points in percent, for the bar."""
        share = self.points / self.out_of if self.out_of else 0.0
        return round(100 * max(0.0, min(1.0, share)))

    @property
    def settled(self) -> bool:
        """Whether its points stand."""
        return self.state == "marked"


@dataclass(frozen=True, slots=True)
class Page:
    """A feedback page: whose, of what, and its parts in the notebook's order.

    `handed_in` is when, as the hand-in says it; `verdict` whether the work passed, once that
    can be said; `terms` what the course owes its learners; `lost` the points that
    late work loses.
    """

    title: str
    learner: str
    parts: tuple[Part, ...]
    assignment: str = ""
    handed_in: str = ""
    module: Module | None = None
    verdict: Verdict | None = None
    terms: Terms = ()
    lost: float = 0.0

    @property
    def points(self) -> float:
        """What was earned, less what was lost by coming late."""
        return max(0.0, points(self.parts) - self.lost)

    @property
    def by_rule(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.by_rubric)

    @property
    def by_rubric(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.by_rubric)

    @property
    def waiting(self) -> tuple[Part, ...]:
        """What the tutor is still to do: to mark what was written, or to settle a fault."""
        return tuple(part for part in self.parts if part.state in ("waiting", "fault"))

    @property
    def returned(self) -> tuple[Part, ...]:
        """What came back unmarked."""
        return tuple(part for part in self.parts if part.state == "returned")

    @property
    def settled(self) -> bool:
        """Whether all its points stand."""
        return all(part.settled for part in self.parts)

    @property
    def level(self) -> Level | None:
        """The level of what was written: the lowest, once all of it is marked."""
        levels = [part.level for part in self.by_rubric]
        known = [level for level in levels if level]
        return min(known, key=lambda level: level.number) if levels and levels == known else None

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
        return tuple(part for part in self.parts if part.settled)

    def name_of(self, part: Part) -> str:
        """A question in a few words: its section, and its prompt where that says too little."""
        alone = [other.section for other in self.parts].count(part.section) == 1
        if part.section and alone:
            return part.section
        prompt = shorten(part.prompt, 60, placeholder=" …", break_on_hyphens=False)
        return f"{part.section} {prompt}".strip()


def points(parts: Sequence[Part]) -> float:
    """What some parts earned together, of those whose points stand."""
    return sum(part.points for part in parts if part.settled)


def out_of(parts: Sequence[Part]) -> float:
    """What some parts are worth together."""
    return sum(part.out_of for part in parts)


def gather(
    notebook: Mapping[str, Any],
    scores: Mapping[str, Score],
    answers: store.Answers,
    learner: str,
    *,
    handed_in: str = "",
    lost: float = 0.0,
    module: Module | None = None,
    settings: Settings | None = None,
) -> Page:
    """Gather a page.

    Parameters
    ----------
    notebook
        The marked notebook, as its JSON says it.
    scores
        The gradebook's marks, by the cell's name; they decide, the notebook explains.
    answers
        The learner's answers.
    learner
        The name to greet them by.
    handed_in
        When the work was handed in.
    lost
        The points it loses, because that was late.
    module
        The module to go back to, if there is one.
    settings
        What passes, and what learners are told.
    """
    settings = settings or Settings()
    title, found = outline(notebook)
    parts = []
    for section, question, cell in found:
        score = scores.get(cell["metadata"]["nbgrader"]["grade_id"])
        if score is not None:
            again = revisiting.places(question, module) if question and module else ()
            part = _by_rubric if score.is_task else _by_rule
            parts.append(part(score, section, question, cell, answers, again))
    page = Page(
        title,
        learner,
        tuple(parts),
        store.assignment_of(answers.set),
        handed_in,
        module,
        terms=for_learners(settings),
        lost=lost,
    )
    return replace(page, verdict=_verdict(page, settings))


def outline(
    notebook: Mapping[str, Any],
) -> tuple[str, list[tuple[str, Question | None, Mapping[str, Any]]]]:
    """The title of an exercise, and its cells that nbgrader knows.

    Each comes with the heading it stands under and the question it belongs to.
    """
    title, section, question, found = "", "", None, []
    for cell in notebook["cells"]:
        source = _text(cell["source"])
        if cell["cell_type"] == "markdown" and (heading := _HEADING.search(source)):
            if heading[1] == "##":
                section = heading[2].strip()
            elif not title:
                title = heading[2].strip().removeprefix("Exercise: ")
        if cell["cell_type"] == "code" and (named := _QUESTION.search(source)):
            question = _known(named[1])
        if "grade_id" in cell["metadata"].get("nbgrader", {}):
            found.append((section, question, cell))
    return title or "your exercise", found


def _verdict(page: Page, settings: Settings) -> Verdict | None:
    """Whether the work passed; nothing is said before all of it is settled."""
    if not page.settled or not page.parts:
        return None
    level = page.level.number if page.level else TOP_LEVEL
    accepted = not (page.lost and settings.late.policy == "not accepted")
    return settings.verdict(points(page.by_rule), out_of(page.by_rule), level, accepted=accepted)


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _known(question_id: str) -> Question | None:
    try:
        return facts.question(question_id)
    except PlaceKitError:
        return None


def _by_rule(
    score: Score,
    section: str,
    question: Question | None,
    cell: Mapping[str, Any],
    answers: store.Answers,
    revisit: tuple[str, ...],
) -> Part:
    mark = mark_in(cell)
    given = answers.value(question.id) if question else None
    # A mark without parts is that of a missing answer; if there was one, something went wrong.
    fault = mark is None or (given is not None and not mark.items)
    return Part(
        section,
        _prompt(question),
        score.points,
        score.out_of,
        by_rubric=False,
        state="fault" if fault and not score.by_hand else "marked",
        answered=fault or bool(mark and mark.items),
        mark=None if fault else mark,
        set_by_tutor=score.by_hand,
        comment=score.comment,
        revisit=revisit,
    )


def _by_rubric(
    score: Score,
    section: str,
    question: Question | None,
    cell: Mapping[str, Any],
    answers: store.Answers,
    revisit: tuple[str, ...],
) -> Part:
    value = answers.value(question.id) if question else None
    fields = question.fields if question else ()
    comment = score.comment.strip()
    returned = comment.casefold().startswith(RETURNED)
    marked = score.by_hand and not score.waiting
    return Part(
        section,
        _prompt(question),
        score.points,
        score.out_of,
        by_rubric=True,
        state="returned" if returned else "marked" if marked else "waiting",
        answered=bool(value),
        # What could make a person known is not sent about once more.
        text=value.strip() if isinstance(value, str) and not returned else "",
        rows=tuple(
            tuple(row.get(field.id, "") for field in fields)
            for row in (value if isinstance(value, list) and not returned else ())
        ),
        headings=tuple(field.label for field in fields),
        level=level_of(score.points, score.out_of) if marked and not returned else None,
        comment=comment[len(RETURNED) :].lstrip(" .:;,-–—\n") if returned else comment * marked,
        revisit=revisit,
    )


def _prompt(question: Question | None) -> str:
    return question.prompt if question else "A question of this exercise"


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
