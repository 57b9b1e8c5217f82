"""A small assignment and hand-ins for it, made from the course's own graded questions.

The keys are made up: which answers are right does not matter here, and content may change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from place_kit import facts
from place_kit.answers import handin, store
from place_kit.facts.model import Question

ASSIGNMENT = "03_cases"
SET = ASSIGNMENT + store.GRADED
QUESTIONS = facts.questions_of(SET)
SECRET = "only-the-mark-scheme-says-this"


def _first(kind: str) -> Question:
    return next(one for one in QUESTIONS if one.kind == kind)


CLASSIFY, CHOICE, REFLECT = _first("classify"), _first("choose_one"), _first("reflect")
CLASSIFY_KEY = {item.id: CLASSIFY.categories[0].id for item in CLASSIFY.items}
CHOICE_KEY = CHOICE.options[0].id
FULL = len(CLASSIFY_KEY) + 2
"""What all right answers earn by rule."""


def right() -> dict[str, Any]:
    """Every answer right, and a reflection."""
    return {
        CLASSIFY.id: dict(CLASSIFY_KEY),
        CHOICE.id: CHOICE_KEY,
        REFLECT.id: "I asked.\n\nNext time I ask sooner.",
    }


def write_solutions(folder: Path, *, reason: str = "Because.", title: str = "Five cases") -> Path:
    """An instructor's notebook in the form of the course's: two test cells and one task."""
    reasons = {item: {"right": reason, "wrong": "Look again."} for item in CLASSIFY_KEY}
    chosen = {one.id: f"{SECRET} {one.id}" for one in CHOICE.options[2:]}
    chosen |= {one.id: f"On {one.id}." for one in CHOICE.options[:2]}
    task = f"Level 2 is a pass.\n### BEGIN MARK SCHEME\n{SECRET}\n### END MARK SCHEME"
    cells = [
        new_markdown_cell(f"# Exercise: {title}", id="title"),
        _code("import", "from place_kit import ask, assess"),
        new_markdown_cell("## 1. Claims", id="intro-claims"),
        _code("ask-claims", f'ask.question("{CLASSIFY.id}")'),
        _test("mark-claims", CLASSIFY.id, CLASSIFY_KEY, reasons, len(CLASSIFY_KEY)),
        new_markdown_cell("## 2. Of how many?", id="intro-choice"),
        _code("ask-choice", f'ask.question("{CHOICE.id}")'),
        _test("mark-choice", CHOICE.id, CHOICE_KEY, chosen, 2),
        new_markdown_cell("## 3. Your reflection", id="intro-reflection"),
        _code("ask-reflection", f'ask.question("{REFLECT.id}")'),
        new_markdown_cell(task, id="rubric", metadata=_nbgrader("rubric", points=12, task=True)),
    ]
    notebook = new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        },
    )
    path = folder / ASSIGNMENT / "cases.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return folder


def _nbgrader(name: str, **changes: Any) -> dict[str, Any]:
    plain = {"grade": False, "solution": False, "task": False, "locked": True}
    return {"nbgrader": {"grade_id": name, "schema_version": 3, **plain, **changes}}


def _code(name: str, source: str) -> Any:
    return new_code_cell(source, id=name, metadata=_nbgrader(name))


def _test(name: str, question: str, key: Any, reasons: Any, points: int) -> Any:
    source = (
        f'assess.not_marked_yet("{question}")\n### BEGIN HIDDEN TESTS\n'
        f'assess.mark("{question}", key={key!r}, reasons={reasons!r}, points={points})\n'
        "### END HIDDEN TESTS"
    )
    return new_code_cell(source, id=name, metadata=_nbgrader(name, grade=True, points=points))


def answers(given: Mapping[str, Any], at: str = "2026-11-20T10:00:00Z") -> store.Answers:
    """Answers as an answer file holds them."""
    return store.Answers(SET, {name: store.Entry(value, 1, 1, at) for name, value in given.items()})


def answer_file(given: Mapping[str, Any]) -> bytes:
    """The bytes of an answer file."""
    return json.dumps(store.to_json(answers(given))).encode()


def hand_in(
    learner: str = "ada.l",
    given: Mapping[str, Any] | None = None,
    made: str = "2026-11-20T10:00:00Z",
    **changes: Any,
) -> bytes:
    """The bytes of a hand-in, made at a given time."""
    raw = handin.make(ASSIGNMENT, "any", answers(right() if given is None else given))
    return json.dumps({**json.loads(raw), "learner": learner, "made": made, **changes}).encode()
