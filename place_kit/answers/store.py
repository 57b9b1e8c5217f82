"""The answer file: read it, change one answer in it, and never lose any.

One file holds the answers of one set of questions (a module, or an assignment).
It is written whole to a neighbour and put in place in one step, so that a reader,
a crash or a `kill -9` finds the last complete state. Every save reads the file
again under a lock, so that two windows change one file without undoing each other.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from place_kit.answers import values
from place_kit.facts.model import Question
from place_kit.problems import PlaceKitError

FORMAT = "place-kit answers"
VERSION = 1
MAX_BYTES = 1_000_000
GRADED = ".graded"
"""Ends the name of a set whose answers are handed in."""


class AnswerFileError(PlaceKitError):
    """An answer file that cannot be used as it is."""


class DamagedError(AnswerFileError):
    """Not an answer file of ours at all: it can be kept aside and a new one begun."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The answer to one question.

    `first` is the first answer the learner stood by (checked, in practice), `value`
    the latest; both with their UTC times. `saves` counts every save, so that a
    window can tell whether another one has saved since. `kept` holds answers that
    another window's save took the place of, as ``(value, time)``.
    """

    value: Any
    revision: int
    saves: int
    at: str
    first: Any = None
    first_at: str = ""
    settled: bool = False
    kept: tuple[tuple[Any, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one set, by whole question id, and what the learner must be told."""

    set: str
    entries: Mapping[str, Entry] = field(default_factory=dict)
    notice: str = ""

    def value(self, question_id: str) -> Any:
        """The latest answer, or None."""
        entry = self.entries.get(question_id)
        return entry.value if entry else None


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did. `notice` is for the learner, and empty when all went as usual."""

    entry: Entry
    notice: str = ""


def assignment_of(question_set: str) -> str:
    """The assignment a graded set belongs to: ``03_cases`` for ``03_cases.graded``."""
    return question_set.removesuffix(GRADED)


def file_for(question_set: str, folder: Path | None = None) -> Path:
    """Where a set's answers are kept, from the folder of its notebook (a kernel's own)."""
    folder = folder or Path.cwd()
    if question_set.endswith(GRADED):
        return folder / "answers.json"
    return folder / "answers" / f"{question_set}.json"


def now() -> str:
    """The time in UTC, to the second, as answer files write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- the shape of the file -------------------------------------------------------------


def parse(raw: bytes, question_set: str) -> Answers:
    """Read the bytes of an answer file.

    Raises
    ------
    DamagedError
        Not JSON, too large, too deep, or not in our shape.
    AnswerFileError
        A version or a set of questions that this course does not read.
    """
    if len(raw) > MAX_BYTES:
        raise DamagedError(f"The file is larger than {MAX_BYTES:,} bytes.")
    try:
        data = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise DamagedError("The file is not readable as JSON.") from None
    return from_json(data, question_set)


def from_json(data: Any, question_set: str) -> Answers:
    """As `parse`, for data that is already decoded."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise DamagedError("The file is not an answer file of this course.")
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise DamagedError("The file does not say its version.")
    if version > VERSION:
        raise AnswerFileError(
            f"These answers were written by a newer version of the course (file version {version}, "
            f"this course reads {VERSION}). Nothing was changed. Update the course, then open it "
            "again."
        )
    if data.get("set") != question_set:
        raise DamagedError(f"The file does not hold answers to {question_set}.")
    entries = data.get("answers")
    if not isinstance(entries, dict):
        raise DamagedError("The file holds no answers.")
    return Answers(question_set, {name: _entry(name, entry) for name, entry in entries.items()})


def _entry(name: str, data: Any) -> Entry:
    try:
        latest, first = data["latest"], data.get("first") or {}
        entry = Entry(
            value=latest["value"],
            revision=data["revision"],
            saves=data["saves"],
            at=latest["at"],
            first=first.get("value"),
            first_at=first.get("at", ""),
            settled=data.get("settled", False),
            kept=tuple((kept["value"], kept["at"]) for kept in data.get("kept", ())),
        )
    except (KeyError, TypeError, AttributeError):
        raise DamagedError(
            f"The answer to {name[:80]} is not in the form it should have."
        ) from None
    well_typed = (
        type(entry.revision) is int
        and type(entry.saves) is int
        and type(entry.settled) is bool
        and all(
            isinstance(at, str) for at in (entry.at, entry.first_at, *(at for _, at in entry.kept))
        )
    )
    if not well_typed:
        raise DamagedError(f"The answer to {name[:80]} is not in the form it should have.")
    return entry


def to_json(answers: Answers) -> dict[str, Any]:
    """The data of an answer file; what `from_json` reads."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "set": answers.set,
        "answers": {name: _entry_to_json(entry) for name, entry in answers.entries.items()},
    }


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    data: dict[str, Any] = {
        "revision": entry.revision,
        "saves": entry.saves,
        "latest": {"value": entry.value, "at": entry.at},
    }
    if entry.first_at:
        data["first"] = {"value": entry.first, "at": entry.first_at}
    if entry.settled:
        data["settled"] = True
    if entry.kept:
        data["kept"] = [{"value": value, "at": at} for value, at in entry.kept]
    return data


