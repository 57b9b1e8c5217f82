"""A learner's folder with answers in it; all people in it are made up."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from place_kit import facts
from place_kit.answers.store import AnswerFile, file_for
from place_kit.facts.model import Question
from place_kit.record import known
from tests.course.reading import COURSE

OWN: dict[str, Any] = {
    "about_me": [{"name": "Mòrag Testperson", "role": "Support worker"}],
    "formality": "informal",
    "learned": "To ask before I plan.\n\nAnd to wait.",
    "reflections": "all",
    "impact": "The lunch club chose its own day.",
    "evidence": "A changed form.",
    "my_links": [{"element": "An element of my choice", "code": "2.3"}],
    "verification": [{"by": "A. Supervisor", "role": "Team leader", "date": "2026-12-01"}],
    "next_step": "Read about evaluation.",
}


def folder(place: Path) -> Path:
    """An empty learner's folder."""
    (place / "course" / "answers").mkdir(parents=True)
    (place / ".place-kit").mkdir()
    (place / ".place-kit" / "manifest.json").write_text("{}")
    shutil.copy(COURSE / "modules.toml", place / "course")
    return place


def answer(place: Path, id: str, value: Any) -> None:
    """Answer one question, as a form does."""
    question = facts.question(id)
    file = AnswerFile(question.set, file_for(question.set, place / "course"))
    file.save(question, value, settle=True)


def some(question: Question) -> Any:
    """Some answer to any question, plainly this question's."""
    match question.kind:
        case "choose_one":
            return question.options[0].id
        case "choose_several":
            return [question.options[0].id]
        case "classify" | "match":
            return {each.id: question.categories[0].id for each in question.items}
        case "order":
            return [each.id for each in question.items]
        case "rate":
            assert question.scale
            return {each.id: question.scale.low for each in question.items}
        case "number":
            return "7"
        case "reflect":
            return f"What I think about {question.id}."
        case "plan":
            return [
                {
                    each.id: "2026-12-24" if each.type == "date" else f"{question.id} {each.id}"
                    for each in question.fields
                }
            ]


def do_module(place: Path, module: str) -> None:
    """Answer every question of a module that does not wait for its time."""
    for question in facts.questions_of(module):
        if not question.later:
            answer(place, question.id, some(question))


def do_all(place: Path, **own: Any) -> Path:
    """Answer the whole course and fill in the record."""
    for module in facts.read_syllabus(place / "course" / "modules.toml"):
        do_module(place, module.id)
    for name, value in {**OWN, **own}.items():
        answer(place, f"{known.SET}.{name}", value)
    return place
