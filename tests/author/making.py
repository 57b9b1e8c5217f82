"""Small notebooks to test with: one that is well, and what spoils it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat.v4
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from place_kit.author.notebooks import METADATA
from place_kit.facts.model import Item, Option, Question

Change = Callable[[Any], None]

ONE = Question("01_small.one", "01_small", False, 1, "reflect", "One?")
GRADED = "01_small.graded"
CHOICE = Question(
    f"{GRADED}.choice",
    GRADED,
    True,
    1,
    "choose_one",
    "Which?",
    options=(Option("a", "A"), Option("b", "B")),
)
KINDS = Question(
    f"{GRADED}.kinds",
    GRADED,
    True,
    1,
    "classify",
    "Which kind?",
    items=(Item("x", "X"), Item("y", "Y")),
    categories=(Option("p", "P"), Option("q", "Q")),
)
TEXT = Question(f"{GRADED}.text", GRADED, True, 1, "reflect", "Why?")
QUESTIONS: Mapping[str, Question] = {each.id: each for each in (ONE, CHOICE, KINDS, TEXT)}

CHOICE_TEST = f"""assess.not_marked_yet("{CHOICE.id}")
### BEGIN HIDDEN TESTS
assess.mark(
    "{CHOICE.id}",
    key="a",
    reasons={{"a": "A is so.", "b": "B is not so."}},
    points=2,
)
### END HIDDEN TESTS"""
KINDS_TEST = f"""assess.not_marked_yet("{KINDS.id}")
### BEGIN HIDDEN TESTS
assess.mark(
    "{KINDS.id}",
    key={{"x": "p", "y": ["p", "q"]}},
    reasons={{
        "x": {{"right": "Yes.", "wrong": "Look."}},
        "y": {{"right": "Yes.", "wrong": "No."}},
    }},
    points=2,
)
### END HIDDEN TESTS"""
TASK = """What your tutor looks for.

### BEGIN MARK SCHEME
Level 0, Level 1, Level 2, Level 3.
### END MARK SCHEME
"""


def text(id: str, source: str, tags: tuple[str, ...] = (), grading: Any = None) -> Any:
    metadata: dict[str, Any] = {"tags": list(tags)} if tags else {}
    return new_markdown_cell(source, id=id, metadata=metadata | graded_as(grading))


def code(id: str, source: str, grading: Any = None) -> Any:
    hidden = {"jupyter": {"source_hidden": True}, "tags": ["hide-input"]}
    return new_code_cell(source, id=id, metadata=hidden | graded_as(grading))


def graded_as(grading: Any) -> dict[str, Any]:
    if grading is None:
        return {}
    always = {"schema_version": 3, "grade": False, "solution": False, "locked": True, "task": False}
    return {"nbgrader": always | grading}


def module() -> Any:
    return _notebook(
        text("title", "# Small\n\nSee [the end](01_small.ipynb#end)."),
        code("import", "from place_kit import ask, show"),
        text("section", "## A section\n\n### A part\n\n![A hill at dawn](01_small.ipynb)"),
        code("one", 'ask.question("01_small.one")'),
        text("note", "**For the facilitator.** Take your time.", ("facilitator",)),
    )


def solution() -> Any:
    def locked(id: str) -> Any:
        return {"grade_id": id}

    def tested(id: str) -> Any:
        return {"grade_id": id, "grade": True, "points": 2}

    return _notebook(
        text("title", "# Small exercise", grading=locked("title")),
        code("import", "from place_kit import ask, assess", locked("import")),
        code("choice", f'ask.question("{CHOICE.id}")', locked("ask-choice")),
        code("mark-choice", CHOICE_TEST, tested("mark-choice")),
        code("kinds", f'ask.question("{KINDS.id}")', locked("ask-kinds")),
        code("mark-kinds", KINDS_TEST, tested("mark-kinds")),
        code("text", f'ask.question("{TEXT.id}")', locked("ask-text")),
        text("rubric", TASK, grading={"grade_id": "rubric", "task": True, "points": 4}),
    )


def _notebook(*cells: Any) -> Any:
    notebook = new_notebook(cells=list(cells), metadata=json.loads(json.dumps(METADATA)))
    notebook.nbformat_minor = 5
    return notebook


def write(path: Path, notebook: Any, change: Change | None = None) -> Path:
    if change:
        change(notebook)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.v4.writes(notebook) + "\n", encoding="utf-8")
    return path


def cell(notebook: Any, id: str) -> Any:
    return next(cell for cell in notebook.cells if cell.id == id)
