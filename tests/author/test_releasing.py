"""Exercises are made in a scratch folder; a release that fails leaves the old one as it was."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import partial
from importlib.resources import files
from pathlib import Path

import nbformat
import pytest

from place_kit import author
from place_kit.author import releasing
from place_kit.author.releasing import check, release
from place_kit.facts import team_plans, team_sheets
from place_kit.problems import PlaceKitError

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A course of one module, copied from ours: what holds for one holds for all."""

    def other_modules(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if name[:1].isdigit() and name[:2] not in ("00", "03")]

    for name in ("solutions", "course", "exercises"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=other_modules)
    # The welcome leads on to a module that this small course does not have.
    welcome = tmp_path / "course" / "00_welcome.ipynb"
    text = welcome.read_text(encoding="utf-8")
    welcome.write_text(text.replace("01_place_lens.ipynb", "03_cases.ipynb"), encoding="utf-8")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def change_a_sentence(root: Path) -> None:
    path = root / "solutions" / "03_cases" / "cases.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n\nOne more sentence."
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


def test_the_committed_exercises_are_what_nbgrader_makes() -> None:
    assert check(ROOT) == ()


def test_a_changed_solution_is_noticed_then_released_then_the_same_again(checkout: Path) -> None:
    change_a_sentence(checkout)
    assert check(checkout) == ("03_cases",)
    assert release(checkout) == ("03_cases",)
    assert check(checkout) == ()
    assert release(checkout) == ()
    assert [each.name for each in (checkout / "exercises").iterdir()] == ["03_cases"]


def test_an_exercise_without_a_solution_is_noticed(checkout: Path) -> None:
    (checkout / "exercises" / "09_gone").mkdir()
    assert check(checkout) == ("09_gone",)


def test_a_missing_exercise_is_made(checkout: Path) -> None:
    before = contents(checkout / "exercises")
    shutil.rmtree(checkout / "exercises")
    assert release(checkout) == ("03_cases",)
    assert contents(checkout / "exercises") == before


def test_a_solution_with_a_problem_is_refused_and_nothing_changes(checkout: Path) -> None:
    before = contents(checkout / "exercises")
    (checkout / "solutions" / "03_cases" / "answers.json").write_text("{}")
    with pytest.raises(PlaceKitError, match=r"NB018.*answers\.json"):
        release(checkout)
    assert contents(checkout / "exercises") == before


def test_what_nbgrader_refuses_is_said_and_nothing_changes(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(checkout / "exercises")
    path = checkout / "solutions" / "03_cases" / "cases.ipynb"
    path.write_text(path.read_text().replace("### END HIDDEN TESTS", "### END"))
    # As if our own check had missed it.
    monkeypatch.setattr(releasing, "problems_of_folder", lambda folder: ())
    with pytest.raises(PlaceKitError, match=r"No end hidden tests statement found.*as it was"):
        release(checkout)
    assert contents(checkout / "exercises") == before


def test_a_swap_that_fails_halfway_puts_the_old_exercise_back(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(checkout / "exercises")
    change_a_sentence(checkout)
    rename = Path.rename

    def fail_for_the_new(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_for_the_new)
    with pytest.raises(OSError, match="disk full"):
        release(checkout)
    assert contents(checkout / "exercises" / "03_cases") == contents(ROOT / "exercises/03_cases")
    assert before.items() <= contents(checkout / "exercises").items()


def test_a_folder_without_solutions_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(PlaceKitError, match="from a checkout"):
        check(tmp_path)


def test_the_commands_say_what_they_did_or_found(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert author.check(checkout) == 0
    assert "Nothing is wrong" in capsys.readouterr().out
    change_a_sentence(checkout)
    assert author.check(checkout) == 1
    assert "place-kit release" in capsys.readouterr().out
    assert author.release(checkout) == 0
    assert "Made exercises/03_cases anew" in capsys.readouterr().out
    assert author.release(checkout) == 0
    assert "already" in capsys.readouterr().out
    (checkout / "solutions" / "03_cases" / "notes.txt").write_text("a key")
    assert author.check(checkout) == 1
    assert "NB018" in capsys.readouterr().out


def test_the_check_lists_the_mistakes_of_every_file_at_once(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    content = files("place_kit").joinpath("content")
    for module, file, old in (
        (team_plans, "team_plans.toml", "minutes = 60\n"),
        (team_sheets, "team_sheets.toml", 'id = "access"\n'),
    ):
        wrong = tmp_path / file
        wrong.write_text(content.joinpath(file).read_text("utf-8").replace(old, "", 1), "utf-8")
        monkeypatch.setattr(module, "load", partial(module.read, wrong))
    (checkout / "solutions" / "03_cases" / "notes.txt").write_text("a key")
    assert author.check(checkout) == 1
    said = capsys.readouterr().out
    assert re.search(r"content/team_plans.toml, .*minutes.*missing", said)
    assert re.search(r"content/team_sheets.toml, .*id.*missing", said)
    assert "NB018" in said


def test_nbgraders_own_command_makes_the_same(checkout: Path) -> None:
    shutil.rmtree(checkout / "exercises")
    shutil.copy(ROOT / "nbgrader_config.py", checkout)
    # nbgrader calls alembic by name.
    scripts = str(Path(sys.executable).parent)
    path = os.pathsep.join((scripts, os.environ.get("PATH", "")))
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", "03_cases"],
        cwd=checkout,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert contents(checkout / "exercises/03_cases") == contents(ROOT / "exercises/03_cases")
