"""What lies in an inbox: every file that could hold answers, read under limits.

Hand-ins lie in folders, in zips and in e-mails, and these in one another.

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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from place_kit.answers import handin
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.marking_folder import ANSWERS, TIMESTAMP
from place_kit.tutor.files import NotPlainError, is_link, read_plain
from place_kit.tutor.intake import mail, naming
from place_kit.tutor.times import from_nbgrader

MAX_JSON = handin.MAX_BYTES
MAX_ZIP = 100_000_000
MAX_MEMBERS = 5_000
MAX_UNPACKED = 250_000_000
"""Bytes of all that is read out of one file of the inbox: a whole class fits."""
MAX_DEPTH = 8
_JUNK = {".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".ipynb_checkpoints"}
# nbgrader's exchange names a submission's folder: learner+assignment+time+random.
_INBOUND = re.compile(r"(?P<learner>.+)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-[^+]+)(\+[^+]*)?")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came: its bytes, or why it was left closed (`problem`).

    `learner` and `assignment` are what the folders around an nbgrader submission say;
    a hand-in says both itself. `claim` is what a platform's names say. `time` is when it
    came, where `time_by` states it. What came inside a zip is kept as a part of that zip.
    """

    source: str
    raw: bytes = b""
    problem: str = ""
    kind: Literal["hand-in", "submission", "zip"] = "hand-in"
    learner: str = ""
    assignment: str = ""
    time: datetime | None = None
    time_by: str = ""
    claim: naming.Claim | None = None
    in_zip: bool = False


def read(inbox: Path) -> Iterator[Arrival]:
    """Everything in an inbox, a file or a folder, in the order of names."""
    if is_link(inbox):
        yield Arrival(inbox.name, problem="it is a link, and links are never followed")
    elif inbox.is_dir():
        yield from _folder(inbox, inbox, MAX_DEPTH)
    else:
        yield from _file(inbox, inbox.name, (inbox.name,))


def _folder(folder: Path, inbox: Path, depth: int) -> Iterator[Arrival]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield Arrival(_label(folder, inbox), problem=f"it cannot be read ({error.strerror})")
        return
    names = {path.name for path in paths}
    if {"cur", "new"} <= names and mail.is_maildir(folder):
        messages = [one for name in ("cur", "new") for one in sorted((folder / name).iterdir())]
        yield from _mailbox(_label(folder, inbox), map(_message, messages))
        paths = [path for path in paths if path.name not in ("cur", "new", "tmp")]
    for path in paths:
        if _is_junk(path.name) or naming.is_index(path.name, names):
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
            yield from _file(path, label, (inbox.name, *path.relative_to(inbox).parts))


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
    by = "nbgrader" if arrived else ""
    return Arrival(label, raw, "", "submission", learner, assignment, arrived, by)


_LIMITS = {".json": MAX_JSON, ".zip": MAX_ZIP, ".eml": mail.MAX_MAIL}


def _file(path: Path, label: str, parts: Sequence[str]) -> Iterator[Arrival]:
    try:
        if mail.is_mbox(path):
            messages = ((f"message {n}", raw, why) for n, raw, why in mail.messages(path))
            yield from _mailbox(label, messages)
            return
        suffix = path.suffix.lower()
        raw = read_plain(path, _LIMITS[suffix]) if suffix in _LIMITS else b""
    except NotPlainError as reason:
        yield Arrival(label, problem=str(reason))
    except OSError as error:
        yield Arrival(label, problem=f"it cannot be read ({error.strerror})")
    else:
        yield from _Reading().file(path.name, raw, _Around(label, naming.claim_of(parts)))


def _message(path: Path) -> tuple[str, bytes, str]:
    try:
        return path.name, read_plain(path, mail.MAX_MAIL), ""
    except NotPlainError as reason:
        return path.name, b"", str(reason)


def _mailbox(label: str, messages: Iterable[tuple[str, bytes, str]]) -> Iterator[Arrival]:
    """A whole mailbox. Most messages in it may be about something else: they are counted."""
    empty = 0
    for name, raw, problem in messages:
        if problem:
            yield Arrival(f"{label} > {name}", problem=problem)
            continue
        found = [*_Reading().mail(raw, _Around(f"{label} > {name}", None))]
        if len(found) == 1 and found[0].problem == _NOTHING_ATTACHED:
            empty += 1
        else:
            yield from found
    if empty:
        said = "1 e-mail in it has" if empty == 1 else f"{empty} e-mails in it have"
        yield Arrival(label, problem=f"{said} nothing attached")


_NOTHING_ATTACHED = "nothing is attached to this e-mail: ask for the hand-in file"
_ADVICE = {
    ".ipynb": "it is a notebook, and the answers are not in it. "
    "Ask for the file that the Hand in button makes (it ends in .json)",
    ".msg": "it is an e-mail in Outlook's own form: save what is attached to it, or save the "
    "e-mail as .eml",
    **dict.fromkeys(
        (".rar", ".7z", ".tar", ".gz", ".tgz"), "unpack it, and collect what was in it"
    ),
}


