import csv

import pytest

from place_kit.cli import tutor
from place_kit.problems import PlaceKitError
from place_kit.tutor import commands
from place_kit.tutor.desk import stopped
from place_kit.tutor.results import exports
from tests.tutor.course import ASSIGNMENT, FULL
from tests.tutor.results.conftest import give


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")


def written(folder, name):
    with (folder.root / "results" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_command_offers_every_platform_there_is():
    assert set(tutor.PLATFORMS) == set(exports.FORMATS)


def test_grades_are_written_and_what_is_not_in_them_is_said(marked, capsys):
    give(marked, "ada.l", 8.4)
    stopped.stop(marked, "bo", ASSIGNMENT, by="T")
    assert commands.grades(marked.root) == 0
    said = capsys.readouterr().out
    assert "2 rows written to" in said
    assert "it is not 0" in said
    assert "What is stopped is left out." in said
    _, ada, cy = written(marked, "grades-plain.csv")
    assert (ada[0], ada[11], ada[13]) == ("ada.l", f"{FULL + 8.4:g}", "passed")
    assert (cy[0], cy[11], cy[13]) == ("cy", "", "not handed in")


def test_grades_for_a_platform_name_whom_it_cannot_find(marked, capsys):
    give(marked, "ada.l", 8.4)
    give(marked, "bo", 8.4)
    assert commands.grades(marked.root, "moodle", ASSIGNMENT) == 1
    said = capsys.readouterr().out
    assert "Left out, not known to the platform: bo. Load Moodle's own list" in said
    assert [row[0] for row in written(marked, f"grades-moodle-{ASSIGNMENT}.csv")] == [
        "Email address",
        "ada@example.org",
    ]


def test_a_platform_whose_export_was_never_loaded_is_told_and_nothing_is_written(marked):
    give(marked, "ada.l", 8.4)
    with pytest.raises(PlaceKitError, match="Load Canvas's own gradebook"):
        commands.grades(marked.root, "canvas")
    assert not (marked.root / "results").exists()


def test_nothing_ready_is_said_and_no_empty_column_is_sent(marked, capsys):
    assert commands.grades(marked.root, "canvas") == 0
    assert "No grade is ready yet" in capsys.readouterr().out
    assert not (marked.root / "results").exists()


def test_the_picture_is_written_without_names_unless_asked(marked, capsys):
    assert commands.cohort(marked.root) == 0
    said = capsys.readouterr().out
    assert "2 of 3 have handed in" in said
    assert "Made cohort.ipynb" in said
    page = marked.root / "results" / "cohort.html"
    assert "Lovelace" not in page.read_text(encoding="utf-8")
    assert commands.cohort(marked.root, names=True) == 0
    assert "Ada Lovelace" in page.read_text(encoding="utf-8")
    assert "Made cohort.ipynb" not in capsys.readouterr().out
