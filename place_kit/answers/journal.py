"""Earlier versions of what a learner wrote: kept on their own machine, never handed in.

A text is saved at every pause in typing, so not each save is a version. What stood when
a day ended, or when it was handed in, is one: it is kept here before a later text takes its
place. Each set has its own file in ``.place-kit/journal``, away from all that is handed in;
a folder without ``.place-kit`` keeps practice beside its answers, and of exercises nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from place_kit.answers import days
from place_kit.answers.entries import DamagedError
from place_kit.answers.files import HOME, home_of, read_plain_file, set_aside, write_whole
from place_kit.facts.model import Question, QuestionKind

FORMAT = "place-kit journal"
VERSION = 1
FOLDER = "journal"
MAX_BYTES = 20_000_000
"""Of one set: some 250 versions of the longest text. A fuller file is put aside, and kept."""

KINDS: frozenset[QuestionKind] = frozenset({"reflect", "plan"})
"""The kinds of question that are answered in one's own words."""


class NewerError(DamagedError):
    """Earlier versions that a newer course wrote."""


class Version(NamedTuple):
    """What an answer was, and when it was last changed (UTC)."""

    value: Any
    at: str


Versions = Mapping[str, tuple[Version, ...]]
"""The earlier versions of the answers of a set, by question, oldest first."""


def file_for(question_set: str, answers: Path) -> Path | None:
    """Where the earlier versions of a set are kept.

    Parameters
    ----------
    question_set
        For example ``03_cases``.
    answers
        The set's answer file.

    Returns
    -------
    Path or None
        None for an exercise outside a learner's folder: all of its folder may be handed in.
    """
    home = home_of(answers.parent)
    if home:
        return home / HOME / FOLDER / f"{question_set}.json"
    if question_set.endswith(".graded"):
        return None
    return answers.parent / FOLDER / f"{question_set}.json"


def closed(question: Question, before: Any, at: str, after: Any, now: str) -> bool:
    """Whether the answer before is a version to keep: words of another day, now changed."""
    return (
        question.kind in KINDS
        and bool(before)
        and before != after
        and at != ""
        and days.local(at) != days.local(now)
    )


def look(path: Path, question_set: str) -> Versions:
    """Read earlier versions, oldest first, without changing anything.

    Raises
    ------
    AnswerFileError
        The file cannot be used, and why.
    """
    raw = read_plain_file(path, MAX_BYTES)
    return {} if raw is None else parse(raw, question_set)


def keep(path: Path, question_set: str, versions: Mapping[str, Version]) -> None:
    """Add a version of some answers, where it is not the last one already.

    Whoever calls holds the lock of the set's answers. A damaged file is put aside and kept.

    Raises
    ------
    AnswerFileError
        It cannot be written; what was there before is unharmed.
    """
    try:
        known = look(path, question_set)
    except DamagedError:
        set_aside(path, "damaged")
        known = {}
    new = {id: each for id, each in versions.items() if known.get(id, ())[-1:] != (each,)}
    if not new:
        return
    raw = dump(question_set, {**known, **{id: (*known.get(id, ()), new[id]) for id in new}})
    if len(raw) > MAX_BYTES and path.exists():
        set_aside(path, "full")
        raw = dump(question_set, {id: (each,) for id, each in new.items()})
    write_whole(path, raw)


def dump(question_set: str, versions: Versions) -> bytes:
    """The bytes of the file of a set; the same for the same versions."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "set": question_set,
        "versions": {
            id: [{"value": value, "at": at} for value, at in all] for id, all in versions.items()
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True).encode("utf-8")


def parse(raw: bytes, question_set: str) -> Versions:
    """Read what `dump` wrote.

    Raises
    ------
    DamagedError
        It is not in that form, or (`NewerError`) a newer course wrote it.
    """
    try:
        if len(raw) > MAX_BYTES:
            raise ValueError("too large")
        data = json.loads(raw.decode("utf-8"))
        if (data["format"], data["set"]) != (FORMAT, question_set):
            raise ValueError("another file")
        if data["version"] > VERSION:
            raise NewerError(
                f"The earlier versions of what you wrote in {question_set} are of a newer version "
                "of the course. Update the course."
            )
        if data["version"] != VERSION:
            raise ValueError("another file")
        return {
            str(id): tuple(Version(one["value"], _text(one["at"])) for one in all)
            for id, all in data["versions"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DamagedError(
            f"The earlier versions of what you wrote in {question_set} could not be read."
        ) from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value
