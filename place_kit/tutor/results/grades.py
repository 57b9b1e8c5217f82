"""What each learner has earned in an assignment, and whether it is a pass."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import stopped
from place_kit.tutor.desk.gradebook import Book, Submission
from place_kit.tutor.desk.marking_folder import TIMESTAMP, MarkingFolder
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.desk.settings import Settings
from place_kit.tutor.feedback.rubric import level_of
from place_kit.tutor.files import read_plain
from place_kit.tutor.times import from_nbgrader

Outcome = Literal["passed", "not yet", "waiting", "not handed in"]


@dataclass(frozen=True, slots=True)
class Grade:
    """What one learner has of one assignment. What is not known yet is None, and never 0."""

    learner: Learner
    outcome: Outcome
    handed_in: datetime | None = None
    by_rule: float | None = None
    by_rubric: float | None = None
    level: int | None = None
    late_penalty: float = 0.0

    @property
    def total(self) -> float | None:
        """All points, less what is taken off for being late; None until all of it is marked."""
        if self.by_rule is None or self.by_rubric is None:
            return None
        return max(0.0, self.by_rule + self.by_rubric - self.late_penalty)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The grades of an assignment, one for each learner of the roster.

    `stopped` counts those that are left out because a tutor stopped marking them.
    """

    assignment: str
    title: str
    by_rule_of: float
    by_rubric_of: float
    grades: tuple[Grade, ...]
    stopped: int = 0

    @property
    def out_of(self) -> float:
        """What there is to earn."""
        return self.by_rule_of + self.by_rubric_of

    @property
    def learners(self) -> int:
        """How many are on the roster."""
        return len(self.grades) + self.stopped

    @property
    def handed_in(self) -> int:
        """How many of them have handed in."""
        return self.learners - len(self.having("not handed in"))

    @property
    def ready(self) -> tuple[Grade, ...]:
        """The grades that are whole."""
        return tuple(grade for grade in self.grades if grade.total is not None)

    def having(self, *outcomes: Outcome) -> tuple[Grade, ...]:
        """The grades with one of these outcomes."""
        return tuple(grade for grade in self.grades if grade.outcome in outcomes)


def read(
    folder: MarkingFolder,
    assignment: str,
    title: str,
    people: Iterable[Learner],
    settings: Settings,
    book: Book,
    marked: Set[tuple[str, str]],
) -> Sheet:
    """Gather the grades of an assignment.

    `marked` are the submissions that are marked just as they are now, as learner and
    assignment: marks of an earlier attempt are never given for a later one.
    """
    halted = stopped.stopped(folder)
    grades, left_out = [], 0
    for learner in people:
        if (learner.id, assignment) in halted:
            left_out += 1
        elif not (folder.submitted / learner.id / assignment).is_dir():
            grades.append(Grade(learner, "not handed in"))
        else:
            is_marked = (learner.id, assignment) in marked
            submission = book.submissions.get(learner.id) if is_marked else None
            at = _handed_in(folder, learner.id, assignment)
            grades.append(_grade(learner, at, submission, settings))
    return Sheet(assignment, title, book.by_rule, book.by_rubric, tuple(grades), left_out)


def _grade(
    learner: Learner, at: datetime | None, submission: Submission | None, settings: Settings
) -> Grade:
    if submission is None:
        return Grade(learner, "waiting", at)
    scores = submission.scores.values()
    tasks = [score for score in scores if score.is_task]
    rules = [score for score in scores if not score.is_task]
    by_rule = sum(score.points for score in rules)
    by_rubric, level = None, None
    if all(score.by_hand and not score.waiting for score in tasks):
        by_rubric = sum(score.points for score in tasks)
        level = level_of(by_rubric, sum(score.out_of for score in tasks)).number
    lost = submission.late_penalty
    accepted = not (lost and settings.late.policy == "not accepted")
    out_of = sum(score.out_of for score in rules)
    verdict = settings.verdict(by_rule, out_of, level, accepted=accepted)
    return Grade(learner, verdict.outcome, at, by_rule, by_rubric, level, lost)


def _handed_in(folder: MarkingFolder, learner: str, assignment: str) -> datetime | None:
    try:
        raw = read_plain(folder.submitted / learner / assignment / TIMESTAMP, 100)
        return from_nbgrader(raw.decode("ascii", "replace"))
    except PlaceKitError:
        return None
