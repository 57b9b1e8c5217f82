"""A learner's folder, with answers in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from place_kit import facts
from place_kit.answers import handin, store
from place_kit.facts.model import Question

ROOT = Path(__file__).parents[2]


def make_home(folder: Path) -> Path:
    """A learner's folder with the course's own pages, and nothing answered."""
    (folder / handin.HOME).mkdir(parents=True)
    (folder / "hand-in").mkdir()
    for part in ("course", "exercises"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("answers*"))
    return folder


def some(question: Question) -> Any:
    """An answer to any question, whole or in part."""
    match question.kind:
        case "choose_one":
            return question.options[0].id
        case "choose_several":
            return [question.options[0].id]
        case "classify" | "match":
            return {question.items[0].id: question.categories[0].id}
        case "order":
            return [item.id for item in question.items]
        case "rate":
            assert question.scale
            return {question.items[0].id: question.scale.low}
        case "number":
            return "7"
        case "reflect":
            return "I wondered who was not there."
        case "plan":
            return [{question.fields[0].id: "Ask two neighbours"}]


def file_of(home: Path, question_set: str) -> store.AnswerFile:
    """The answer file of a set in a learner's folder."""
    folder = home / "course"
    if question_set.endswith(store.GRADED):
        folder = home / "exercises" / store.assignment_of(question_set)
    return store.AnswerFile(question_set, store.file_for(question_set, folder))


def answer(home: Path, question_id: str, value: Any = None) -> store.Saved:
    """Answer one question in a learner's folder."""
    question = facts.question(question_id)
    return file_of(home, question.set).save(question, some(question) if value is None else value)


def answer_all(home: Path, question_set: str, *, leave: int = 0) -> None:
    """Answer every question of a set that a module needs, but for the last `leave`."""
    asked = [each for each in facts.questions_of(question_set) if not each.later]
    for question in asked[: len(asked) - leave]:
        answer(home, question.id)