# --- the file ---------------------------------------------------------------------------


def look(question_set: str, path: Path | None = None) -> Answers:
    """Read answers without changing anything, not even a damaged file: to print or to mark.

    Raises
    ------
    AnswerFileError
        The file cannot be used, and why.
    """
    raw = read_plain_file(path or file_for(question_set), MAX_BYTES)
    return Answers(question_set) if raw is None else parse(raw, question_set)


class AnswerFile:
    """The answers of one set of questions on disk.

    Parameters
    ----------
    question_set
        For example ``03_cases`` or ``03_cases.graded``.
    path
        The file; by default where `file_for` puts it.
    """

    def __init__(self, question_set: str, path: Path | None = None) -> None:
        self.set = question_set
        self.path = (path or file_for(question_set)).absolute()
        # What was read or written last, and each entry's line of it: a click changes one of many.
        self._last: tuple[bytes, Answers] | None = None
        self._lines: dict[str, tuple[Entry, str]] = {}

    def read(self) -> Answers:
        """The answers as they are now; none if there is no file yet.

        A damaged file is renamed, kept, and spoken of in the `notice`; the answers then
        start afresh.

        Raises
        ------
        AnswerFileError
            The file is a link, of a newer version, or cannot be read.
        """
        try:
            return self._read()
        except DamagedError:
            with self._locked():
                return self._read_or_set_aside()

    def save(
        self, question: Question, value: Any, *, settle: bool = False, seen: int | None = None
    ) -> Saved:
        """Save one answer, leaving all others as they are on disk.

        Parameters
        ----------
        question, value
            The question and its answer, checked here.
        settle
            The learner stands by this answer (pressed *Check*): the first such is kept.
        seen
            The `saves` count this window last saw. Where the file has moved on, another
            window has answered too: its answer is kept in the entry and named in the notice.

        Raises
        ------
        AnswerError
            If the value cannot be an answer to the question.
        AnswerFileError
            If the file cannot be written; what was there before is unharmed.
        """
        value = values.check(question, value)
        with self._locked():
            answers = self._read_or_set_aside()
            before = answers.entries.get(question.id)
            entry, notice = _next(before, question, value, settle=settle, seen=seen)
            entries = {**answers.entries, question.id: entry}
            self._write(replace(answers, entries=entries))
        return Saved(entry, " ".join(filter(None, (answers.notice, notice))))

    def _read(self) -> Answers:
        raw = read_plain_file(self.path, MAX_BYTES)
        if raw is None:
            return Answers(self.set)
        if self._last is None or self._last[0] != raw:
            self._last = raw, parse(raw, self.set)
        return self._last[1]

    def _read_or_set_aside(self) -> Answers:
        try:
            return self._read()
        except DamagedError as damage:
            aside = self._free_name(f"{self.path.stem}.damaged-{now().replace(':', '')}")
            with _plain_words(self.path):
                self.path.rename(aside)
            return Answers(
                self.set,
                notice=f"Your earlier answers could not be read. {damage} It is kept as "
                f"{aside.name}, and your answers start afresh. "
                "Your tutor can help to recover it.",
            )

    def _free_name(self, stem: str) -> Path:
        path, count = self.path.with_name(f"{stem}.json"), 1
        while path.exists():
            count += 1
            path = self.path.with_name(f"{stem}-{count}.json")
        return path

    def _write(self, answers: Answers) -> None:
        raw = self._dump(answers)
        if len(raw) > MAX_BYTES:
            raise AnswerFileError(
                "There is no room left in the file of this module's answers. What was saved "
                "before is safe. Please shorten this text, which is still on the page."
            )
        write_whole(self.path, raw)
        self._last = raw, replace(answers, notice="")

    def _dump(self, answers: Answers) -> bytes:
        """`to_json` as bytes, an answer a line."""
        for name, entry in answers.entries.items():
            if name not in self._lines or self._lines[name][0] is not entry:
                data = json.dumps(_entry_to_json(entry), ensure_ascii=False)
                self._lines[name] = entry, f"{json.dumps(name)}: {data}"
        head = json.dumps(to_json(Answers(answers.set)))[: -len("}}")]
        lines = ",\n".join(self._lines[name][1] for name in answers.entries)
        return f"{head}\n{lines}\n}}}}\n".encode()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        with _plain_words(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path.with_name(f".{self.path.stem}.lock"), timeout=10)
            try:
                lock.acquire()
            except Timeout:
                raise AnswerFileError(
                    "Another window of the course has been busy with these answers for ten "
                    "seconds. Close the other window, then change your answer once more."
                ) from None
        try:
            yield
        finally:
            lock.release()


