"""Marking by rule: nbgrader's own autograde, one submission at a time, none stopping the rest."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import gradebook, nbgrader_run
from place_kit.tutor.desk.marking_folder import ANSWERS, TIMESTAMP, MarkingFolder
from place_kit.tutor.files import NotPlainError, read_plain
from place_kit.tutor.intake import guard, validated

Progress = Callable[[int, int, str], None]
"""Called with how many are done, of how many, and whose is next."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One submission marked by rule. `unanswered` tells what is missing from what is wrong."""

    learner: str
    assignment: str
    points: float
    out_of: float
    unanswered: int


@dataclass(frozen=True, slots=True)
class Failed:
    """One submission that could not be marked, and why."""

    learner: str
    assignment: str
    reason: str


@dataclass(slots=True)
class Run:
    """What a marking run did. `waiting` are scripts whose writing has no mark yet."""

    moved: tuple[guard.Moved, ...] = ()
    marked: list[Marked] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    unchanged: int = 0
    waiting: list[tuple[str, str]] = field(default_factory=list)


def run(folder: MarkingFolder, progress: Progress = lambda done, of, name: None) -> Run:
    """Mark every submission that is new, or other than what was marked.

    Marks given by hand are kept. A run that is stopped goes on where it was.
    """
    result = Run()
    with folder.locked():
        result.moved = guard.clear_submitted(folder)
        everything = submissions(folder)
        due = [one for one in everything if not is_marked(folder, *one)]
        result.unchanged = len(everything) - len(due)
        api: Any = nbgrader_run.api(nbgrader_run.config_of(folder)) if due else None
        for done, (learner, assignment) in enumerate(due):
            progress(done, len(due), learner)
            answer = _autograde(api, learner, assignment)
            if answer["success"]:
                result.marked.append(_outcome(folder, learner, assignment))
            else:
                _keep_log(folder, learner, assignment, answer)
                failed = Failed(learner, assignment, nbgrader_run.reason(answer))
                result.failed.append(failed)
        progress(len(due), len(due), "")
        waiting = gradebook.waiting(folder)
        result.waiting = [one for one in everything if one in waiting]
    return result


def submissions(folder: MarkingFolder) -> list[tuple[str, str]]:
    """Every submission there is, as learner and assignment."""
    known = folder.notebooks()
    return sorted(
        (path.parent.name, path.name)
        for path in folder.submitted.glob("*/*")
        if path.name in known and path.is_dir()
    )


def is_marked(folder: MarkingFolder, learner: str, assignment: str) -> bool:
    """Whether just these answers have been marked by rule."""
    sent = folder.submitted / learner / assignment
    done = folder.autograded / learner / assignment
    notebook = folder.notebooks()[assignment].name
    return (done / notebook).is_file() and all(
        _bytes(sent / name) == _bytes(done / name) for name in (ANSWERS, TIMESTAMP)
    )


def _autograde(api: Any, learner: str, assignment: str) -> dict[str, Any]:
    from sqlalchemy.exc import SAWarning

    with warnings.catch_warnings():
        # Of how nbgrader fills its tables; nothing a tutor could act on.
        warnings.simplefilter("ignore", SAWarning)
        answer: dict[str, Any] = api.autograde(assignment, learner, force=True, create=False)
    return answer


def _outcome(folder: MarkingFolder, learner: str, assignment: str) -> Marked:
    notebook = folder.notebooks()[assignment].stem
    held = gradebook.scores(folder.db_url, assignment, notebook, learner).values()
    by_rule = [score for score in held if not score.is_task]
    answers = validated.read(folder.submitted / learner / assignment / ANSWERS, assignment)
    return Marked(
        learner,
        assignment,
        sum(score.points for score in by_rule),
        sum(score.out_of for score in by_rule),
        validated.unanswered(answers),
    )


def _keep_log(folder: MarkingFolder, learner: str, assignment: str, answer: dict[str, str]) -> None:
    with Path(folder.root / "mark.log").open("a", encoding="utf-8", errors="replace") as log:
        log.write(f"--- {assignment} of {learner}\n{answer.get('log')}\n{answer.get('error')}\n")


def _bytes(path: Path) -> bytes | None:
    try:
        return read_plain(path, 2_000_000)
    except (NotPlainError, PlaceKitError):
        return None
