"""Submissions whose marking a tutor has stopped, because one discloses harm.

What happens then follows the organisation's safeguarding procedure, and never goes through
feedback. The record says who stopped what, and when. It holds no word of the work.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from place_kit.answers import store
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.files import NotPlainError, read_plain, write_whole
from place_kit.tutor.words import clean

RECORD = "stopped.json"
_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Stopped:
    """A submission that is not marked: whose, who stopped it, and when.

    `note` says where the case is kept, such as its number. It never quotes the work.
    """

    learner: str
    assignment: str
    by: str
    at: str
    note: str = ""


def stop(
    folder: MarkingFolder, learner: str, assignment: str, *, by: str, note: str = ""
) -> Stopped:
    """Stop the marking of a submission, and take away feedback that is written already.

    Raises
    ------
    PlaceKitError
        If there is no such submission.
    """
    # A name alone: one with a slash would be a path, and what it leads to would be deleted.
    known = {path.name for path in folder.submitted.iterdir()}
    if (
        learner not in known
        or assignment not in folder.notebooks()
        or not (folder.submitted / learner / assignment).is_dir()
    ):
        raise PlaceKitError(
            f"There is no submission of {clean(assignment)} by {clean(learner)} here. "
            "'place-kit status' lists what there is."
        )
    record = dict(stopped(folder))
    one = Stopped(learner, assignment, clean(by), store.now(), clean(note, 200))
    # A second run must not change who stopped it first.
    record.setdefault((learner, assignment), one)
    _write(folder, record)
    shutil.rmtree(folder.feedback / learner / assignment, ignore_errors=True)
    # What was put together to be sent may hold it: it is put together anew.
    shutil.rmtree(folder.returns, ignore_errors=True)
    return record[learner, assignment]


def resume(folder: MarkingFolder, learner: str, assignment: str) -> Stopped:
    """Let a submission be marked again; returns what had been noted.

    Raises
    ------
    PlaceKitError
        If it was not stopped.
    """
    record = dict(stopped(folder))
    one = record.pop((learner, assignment), None)
    if one is None:
        raise PlaceKitError(
            f"The marking of {clean(assignment)} by {clean(learner)} is not stopped."
        )
    _write(folder, record)
    return one


def is_stopped(folder: MarkingFolder, learner: str, assignment: str) -> bool:
    """Whether this submission is left out of marking, feedback and exports."""
    return (learner, assignment) in stopped(folder)


def stopped(folder: MarkingFolder) -> Mapping[tuple[str, str], Stopped]:
    """Every submission that is stopped, by learner and assignment.

    Raises
    ------
    PlaceKitError
        If the record cannot be read: nothing may then be marked.
    """
    path = folder.root / RECORD
    if not path.exists() and not path.is_symlink():
        return {}
    try:
        entries: list[Any] = json.loads(read_plain(path, _LIMIT))
        found = [Stopped(**{name: str(text) for name, text in one.items()}) for one in entries]
    except (NotPlainError, ValueError, TypeError, AttributeError) as error:
        raise PlaceKitError(
            f"{path} says whose marking is stopped, and it cannot be read ({error}). Nothing is "
            "marked or sent before that is clear: correct the file, or move it away and stop "
            "those submissions again."
        ) from None
    return {(one.learner, one.assignment): one for one in found}


def _write(folder: MarkingFolder, record: Mapping[tuple[str, str], Stopped]) -> None:
    entries = [asdict(one) for _, one in sorted(record.items())]
    write_whole(folder.root / RECORD, json.dumps(entries, ensure_ascii=False, indent=1).encode())
