"""What somebody who only installs the package gets, and does not get."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = (".toml", ".json", ".js", ".css", ".j2", ".ttf", ".typ")


@pytest.fixture(scope="module")
def names(tmp_path_factory) -> list[str]:
    where = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", where, ROOT],
        check=True,
        timeout=300,
    )
    (wheel,) = where.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.mark.slow
def test_the_wheel_carries_the_course_and_the_exercises(names):
    for path in [*ROOT.glob("course/*.ipynb"), *ROOT.glob("exercises/*/*.ipynb")]:
        assert f"place_kit/_shipped/{path.relative_to(ROOT).as_posix()}" in names


@pytest.mark.slow
def test_the_wheel_carries_nothing_of_the_solutions(names):
    keys = [path.read_text(encoding="utf-8") for path in ROOT.glob("solutions/*/*.ipynb")]
    assert all("BEGIN HIDDEN TESTS" in key for key in keys)
    assert not [name for name in names if "solutions" in name]


@pytest.mark.slow
def test_the_wheel_carries_no_answer_of_anybody(names):
    assert not [name for name in names if "answers.json" in name or "/answers/0" in name]


@pytest.mark.slow
def test_the_wheel_carries_the_data_beside_the_code(names):
    here = [path for path in (ROOT / "place_kit").rglob("*") if path.is_file()]
    data = [path for path in here if path.suffix in DATA and "_shipped" not in path.parts]
    assert data
    missing = {path.relative_to(ROOT).as_posix() for path in data} - set(names)
    assert missing == set()
