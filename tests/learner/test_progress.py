"""``place-kit progress``: how far the learner is, in a terminal."""

from __future__ import annotations

import datetime
from dataclasses import asdict

import pytest
from icalendar import Calendar

from place_kit import cli
from place_kit.learner import progress
from tests.answers.making import answer, answer_all, make_home
from tests.answers.test_progress import BACK, hand_in, page

TODAY = datetime.date(2026, 11, 28)


@pytest.fixture
def home(tmp_path):
    return make_home(tmp_path / "mine")


def said(home):
    return "\n".join(progress.lines(progress.of(home), TODAY))


def test_at_the_start_it_says_so_and_what_comes_first(home):
    assert "Nothing is answered yet." in said(home)
    assert "Next: Begin Welcome. It takes about 15 minutes" in said(home)


def test_it_says_modules_hand_ins_and_marks(home):
    answer_all(home, "00_welcome")
    answer(home, "03_cases.predict")
    answer_all(home, "03_cases.graded")
    hand_in(home)
    told = said(home)
    assert "One of eight modules is done, and one under way." in told
    assert "One exercise is handed in." in told
    assert "exercise: handed in on" in told
    (home / "feedback").mkdir()
    (home / "feedback" / "x.html").write_text(page(asdict(BACK)), encoding="utf-8")
    assert "exercise: 31.5 of 50 points, passed" in said(home)
    assert "One exercise is handed in, and one passed." in said(home)


def test_it_says_what_is_to_be_tried_and_asks_when_its_day_has_passed(home):
    answer(home, "03_cases.try_at_work", [{"action": "Ask two", "date": "2026-11-27"}])
    assert "To try at work, by 27 November 2026: Ask two" in said(home)
    assert "you can say how it went" in said(home)


def test_the_command_tells_and_writes_the_calendar_file(home, tmp_path, capsys, monkeypatch):
    answer(home, "03_cases.try_at_work", [{"action": "Ask two", "date": "2026-12-24"}])
    monkeypatch.chdir(tmp_path)
    (home / ".place-kit" / "manifest.json").write_text("{}", encoding="utf-8")
    assert cli.main(["progress", str(home), "--ics", "mine.ics"]) == 0
    assert "mine.ics" in capsys.readouterr().out
    (event,) = Calendar.from_ical((tmp_path / "mine.ics").read_bytes()).walk("VEVENT")
    assert event.decoded("dtstart") == datetime.date(2026, 12, 24)
    monkeypatch.chdir(home / "course")
    assert cli.main(["progress"]) == 0
    assert "Five cases" in capsys.readouterr().out


def test_without_a_trial_the_calendar_file_is_refused_in_words(home, tmp_path, capsys):
    assert cli.main(["progress", str(home), "--ics", str(tmp_path / "mine.ics")]) == 1
    assert "choose one, with a day" in capsys.readouterr().err
    assert not (tmp_path / "mine.ics").exists()


def test_a_folder_without_a_course_says_what_to_do(tmp_path, capsys):
    assert cli.main(["progress", str(tmp_path)]) == 1
    assert "place-kit learn" in capsys.readouterr().err
