"""The learner's own folder: made once, then brought up to date without touching their work.

A file that the learner never changed is replaced by a newer course's. One that they
changed stays as it is, and the newer one is put beside it. Answers are never touched.
`.place-kit/manifest.json` remembers what was shipped, and so what is theirs.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

import place_kit
from place_kit.learner import shipped
from place_kit.problems import PlaceKitError

HIDDEN = ".place-kit"
MANIFEST = f"{HIDDEN}/manifest.json"
FORMAT = "place-kit folder"
VERSION = 1
_OURS = (
    "course",
    "course/answers",
    "exercises",
    "hand-in",
    "feedback",
    HIDDEN,
    f"{HIDDEN}/tmp",
    f"{HIDDEN}/journal",
)
_KEPT_METADATA = ("tags", "nbgrader", "attachments")


@dataclass(frozen=True, slots=True)
class Report:
    """What was done to a learner's folder; paths are relative to it.

    `kept` pairs each file that the learner had changed with the newer one beside it.
    """

    folder: Path
    made: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Say it in plain words, a line for each thing worth knowing."""
        said = [f"Your course folder: {self.folder}"]
        said += self.notes
        if self.updated:
            said.append(f"Brought up to date: {', '.join(self.updated)}.")
        for theirs, newer in self.kept:
            said.append(
                f"You changed {theirs}, so it was kept as it is. The newer one is beside it: "
                f"{Path(newer).name}."
            )
        if self.updated or self.kept:
            said.append("Your answers are as you left them.")
        return said


@dataclass(slots=True)
class _Manifest:
    course: str
    files: dict[str, str]  # path -> digest of what was last shipped there
    code: set[str]  # digest of every code cell that was ever shipped to this folder


def make(folder: Path, *, source: Path | None = None, course: str | None = None) -> Report:
    """Make the learner's folder, or bring it up to date.

    Parameters
    ----------
    folder
        The learner's folder; it is made if it is not there.
    source
        Where the shipped course lies (default: in this installation).
    course
        The shipped course's version (default: this installation's).

    Returns
    -------
    Report
        What was made, brought up to date and kept.
    """
    source = source or shipped.root()
    course = course or place_kit.__version__
    folder = _absolute(folder)
    if folder == source or any(folder == source / part for part in shipped.PARTS):
        raise PlaceKitError(
            f"{folder} holds the course itself. Choose another folder for your own work, "
            "for example: place-kit learn my-course"
        )
    with plainly(folder):
        make_folders(folder)
        with FileLock(folder / HIDDEN / "lock"):
            return _bring_up_to_date(folder, source, course)


def find_root(start: Path) -> Path | None:
    """Walk up from `start` to the learner's folder it lies in, if it lies in one."""
    start = _absolute(start)
    return next((up for up in (start, *start.parents) if (up / MANIFEST).is_file()), None)


def meaning(name: str, raw: bytes) -> str:
    """Digest what a file says, so that opening and saving it is not a change.

    JupyterLab writes outputs, counts and view settings into a notebook that it saves;
    what a cell is, its source and its tags are what a person changes.
    """
    if name.endswith(".ipynb"):
        try:
            cells = [_cell_meaning(cell) for cell in json.loads(raw)["cells"]]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            pass  # not a notebook (any more): its bytes are what it says
        else:
            raw = json.dumps(cells, sort_keys=True).encode()
    return hashlib.sha256(raw).hexdigest()


def code_digests(raw: bytes) -> set[str]:
    """Digest the source of each code cell; the page runs by itself if all are known."""
    try:
        cells = json.loads(raw)["cells"]
        sources = {_source(cell) for cell in cells if cell["cell_type"] == "code"}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return set()
    return {hashlib.sha256(source.encode()).hexdigest() for source in sources if source.strip()}


def known_code(folder: Path) -> list[str]:
    """List the digests of all code cells that were shipped to this folder."""
    return sorted(_read_manifest(folder).code)


def write_atomically(folder: Path, name: str, raw: bytes) -> None:
    """Write a file whole or not at all; a crash leaves nothing half-written."""
    temporary = (
        folder / HIDDEN / "tmp" / f"{os.getpid()}-{hashlib.sha256(name.encode()).hexdigest()}"
    )
    try:
        with temporary.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / name)
    finally:
        temporary.unlink(missing_ok=True)


