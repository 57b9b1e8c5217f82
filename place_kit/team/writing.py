"""A session's files on the disk, none where there is no room, and words for the facilitator."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from place_kit.answers.files import put_whole
from place_kit.problems import PlaceKitError


def write_all(
    folder: Path, files: Mapping[str, bytes], clear: Callable[[], None] = lambda: None
) -> None:
    """Put files into a folder: none of them before all that is new is on the disk.

    Parameters
    ----------
    folder
        Where they go; made if need be.
    files
        What they hold, by their names from there.
    clear
        Takes away what stood there, once all that is new is on the disk.

    Raises
    ------
    PlaceKitError
        No room, no permission, or a fault of the disk, in plain words.
    """
    with plain_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
        built = Path(tempfile.mkdtemp(prefix=".write-", dir=folder))
        try:
            for name, raw in files.items():
                put_whole(built / name, raw, prefix=".")
            clear()
            for name in files:
                (folder / name).parent.mkdir(exist_ok=True)
                (built / name).replace(folder / name)
        finally:
            shutil.rmtree(built, ignore_errors=True)


@contextmanager
def plain_words(folder: Path) -> Iterator[None]:
    """Turn what a disk complains of into a sentence for the facilitator."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise PlaceKitError(
                f"The disk is full, so nothing was written to {folder}. What was there before is "
                "as it was. Make some room, then run the same command again."
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise PlaceKitError(
                f"{folder} does not allow changes, so not everything was written. If a file there "
                "is open in Word or another program, close it and run the same command again. "
                "Otherwise name another folder, or ask whoever looks after this computer."
            ) from error
        reason = error.strerror or type(error).__name__
        raise PlaceKitError(
            f"{folder} could not be written to ({reason}). Run the same command again, or name "
            "another folder."
        ) from error
