"""Read what a cohort did: from the gradebook, and from the marked notebooks.

Of a marked notebook only the `Mark` of each test cell is taken, as on the feedback page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import shorten

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import gradebook, settings
from place_kit.tutor.desk.gradebook import Book
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.feedback import page
from place_kit.tutor.feedback.rubric import LEVELS
from place_kit.tutor.files import read_plain
from place_kit.tutor.marking import autograde
from place_kit.tutor.results import cohort, grades
from place_kit.tutor.results.cohort import Asked, Levels, Result, Script
from place_kit.tutor.results.grades import Sheet

_LIMIT = 20_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """How a cohort did in one assignment."""

    sheet: Sheet
    results: tuple[Result, ...] = ()
    levels: Levels = field(default_factory=Levels)


def sheets(folder: MarkingFolder, only: str = "") -> tuple[Sheet, ...]:
    """The grades of every assignment of the folder, or of one.

    Raises
    ------
    PlaceKitError
        If there is no assignment of that name.
    """
    return tuple(sheet for sheet, _, _ in _read(folder, only))


def pictures(folder: MarkingFolder, only: str = "") -> tuple[Picture, ...]:
    """How the cohort did in every assignment of the folder, or in one; raises as `sheets`."""
    return tuple(_picture(folder, *read) for read in _read(folder, only))


def titles(folder: MarkingFolder) -> dict[str, str]:
    """The title of every assignment of the folder, by its id."""
    return {name: _asked(path)[0] for name, path in folder.notebooks().items()}


def _read(folder: MarkingFolder, only: str) -> Iterator[tuple[Sheet, Book, tuple[Asked, ...]]]:
    notebooks = folder.notebooks()
    if only and only not in notebooks:
        there = ", ".join(notebooks) or "none yet"
        raise PlaceKitError(f"There is no assignment {only} here. There is: {there}.")
    people, owed = gradebook.roster(folder).values(), settings.read(folder)
    marked = autograde.marked(folder)
    for assignment in [only] if only else notebooks:
        title, asked = _asked(notebooks[assignment])
        book = gradebook.book(folder, assignment)
        sheet = grades.read(folder, assignment, title, people, owed, book, marked)
        yield sheet, book, asked


def _asked(released: Path) -> tuple[str, tuple[Asked, ...]]:
    import nbformat

    title, outline = page.outline(nbformat.read(released, as_version=4))
    found = [each for each in outline if each[2]["metadata"]["nbgrader"].get("grade")]
    sections = [section for section, _, _ in found]
    asked = []
    for section, question, cell in found:
        info, prompt = cell["metadata"]["nbgrader"], question.prompt if question else ""
        alone = section and sections.count(section) == 1
        name = section if alone else f"{section} {_short(prompt)}".strip()
        kind = question.kind if question else None
        asked.append(Asked(info["grade_id"], name, prompt, kind, float(info["points"])))
    return title, tuple(asked)


def _short(prompt: str) -> str:
    return shorten(prompt, 60, placeholder=" …", break_on_hyphens=False)


def _picture(folder: MarkingFolder, sheet: Sheet, book: Book, asked: tuple[Asked, ...]) -> Picture:
    marked = [grade for grade in sheet.grades if grade.by_rule is not None]
    name = folder.notebooks()[sheet.assignment].name
    scripts = []
    for grade in marked:
        scores = book.submissions[grade.learner.id].scores
        notebook = folder.autograded / grade.learner.id / sheet.assignment / name
        points = {cell: score.points for cell, score in scores.items() if not score.is_task}
        scripts.append(Script(points, page.marks_in(_cells(notebook))))
    return Picture(
        sheet,
        cohort.results(asked, scripts),
        cohort.levels((grade.level for grade in marked), (level.number for level in LEVELS)),
    )


def _cells(notebook: Path) -> list[dict[str, object]]:
    """A marked notebook's cells as they stand: to check its form again would take minutes."""
    try:
        cells = json.loads(read_plain(notebook, _LIMIT))["cells"]
    except (PlaceKitError, ValueError, KeyError, TypeError, RecursionError):
        return []
    return [cell for cell in cells if isinstance(cell, dict)]
