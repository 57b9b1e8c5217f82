"""A marking folder that is marked, made once: one all right, one all wrong, one missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from place_kit.tutor.desk import gradebook
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.intake import taking
from place_kit.tutor.marking import autograde
from tests.tutor.course import ASSIGNMENT, CHOICE, CLASSIFY, REFLECT, hand_in, right

WRONG = {
    CLASSIFY.id: {item.id: CLASSIFY.categories[1].id for item in CLASSIFY.items[1:]},
    CHOICE.id: CHOICE.options[2].id,
    REFLECT.id: "I told them.",
}
"""Every answer wrong, and the first item left open."""


@pytest.fixture(scope="session")
def marked_once(tmp_path_factory: pytest.TempPathFactory, pristine: Path) -> Path:
    root = tmp_path_factory.mktemp("marked") / "marking"
    shutil.copytree(pristine, root)
    inbox = tmp_path_factory.mktemp("inbox")
    (inbox / "a.json").write_bytes(hand_in("ada.l", right()))
    (inbox / "b.json").write_bytes(hand_in("bo", WRONG))
    taking.collect(inbox, root)
    run = autograde.run(MarkingFolder.open(root))
    assert len(run.marked) == 2
    return root


@pytest.fixture
def marked(tmp_path: Path, marked_once: Path) -> MarkingFolder:
    """That folder, to do with as one likes. No reflection has its level yet."""
    shutil.copytree(marked_once, tmp_path / "marked")
    return MarkingFolder.open(tmp_path / "marked")


def give(folder: MarkingFolder, learner: str, points: float, *, late: float = 0.0) -> None:
    """Mark a reflection, as formgrader does; take something off for being late."""
    with gradebook.opened(folder.db_url) as book:
        submission = book.find_submission_notebook("cases", ASSIGNMENT, learner)
        submission.late_submission_penalty = late
        for grade in submission.grades:
            if grade.cell.type == "TaskCell":
                grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()
