import csv
from datetime import datetime

import pytest

from place_kit.cli import tutor
from place_kit.problems import PlaceKitError
from place_kit.tutor import commands
from place_kit.tutor.desk import gradebook, late, stopped
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


def test_what_late_work_loses_follows_from_the_marks_as_they_are_now(marked):
    settings = marked.root / "place-kit.toml"
    text = settings.read_text().replace('policy = "none"', 'policy = "points per day"')
    text = text.replace("points_per_day = 0", "points_per_day = 1.5")
    text = text.replace("[deadlines]", f'[deadlines]\n"{ASSIGNMENT}" = 2026-11-19T10:00:00')
    settings.write_text(text)
    with gradebook.opened(marked.db_url) as book:
        book.find_submission(ASSIGNMENT, "ada.l").timestamp = datetime(2026, 11, 20, 12)
        book.db.commit()
    give(marked, "ada.l", 8.4)
    late.apply_deadlines(marked)
    commands.grades(marked.root)
    ada = written(marked, "grades-plain.csv")[1]
    assert (ada[10], ada[11], ada[13]) == ("3", f"{FULL + 8.4 - 3:g}", "passed")
    settings.write_text(text.replace('"points per day"', '"not accepted"'))
    commands.grades(marked.root)
    ada = written(marked, "grades-plain.csv")[1]
    assert (ada[11], ada[13]) == ("0", "not yet")


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
