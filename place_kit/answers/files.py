"""Plain files: read without following a link, written whole, and words for what goes wrong."""

from __future__ import annotations

import errno
import json
import os
import stat
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from place_kit.facts import edition
from place_kit.problems import PlaceKitError

HOME = ".place-kit"
"""The folder that marks a learner's folder and keeps what belongs to no module."""

BUSY = (
    "Another window of the course has been busy with these answers for ten seconds. Close the "
    "other window, then change your answer once more."
)


class AnswerFileError(PlaceKitError):
    """An answer file that cannot be used as it is."""


def home_of(folder: Path) -> Path | None:
    """The learner's folder around `folder`, if there is one."""
    for place in (folder, *folder.parents):
        if (place / HOME).is_dir():
            return place
    return None


class NotAPlainFileError(OSError):
    """A link, a folder or a device: not opened, or not read. A link says `errno.ELOOP`."""


def is_link(path: Path) -> bool:
    """Whether a path leads elsewhere: a symbolic link, or a junction on Windows."""
    return path.is_symlink() or bool(getattr(path, "is_junction", bool)())


def plain_bytes(path: Path, most: int) -> bytes:
    """Up to `most` bytes of a regular file, whatever it says of its own size.

    Raises
    ------
    OSError
        There is none, it cannot be read, or (`NotAPlainFileError`) it is another kind of thing.
    """
    link = NotAPlainFileError(errno.ELOOP, "a link is never followed", str(path))
    # O_NOFOLLOW is not there on Windows, where making a link takes special rights.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    # Only where the system cannot say it: in the browser every look at a path takes a while.
    if not hasattr(os, "O_NOFOLLOW") and is_link(path):
        raise link
    try:
        handle = os.open(path, flags)
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise link from None
        if path.is_dir():  # Windows does not open one
            raise NotAPlainFileError(errno.EISDIR, "not a plain file", str(path)) from None
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotAPlainFileError(errno.EISDIR, "not a plain file", str(path))
    with os.fdopen(handle, "rb") as file:
        return file.read(most)


def read_plain_file(path: Path, limit: int) -> bytes | None:
    """Up to `limit` + 1 bytes of a regular file; None if there is none.

    Raises
    ------
    AnswerFileError
        It is a link, not a regular file, or cannot be read.
    """
    try:
        return plain_bytes(path, limit + 1)
    except FileNotFoundError:
        return None
    except NotAPlainFileError:
        raise AnswerFileError(
            f"{path.name} is not a plain file (it may be a link), so it was not opened. "
            "Move it away, then try once more."
        ) from None
    except OSError as error:
        raise AnswerFileError(
            f"{path} cannot be read ({error.strerror or type(error).__name__}). It is as it was. "
            "Ask whoever looks after this computer, then try once more."
        ) from None


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file so that it is there whole, or as it was before.

    Raises
    ------
    AnswerFileError
        No room, no permission, or a fault of the disk, in plain words.
    """
    with plain_words(path):
        put_whole(path, raw, prefix=f".{path.stem}.", suffix=".tmp")


def put_whole(path: Path, raw: bytes, *, prefix: str, suffix: str = "") -> None:
    """Write a neighbour, named by `prefix` and `suffix`, and put it in place in one step.

    Raises
    ------
    OSError
        It cannot be written; what was there before is unharmed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=suffix, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(Path(name), path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def now() -> str:
    """The time in UTC, to the second, as answer files write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def set_aside(path: Path, why: str) -> Path:
    """Rename a file that cannot be used, so that a new one can begin; return where it is kept."""
    stem = f"{path.stem}.{why}-{now().replace(':', '')}"
    aside, count = path.with_name(f"{stem}.json"), 1
    while aside.exists():
        count += 1
        aside = path.with_name(f"{stem}-{count}.json")
    with plain_words(path):
        path.rename(aside)
    return aside


def _put_in_place(temporary: Path, path: Path) -> None:
    # On Windows a virus scanner or another reader may hold the old file for a moment.
    for _ in range(20 if os.name == "nt" else 0):
        try:
            temporary.replace(path)
            return
        except PermissionError:
            time.sleep(0.05)
    temporary.replace(path)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file, so that no other window changes it meanwhile.

    In the browser edition the service worker holds it, for all tabs.

    Raises
    ------
    AnswerFileError
        Another window has held it for ten seconds.
    """
    if edition.IN_BROWSER:
        with _locked_in_browser(path):
            yield
        return
    from filelock import FileLock, Timeout

    with plain_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_name(f".{path.stem}.lock"), timeout=10)
        try:
            lock.acquire()
        except Timeout:
            raise AnswerFileError(BUSY) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _locked_in_browser(path: Path) -> Iterator[None]:
    ours = {"name": str(path), "id": str(uuid.uuid4())}
    if _ask_worker({**ours, "hold": True}) != 200:
        raise AnswerFileError(BUSY)
    try:
        yield
    finally:
        with suppress(Exception):  # it lets go by itself in a while
            _ask_worker({**ours, "hold": False})


def _ask_worker(message: dict[str, object]) -> int:
    """Ask the service worker, and wait: there is no other way to wait for a tab."""
    import js  # type: ignore[import-not-found]  # of Pyodide

    request = js.XMLHttpRequest.new()
    request.open("POST", "place-kit-lock", False)
    request.send(json.dumps(message))
    status: int = request.status
    return status


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Say what the system refuses about `path` as an `AnswerFileError`."""
    try:
        yield
    except OSError as error:
        raise _in_words(error, path) from error


def _in_words(error: OSError, path: Path) -> AnswerFileError:
    # For who answers a question on a page, and for who gives a command, whoever they are.
    said = edition.here()
    full = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
    if edition.IN_BROWSER:
        full.add(errno.EINVAL)  # whatever the browser's storage refuses
    if error.errno in full:
        return AnswerFileError(said.no_room)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return AnswerFileError(said.not_allowed.format(folder=path.parent))
    reason = error.strerror or type(error).__name__
    return AnswerFileError(
        f"{path.name} could not be used ({reason}), so this was not saved. "
        "What was saved before is safe. Please do the same once more."
    )
