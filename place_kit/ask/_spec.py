"""What a page may know of a question: its words, never its key or its reasons."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from place_kit.facts import edition
from place_kit.facts.model import Question, QuestionKind

CHECKED: frozenset[QuestionKind] = frozenset(
    {"choose_one", "choose_several", "classify", "match", "order", "number"}
)
"""Kinds with a key of their own in practice; the others have no right answer."""

HELP: dict[QuestionKind, str] = {
    "choose_one": "Choose one.",
    "choose_several": "Choose all that apply.",
    "classify": "Choose a group for each.",
    "match": "Choose one answer for each. No answer is needed twice.",
    "order": "Put these in order with the buttons beside them.",
    "rate": "Choose a number for each. There is no right answer.",
    "number": "Write a number, in digits.",
    "reflect": "Please leave out names and anything else by which a person could be recognised.",
    "plan": "Please leave out names of people; a role is enough.",
}
"""What to do, where a question does not say it itself."""


def has_check(question: Question) -> bool:
    """Whether the learner can have the answer checked at once."""
    return not (question.graded or question.open) and question.kind in CHECKED


def store_token(path: Path) -> str:
    """A short name for one answer file, for what a browser keeps until it is saved there."""
    return hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:12]


def spec_of(question: Question, path: Path) -> dict[str, Any]:
    """What the page needs to draw a question.

    Parameters
    ----------
    question
        Any question.
    path
        The file its answer is kept in.
    """
    return {
        "form": "question",
        "id": question.id,
        "kind": question.kind,
        "graded": question.graded,
        "checks": has_check(question),
        "prompt": question.prompt,
        "help": question.help or HELP[question.kind],
        "options": [{"id": one.id, "text": one.text} for one in question.options],
        "categories": [{"id": one.id, "text": one.text} for one in question.categories],
        "items": [{"id": one.id, "text": one.text} for one in question.items],
        "scale": asdict(question.scale) if question.scale else None,
        "unit": question.unit,
        "fields": [asdict(one) for one in question.fields],
        "max_rows": question.max_rows,
        "prompts": list(question.prompts),
        "aim_words": question.aim_words,
        "store": store_token(path),
        "again": edition.here().start_again,
    }
