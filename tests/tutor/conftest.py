"""One marking folder, made once by real nbgrader; each test gets its own copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from place_kit.tutor.desk import making
from place_kit.tutor.desk.marking_folder import MarkingFolder
from tests.tutor.course import write_solutions

ROSTER = "id,first_name,last_name,email\nada.l,Ada,Lovelace,ada@example.org\nbo,Bo,Ek,\ncy,Cy,,\n"


@pytest.fixture(scope="session")
def solutions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_solutions(tmp_path_factory.mktemp("checkout") / "solutions")


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory, solutions: Path) -> Path:
    place = tmp_path_factory.mktemp("pristine")
    (place / "roster.csv").write_text(ROSTER, encoding="utf-8")
    making.make(place / "marking", place / "roster.csv", solutions)
    return place / "marking"


@pytest.fixture
def marking(tmp_path: Path, pristine: Path) -> MarkingFolder:
    """A marking folder of one's own, with three learners and one assignment."""
    shutil.copytree(pristine, tmp_path / "marking")
    return MarkingFolder.open(tmp_path / "marking")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    place = tmp_path / "inbox"
    place.mkdir()
    return place
