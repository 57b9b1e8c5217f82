"""Marks, comments and outputs are those of plain ``nbgrader autograde``, row by row."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import inspect, text

from place_kit.tutor.desk import gradebook, nbgrader_run
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.intake import taking
from place_kit.tutor.intake.arrivals import Arrival
from place_kit.tutor.marking import autograde
from place_kit.tutor.marking.engine import Engine
from place_kit.tutor.marking.one_session import OneSession
from tests.tutor.forty import ASSIGNMENT, forty, hand_in, learners
from tests.tutor.marking.test_autograde import nbgrader

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")]
LEARNERS = learners(5)
LATE = """\
c = get_config()
c.AssignLatePenalties.plugin_class = 'nbgrader.plugins.LateSubmissionPlugin'
c.LateSubmissionPlugin.penalty_method = 'zero'
"""


def rows(folder: MarkingFolder) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table. Ids that marking generates are told by what they stand for."""
    with gradebook.opened(folder.db_url) as book:
        tables = {
            name: [dict(row) for row in book.db.execute(text(f"SELECT * FROM {name}")).mappings()]
            for name in inspect(book.engine).get_table_names()
        }
    names: dict[Any, str] = {}
    for row in tables["submitted_assignment"]:
        names[row["id"]] = f"{row['student_id']} {row['assignment_id']}"
    for row in tables["submitted_notebook"]:
        names[row["id"]] = f"{names[row['assignment_id']]} {row['notebook_id']}"
    for name in ("grade", "comment"):
        names |= {
            row["id"]: f"{names[row['notebook_id']]} {row['cell_id']}" for row in tables[name]
        }
    return {
        table: sorted(({k: names.get(v, v) for k, v in row.items()} for row in held), key=str)
        for table, held in tables.items()
    }


def notebooks(folder: MarkingFolder) -> dict[str, Any]:
    """Every marked notebook; when a kernel was at work on which cell is left out."""
    found = {}
    for path in sorted(folder.autograded.rglob("*.ipynb")):
        notebook = json.loads(path.read_bytes())
        for cell in notebook["cells"]:
            cell["metadata"].pop("execution", None)
        found[path.relative_to(folder.autograded).as_posix()] = notebook
    return found


def others(folder: MarkingFolder) -> dict[str, tuple[bytes, int]]:
    """All other files of the marked submissions, with their permissions."""
    return {
        path.relative_to(folder.autograded).as_posix(): (path.read_bytes(), path.stat().st_mode)
        for path in folder.autograded.rglob("*")
        if path.is_file() and path.suffix != ".ipynb"
    }


def by_nbgrader(folder: MarkingFolder) -> None:
    done = nbgrader(folder, "autograde", ASSIGNMENT, "--force")
    assert done.returncode == 0, done.stderr


def by_place_kit(folder: MarkingFolder) -> None:
    run = autograde.run(folder)
    assert run.failed == []


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> list[MarkingFolder]:
    """The same five hand-ins of a real exercise, two of them late, marked by each."""
    root = tmp_path_factory.mktemp("both")
    folder = forty(root, len(LEARNERS))
    (folder.root / "own_config.py").write_text(LATE)
    for learner in LEARNERS[:3]:
        stamp = folder.submitted / learner / ASSIGNMENT / "timestamp.txt"
        stamp.write_text("2026-11-20 10:00:00.000000 UTC")
    with gradebook.opened(folder.db_url) as book:
        book.update_or_create_assignment(ASSIGNMENT, duedate=datetime(2026, 11, 21))
    shutil.copytree(folder.root, root / "plain")
    plain = MarkingFolder.open(root / "plain")
    by_place_kit(folder)
    by_nbgrader(plain)
    return [folder, plain]


def test_the_gradebook_is_the_same_row_by_row(both):
    ours, plain = map(rows, both)
    assert len(ours["grade"]) == len(LEARNERS) * 8
    assert [one["late_submission_penalty"] for one in ours["submitted_notebook"]].count(None) == 3
    assert ours == plain


def test_the_marked_notebooks_are_the_same_cell_by_cell(both):
    ours, plain = map(notebooks, both)
    assert len(ours) == len(LEARNERS)
    assert ours == plain
    assert others(both[0]) == others(both[1])


def test_marking_new_answers_over_marks_by_hand_is_the_same_too(both, tmp_path):
    folders = []
    for number, folder in enumerate(both):
        shutil.copytree(folder.root, tmp_path / str(number))
        folders.append(MarkingFolder.open(tmp_path / str(number)))
    for folder, mark in zip(folders, (by_place_kit, by_nbgrader), strict=True):
        with gradebook.opened(folder.db_url) as book:
            for cell, points in (("rubric-reflection", 14), ("mark-claims", 1)):
                grade = book.find_grade(cell, "cases", ASSIGNMENT, LEARNERS[0])
                grade.manual_score, grade.needs_manual_grade = points, False
            book.find_comment(
                "rubric-reflection", "cases", ASSIGNMENT, LEARNERS[0]
            ).manual_comment = "Yes."
            book.db.commit()
        again = hand_in(LEARNERS[0], seed=99, made="2026-11-22T10:00:00Z")
        (taken,) = taking.take_all(folder, [Arrival("again.json", again)])
        assert taken.outcome == "replaced"
        stamp = folder.submitted / LEARNERS[0] / ASSIGNMENT / "timestamp.txt"
        stamp.write_text("2026-11-20 10:00:00.000000 UTC")
        mark(folder)
    assert notebooks(folders[0]) == notebooks(folders[1])
    assert rows(folders[0]) == rows(folders[1])


def test_a_submission_is_marked_the_same_whoever_came_before(both, tmp_path):
    """Nothing of one learner is left in the process for the next."""
    shutil.copytree(both[0].root, tmp_path / "marking")
    folder = MarkingFolder.open(tmp_path / "marking")
    shutil.rmtree(folder.autograded / LEARNERS[4])
    by_place_kit(folder)
    assert notebooks(folder) == notebooks(both[0])


def test_the_session_holds_nothing_of_a_submission_that_is_done(both, tmp_path):
    """So that memory stays flat, however many there are."""
    shutil.copytree(both[0].root, tmp_path / "marking")
    folder = MarkingFolder.open(tmp_path / "marking")
    with OneSession(folder.db_url) as book:
        engine = Engine(folder, nbgrader_run.config_of(folder), ASSIGNMENT, book)
        for learner in LEARNERS:
            engine.mark(learner)
            assert len(book.db.identity_map) == 0
