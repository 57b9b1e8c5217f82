"""Twelve learners whose reflections a first tutor has marked: made once, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from place_kit.tutor.desk import gradebook
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.intake import taking
from place_kit.tutor.marking import autograde
from tests.tutor.course import ASSIGNMENT, REFLECT, hand_in, right
from tests.tutor.hostile import TEXTS

HOSTILE = "\n\n".join(TEXTS.values()).encode("utf-8", "ignore").decode()  # no half characters
# Two of them between two levels: level 1 is 4.8 points of 12, level 2 is 8.4.
POINTS = (8.4, 4.8, 8.4, 12, 0, 7, 8.4, 4.8, 8.4, 12, 9, 4.8)
LEARNERS = [f"person.{number}" for number in range(len(POINTS))]


def wrote(number: int) -> str:
    """What a learner wrote."""
    return HOSTILE if number == 5 else f"My text, number {number}."


def take(folder: MarkingFolder, inbox: Path, learner: str, text: str, made: str) -> None:
    """Take in a reflection, and mark what is marked by rule."""
    inbox.mkdir(exist_ok=True)
    raw = hand_in(learner, right() | {REFLECT.id: text}, made)
    (inbox / f"{learner}.json").write_bytes(raw)
    taking.collect(inbox / f"{learner}.json", folder.root)
    assert autograde.run(folder).failed == []


@pytest.fixture(scope="session")
def first_marked(tmp_path_factory: pytest.TempPathFactory, pristine: Path) -> Path:
    place = tmp_path_factory.mktemp("moderation")
    shutil.copytree(pristine, place / "marking")
    folder = MarkingFolder.open(place / "marking")
    gradebook.enrol(folder, [Learner(one, "Fictional", f"Named-{one}") for one in LEARNERS])
    (place / "inbox").mkdir()
    for number, learner in enumerate(LEARNERS):
        raw = hand_in(learner, right() | {REFLECT.id: wrote(number)})
        (place / "inbox" / f"{learner}.json").write_bytes(raw)
    taking.collect(place / "inbox", folder.root)
    assert len(autograde.run(folder).marked) == len(LEARNERS)
    for learner, points in zip(LEARNERS, POINTS, strict=True):
        gradebook.give_mark(folder, ASSIGNMENT, learner, "rubric", points)
    return folder.root


@pytest.fixture
def folder(tmp_path: Path, first_marked: Path) -> MarkingFolder:
    """A marking folder of one's own, with twelve first marks."""
    shutil.copytree(first_marked, tmp_path / "marking")
    return MarkingFolder.open(tmp_path / "marking")
