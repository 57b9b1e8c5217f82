"""The gradebook, through nbgrader's own door and no other."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import backups
from place_kit.tutor.desk.marking_folder import COURSE_ID, MarkingFolder
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.files import FULL, NoRoomError

_TOLD = ("first_name", "last_name", "email", "lms_user_id")
"""What the gradebook holds of a learner beside the id, in the order of `Learner`."""
_TASK = "TaskCell"


@dataclass(frozen=True, slots=True)
class Score:
    """What the gradebook holds for one cell of one submission."""

    cell: str
    is_task: bool
    points: float
    out_of: float
    by_hand: bool
    waiting: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """What the gradebook holds for one submission: its scores by the cell's name.

    The scores come without their comments, which are not read here.
    """

    late_penalty: float
    scores: dict[str, Score] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """All the marks of one assignment, by learner, and what there is to earn in it."""

    by_rule: float
    by_rubric: float
    submissions: dict[str, Submission]


def find_own_tools() -> None:
    """Put this environment's commands on the path: nbgrader calls ``alembic`` by its name.

    Without it, a command started by its full path would leave a gradebook half made.
    """
    own = str(Path(sys.executable).parent)
    if own not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join(filter(None, (own, os.environ.get("PATH"))))


@contextmanager
def opened(db_url: str) -> Iterator[Any]:
    """Open nbgrader's `Gradebook`.

    Raises
    ------
    PlaceKitError
        If the database is damaged or cannot be used.
    """
    from nbgrader.api import Gradebook

    find_own_tools()
    with plain_words(db_url), Gradebook(db_url, COURSE_ID) as gradebook:
        yield gradebook


@contextmanager
def plain_words(db_url: str) -> Iterator[None]:
    """Refuse a damaged database, and turn what one complains of into a sentence for the tutor."""
    from nbgrader.api import InvalidEntry
    from sqlalchemy.exc import DatabaseError

    database = _file_of(db_url)
    if database:
        backups.refuse_damage(database)
    try:
        yield
    except (DatabaseError, InvalidEntry) as error:
        # Some of nbgrader's functions put what the database says into an error of their own.
        cause = error if isinstance(error, DatabaseError) else error.__context__
        if not isinstance(cause, DatabaseError):
            raise
        reason = str(cause.orig)
        if "disk is full" in reason:
            raise NoRoomError(FULL) from error
        if "database is locked" in reason:
            raise PlaceKitError(
                "The gradebook is in use: another program has been writing to it for some seconds. "
                "Wait until it has ended, then run the same command again."
            ) from error
        if database:
            raise PlaceKitError(backups.what_to_do(database, reason)) from error
        raise PlaceKitError(f"The gradebook {db_url} cannot be used: {reason}.") from error


def _file_of(db_url: str) -> Path | None:
    """The file of a gradebook; None for one that ``own_config.py`` keeps on a server."""
    file = db_url.removeprefix("sqlite:///")
    return Path(file.replace("%25", "%")) if file != db_url else None


def roster(folder: MarkingFolder) -> dict[str, Learner]:
    """Everybody in the gradebook, by id, sorted by id."""
    with opened(folder.db_url) as gradebook:
        return roster_in(gradebook)


def roster_in(gradebook: Any) -> dict[str, Learner]:
    """Everybody in an open gradebook, by id, sorted by id."""
    people = [
        Learner(one.id, *(getattr(one, field) or "" for field in _TOLD))
        for one in gradebook.students
    ]
    return {one.id: one for one in sorted(people, key=lambda one: one.id)}


def enrol(folder: MarkingFolder, learners: Iterable[Learner]) -> None:
    """Add learners, or correct what is told of them. Nobody is removed, and no mark changes.

    What a roster does not say stays as it was.
    """
    before = roster(folder)
    with opened(folder.db_url) as gradebook:
        for one in learners:
            said = {field: text for field in _TOLD if (text := getattr(one, field))}
            if one.id in before and one.name == before[one.id].name:
                # The same name in one piece must not undo what is known of its parts.
                said = {field: text for field, text in said.items() if "name" not in field}
            elif "last_name" in said:
                said["first_name"] = one.first_name
            gradebook.update_or_create_student(one.id, **said)


def assignments(folder: MarkingFolder) -> set[str]:
    """Every assignment there was, withdrawn ones too."""
    with opened(folder.db_url) as gradebook:
        return {one.name for one in gradebook.assignments}


def has_submissions(folder: MarkingFolder, assignment: str) -> bool:
    """Whether anything of this assignment has been marked."""
    from nbgrader.api import MissingEntry

    with opened(folder.db_url) as gradebook:
        try:
            return bool(gradebook.find_assignment(assignment).submissions)
        except MissingEntry:
            return False


def scores(db_url: str, assignment: str, notebook: str, learner: str) -> dict[str, Score]:
    """The marks of one submission, by the cell's name; empty if it was never marked."""
    with opened(db_url) as gradebook:
        return scores_in(gradebook, assignment, notebook, learner).get(learner, {})


