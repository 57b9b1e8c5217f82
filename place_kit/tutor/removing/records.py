"""Rows of tables, entries of records, and the gradebook with its copies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import backups, gradebook
from place_kit.tutor.desk.marking_folder import url_of
from place_kit.tutor.files import FULL, NoRoomError, NotPlainError, read_plain, write_whole
from place_kit.tutor.intake import tables
from place_kit.tutor.removing.target import Target

MAX_TABLE = 50_000_000


def erase_rows(path: Path, target: Target) -> bool:
    """Take a learner's rows out of a CSV file; the others stay as they are, byte for byte."""
    try:
        raw = read_plain(path, MAX_TABLE)
    except NotPlainError:
        return False  # too large to be a table of ours
    try:
        left = tables.without(raw, partial(_owns, target))
    except ValueError:
        return False  # no table of ours
    if left != raw:
        write_whole(path, left)
    return left != raw


def _owns(target: Target, cells: Sequence[str], headings: Sequence[str]) -> bool:
    says_assignment = any("assignment" in each.lower() for each in headings)
    return target.owns_row(cells, says_assignment=says_assignment)


def erase_entries(path: Path, target: Target) -> bool:
    """Take a learner's entries out of a JSON file of records."""
    try:
        held = json.loads(read_plain(path, MAX_TABLE))
    except (NotPlainError, ValueError, RecursionError):
        return False
    left = _without(held, target)
    if left != held:
        write_whole(path, json.dumps(left, ensure_ascii=False, indent=1).encode("utf-8"))
    return bool(left != held)


def erase_outputs(path: Path, target: Target) -> bool:
    """Empty a notebook's outputs where they name the learner; running it makes them anew."""
    try:
        raw = read_plain(path, MAX_TABLE)
        held = json.loads(raw)
        cells = [cell for cell in held["cells"] if "outputs" in cell]
    except (NotPlainError, ValueError, RecursionError, KeyError, TypeError):
        return False
    words = {
        form for word in (target.learner, target.name) for form in (word, json.dumps(word)[1:-1])
    }
    if not any(word.encode() in raw for word in words if word):
        return False
    for cell in cells:
        cell.update(outputs=[], execution_count=None)
    write_whole(path, (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    return True


def _without(held: Any, target: Target) -> Any:
    if isinstance(held, Mapping):
        if not target.assignment:
            held = {name: value for name, value in held.items() if name != target.learner}
        return {name: _without(value, target) for name, value in held.items()}
    if isinstance(held, list):
        return [_without(one, target) for one in held if not _is_theirs(one, target)]
    return held


def _is_theirs(entry: Any, target: Target) -> bool:
    if not isinstance(entry, Mapping):
        return bool(entry == target.learner and not target.assignment)
    values = [value for value in entry.values() if isinstance(value, str)]
    return target.learner in values and target.covers(
        target.learner, str(entry.get("assignment", ""))
    )


def erase_from_gradebook(database: Path, target: Target) -> None:
    """Take a learner out of a gradebook, and what was theirs out of its free pages."""
    from nbgrader.api import MissingEntry

    with gradebook.opened(url_of(database)) as book, suppress(MissingEntry):
        if target.assignment:
            book.remove_submission(target.assignment, target.learner)
        else:
            book.remove_student(target.learner)
    # Also where nothing was there to remove: a run may have been stopped just before this.
    try:
        with closing(sqlite3.connect(database, isolation_level=None, timeout=30)) as opened:
            opened.execute("PRAGMA temp_store = MEMORY")  # no copy of it elsewhere on the disk
            opened.execute("PRAGMA secure_delete = ON")
            opened.execute("VACUUM")
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        if "full" in str(error):
            raise NoRoomError(FULL) from error
        raise PlaceKitError(
            f"What was erased may still stand in free pages of {database} ({error}). Close "
            "JupyterLab and whatever else uses the gradebook, then run the same command again."
        ) from error


def erase_from_copies(folder: Path, target: Target) -> list[Path]:
    """Take a learner out of every copy of the gradebook; returns those too damaged to keep."""
    lost = []
    for copy in sorted(folder.rglob("*.db")):
        if backups.damage_of(copy, thoroughly=True):
            lost.append(copy)
        else:
            erase_from_gradebook(copy, target)
    for copy in lost:
        copy.unlink()
    for ending in backups.COMPANIONS:
        for beside in folder.rglob(f"*.db{ending}"):
            beside.unlink()
    return lost
