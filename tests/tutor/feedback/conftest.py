"""Two honest hand-ins, marked by real nbgrader once; each test gets its own copy."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from place_kit.tutor.desk import gradebook
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.intake import taking
from place_kit.tutor.marking import autograde
from tests.tutor.course import ASSIGNMENT, CHOICE, hand_in, right

WRONG = {**right(), CHOICE.id: CHOICE.options[1].id}


@pytest.fixture(scope="session")
def marked_once(tmp_path_factory: pytest.TempPathFactory, pristine: Path) -> Path:
    root = tmp_path_factory.mktemp("marked") / "marking"
    shutil.copytree(pristine, root)
    folder = MarkingFolder.open(root)
    raws = (hand_in(), hand_in("bo", WRONG))
    taking.take_all(folder, [taking.Arrival("x", raw) for raw in raws])
    assert autograde.run(folder).failed == []
    return root


@pytest.fixture
def marked(marked_once: Path, tmp_path: Path) -> MarkingFolder:
    """A marking folder with Ada's and Bo's work in it, marked by rule."""
    shutil.copytree(marked_once, tmp_path / "marking")
    return MarkingFolder.open(tmp_path / "marking")


def mark_by_hand(folder: MarkingFolder, learner: str, points: float | None, said: str = "") -> None:
    """Do as Formgrader does."""
    with gradebook.opened(folder.db_url) as book:
        grade = book.find_grade("rubric", "cases", ASSIGNMENT, learner)
        grade.manual_score, grade.needs_manual_grade = points, points is None
        book.find_comment("rubric", "cases", ASSIGNMENT, learner).manual_comment = said
        book.db.commit()


def all_files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and when it was written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def contents(folder: Path) -> dict[str, Any]:
    """Every file's bytes."""
    return {name: raw for name, (raw, _) in all_files(folder).items()}