def scores_in(
    gradebook: Any, assignment: str, notebook: str, learner: str = ""
) -> dict[str, dict[str, Score]]:
    """The marks of every submission of an assignment, or of one learner's, in one reading.

    Returns
    -------
    dict
        By the learner's id, then by the cell's name.
    """
    from nbgrader import api

    same_place = (api.Comment.cell_id == api.Grade.cell_id) & (
        api.Comment.notebook_id == api.Grade.notebook_id
    )
    rows = (
        gradebook.db.query(
            api.SubmittedAssignment.student_id,
            api.BaseCell.name,
            api.BaseCell.type,
            api.Grade.score,
            api.Grade.max_score,
            api.Grade.manual_score,
            api.Grade.needs_manual_grade,
            api.Comment.comment,
        )
        .select_from(api.Grade)
        .join(api.BaseCell, api.BaseCell.id == api.Grade.cell_id)
        .join(api.SubmittedNotebook, api.SubmittedNotebook.id == api.Grade.notebook_id)
        .join(api.Notebook, api.Notebook.id == api.SubmittedNotebook.notebook_id)
        .join(
            api.SubmittedAssignment,
            api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id,
        )
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        .outerjoin(api.Comment, same_place)
        .filter(api.Assignment.name == assignment, api.Notebook.name == notebook)
    )
    if learner:
        rows = rows.filter(api.SubmittedAssignment.student_id == learner)
    found: dict[str, dict[str, Score]] = {}
    for one, name, kind, points, out_of, by_hand, waiting, comment in rows:
        found.setdefault(one, {})[name] = Score(
            name,
            kind == _TASK,
            points or 0.0,
            out_of,
            by_hand is not None,
            bool(waiting),
            comment or "",
        )
    return found


def penalties_in(gradebook: Any, assignment: str, notebook: str) -> dict[str, float]:
    """What late work of an assignment loses, in points, by the learner's id."""
    from nbgrader import api

    rows = (
        gradebook.db.query(
            api.SubmittedAssignment.student_id, api.SubmittedNotebook.late_submission_penalty
        )
        .select_from(api.SubmittedNotebook)
        .join(
            api.SubmittedAssignment,
            api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id,
        )
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        .join(api.Notebook, api.Notebook.id == api.SubmittedNotebook.notebook_id)
        .filter(api.Assignment.name == assignment, api.Notebook.name == notebook)
    )
    return {learner: lost for learner, lost in rows if lost}


def submitted(folder: MarkingFolder, assignment: str) -> set[str]:
    """Whose submissions of an assignment the gradebook holds."""
    with opened(folder.db_url) as gradebook:
        return {one.student_id for one in gradebook.assignment_submissions(assignment)}


def book(folder: MarkingFolder, assignment: str) -> Book:
    """Read all the marks of an assignment at once, however many learners there are.

    `scores` asks for one submission; for two thousand that would take minutes.
    """
    from nbgrader.api import Assignment, Grade, MissingEntry, SubmittedAssignment, SubmittedNotebook

    with opened(folder.db_url) as gradebook:
        try:
            notebooks = gradebook.find_assignment(assignment).notebooks
        except MissingEntry:
            return Book(0.0, 0.0, {})
        tasks = {cell.id: cell for notebook in notebooks for cell in notebook.task_cells}
        cells = tasks | {cell.id: cell for notebook in notebooks for cell in notebook.grade_cells}
        rows = (
            gradebook.db.query(
                SubmittedAssignment.student_id,
                SubmittedNotebook.late_submission_penalty,
                Grade.cell_id,
                Grade.score,
                Grade.manual_score,
                Grade.needs_manual_grade,
            )
            .select_from(SubmittedAssignment)
            .join(Assignment)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .filter(Assignment.name == assignment)
        )
        found: dict[str, Submission] = {}
        for learner, penalty, cell_id, score, by_hand, waits in rows:
            submission = found.setdefault(learner, Submission(penalty or 0.0))
            cell = cells[cell_id]
            submission.scores[cell.name] = Score(
                cell.name,
                cell_id in tasks,
                score or 0.0,
                cell.max_score,
                by_hand is not None,
                bool(waits),
            )
        worth = {id: cell.max_score for id, cell in cells.items()}
    by_rubric = sum(points for id, points in worth.items() if id in tasks)
    return Book(sum(worth.values()) - by_rubric, by_rubric, found)


def waiting(folder: MarkingFolder) -> set[tuple[str, str]]:
    """Which submissions have a mark to be given by hand, as learner and assignment."""
    with opened(folder.db_url) as gradebook:
        return {
            (row["student"], assignment)
            for assignment in folder.notebooks()
            for row in gradebook.submission_dicts(assignment)
            if row["needs_manual_grade"]
        }


def arrivals(folder: MarkingFolder) -> list[tuple[str, str, datetime | None]]:
    """Learner, assignment and time of arrival of every submission that was marked."""
    with opened(folder.db_url) as gradebook:
        return [
            (one.student.id, assignment.name, one.timestamp and one.timestamp.replace(tzinfo=UTC))
            for assignment in gradebook.assignments
            for one in assignment.submissions
        ]


def marked_by_hand(folder: MarkingFolder, assignment: str) -> dict[tuple[str, str], Score]:
    """The marks of an assignment that a tutor has given to tasks, by learner and cell."""
    return {
        (learner, score.cell): score
        for learner, submission in book(folder, assignment).submissions.items()
        for score in submission.scores.values()
        if score.is_task and score.by_hand
    }


def give_mark(
    folder: MarkingFolder, assignment: str, learner: str, cell: str, points: float
) -> None:
    """Give a task its points, as formgrader does when a tutor types them."""
    notebook = folder.notebooks()[assignment].stem
    with opened(folder.db_url) as gradebook:
        grade = gradebook.find_grade(cell, notebook, assignment, learner)
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()


def look_again(folder: MarkingFolder, assignment: str, learner: str) -> bool:
    """Ask for the marks given by hand to be looked at again, because the text is a new one.

    nbgrader itself never touches them: a mark for an old reflection would stand for a new one.
    """
    from nbgrader.api import MissingEntry

    asked = False
    with opened(folder.db_url) as gradebook:
        try:
            submission = gradebook.find_submission(assignment, learner)
        except MissingEntry:
            return False
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                if _is_task(grade) and grade.manual_score is not None:
                    grade.needs_manual_grade = asked = True
        gradebook.db.commit()
    return asked


def _is_task(grade: Any) -> bool:
    return bool(grade.cell.type == _TASK)
