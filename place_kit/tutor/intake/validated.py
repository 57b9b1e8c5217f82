"""Answers somebody sent, reduced to what this course's questions can hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from place_kit import facts
from place_kit.answers import store, values
from place_kit.facts.model import Question
from place_kit.tutor.files import read_plain

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_CONTROLS = dict.fromkeys({*range(32), *range(127, 160)} - {*map(ord, "\n\r\t")})
TEXT_KINDS = ("reflect", "plan")


def questions(assignment: str) -> dict[str, Question]:
    """The graded questions of an assignment, by id."""
    return {one.id: one for one in facts.questions_of(assignment + store.GRADED)}


def reduce(answers: store.Answers) -> tuple[store.Answers, int]:
    """Keep what is an answer to a question of the set, in its normal form.

    Returns
    -------
    tuple
        The answers, and how many entries were left out.
    """
    kept = {}
    for name, question in questions(store.assignment_of(answers.set)).items():
        entry = answers.entries.get(name)
        if entry is None or entry.value is None:
            continue
        try:
            value = _seen(values.check(question, entry.value))
        except values.AnswerError:
            continue
        first, first_at = _first(question, entry)
        kept[name] = store.Entry(
            value=value,
            revision=_small(entry.revision),
            saves=_small(entry.saves),
            at=_time(entry.at),
            first=first,
            first_at=first_at,
            settled=entry.settled,
        )
    answered = sum(entry.value is not None for entry in answers.entries.values())
    return store.Answers(answers.set, kept), answered - len(kept)


def changed_since(answers: store.Answers) -> list[str]:
    """The questions that have another revision now than when they were answered."""
    return [
        name
        for name, question in questions(store.assignment_of(answers.set)).items()
        if name in answers.entries and answers.entries[name].revision < question.revision
    ]


def _first(question: Question, entry: store.Entry) -> tuple[Any, str]:
    try:
        if _time(entry.first_at):
            return _seen(values.check(question, entry.first)), entry.first_at
    except values.AnswerError:
        pass
    return None, ""


def _seen(value: Any) -> Any:
    """An answer without what no page can show and a terminal would obey."""
    if isinstance(value, str):
        return value.translate(_CONTROLS)
    if isinstance(value, list):
        return [_seen(part) for part in value]
    return {name: _seen(part) for name, part in value.items()} if isinstance(value, dict) else value


def _time(text: str) -> str:
    return text if _TIME.fullmatch(text) else ""


def _small(number: int) -> int:
    return min(max(number, 0), 1_000_000)


def serialise(answers: store.Answers) -> bytes:
    """The bytes of an answer file: the same for the same answers."""
    return json.dumps(store.to_json(answers), ensure_ascii=False, indent=1).encode("utf-8")


def read(path: Path, assignment: str) -> store.Answers:
    """The answers in a plain file, reduced.

    Raises
    ------
    PlaceKitError
        If it is a link, not a plain file, too large, or not an answer file.
    """
    raw = read_plain(path, store.MAX_BYTES)
    return reduce(store.parse(raw, assignment + store.GRADED))[0]


def unanswered(answers: store.Answers) -> int:
    """How many parts of the assignment have no answer."""
    return sum(
        values.missing(question, answers.value(name))
        for name, question in questions(store.assignment_of(answers.set)).items()
    )


def texts(answers: store.Answers) -> dict[str, Any]:
    """What was written rather than chosen: what a tutor marks by hand."""
    known = questions(store.assignment_of(answers.set))
    return {
        name: entry.value
        for name, entry in answers.entries.items()
        if known[name].kind in TEXT_KINDS
    }