def _bring_up_to_date(folder: Path, source: Path, course: str) -> Report:
    manifest = _read_manifest(folder)
    if _numbers(manifest.course) > _numbers(course):
        note = (
            f"This folder was made by a newer course ({manifest.course}; here is {course}), so "
            "nothing in it was changed. To get the newer one: pip install --upgrade place-kit"
        )
        return Report(folder, notes=(note,))
    for left in (folder / HIDDEN / "tmp").iterdir():
        left.unlink()  # of a start that was cut short
    made, updated, kept = [], [], []
    for name in shipped.files(source):
        raw = (source / name).read_bytes()
        new = meaning(name, raw)
        old = manifest.files.get(name, "")
        manifest.code |= code_digests(raw) if name.endswith(".ipynb") else set()
        theirs = _theirs(folder, name)
        if theirs is None:
            _put(folder, name, raw)
            made.append(name)
        elif theirs == old and new != old:
            _put(folder, name, raw)
            updated.append(name)
        elif theirs != new and new != old:
            beside = _beside(name, course)
            if _theirs(folder, beside) in (None, manifest.files.get(beside)):
                _put(folder, beside, raw)
                manifest.files[beside] = new
            kept.append((name, beside))
        manifest.files[name] = new
    manifest.course = course
    _write_manifest(folder, manifest)
    return Report(folder, tuple(made), tuple(updated), tuple(kept))


def _put(folder: Path, name: str, raw: bytes) -> None:
    inside = Path(name).parent
    for step in (*reversed(inside.parents), inside):
        _make_folder(folder, step.as_posix())
    write_atomically(folder, name, raw)


def _theirs(folder: Path, name: str) -> str | None:
    """Digest what lies at a shipped file's place; None if nothing does."""
    path = folder / name
    if path.is_symlink():
        return "a link"  # whatever it leads to is not ours to replace
    if path.is_dir():
        raise PlaceKitError(
            f"There is a folder where the course has a file: {path}. "
            "Move it away, then start again. Nothing else was lost."
        )
    try:
        return meaning(name, path.read_bytes())
    except FileNotFoundError:
        return None


def _beside(name: str, course: str) -> str:
    path = Path(name)
    return path.with_name(f"{path.stem} (new in {course}){path.suffix}").as_posix()


def make_folders(folder: Path) -> None:
    """Make the folders of a learner's folder, and nothing through a link."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise PlaceKitError(
            f"{folder} cannot be a folder, because a file has that name (or part of it). "
            "Choose another: place-kit learn FOLDER"
        ) from None
    for name in _OURS:
        _make_folder(folder, name)


def _make_folder(folder: Path, name: str) -> None:
    path = folder / name
    if name != "." and path.is_symlink():
        raise PlaceKitError(
            f"{path} is a link to another place, so nothing was written there. "
            "Move the link away, or choose another folder: place-kit learn FOLDER"
        )
    try:
        path.mkdir(exist_ok=True)
    except FileExistsError:
        raise PlaceKitError(
            f"There is a file where the course needs a folder: {path}. "
            "Move it away, then start again."
        ) from None


def _read_manifest(folder: Path) -> _Manifest:
    """Read what was shipped; a lost or damaged list only means that all that differs is theirs."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
        newer = found["version"] > VERSION
        manifest = _Manifest(str(found["course"]), dict(found["files"]), set(found["code"]))
    except FileNotFoundError:
        return _Manifest("", {}, set())
    except (ValueError, KeyError, TypeError, RecursionError):
        return _Manifest("", {}, set())
    if newer:
        raise PlaceKitError(
            f"{folder} was made by a newer place-kit, so nothing in it was changed. "
            "Get the newer one: pip install --upgrade place-kit"
        )
    return manifest


def _write_manifest(folder: Path, manifest: _Manifest) -> None:
    content = {
        "format": FORMAT,
        "version": VERSION,
        "course": manifest.course,
        "files": manifest.files,
        "code": sorted(manifest.code),
    }
    raw = json.dumps(content, indent=1, sort_keys=True).encode()
    path = folder / MANIFEST
    if not (path.is_file() and path.read_bytes() == raw):
        write_atomically(folder, MANIFEST, raw)


def _cell_meaning(cell: dict[str, Any]) -> list[Any]:
    metadata = cell.get("metadata", {})
    kept = {key: metadata[key] for key in _KEPT_METADATA if metadata.get(key)}
    return [cell.get("id"), cell["cell_type"], _source(cell), kept]


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _absolute(folder: Path) -> Path:
    # A link to the folder itself is the learner's way of naming it; links inside are refused.
    return folder.expanduser().resolve()


@contextmanager
def plainly(folder: Path) -> Iterator[None]:
    """Turn what the system says of a disk into a sentence for a person."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            said = (
                f"The disk is full, so the course could not be put into {folder}. Free some space"
            )
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            said = (
                f"Nothing can be written into {folder}. Choose a folder of your own "
                "(place-kit learn FOLDER), or ask for the right to write there"
            )
        else:
            said = (
                f"The course could not be put into {folder} ({error.strerror or error}). "
                "Look at that folder, or choose another (place-kit learn FOLDER)"
            )
        raise PlaceKitError(f"{said}, then start again. What you did before is safe.") from error
