"""Deadlines, extensions and what late work loses, in nbgrader's own columns.

nbgrader works out a penalty while it marks by rule, when the points of the reflection are not
there yet. `apply_penalties` does it again from what stands in the gradebook, with the same
plugin: after a tutor's mark, after an extension, and before feedback and exports.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry, SubmittedNotebook
from nbgrader.plugins.latesubmission import LateSubmissionPlugin

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import extensions, gradebook, nbgrader_run, settings
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.desk.settings import LEVEL_SHARES, Settings
from place_kit.tutor.words import clean

PLUGIN = "place_kit.tutor.desk.late.LatePolicy"
_DAY = 24 * 60 * 60


class LatePolicy(LateSubmissionPlugin):  # type: ignore[misc]
    """nbgrader's late policy, as ``place-kit.toml`` has it. ``own_config.py`` may name another."""

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """What a late notebook loses; None for nothing. `nbgrader` calls this."""
        folder = MarkingFolder(Path(self.config.CourseDirectory.root))
        step = self.parent
        notebook = step.gradebook.find_notebook(step.notebook_id, step.assignment_id)
        return penalty(settings.read(folder), score, total_seconds_late, worth_of(notebook))


@dataclass(frozen=True, slots=True)
class Worth:
    """What a notebook is worth: the points by rule, and those by the rubric."""

    by_rule: float
    by_rubric: float


def worth_of(notebook: Any) -> Worth:
    """What a notebook of the gradebook is worth."""
    by_rubric = (notebook.max_task_score or 0.0) + (notebook.max_written_score or 0.0)
    return Worth(notebook.max_score - by_rubric, by_rubric)


def penalty(told: Settings, score: float, seconds_late: float, worth: Worth) -> float | None:
    """What late work loses.

    Parameters
    ----------
    told
        The folder's settings.
    score
        What it has earned, before anything is taken off.
    seconds_late
        After the deadline, extension included.
    worth
        What could be earned: from it follow the points that a pass needs.

    Returns
    -------
    float or None
        The points to take off, never more than there are; None for nothing.
    """
    late = told.late
    seconds = seconds_late - 60 * late.grace_minutes
    if seconds <= 0 or late.policy == "none":
        return None
    if late.policy == "not accepted":
        lost = score
    elif late.policy == "capped":
        passing = told.passing
        needed = passing.by_rule * worth.by_rule + LEVEL_SHARES[passing.level] * worth.by_rubric
        lost = score - needed
    else:
        # The grace forgives minutes; whoever comes later than that is late from the deadline on.
        lost = late.points_per_day * math.ceil(seconds_late / _DAY)
    return max(0.0, min(lost, score)) or None


def apply_deadlines(folder: MarkingFolder) -> None:
    """Write deadlines and extensions into the gradebook; what is there already is left alone.

    An assignment without a deadline in the settings keeps the one it has.
    """
    told, granted = settings.read(folder), extensions.granted(folder)
    if not told.deadlines and not granted:
        return
    with gradebook.opened(folder.db_url) as book:
        for assignment in book.assignments:
            if assignment.name in told.deadlines:
                due = _naive(told.deadlines[assignment.name])
                if assignment.duedate != due:
                    assignment.duedate = due
        book.db.commit()
        for (learner, name), until in granted.items():
            _extend(folder, book, learner, name, until)
        book.db.commit()


def _extend(folder: MarkingFolder, book: Any, learner: str, name: str, until: datetime) -> None:
    try:
        submission = book.find_submission(name, learner)
    except MissingEntry:
        # Made a moment before nbgrader would make it: its first marking has to know.
        if not (folder.submitted / learner / name).is_dir():
            return
        try:
            with book.db.no_autoflush:  # nbgrader adds the rows bit by bit
                submission = book.add_submission(name, learner)
        except MissingEntry:
            return  # not on the roster any more, or no such assignment
    due = submission.assignment.duedate
    # nbgrader cannot add an extension to no deadline.
    more = _naive(until) - due if due else None
    wanted = more if more and more > timedelta(0) else None
    if submission.extension != wanted:
        submission.extension = wanted


