"""The page of a team session: who reads it knows the limits before the first question."""

from __future__ import annotations

import pytest

from place_kit.facts import sessions
from tests.course.reading import COURSE, cells

SOURCES = [cell["source"] for cell in cells(COURSE / "team_session.ipynb")]
SESSION = sessions.find("our_place")


def at(source: str) -> int:
    return SOURCES.index(source)


def test_every_question_of_the_session_is_asked_and_no_other():
    asked = [f'ask.question("{question.id}")' for question in SESSION.questions]
    assert [source for source in SOURCES if "team_session." in source] == asked


def test_the_limits_stand_before_the_first_question_and_before_anything_is_ticked():
    first = min(at(f'ask.question("{question.id}")') for question in SESSION.questions)
    assert at('show.team_limits("our_place")') < first
    assert first < at('ask.team_file("our_place")')


def test_what_was_said_after_the_talk_is_asked_below_how_it_was():
    heading = next(n for n, source in enumerate(SOURCES) if source.startswith("## How it was"))
    assert all(at(f'ask.question("{id}")') > heading for id in SESSION.after)


@pytest.mark.parametrize("word", ["guess", "five people", "tick", "shared drive", "line manager"])
def test_the_limits_name_what_can_go_wrong(word):
    assert any(word in limit for limit in SESSION.limits)
