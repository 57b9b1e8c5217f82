"""Plain files only: read without following links, write whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from place_kit.answers.files import NotAPlainFileError, is_link, plain_bytes, put_whole
from place_kit.problems import PlaceKitError

__all__ = [
    "FULL",
    "NoRoomError",
    "NotPlainError",
    "is_link",
    "is_unfinished",
    "move_aside",
    "plain_words",
    "read_plain",
    "same_bytes",
    "write_folder",
    "write_whole",
]

_UNFINISHED = ".write-"
FULL = (
    "The disk is full. What was written before is whole. "
    "Make some room, then run the same command again."
)


class NoRoomError(PlaceKitError):
    """The disk is full: there is no sense in going on."""


class NotPlainError(PlaceKitError):
    """A file that is left closed: a link, a device, too large, or not readable."""


def read_plain(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes.

    The limit holds for what is really read, not for what a file says of itself.

    Raises
    ------
    NotPlainError
        With the reason, as the end of the sentence "it was refused: …".
    """
    try:
        raw = plain_bytes(path, limit + 1)
    except NotAPlainFileError as error:
        if error.errno == errno.ELOOP:
            raise NotPlainError("it is a link, and links are never followed") from None
        raise NotPlainError("it is not a plain file") from None
    except OSError as error:
        raise NotPlainError(f"it cannot be read ({error.strerror})") from None
    if len(raw) > limit:
        raise NotPlainError(f"it is larger than {limit:,} bytes")
    return raw


def same_bytes(path: Path, raw: bytes) -> bool:
    """Whether a plain file holds exactly these bytes."""
    try:
        return read_plain(path, len(raw)) == raw
    except NotPlainError:
        return False


def is_unfinished(path: Path) -> bool:
    """Whether a file is what `write_whole` leaves where the machine stops in the midst of it."""
    return path.name.startswith(_UNFINISHED) and not is_link(path) and path.is_file()


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn what a disk complains of into a sentence for the tutor."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise NoRoomError(FULL) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise PlaceKitError(
                f"{path} does not allow changes. Check who owns the folder, or whether the disk "
                "is read-only, then run the same command again."
            ) from error
        raise PlaceKitError(
            f"{path} could not be written ({error.strerror or type(error).__name__}). "
            "What was written before is whole. Run the same command again."
        ) from error


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one, never a half."""
    with plain_words(path):
        put_whole(path, raw, prefix=_UNFINISHED)


def write_folder(folder: Path, contents: Mapping[str, bytes], workshop: Path) -> None:
    """Put a new folder of files in place in one step, built first in `workshop`."""
    with plain_words(folder):
        workshop.mkdir(parents=True, exist_ok=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        built = Path(tempfile.mkdtemp(dir=workshop))
        try:
            for name, raw in contents.items():
                write_whole(built / name, raw)
            built.chmod(0o755)
            built.rename(folder)
        except BaseException:
            shutil.rmtree(built, ignore_errors=True)
            raise


def move_aside(path: Path, to: Path) -> Path:
    """Move a file, link or folder as it is, never following it; returns where it is now."""
    with plain_words(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        free, turn = to, 1
        while os.path.lexists(free):
            turn += 1
            free = to.with_name(f"{to.name}-{turn}")
        path.rename(free)
    return free
