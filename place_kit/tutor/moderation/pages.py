"""The page a second tutor reads: the piece and its mark scheme, and nothing of whose it is."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from place_kit import facts
from place_kit.answers import store
from place_kit.facts.model import Question
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.marking_folder import ANSWERS, MarkingFolder
from place_kit.tutor.intake import validated

_QUESTION = re.compile(r"ask\.question\(\s*[\"']([\w.]+)[\"']")
_SCHEME = re.compile(r"### BEGIN MARK SCHEME\n(.*?)### END MARK SCHEME", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Task:
    """What a piece of writing answers, and by what it is marked (as HTML; it is ours)."""

    title: str
    question: Question
    scheme: str


def tasks(folder: MarkingFolder, assignment: str) -> dict[str, Task]:
    """The tasks of an assignment that are marked by the rubric, by the cell's name."""
    import mistune

    as_html = mistune.create_markdown(escape=True)
    source = folder.solutions / assignment / folder.notebooks()[assignment].name
    title, question, found = assignment, None, {}
    for cell in json.loads(source.read_bytes())["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and text.startswith("# "):
            title = text.splitlines()[0].removeprefix("# ").removeprefix("Exercise: ")
        if cell["cell_type"] == "code" and (named := _QUESTION.search(text)):
            question = facts.question(named[1])
        marked = cell["metadata"].get("nbgrader", {})
        if marked.get("task") and question:
            scheme = _SCHEME.search(text)
            found[marked["grade_id"]] = Task(
                title, question, str(as_html(scheme[1] if scheme else ""))
            )
    return found


def written(folder: MarkingFolder, learner: str, assignment: str, question: Question) -> Any:
    """What a learner wrote, as it was when it was marked by rule; None if nothing."""
    try:
        path = folder.autograded / learner / assignment / ANSWERS
        return validated.read(path, assignment).value(question.id)
    except (PlaceKitError, store.AnswerFileError):
        return None


def digest(value: Any) -> str:
    """Tells one piece of writing from another."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def render(number: int, task: Task, value: Any) -> str:
    """The page as HTML: one file, with nothing to fetch; what was written stays text."""
    fields = task.question.fields
    page: str = _template().render(
        number=number,
        task=task,
        text=value.strip() if isinstance(value, str) else "",
        headings=[field.label for field in fields],
        rows=[
            [row.get(field.id, "") for field in fields]
            for row in (value if isinstance(value, list) else ())
        ],
    )
    return page


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return templates.get_template("script.html.j2")
