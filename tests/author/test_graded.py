"""The rules of graded notebooks, tried on one good solution and on many small bad ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from place_kit.author import graded, notebooks
from tests.author import making
from tests.author.making import CHOICE, QUESTIONS, Change, cell


def solution(folder: Path, change: Change | None = None, within: str = "solutions") -> Path:
    return making.write(folder / within / "01_small" / "small.ipynb", making.solution(), change)


def codes(path: Path) -> list[str]:
    return [problem.code for problem in notebooks.problems(path, QUESTIONS)]


def replaced(id: str, old: str, new: str) -> Change:
    def change(notebook: Any) -> None:
        assert old in cell(notebook, id).source
        cell(notebook, id).source = cell(notebook, id).source.replace(old, new)

    return change


def grading(id: str, **values: Any) -> Change:
    def change(notebook: Any) -> None:
        cell(notebook, id).metadata["nbgrader"].update(values)

    return change


def without(id: str) -> Change:
    def change(notebook: Any) -> None:
        notebook.cells.remove(cell(notebook, id))

    return change


def only_its_first_line(notebook: Any) -> None:
    cell(notebook, "mark-choice").source = making.CHOICE_TEST.splitlines()[0]


def test_a_good_solution_has_no_problems(tmp_path: Path) -> None:
    assert codes(solution(tmp_path)) == []


BAD: dict[str, tuple[str, Change]] = {
    "a form that learners could delete": ("NB201", grading("choice", locked=False)),
    "a cell that learners could write in": ("NB201", grading("text", solution=True)),
    "a grade id used twice": ("NB202", grading("choice", grade_id="ask-text")),
    "a grade id that a machine made": ("NB202", grading("choice", grade_id="cell-0B1F")),
    "no line for learners": ("NB203", replaced("mark-choice", "assess.not_marked_yet", "print")),
    "the mark of another question": (
        "NB204",
        replaced("mark-choice", f'mark(\n    "{CHOICE.id}"', 'mark(\n    "01_small.graded.kinds"'),
    ),
    "a second statement in the hidden test": (
        "NB204",
        replaced("mark-choice", "### END", "print(1)\n### END"),
    ),
    "no hidden test": ("NB204", only_its_first_line),
    "points that differ": ("NB205", grading("mark-choice", points=3)),
    "a key that names no option": ("NB206", replaced("mark-choice", 'key="a"', 'key="c"')),
    "a key for no item": ("NB206", replaced("mark-kinds", '"y": ["p", "q"]', '"y": "p", "z": "p"')),
    "a key without an item": ("NB206", replaced("mark-kinds", ', "y": ["p", "q"]', "")),
    "a key that can earn half at most": (
        "NB206",
        replaced("mark-choice", 'key="a"', 'key={"a": 0.5}'),
    ),
    "an option without its reason": ("NB207", replaced("mark-choice", '"A is so."', '""')),
    "an item without its hint": ("NB207", replaced("mark-kinds", '"wrong": "No."', '"right": ""')),
    "a reason for no option": ("NB207", replaced("mark-choice", '"b":', '"b": "", "c":')),
    "a key in the open": (
        "NB208",
        replaced("choice", "ask.question", 'key = "a"\nask.question'),
    ),
    "a rubric in the open": ("NB208", grading("rubric", task=False)),
    "a question without a test": ("NB209", without("mark-choice")),
    "a test without a question": ("NB209", without("choice")),
    "a reflection without its task": ("NB209", without("rubric")),
    "a task worth nothing": ("NB210", grading("rubric", points=0)),
    "a mark scheme without a level": ("NB210", replaced("rubric", ", Level 3", "")),
    "a practice question": (
        "NB016",
        replaced("text", "01_small.graded.text", "01_small.one"),
    ),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_spoiled_solution_is_found_out(tmp_path: Path, bad: str) -> None:
    code, change = BAD[bad]
    assert code in codes(solution(tmp_path, change))


def test_a_solution_among_the_exercises_gives_its_keys_away(tmp_path: Path) -> None:
    assert "NB208" in codes(solution(tmp_path, within="exercises"))


def test_an_assignment_folder_holds_one_notebook_and_nothing_else(tmp_path: Path) -> None:
    folder = solution(tmp_path).parent
    (folder / ".ipynb_checkpoints").mkdir()
    assert notebooks.problems_of_folder(folder, QUESTIONS) == ()
    (folder / "answers.json").write_text("{}")
    (problem,) = notebooks.problems_of_folder(folder, QUESTIONS)
    assert problem.code == "NB018"
    assert "answers.json" in problem.wrong
    (folder / "answers.json").unlink()
    making.write(folder / "copy.ipynb", making.solution())
    assert "NB018" in [each.code for each in notebooks.problems_of_folder(folder, QUESTIONS)]


def test_an_assignment_folder_without_a_notebook_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "solutions" / "02_none").mkdir(parents=True)
    (problem,) = notebooks.problems_of_folder(tmp_path / "solutions" / "02_none", QUESTIONS)
    assert problem.code == "NB018"


def test_the_perfect_answer_comes_from_the_key() -> None:
    assert graded.perfect(CHOICE, {"a": 0.5, "b": 1}) == "b"
    assert graded.perfect(making.KINDS, {"x": "p", "y": ["q", "p"]}) == {"x": "p", "y": "q"}
