"""Every committed notebook is clean, runs, and keeps its keys to itself."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from place_kit.author import notebooks
from place_kit.author.graded import hidden_marks
from tests.course.reading import ALL, COURSE, EXERCISES, RELEASED, ROOT, SOLVED, name


def executed(path: Path, folder: Path) -> Any:
    """The notebook, run in a folder of its own."""
    notebook = nbformat.read(path, as_version=4)
    if path.parent == COURSE:
        shutil.copytree(
            COURSE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("answers")
        )
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}})
    return client.execute()


@pytest.mark.parametrize("path", ALL, ids=name)
def test_the_notebook_has_no_problems(path: Path) -> None:
    assert [str(problem) for problem in notebooks.problems(path)] == []


@pytest.mark.parametrize("path", [*SOLVED, *RELEASED], ids=name)
def test_an_assignment_folder_holds_the_notebook_and_nothing_else(path: Path) -> None:
    assert notebooks.problems_of_folder(path.parent) == ()


def test_every_solution_has_its_exercise() -> None:
    assert [path.parent.name for path in SOLVED] == [path.parent.name for path in RELEASED]


@pytest.fixture(scope="module", params=ALL, ids=name)
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Each notebook, run once."""
    return executed(request.param, tmp_path_factory.mktemp("run"))


@pytest.mark.slow
def test_the_notebook_runs_from_top_to_bottom(ran: Any) -> None:
    for cell in ran.cells:
        for output in cell.get("outputs", ()):
            assert output.output_type not in ("error", "stream"), (cell.id, output)
            words = json.dumps(output.get("data", {}))
            for trouble in ("Something in the course itself", "cannot be shown", "has no question"):
                assert trouble not in words, (cell.id, words)


@pytest.mark.slow
def test_each_call_shows_something_that_plain_html_can_show(ran: Any) -> None:
    for cell in ran.cells:
        if cell.cell_type == "code" and not cell.source.startswith("from "):
            data = [output.get("data", {}) for output in cell.outputs]
            assert any(each.get("text/html") and each.get("text/plain") for each in data), cell.id


@pytest.mark.parametrize("path", SOLVED, ids=name)
def test_no_key_reason_or_mark_scheme_reaches_the_learner(path: Path) -> None:
    exercise = (EXERCISES / path.parent.name / path.name).read_text(encoding="utf-8")
    exercise = json.dumps(json.loads(exercise), ensure_ascii=False)
    notebook = notebooks.Notebook(path, "solutions", nbformat.read(path, as_version=4))
    marks = hidden_marks(notebook)
    assert marks
    for id, call in marks.items():
        for reason in every_text(call["reasons"]):
            assert reason not in exercise, id
    for word in ("assess.mark(", "key=", "reasons=", "HIDDEN", "MARK SCHEME", "moderated"):
        assert word not in exercise


def every_text(reasons: Any) -> list[str]:
    if isinstance(reasons, str):
        return [reasons]
    return [text for part in reasons.values() for text in every_text(part)]


def test_no_key_lies_in_the_folder_of_the_exercises() -> None:
    assert {path.suffix for path in EXERCISES.rglob("*") if path.is_file()} == {".ipynb"}


def test_the_authors_configuration_names_our_folders() -> None:
    text = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    assert 'source_directory = "solutions"' in text
    assert 'release_directory = "exercises"' in text


def test_the_pages_of_ones_own_are_linked_before_the_first_form_of_the_welcome() -> None:
    cells = nbformat.read(COURSE / "00_welcome.ipynb", as_version=4).cells
    first_form = next(at for at, cell in enumerate(cells) if "ask.question" in cell.source)
    above = "".join(cell.source for cell in cells[:first_form] if cell.cell_type == "markdown")
    for page in ("journal", "record", "privacy"):
        assert f"({page}.ipynb)" in above
