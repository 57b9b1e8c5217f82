"""The answer file: read it, change one answer in it, and never lose any.

One file holds the answers of one set of questions (a module, or an assignment).
It is written whole to a neighbour and put in place in one step, so that a reader,
a crash or a `kill -9` finds the last complete state. Every save reads the file
again under a lock, so that two windows change one file without undoing each other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from place_kit.answers import journal, values
from place_kit.answers.entries import (
    FORMAT,
    MAX_BYTES,
    Answers,
    DamagedError,
    Entry,
    entry_to_json,
    from_json,
    parse,
    to_json,
)
from place_kit.answers.files import (
    AnswerFileError,
    locked,
    now,
    read_plain_file,
    set_aside,
    write_whole,
)
from place_kit.facts.model import Question

__all__ = [
    "FORMAT",
    "GRADED",
    "MAX_BYTES",
    "AnswerFile",
    "AnswerFileError",
    "Answers",
    "DamagedError",
    "Entry",
    "Saved",
    "assignment_of",
    "file_for",
    "from_json",
    "look",
    "now",
    "parse",
    "read_plain_file",
    "to_json",
    "write_whole",
]

GRADED = ".graded"
"""Ends the name of a set whose answers are handed in."""


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
            with locked(self.path):
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
        with locked(self.path):
            answers = self._read_or_set_aside()
            before = answers.entries.get(question.id)
            entry, notice = _next(before, question, value, settle=settle, seen=seen)
            if before and journal.closed(question, before.value, before.at, value, entry.at):
                # First of the two: between them the text stands in both files, never in none.
                self._keep({question.id: journal.Version(before.value, before.at)})
            entries = {**answers.entries, question.id: entry}
            self._write(replace(answers, entries=entries))
        return Saved(entry, " ".join(filter(None, (answers.notice, notice))))

    def change(self, how: Callable[[Answers], Answers]) -> Answers:
        """Change the answers as a whole, while no other window saves.

        Parameters
        ----------
        how
            Takes the answers as they are on disk, and gives what they are to be. Nothing is
            written where that is the same.

        Raises
        ------
        AnswerFileError
            If the file cannot be written; what was there before is unharmed.
        """
        with locked(self.path):
            before = self._read_or_set_aside()
            after = how(before)
            if after.entries != before.entries:
                self._write(after)
        return after

    def alone(self) -> AbstractContextManager[None]:
        """Hold these answers, so that no other window saves meanwhile."""
        return locked(self.path)

    def close_versions(self, questions: Iterable[Question]) -> None:
        """Keep the texts as they are now in the journal: they were handed in.

        Raises
        ------
        AnswerFileError
            If the journal cannot be written.
        """
        with locked(self.path):
            entries = self._read().entries
            self._keep(
                {
                    question.id: journal.Version(entry.value, entry.at)
                    for question in questions
                    if question.kind in journal.KINDS and (entry := entries.get(question.id))
                }
            )

    def _keep(self, versions: Mapping[str, journal.Version]) -> None:
        path = journal.file_for(self.set, self.path)
        if path and versions:
            journal.keep(path, self.set, versions)

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
            aside = set_aside(self.path, "damaged")
            return Answers(
                self.set,
                notice=f"Your earlier answers could not be read. {damage} It is kept as "
                f"{aside.name}, and your answers start afresh. "
                "Your tutor can help to recover it.",
            )

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
                data = json.dumps(entry_to_json(entry), ensure_ascii=False)
                self._lines[name] = entry, f"{json.dumps(name)}: {data}"
        head = json.dumps(to_json(Answers(answers.set)))[: -len("}}")]
        lines = ",\n".join(self._lines[name][1] for name in answers.entries)
        return f"{head}\n{lines}\n}}}}\n".encode()


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
