"""The one thing to try: as it stands, with its day and a file; and how it came to be."""

from __future__ import annotations

import datetime
from base64 import b64decode

import pytest
from icalendar import Calendar

from place_kit.answers.store import Entry
from place_kit.answers.trial import Trial
from place_kit.show.trials import trial, trials
from tests.show.making import EVIL

TODAY = datetime.date(2026, 11, 28)
AT = "2026-11-23T09:00:00Z"


def put(module="03_cases", action="Ask two", date="2026-12-01", at=AT):
    return Trial(module, action, "my team", date, "A smile", at, Entry([], 1, 1, at))


def title_of(module):
    return {"03_cases": "Five cases"}.get(module, EVIL)


def test_it_is_listed_with_its_module_and_what_was_written_stays_text():
    html = trials([put(action=EVIL), put("04_power", date="soon")], title_of).html()
    assert "Five cases:" in html
    assert "With: my team; by: 1 December 2026; worth it if: A smile" in html
    assert "by: soon" in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("date", "told", "said"),
    [
        ("2026-12-01", False, "Its day is 1 December 2026, in 3 days."),
        ("2026-11-29", False, "Its day is 29 November 2026, tomorrow."),
        ("2026-11-28", False, "Its day is 28 November 2026, today."),
        ("2026-11-27", False, "Its day was 27 November 2026. How did it go?"),
        ("2026-11-27", True, "Its day was 27 November 2026, and you have said how it went."),
        ("", False, "It has no day yet."),
    ],
)
def test_its_day_is_said_in_words(date, told, said):
    assert said in trial([put(date=date)], TODAY, told).takeaway


def test_the_calendar_file_is_in_its_link_and_there_is_none_without_a_day():
    html = trial([put()], TODAY, False).html()
    raw = html.partition("base64,")[2].partition('"')[0]
    (event,) = Calendar.from_ical(b64decode(raw)).walk("VEVENT")
    assert event.decoded("dtstart") == datetime.date(2026, 12, 1)
    assert "<a" not in trial([put(date="")], TODAY, False).html()
    assert "<a" not in trial([put(date="2020-02-03")], TODAY, False).html(), "it has passed"
    assert "<script" not in trial([put(action=EVIL)], TODAY, False).html()


def test_without_one_that_is_said():
    assert "Nothing from an earlier module" in trials([], title_of).takeaway
    assert "Nothing is chosen yet" in trial([], TODAY, False).takeaway
