"""The one thing to try at work: one through the modules, with its day and its calendar file."""

from __future__ import annotations

import datetime

import pytest
from icalendar import Calendar

from place_kit import ask, facts
from place_kit.answers import progress, reminder, store, trial
from place_kit.ask.form import Form
from place_kit.problems import PlaceKitError
from tests.answers.making import answer, file_of, make_home

FIRST = {"action": "Note who decides", "with_whom": "my team", "date": "2026-12-01", "sign": "Talk"}
TODAY = datetime.date(2026, 12, 2)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")
    return make_home(tmp_path / "mine")


@pytest.fixture
def choose(home, monkeypatch):
    """Choose the trial in a module, on a day of November."""

    def at(module, day, **row):
        monkeypatch.setattr(store, "now", lambda: f"2026-11-{day:02}T09:00:00Z")
        answer(home, f"{module}.try_at_work", [{**FIRST, **row}])

    return at


def form(home, module):
    question = facts.question(f"{module}.try_at_work")
    return Form(question, file_of(home, module).path)


def test_every_module_from_the_first_on_asks_for_the_same_parts_of_it():
    asked = [each for each in facts.load().questions.values() if trial.is_trial(each)]
    assert len(asked) == 7
    assert len({tuple(field.id for field in each.fields) for each in asked}) == 1
    assert {each.max_rows for each in asked} == {1}


def test_the_one_changed_last_is_the_trial_whichever_module_it_was_changed_in(home, choose):
    assert trial.current(home / "course") is None
    choose("03_cases", 3)
    choose("05_principles_pitfalls", 5, action="Ask first")
    assert trial.current(home / "course").action == "Ask first"
    choose("03_cases", 7, action="Note who decides, and tell them")
    assert trial.current(home / "course").module == "03_cases"
    assert [one.module for one in trial.history(home / "course")] == [
        "05_principles_pitfalls",
        "03_cases",
    ]


def test_a_later_module_brings_it_on_and_keeps_nothing_until_it_is_changed_there(
    home, choose, monkeypatch
):
    choose("03_cases", 3)
    monkeypatch.setattr(store, "now", lambda: "2026-11-04T09:00:00Z")
    later = form(home, "05_principles_pitfalls")
    assert later.reply["value"] == [FIRST]
    assert "what you chose in Five cases" in later.reply["notice"]
    assert not file_of(home, "05_principles_pitfalls").path.exists()
    sharper = [{**FIRST, "action": "Note who decides, and who is asked"}]
    later.answer = {"seq": 1, "view": "v", "value": sharper, "seen": later.reply["saves"]}
    assert later.reply["notice"] == ""
    assert trial.current(home / "course").action == sharper[0]["action"]
    # What was chosen before stays as it was; the earlier module shows the thing as it stands.
    assert file_of(home, "03_cases").read().value("03_cases.try_at_work") == [FIRST]
    assert form(home, "03_cases").reply["value"] == sharper


def test_an_older_choice_does_not_cover_a_newer_one_of_ones_own(home, choose):
    choose("03_cases", 3)
    choose("04_power", 5, action="Newer")
    assert form(home, "04_power").reply["value"][0]["action"] == "Newer"
    assert form(home, "04_power").reply["notice"] == ""


def test_it_can_be_taken_up_again_in_an_earlier_module(home, choose, monkeypatch):
    choose("03_cases", 3)
    choose("04_power", 5, action="Newer")
    monkeypatch.setattr(store, "now", lambda: "2026-11-06T09:00:00Z")
    again = form(home, "03_cases")
    again.answer = {
        "seq": 1,
        "view": "v",
        "value": [{**FIRST, "action": "Newest"}],
        "seen": again.reply["saves"],
    }
    assert "another window" not in again.reply["notice"]
    assert trial.current(home / "course").action == "Newest"


@pytest.mark.parametrize("date", ["", "soon", "2026-13-01"])
def test_a_day_that_is_none_has_not_passed(home, choose, date):
    choose("03_cases", 3, date=date)
    one = trial.current(home / "course")
    assert one.day is None
    assert not one.has_passed(TODAY)
    with pytest.raises(PlaceKitError, match="has no day yet"):
        reminder.calendar(trial.history(home / "course"))


def test_how_it_went_is_asked_when_the_day_has_passed_and_not_before(home, choose, monkeypatch):
    monkeypatch.chdir(home / "course")
    assert not isinstance(ask.after_trial(trial.WENT), Form)
    choose("03_cases", 3, date=datetime.date.today().isoformat())
    assert not isinstance(ask.after_trial(trial.WENT), Form)
    choose("03_cases", 4, date="2020-11-20")
    assert isinstance(ask.after_trial(trial.WENT), Form)


def test_it_is_told_once_said_on_its_day_or_after(home, choose, monkeypatch):
    choose("03_cases", 3, date="2026-11-10")
    monkeypatch.setattr(store, "now", lambda: "2026-11-08T12:00:00Z")
    answer(home, trial.WENT, "Too early to say")
    assert not progress.of(home).told
    monkeypatch.setattr(store, "now", lambda: "2026-11-12T12:00:00Z")
    answer(home, trial.WENT, "It went well")
    assert progress.of(home).told
    # Another try, another day: it is asked anew.
    choose("04_power", 13, date="2026-11-20", action="Ask first")
    assert not progress.of(home).told


def test_a_module_is_done_without_saying_how_it_went():
    assert facts.question(trial.WENT).later


def events(raw):
    return Calendar.from_ical(raw).walk("VEVENT")


def test_the_calendar_file_is_a_whole_day_with_a_reminder_and_nobody_invited(home, choose):
    choose("03_cases", 3, action="Żółć, grùdh: ask; \\ who\nis not here 🌱")
    (event,) = events(reminder.calendar(trial.history(home / "course")))
    assert event.decoded("dtstart") == datetime.date(2026, 12, 1)
    assert event.decoded("dtend") == datetime.date(2026, 12, 2)
    assert str(event["summary"]) == "Try at work: Żółć, grùdh: ask; \\ who is not here 🌱"
    assert "With: my team" in str(event["description"])
    assert "Worth it if: Talk" in str(event["description"])
    assert not {"ATTENDEE", "ORGANIZER"} & set(event)
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == datetime.timedelta(hours=-15)


def test_a_later_calendar_file_is_for_the_same_entry_and_newer(home, choose):
    choose("03_cases", 3)
    (before,) = events(reminder.calendar(trial.history(home / "course")))
    choose("03_cases", 4, date="2026-12-23")
    choose("05_principles_pitfalls", 6, date="2026-12-24")
    (after,) = events(reminder.calendar(trial.history(home / "course")))
    assert before["uid"] == after["uid"]
    assert int(after["sequence"]) > int(before["sequence"])


def test_a_calendar_file_of_nothing_says_what_to_do():
    with pytest.raises(PlaceKitError, match="choose one, with a day"):
        reminder.calendar(())


def test_words_that_changed_since_the_answer_are_said(home, choose):
    choose("03_cases", 3)
    path = file_of(home, "03_cases").path
    revision = facts.question("03_cases.try_at_work").revision
    old = path.read_text("utf-8").replace(f'"revision": {revision}', f'"revision": {revision - 1}')
    path.write_text(old, encoding="utf-8")
    assert "words of this question have changed" in form(home, "03_cases").reply["notice"]
