"""A time is the day it was where the learner is, written as people write it."""

from __future__ import annotations

from datetime import date

import pytest

from place_kit.answers import days


def test_a_day_is_the_learners_own(far_east):
    evening, night = "2026-11-23T10:00:00Z", "2026-11-23T12:00:00Z"
    assert days.local(evening) == date(2026, 11, 23)
    assert days.local(night) == date(2026, 11, 24)
    assert days.of(night) == "24 November 2026"


def test_a_day_that_was_typed_is_that_day_everywhere(far_east):
    assert days.local("2026-12-01") == date(2026, 12, 1)


def test_a_day_is_written_as_people_write_it():
    assert days.of("2026-12-01T10:00:00Z") == "1 December 2026"
    assert days.said(date(2026, 12, 1)) == "1 December 2026"
    assert days.short(date(2026, 12, 1)) == "1 Dec 2026"


@pytest.mark.parametrize("written", ["some day", "", "2026-12-01: ten came", "2026-13-01"])
def test_what_is_no_day_stays_as_it_was_written(written):
    assert days.local(written) is None
    assert days.of(written) == written


@pytest.mark.parametrize("far", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_beyond_every_calendar_is_no_day(far):
    assert days.local(far) is None


def test_a_span_of_one_day_is_that_day():
    assert days.span("2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z") == "1 December 2026"
    assert days.span("2026-11-30", "2026-12-01") == "30 November 2026 to 1 December 2026"
