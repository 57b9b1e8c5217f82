"""What lies in an inbox: every file that could hold answers, read under limits.

Nothing is unpacked to disk, no link is followed, and sizes are those of what is really
read. Names say whose answers they are, and are never used as a path.
"""

from __future__ import annotations

import io
import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from place_kit.answers import handin
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.marking_folder import ANSWERS, TIMESTAMP
from place_kit.tutor.files import NotPlainError, is_link, read_plain
from place_kit.tutor.times import from_nbgrader

MAX_JSON = handin.MAX_BYTES
MAX_ZIP = 25_000_000
MAX_MEMBERS = 200
MAX_DEPTH = 8
_JUNK = {".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".ipynb_checkpoints"}
# nbgrader's exchange names a submission's folder: learner+assignment+time+random.
_INBOUND = re.compile(r"(?P<learner>.+)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-[^+]+)(\+[^+]*)?")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came: its bytes, or why it was left closed (`problem`).

    `learner` and `assignment` are what the folders around an nbgrader submission say;
    a hand-in says both itself. What came inside a zip is kept as a part of that zip.
    """

    source: str
    raw: bytes = b""
    problem: str = ""
    kind: Literal["hand-in", "submission", "zip"] = "hand-in"
    learner: str = ""
    assignment: str = ""
    time: datetime | None = None
    in_zip: bool = False


def read(inbox: Path) -> Iterator[Arrival]:
    """Everything in an inbox, a file or a folder, in the order of names."""
    if is_link(inbox):
        yield Arrival(inbox.name, problem="it is a link, and links are never followed")
    elif inbox.is_dir():
        yield from _folder(inbox, inbox, MAX_DEPTH)
    else:
        yield from _file(inbox, inbox.name)


def _folder(folder: Path, inbox: Path, depth: int) -> Iterator[Arrival]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield Arrival(_label(folder, inbox), problem=f"it cannot be read ({error.strerror})")
        return
    names = {path.name for path in paths}
    for path in paths:
        if _is_junk(path.name):
            continue
        label = _label(path, inbox)
        if is_link(path):
            yield Arrival(label, problem="it is a link, and links are never followed")
        elif path.is_dir():
            if depth:
                yield from _folder(path, inbox, depth - 1)
            else:
                yield Arrival(label, problem=f"it lies more than {MAX_DEPTH} folders deep")
        elif path.name == ANSWERS:
            yield _submission(path, label)
        elif ANSWERS not in names:  # what lies beside answers is not needed
            yield from _file(path, label)


def of_exchange(folder: Path) -> Arrival:
    """The answers of one submission in nbgrader's exchange, and nothing else of it.

    Only the folder's own name, which nbgrader checks, says whose they are.
    """
    if is_link(folder):
        return Arrival(folder.name, problem="it is a link, and links are never followed")
    return _submission(folder / ANSWERS, folder.name)


def _label(path: Path, inbox: Path) -> str:
    return path.relative_to(inbox).as_posix()


def _is_junk(name: str) -> bool:
    return name.lower() in _JUNK or name.startswith("._")


def _submission(path: Path, label: str) -> Arrival:
    try:
        raw = read_plain(path, MAX_JSON)
    except NotPlainError as reason:
        return Arrival(label, problem=str(reason))
    try:
        stamp = read_plain(path.with_name(TIMESTAMP), 100)
    except NotPlainError:
        stamp = b""
    return _with_whose(label, path.absolute().parts, raw, stamp)


def _with_whose(label: str, parts: Sequence[str], raw: bytes, stamp: bytes) -> Arrival:
    """An nbgrader submission: its folders say whose it is and of what."""
    learner = assignment = time = ""
    if len(parts) >= 2 and (inbound := _INBOUND.fullmatch(parts[-2])):
        learner, assignment, time = inbound["learner"], inbound["assignment"], inbound["time"]
    elif len(parts) >= 3:
        learner, assignment = parts[-3], parts[-2]
    try:
        learner = handin.learner_id(learner)
    except PlaceKitError:
        learner = ""
    try:
        arrived = from_nbgrader(stamp.decode("ascii", "replace") or time)
    except PlaceKitError:
        arrived = None  # the time of collecting is used instead
    return Arrival(label, raw, "", "submission", learner, assignment, arrived)


def _file(path: Path, label: str) -> Iterator[Arrival]:
    suffix = path.suffix.lower()
    if suffix not in (".json", ".zip"):
        yield Arrival(label, problem=_not_a_hand_in(suffix))
        return
    try:
        raw = read_plain(path, MAX_ZIP if suffix == ".zip" else MAX_JSON)
    except NotPlainError as reason:
        yield Arrival(label, problem=str(reason))
        return
    if suffix == ".zip":
        yield from _Zip(label).read(raw)
    else:
        yield Arrival(label, raw)


def _not_a_hand_in(suffix: str) -> str:
    if suffix == ".ipynb":
        return (
            "it is a notebook, and the answers are not in it. "
            "Ask for the file that the Hand in button makes (it ends in .json)"
        )
    return "it is neither a hand-in file (.json) nor a zip of them"


class _Zip:
    """Reads a zip, and zips in it one level down; the limit on members is for all together."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.members = 0

    def read(self, raw: bytes) -> Iterator[Arrival]:
        yield Arrival(self.label, raw, kind="zip")
        yield from self._members(raw, self.label, nested=False)

    def _members(self, raw: bytes, label: str, nested: bool) -> Iterator[Arrival]:
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
                self.members += len(infos)
                if self.members > MAX_MEMBERS:
                    problem = f"it holds more than {MAX_MEMBERS} files: unpack it and send parts"
                    yield Arrival(label, problem=problem)
                    return
                folders = {_parts(info)[:-1] for info in infos if _parts(info)[-1] == ANSWERS}
                for info in infos:
                    yield from self._member(archive, info, label, folders, nested)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, IndexError) as error:
            yield Arrival(label, problem=f"it is not a zip we can read ({error})")

    def _member(
        self,
        archive: zipfile.ZipFile,
        info: zipfile.ZipInfo,
        label: str,
        folders: set[tuple[str, ...]],
        nested: bool,
    ) -> Iterator[Arrival]:
        parts = _parts(info)
        name, inside = parts[-1], f"{label} > {'/'.join(parts)}"
        suffix = Path(name).suffix.lower()
        if any(_is_junk(part) for part in parts):
            return
        if _leads_outside(info.filename):
            yield Arrival(inside, problem="its name points outside the zip")
        elif stat.S_ISLNK(info.external_attr >> 16):
            yield Arrival(inside, problem="it is a link, and links are never followed")
        elif name == ANSWERS:
            raw, problem = _read_member(archive, info, MAX_JSON)
            stamp_name = "/".join((*parts[:-1], TIMESTAMP))
            stamp = b""
            if stamp_name in archive.namelist():
                stamp, _ = _read_member(archive, archive.getinfo(stamp_name), 100)
            if problem:
                yield Arrival(inside, problem=problem)
            else:
                yield replace(_with_whose(inside, parts, raw, stamp), in_zip=True)
        elif parts[:-1] in folders:
            return
        elif suffix == ".zip" and not nested:
            raw, problem = _read_member(archive, info, MAX_ZIP)
            if problem:
                yield Arrival(inside, problem=problem)
            else:
                yield from self._members(raw, inside, nested=True)
        elif suffix == ".json":
            raw, problem = _read_member(archive, info, MAX_JSON)
            yield Arrival(inside, raw, problem, in_zip=True)
        else:
            problem = "it is a zip inside a zip inside a zip" if suffix == ".zip" else ""
            yield Arrival(inside, problem=problem or _not_a_hand_in(suffix))


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    return tuple(info.filename.replace("\\", "/").split("/"))


def _leads_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> tuple[bytes, str]:
    try:
        with archive.open(info) as member:
            raw = member.read(limit + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        OSError,
        EOFError,
        RuntimeError,  # it is encrypted
        NotImplementedError,
        ValueError,
    ) as error:
        return b"", f"it cannot be read from the zip ({error})"
    if len(raw) > limit:
        return b"", f"it is larger than {limit:,} bytes"
    return raw, ""
