"""Copies of the gradebook, one before each marking run, and how damage to it is seen.

nbgrader makes anew whatever table it misses, and a whole gradebook where there is none. So
damage is looked for before nbgrader opens one: afterwards it would be an empty gradebook.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.files import FULL, NoRoomError, plain_words, same_bytes

KEPT = 10
_NAME = "gradebook-"
COMPANIONS = ("-journal", "-wal", "-shm")
"""What SQLite may leave beside a database: it belongs to that one, and to no other."""


def folder_of(folder: MarkingFolder) -> Path:
    """Where backups are."""
    return folder.root / "backups"


def make(folder: MarkingFolder) -> Path | None:
    """Copy the gradebook as it is at one moment, and keep the last ten copies.

    Returns
    -------
    Path or None
        The copy; the one before if nothing has changed since; None in a folder so new that it
        has no gradebook.

    Raises
    ------
    PlaceKitError
        If the gradebook is damaged: no whole copy is then given up for a damaged one.
    """
    refuse_damage(folder.gradebook, thoroughly=True)
    if not folder.gradebook.exists():
        return None
    before = listed(folder)
    new = folder_of(folder) / f"{_NAME}{_stamp()}.db"
    copy(folder.gradebook, new)
    if before and before[0] != new and same_bytes(before[0], new.read_bytes()):
        new.unlink()
        return before[0]
    for old in listed(folder)[KEPT:]:
        old.unlink()
    return new


def copy(database: Path, to: Path) -> None:
    """Copy a database while others may be writing to it."""
    with plain_words(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        half = to.with_name(f".write-{to.name}")
        try:
            with closing(_connect(database)) as source, closing(sqlite3.connect(half)) as target:
                source.backup(target)
            with half.open("rb+") as file:
                os.fsync(file.fileno())
            half.replace(to)
        except sqlite3.Error as error:
            if "full" in str(error):
                raise NoRoomError(FULL) from error
            raise PlaceKitError(
                f"{database} could not be copied to {to} ({error}). Nothing was changed. "
                "Close what else uses it, then run the same command again."
            ) from error
        finally:
            half.unlink(missing_ok=True)


def listed(folder: MarkingFolder) -> list[Path]:
    """The copies there are, the newest first."""
    return sorted(folder_of(folder).glob(f"{_NAME}*.db"), reverse=True)


def damage_of(database: Path, *, thoroughly: bool = False) -> str:
    """What is wrong with a gradebook, as the end of "it cannot be used: …"; empty if nothing.

    Parameters
    ----------
    database
        Its file. One that is not there is damaged if the folder had one.
    thoroughly
        Whether to read every page, too. It takes a second for some thousand submissions.
    """
    from nbgrader.api import Base

    if not database.exists():
        had_one = any(database.parent.glob("exercises/*/*.ipynb"))
        return "it is not there" if had_one else ""
    try:
        with closing(_connect(database)) as opened:
            rows = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            lost = set(Base.metadata.tables) - {name for (name,) in rows}
            if lost:
                return f"it has lost its table {min(lost)}"
            if thoroughly:
                (said,) = opened.execute("PRAGMA quick_check(1)").fetchone()
                return "" if said == "ok" else f"{said}".strip()
    except sqlite3.DatabaseError as error:
        busy = isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
        return "" if busy else str(error)
    return ""


def refuse_damage(database: Path, *, thoroughly: bool = False) -> None:
    """Stop before anything is done with a damaged gradebook.

    Raises
    ------
    PlaceKitError
        With what happened, and which backup can be put back.
    """
    damage = damage_of(database, thoroughly=thoroughly)
    if damage:
        raise PlaceKitError(what_to_do(database, damage))


def what_to_do(database: Path, damage: str) -> str:
    """Say what happened to a gradebook, and what to do."""
    folder = MarkingFolder(database.parent)
    start = f"The gradebook {database} cannot be used: {damage}. "
    safe = "What learners handed in is not in it, and is safe."
    copies = listed(folder)
    if copies:
        return (
            f"{start}Run 'place-kit restore' on {database.parent}: it puts the backup "
            f"{copies[0].name} back, and keeps the damaged file. {safe}"
        )
    return (
        f"{start}There is no backup. Move gradebook.db, exercises/ and autograded/ out of "
        f"{database.parent}, run 'place-kit tutor' on it with --roster, then 'place-kit mark': "
        f"marks by rule come back; those given by hand have to be given again. {safe}"
    )


def _stamp() -> str:
    """The time to the microsecond: a copy must not write over one made in the same second."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%fZ}"


def _connect(database: Path) -> sqlite3.Connection:
    # Not read-only: what a stopped run left half done has to be put right first.
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True, timeout=30)
