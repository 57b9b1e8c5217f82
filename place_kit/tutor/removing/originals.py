"""The files that came, in ``received/``: a learner's own go, and are taken out of zips.

Whose a file is, is read in it; where it cannot be read, its name counts. What says neither is
told to the tutor, and left.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from place_kit.answers import handin, store
from place_kit.problems import PlaceKitError
from place_kit.tutor.files import NotPlainError, is_link, read_plain, write_whole
from place_kit.tutor.intake import validated
from place_kit.tutor.removing.target import Target

MAX_ZIP = 100_000_000
MAX_MEMBERS = 20_000
MAX_UNPACKED = 300_000_000
# What stands before each file of a zip, however broken the rest is.
_HEADER = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, IndexError)
# RuntimeError: it is encrypted, or packed in a way we cannot unpack.


class Originals:
    """Decides whose a file is, and erases what is the learner's.

    Parameters
    ----------
    target
        Whose work is to go.
    theirs, others
        The answers of the learner, and of everybody else, as they are kept: an answer file of
        nbgrader's does not say whose it is.

    Attributes
    ----------
    unknown
        Files that nobody can tell the owner of.
    whole
        Zips that could not be rewritten, and went as a whole.
    """

    def __init__(self, target: Target, theirs: set[bytes], others: set[bytes]) -> None:
        self.target = target
        self.theirs = theirs - others
        self.others = others
        self.unknown: list[Path] = []
        self.whole: list[Path] = []

    def erase(self, path: Path) -> bool:
        """Erase a file, or the learner's part of it; returns whether anything was."""
        if is_link(path):
            return False
        # received/ puts a digest before the name.
        name = path.name.partition(".")[2] if len(path.name.split(".")[0]) == 16 else path.name
        try:
            raw = read_plain(path, MAX_ZIP)
        except NotPlainError:
            self.unknown.append(path)
            return False
        if path.suffix.lower() == ".zip" or raw.startswith(b"PK"):
            return self._erase_zip(path, name, raw)
        owned = self._owns(name, raw)
        if owned is None:
            self.unknown.append(path)
        elif owned:
            path.unlink()
        return bool(owned)

    def _erase_zip(self, path: Path, name: str, raw: bytes) -> bool:
        if self.target.owns([name]):
            path.unlink()
            return True
        try:
            left = self._without(raw)
        except _BROKEN:
            # It may hold anything. One that names the learner goes.
            if not any(self.target.owns(_parts(one)) for one in _names_in(raw)):
                self.unknown.append(path)
                return False
            self.whole.append(path)
            left = b""
        if left == raw:
            return False
        if left:
            write_whole(path, left)
        else:
            path.unlink()
        return True

    def _owns(self, name: str, raw: bytes) -> bool | None:
        """Whether a file is the learner's; None if it does not say."""
        try:
            given = handin.parse(raw)
            return self.target.covers(given.learner, given.assignment)
        except PlaceKitError:
            pass
        if self.target.owns([name]):
            return True
        try:
            data = json.loads(raw)
        except (ValueError, RecursionError):
            return None
        if isinstance(data, Mapping) and isinstance(data.get("learner"), str):
            # A hand-in that was refused still says whose it is.
            try:
                learner = handin.learner_id(data["learner"])
            except PlaceKitError:
                return None
            assignment = str(data.get("assignment", ""))
            known = assignment if assignment in self.target.known else ""
            return self.target.covers(learner, known)
        return self._owns_answers(raw)

    def _owns_answers(self, raw: bytes) -> bool | None:
        for assignment in self.target.known:
            try:
                answers = store.parse(raw, assignment + store.GRADED)
            except store.AnswerFileError:
                continue
            kept = validated.serialise(validated.reduce(answers)[0])
            if kept in self.theirs:
                return True
            if kept in self.others:
                return False
        return None

    def _without(self, raw: bytes, depth: int = 2) -> bytes:
        """A zip without the learner's part: the same bytes if it has none, none if it is all."""
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            infos = archive.infolist()
            if len(infos) > MAX_MEMBERS:
                raise ValueError("too many files")
            if sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise ValueError("too large")
            # What a zip says of a size is what is read of it, and no more.
            members = {info.filename: archive.read(info) for info in infos}
            kept = dict(members)
            for name, content in members.items():
                if _is_zip(name) and depth:
                    kept[name] = self._without(content, depth - 1) if content else content
            gone = {
                name
                for name, content in kept.items()
                if not name.endswith("/") and self._owns_member(name, content, members[name])
            }
            gone |= self._beside(gone, [name for name in members if name not in gone], kept)
            if not gone and kept == members:
                return raw
            if all(name in gone or name.endswith("/") for name in members):
                return b""
            return _written([(info, kept[info.filename]) for info in infos], gone)

    def _owns_member(self, name: str, content: bytes, before: bytes) -> bool:
        if self.target.owns(_parts(name)):
            return True
        if _is_zip(name):
            return bool(before) and not content
        return name.lower().endswith(".json") and self._owns(_parts(name)[-1], content) is True

    def _beside(self, gone: set[str], left: list[str], contents: Mapping[str, bytes]) -> set[str]:
        """What lies in a folder that is the learner's alone, as platforms make one for each."""
        theirs = {folder for folder in map(_folder, gone) if self._is_own(folder)}
        shared = {
            folder
            for folder in theirs
            for name in left
            if name.startswith(folder)
            and name.lower().endswith(".json")
            and self._owns(_parts(name)[-1], contents[name]) is False
        }
        return {name for name in left for folder in theirs - shared if name.startswith(folder)}

    def _is_own(self, folder: str) -> bool:
        """Whether a folder is one that Moodle or Brightspace makes for one learner."""
        name = "".join(_parts(folder)[-1:]).lower()
        by_name = self.target.name and self.target.name.lower() in name
        return bool(by_name) or "_assignsubmission_" in name


def _names_in(raw: bytes) -> Iterator[str]:
    for found in _HEADER.finditer(raw):
        length = int.from_bytes(found[1], "little")
        yield raw[found.end() : found.end() + length].decode("utf-8", "replace")


def _written(members: list[tuple[zipfile.ZipInfo, bytes]], gone: set[str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for info, content in members:
            if info.filename not in gone:
                copy = zipfile.ZipInfo(info.filename, info.date_time)
                copy.compress_type = zipfile.ZIP_DEFLATED
                copy.external_attr = info.external_attr
                archive.writestr(copy, content)
    return made.getvalue()


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _parts(name: str) -> list[str]:
    return [part for part in name.replace("\\", "/").split("/") if part]


def _folder(name: str) -> str:
    return name[: name.rfind("/") + 1]