def _next(
    before: Entry | None, question: Question, value: Any, *, settle: bool, seen: int | None
) -> tuple[Entry, str]:
    """The entry after a save, and what to tell the learner."""
    at = now()
    if before is None:
        before = Entry(value=None, revision=question.revision, saves=0, at="")
    kept, notice = before.kept, ""
    if seen is not None and before.saves != seen and before.value not in (None, value):
        kept = (*kept, (before.value, before.at))
        notice = (
            "This question was also answered in another window. That answer is kept in your "
            "answer file; the one you see here is now the latest."
        )
    first_time = settle and not before.first_at
    return (
        Entry(
            value=value,
            revision=question.revision,
            saves=before.saves + 1,
            at=at,
            first=value if first_time else before.first,
            first_at=at if first_time else before.first_at,
            settled=settle,
            kept=kept,
        ),
        notice,
    )


# --- plain files, and words for what goes wrong with them -------------------------------


def read_plain_file(path: Path, limit: int) -> bytes | None:
    """Up to `limit` + 1 bytes of a regular file; None if there is none.

    Raises
    ------
    AnswerFileError
        It is a link, not a regular file, or cannot be read.
    """
    # O_NOFOLLOW is not there on Windows, where making a link takes special rights.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    not_plain = AnswerFileError(
        f"{path.name} is not a plain file (it may be a link), so it was not opened. "
        "Move it away, then open this page again."
    )
    if path.is_symlink():
        raise not_plain
    try:
        handle = os.open(path, flags)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno == errno.ELOOP or path.is_dir():
            raise not_plain from None
        raise _in_words(error, path) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise not_plain
    with os.fdopen(handle, "rb") as file:
        return file.read(limit + 1)


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file so that it is there whole, or as it was before.

    Raises
    ------
    AnswerFileError
        No room, no permission, or a fault of the disk, in plain words.
    """
    with _plain_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            _put_in_place(Path(name), path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


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
def _plain_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _in_words(error, path) from error


def _in_words(error: OSError, path: Path) -> AnswerFileError:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return AnswerFileError(
            "The disk is full, so this was not saved. What was saved before is safe. "
            "Make some room, then change your answer once more."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return AnswerFileError(
            f"The folder {path.parent} does not allow changes, so this was not saved. "
            "Ask whoever looks after this computer, or move the course folder to a place of "
            "your own."
        )
    reason = error.strerror or type(error).__name__
    return AnswerFileError(
        f"{path.name} could not be used ({reason}), so this was not saved. "
        "What was saved before is safe. Please try once more."
    )
