"""Team files from a folder, such as a shared drive: each taken, a duplicate, or refused.

Nothing is followed, unpacked or run. When a file was changed decides only which of two with
the same code is the later; it is neither kept nor shown.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from place_kit.answers.files import read_plain_file
from place_kit.problems import PlaceKitError
from place_kit.team import entry
from place_kit.team.entry import Entry, EntryError
from place_kit.team.session import Session

MOST_FILES: Final = 20_000
_JUNK: Final = {".ds_store", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file of the folder, and what became of it."""

    name: str
    outcome: Literal["taken", "duplicate", "refused"]
    reason: str = ""
    entry: Entry | None = None


def take(folder: Path, session: Session) -> tuple[Arrived, ...]:
    """Read every file of a folder, the oldest first; folders in it are left alone.

    Raises
    ------
    PlaceKitError
        If there is no such folder, or it holds more files than a session can have.
    """
    return tuple(_latest([_read(path, session) for path in _files(folder)]))


def entries(arrived: Iterable[Arrived]) -> Iterator[Entry]:
    """The entries to pool, in the order they arrived; later ones take an earlier one's place."""
    return (one.entry for one in arrived if one.entry is not None)


def _files(folder: Path) -> list[Path]:
    try:
        paths = [path for path in folder.iterdir() if not _is_junk(path.name)]
        aged = [(path.lstat(), path) for path in paths]
    except OSError as error:
        raise PlaceKitError(
            f"The folder {folder} cannot be read ({error.strerror}). Name the folder that holds "
            "the team files."
        ) from None
    files = [(info.st_mtime_ns, path) for info, path in aged if not stat.S_ISDIR(info.st_mode)]
    if len(files) > MOST_FILES:
        raise PlaceKitError(
            f"{folder} holds more than {MOST_FILES:,} files. Name a folder with team files only."
        )
    return [path for _, path in sorted(files)]


def _is_junk(name: str) -> bool:
    return name.lower() in _JUNK or name.startswith(("._", "~$"))


def _read(path: Path, session: Session) -> Arrived:
    if path.suffix.lower() != ".json":
        return Arrived(path.name, "refused", "a team file’s name ends in .json")
    try:
        raw = read_plain_file(path, entry.MAX_BYTES)
    except PlaceKitError:
        return Arrived(path.name, "refused", "it is a link or a device, or cannot be read")
    try:
        return Arrived(path.name, "taken", entry=entry.parse(raw or b"", session))
    except EntryError as reason:
        return Arrived(path.name, "refused", str(reason))


def _latest(arrived: list[Arrived]) -> Iterator[Arrived]:
    last = {(one.entry.code, one.entry.round): one for one in arrived if one.entry}
    for one in arrived:
        if one.entry and last[one.entry.code, one.entry.round] is not one:
            yield replace(
                one, outcome="duplicate", reason="a later file has the same code and round"
            )
        else:
            yield one