def apply_penalties(folder: MarkingFolder) -> tuple[tuple[str, str], ...]:
    """Work out anew what late work loses, from the marks as they are now.

    Returns
    -------
    tuple
        Whose penalty changed, as learner and assignment. Empty where ``own_config.py`` names a
        policy of its own: that one is left to nbgrader.
    """
    if not _is_ours(folder):
        return ()
    told, changed = settings.read(folder), []
    with gradebook.opened(folder.db_url) as book:
        for notebook, seconds in _late(book):
            lost = None
            if seconds > 0:
                worth = worth_of(notebook.notebook)
                lost = penalty(told, notebook.score, seconds, worth)
            if notebook.late_submission_penalty != lost:
                notebook.late_submission_penalty = lost
                changed.append((notebook.student.id, notebook.assignment.name))
        book.db.commit()
    return tuple(changed)


def _late(book: Any) -> Iterator[tuple[Any, float]]:
    """Each notebook that came late, or has a penalty, and by how many seconds it is late."""
    has_penalty = SubmittedNotebook.late_submission_penalty.isnot(None)
    have = {one.assignment_id for one in book.db.query(SubmittedNotebook).filter(has_penalty)}
    for assignment in book.assignments:
        for submission in assignment.submissions:
            seconds = submission.total_seconds_late if assignment.duedate else 0
            if seconds > 0 or submission.id in have:
                for notebook in submission.notebooks:
                    yield notebook, seconds


def _is_ours(folder: MarkingFolder) -> bool:
    named = nbgrader_run.config_of(folder).AssignLatePenalties.get("plugin_class", "")
    return named == PLUGIN or named is LatePolicy


def deadline(folder: MarkingFolder, assignment: str) -> datetime | None:
    """The deadline of an assignment, as the gradebook has it."""
    with gradebook.opened(folder.db_url) as book:
        due: datetime | None = book.find_assignment(assignment).duedate
    return due.replace(tzinfo=UTC) if due else None


def grant(
    folder: MarkingFolder,
    learner: str,
    assignment: str,
    *,
    until: datetime | None = None,
    days: int = 0,
) -> datetime:
    """Give one learner more time, before or after they hand in; returns until when.

    Parameters
    ----------
    until
        When it ends; see `Settings.moment`.
    days
        Or how many days after the deadline, at the same time of day.

    Raises
    ------
    PlaceKitError
        If there is no such learner, assignment or deadline, or it would not be more time.
    """
    _known(folder, learner, assignment)
    apply_deadlines(folder)
    due = deadline(folder, assignment)
    if due is None:
        raise PlaceKitError(
            f"{assignment} has no deadline, so there is nothing to extend. Write one into "
            "place-kit.toml, under [deadlines], first."
        )
    told = settings.read(folder)
    if until is None:
        until = told.moment(due.astimezone(told.zone).replace(tzinfo=None) + timedelta(days))
    if until <= due:
        raise PlaceKitError(
            f"{told.say_time(until)} is not after the deadline of {assignment}, which is "
            f"{told.say_time(due)}. Name a later time."
        )
    extensions.write(folder, {**extensions.granted(folder), (learner, assignment): until})
    apply_deadlines(folder)
    apply_penalties(folder)
    return until


def take_back(folder: MarkingFolder, learner: str, assignment: str) -> None:
    """End an extension: the deadline is everybody's again.

    Raises
    ------
    PlaceKitError
        If there is none.
    """
    record = dict(extensions.granted(folder))
    if (learner, assignment) not in record:
        raise PlaceKitError(
            f"{clean(learner)} has no extension for {clean(assignment)}. "
            "'place-kit status' lists those there are."
        )
    # Nothing handed in yet, nothing in the gradebook.
    with suppress(MissingEntry), gradebook.opened(folder.db_url) as book:
        book.grant_extension(assignment, learner)  # no time given: nbgrader takes it away
    del record[learner, assignment]
    extensions.write(folder, record)
    apply_penalties(folder)


def _known(folder: MarkingFolder, learner: str, assignment: str) -> None:
    if assignment not in folder.notebooks():
        known = ", ".join(folder.notebooks()) or "none"
        raise PlaceKitError(f"There is no assignment {clean(assignment)} here. There is: {known}.")
    if learner not in gradebook.roster(folder):
        raise PlaceKitError(
            f"{clean(learner)} is not on the roster. 'place-kit status' lists everybody's id."
        )


def _naive(moment: datetime | None) -> datetime | None:
    """UTC without saying so, as nbgrader keeps times."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None
