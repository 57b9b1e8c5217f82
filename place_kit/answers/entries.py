"""What an answer file holds, and its form as JSON. Pure: nothing here touches a disk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from place_kit.answers.files import AnswerFileError

FORMAT = "place-kit answers"
VERSION = 1
MAX_BYTES = 1_000_000


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
        "answers": {name: entry_to_json(entry) for name, entry in answers.entries.items()},
    }


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """One entry's part of `to_json`."""
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
