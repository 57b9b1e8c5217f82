"""A marking run: what is new is marked by rule, one submission never stopping the rest."""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import backups, gradebook, late, nbgrader_run, stopped
from place_kit.tutor.desk.marking_folder import ANSWERS, TIMESTAMP, MarkingFolder
from place_kit.tutor.files import NoRoomError, NotPlainError, read_plain
from place_kit.tutor.intake import guard
from place_kit.tutor.words import clean

if TYPE_CHECKING:
    from pathlib import Path

    from place_kit.tutor.marking.engine import Engine, Marked
    from place_kit.tutor.marking.one_session import OneSession

Progress = Callable[[int, int], None]
"""Called with how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Failed:
    """One submission that could not be marked, and why."""

    learner: str
    assignment: str
    reason: str


@dataclass(slots=True)
class Run:
    """What a marking run did.

    `waiting` are scripts whose writing has no mark yet, `stopped` those that a tutor has taken
    out of marking.
    """

    moved: tuple[guard.Moved, ...] = ()
    marked: list[Marked] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    unchanged: int = 0
    waiting: list[tuple[str, str]] = field(default_factory=list)
    stopped: list[tuple[str, str]] = field(default_factory=list)


def run(folder: MarkingFolder, progress: Progress = lambda done, of: None) -> Run:
    """Mark every submission that is new, or other than what was marked.

    The gradebook is backed up first. Marks given by hand are kept. A run that is stopped goes
    on where it was.

    Raises
    ------
    PlaceKitError
        If the folder is in use, its gradebook is damaged, or the disk is full.
    """
    result = Run()
    with folder.locked():
        result.moved = guard.clear_submitted(folder)
        held, there_are = stopped.stopped(folder), submissions(folder)
        result.stopped = [one for one in there_are if one in held]
        everything = [one for one in there_are if one not in held]
        done = marked(folder)
        due = [one for one in everything if one not in done]
        result.unchanged = len(everything) - len(due)
        if due:
            backups.make(folder)
            late.apply_deadlines(folder)
            _mark(folder, due, result, progress)
        progress(len(due), len(due))
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


def marked(folder: MarkingFolder) -> set[tuple[str, str]]:
    """The submissions that are marked by rule just as they are now."""
    notebooks = folder.notebooks()
    held = {name: gradebook.submitted(folder, name) for name in notebooks}
    return {
        (learner, assignment)
        for learner, assignment in submissions(folder)
        if learner in held[assignment]
        and _is_copy(
            folder.autograded / learner / assignment,
            folder.submitted / learner / assignment,
            notebooks[assignment].name,
        )
    }


def _is_copy(done: Path, sent: Path, notebook: str) -> bool:
    return (done / notebook).is_file() and all(
        _bytes(done / name) == _bytes(sent / name) for name in (ANSWERS, TIMESTAMP)
    )


def _bytes(path: Path) -> bytes | None:
    try:
        return read_plain(path, 2_000_000)
    except NotPlainError:
        return None


def _mark(
    folder: MarkingFolder, due: Sequence[tuple[str, str]], result: Run, progress: Progress
) -> None:
    from place_kit.tutor.marking.engine import Engine

    config = nbgrader_run.config_of(folder)
    with _open(folder) as book:
        for assignment, group in groupby(sorted(due, key=itemgetter(1, 0)), itemgetter(1)):
            engine = Engine(folder, config, assignment, book)
            for learner, _ in group:
                progress(len(result.marked) + len(result.failed), len(due))
                outcome = _one(engine, learner)
                if isinstance(outcome, Failed):
                    result.failed.append(outcome)
                else:
                    result.marked.append(outcome)


@contextmanager
def _open(folder: MarkingFolder) -> Iterator[OneSession]:
    from sqlalchemy.exc import SAWarning

    from place_kit.tutor.marking.one_session import OneSession

    gradebook.find_own_tools()
    with gradebook.plain_words(folder.db_url), warnings.catch_warnings():
        # Of how nbgrader fills its tables; nothing a tutor could act on.
        warnings.simplefilter("ignore", SAWarning)
        with OneSession(folder.db_url) as book:
            yield book


def _one(engine: Engine, learner: str) -> Marked | Failed:
    """Mark one submission; what is wrong with it alone is told, and the next is marked."""
    from sqlalchemy.exc import DatabaseError

    try:
        return engine.mark(learner)
    except (NoRoomError, DatabaseError):
        raise  # the next one would fare no better
    except PlaceKitError as error:
        reason = str(error)
    except Exception as error:
        with (engine.folder.root / "mark.log").open("a", encoding="utf-8", errors="replace") as log:
            log.write(f"--- {engine.assignment} of {learner}\n{traceback.format_exc()}\n")
        reason = f"{type(error).__name__}: {error}"
    return Failed(learner, engine.assignment, clean(reason, 300).rstrip("."))