def _not_a_hand_in(suffix: str) -> str:
    return _ADVICE.get(
        suffix, "it is neither a hand-in file (.json) nor a zip or an e-mail of them"
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """What is around a file: its place in words, a platform's claim, and its containers."""

    label: str
    claim: naming.Claim | None
    inside: tuple[str, ...] = ()
    received: datetime | None = None

    def within(self, container: str, label: str, claim: naming.Claim | None = None) -> _Around:
        return _Around(label, self.claim or claim, (*self.inside, container), self.received)


class _Reading:
    """Reads one file of the inbox, and what is in it, under one set of limits for all of it.

    A zip may hold zips, and an e-mail e-mails, one step down. The names that a platform gave
    are believed of what the tutor downloaded; deeper down everything was named by a learner.
    """

    def __init__(self) -> None:
        self.members = self.unpacked = 0

    def file(self, name: str, raw: bytes, around: _Around) -> Iterator[Arrival]:
        """A file of any kind, by its name's ending."""
        suffix = Path(name).suffix.lower()
        depth = around.inside.count({".zip": "zip", ".eml": "mail"}.get(suffix, ""))
        if suffix == ".json":
            limit = f"it is larger than {MAX_JSON:,} bytes" if len(raw) > MAX_JSON else ""
            yield self._hand_in(around, b"" if limit else raw, limit)
        elif suffix == ".zip" and depth < 2:
            if "zip" not in around.inside:
                yield Arrival(around.label, raw, kind="zip")
            yield from self._zip(raw, around)
        elif suffix == ".eml" and depth < 2:
            yield from self.mail(raw, around)
        elif suffix in (".zip", ".eml"):
            what = "a zip" if suffix == ".zip" else "an e-mail"
            yield Arrival(around.label, problem=f"it is {what} inside {what} inside {what}")
        else:
            yield Arrival(around.label, problem=_not_a_hand_in(suffix))

    def _hand_in(self, around: _Around, raw: bytes, problem: str) -> Arrival:
        claim, time, by = around.claim, around.received, "the mail server"
        if claim and claim.time:
            time, by = claim.time, claim.platform
        in_zip = "zip" in around.inside
        by = by if time else ""
        return Arrival(
            around.label, raw, problem, time=time, time_by=by, claim=claim, in_zip=in_zip
        )

    def mail(self, raw: bytes, around: _Around) -> Iterator[Arrival]:
        """What is attached to an e-mail."""
        try:
            opened = mail.opened(raw, nested="mail" in around.inside)
        except NotPlainError as reason:
            yield Arrival(around.label, problem=str(reason))
            return
        if not around.inside:  # one that a learner sent along could say any time
            around = replace(around, received=opened.received)
        if not opened.attachments:
            yield Arrival(around.label, problem=_NOTHING_ATTACHED)
        for one in opened.attachments:
            inner = around.within("mail", f"{around.label} > {one.name}")
            if one.problem:
                yield Arrival(inner.label, problem=one.problem)
            else:
                yield from self.file(one.name, one.raw, inner)

    def _zip(self, raw: bytes, around: _Around) -> Iterator[Arrival]:
        # Counted before it is opened: each member's entry takes far more memory than bytes.
        if raw.count(b"PK\x01\x02") > MAX_MEMBERS:
            yield Arrival(around.label, problem=_TOO_MANY)
            return
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
                self.members += len(infos)
                if self.members > MAX_MEMBERS:
                    yield Arrival(around.label, problem=_TOO_MANY)
                    return
                folders = {_parts(info)[:-1] for info in infos if _parts(info)[-1] == ANSWERS}
                tops = {_parts(info)[0] for info in infos}
                for info in infos:
                    if not naming.is_index(info.filename, tops):
                        yield from self._member(archive, info, around, folders)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, IndexError) as error:
            yield Arrival(around.label, problem=f"it is not a zip we can read ({error})")

    def _member(
        self,
        archive: zipfile.ZipFile,
        info: zipfile.ZipInfo,
        around: _Around,
        folders: set[tuple[str, ...]],
    ) -> Iterator[Arrival]:
        parts = _parts(info)
        name, suffix = parts[-1], Path(parts[-1]).suffix.lower()
        claim = None if around.inside else naming.claim_of(parts)
        inner = around.within("zip", f"{around.label} > {'/'.join(parts)}", claim)
        if any(_is_junk(part) for part in parts):
            return
        if _leads_outside(info.filename):
            yield Arrival(inner.label, problem="its name points outside the zip")
        elif stat.S_ISLNK(info.external_attr >> 16):
            yield Arrival(inner.label, problem="it is a link, and links are never followed")
        elif name != ANSWERS and parts[:-1] in folders:
            return
        elif suffix not in _LIMITS:
            yield Arrival(inner.label, problem=_not_a_hand_in(suffix))
        else:
            raw, problem = self._unpack(archive, info, _LIMITS[suffix])
            if problem:
                yield Arrival(inner.label, problem=problem)
            elif name == ANSWERS:
                stamp_name = "/".join((*parts[:-1], TIMESTAMP))
                stamp = b""
                if stamp_name in archive.namelist():
                    stamp, _ = self._unpack(archive, archive.getinfo(stamp_name), 100)
                yield replace(_with_whose(inner.label, parts, raw, stamp), in_zip=True)
            else:
                yield from self.file(name, raw, inner)

    def _unpack(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int
    ) -> tuple[bytes, str]:
        if self.unpacked > MAX_UNPACKED:
            return b"", f"all of it together is larger than {MAX_UNPACKED:,} bytes: send parts"
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
        self.unpacked += len(raw)
        if len(raw) > limit:
            return b"", f"it is larger than {limit:,} bytes"
        return raw, ""


_TOO_MANY = f"it holds more than {MAX_MEMBERS:,} files: unpack it and send parts"


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    return tuple(info.filename.replace("\\", "/").split("/"))


def _leads_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]
