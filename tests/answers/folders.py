"""A learner's folder with work in it, plainly fictional."""

from __future__ import annotations

import json
from pathlib import Path

from place_kit import facts
from place_kit.answers import handin, journal, places, store
from place_kit.facts.model import Question

TEXTS = {one.id: one for one in facts.load().questions.values() if one.kind == "reflect"}
PRACTICE = next(one for one in TEXTS.values() if not one.graded)
GRADED = next(one for one in TEXTS.values() if one.graded)


def learner_folder(folder: Path, *, text: str = "What I thought at first.") -> Path:
    """A folder with the marker of a learner's, two answers, a version, a hand-in and a name."""
    (folder / ".place-kit" / "tmp").mkdir(parents=True)
    answer(folder, PRACTICE, text)
    answer(folder, GRADED, text)
    version(folder, PRACTICE, f"{text} Earlier.", "2026-01-01T00:00:00Z")
    hand_in(folder, GRADED, "ada-l")
    handin.remember(folder, "ada-l")
    return folder


def answer(folder: Path, question: Question, value: object) -> store.Entry:
    path = places.answer_file(folder, question.set)
    return store.AnswerFile(question.set, path).save(question, value).entry


def at(folder: Path, question: Question, time: str) -> None:
    """Make an answer one of another time."""
    path = places.answer_file(folder, question.set)
    data = json.loads(path.read_bytes())
    data["answers"][question.id]["latest"]["at"] = time
    path.write_text(json.dumps(data), encoding="utf-8")


def version(folder: Path, question: Question, value: object, time: str) -> None:
    path = places.journal_file(folder, question.set)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(journal.dump(question.set, {question.id: (journal.Version(value, time),)}))


def hand_in(folder: Path, question: Question, learner: str) -> Path:
    answers = store.look(question.set, places.answer_file(folder, question.set))
    assignment = store.assignment_of(question.set)
    path = folder / "hand-in" / handin.file_name(assignment, learner)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(handin.make(assignment, learner, answers))
    return path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file that says something, and its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in places.files(folder)
        if not path.name.endswith(".lock")
    }
