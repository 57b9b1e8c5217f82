"""A session's file names questions that can be pooled, and is checked like other content."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from place_kit import facts
from place_kit.facts import ContentError
from place_kit.problems import PlaceKitError
from place_kit.team import session
from tests.course.plain_english import measure
from tests.team.making import SESSION

WRITTEN = files("place_kit").joinpath("content", "sessions", "our_place.toml")


def reading(tmp_path: Path, old: str, new: str) -> str:
    text = WRITTEN.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "our_place.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as found:
        session.read(path, facts.load())
    return str(found.value)


def test_round_two_asks_how_it_was_and_then_some_of_the_questions_of_round_one():
    one, two = SESSION.asked(1), SESSION.asked(2)
    assert {*one, *two} == {*SESSION.questions}
    assert [question.id for question in two] == [*SESSION.after, *SESSION.again]
    assert {question.id for question in one} & {*SESSION.after, *SESSION.again} == {*SESSION.again}


def test_between_them_its_questions_come_from_all_seven_of_the_booklet():
    about = {name for question in SESSION.questions for name in question.about}
    assert {f"reflective_questions.{id}" for id in facts.load().reflective_questions} <= about


def test_what_is_said_before_anyone_answers_is_plain():
    for words in (*SESSION.limits, SESSION.few, SESSION.about):
        measured = measure(words)
        assert measured.grade <= 9, measured
        assert measured.longest <= 25, measured


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"team_session.decided",\n  "team', '"team_session.voted",\n  "team', "not there"),
        ('"team_session.decided",\n  "team', '"03_cases.denominator",\n  "team', "of the kinds"),
        ('again = ["team_session.willing"', 'again = ["00_welcome.try_it"', "does not ask"),
        (
            'after = ["team_session.how_it_was"',
            'after = ["team_session.willing"',
            "before the talk",
        ),
        ('wheel = "team_session.place"', 'wheel = "team_session.willing"', "wheel’s own themes"),
        ('assets = "team_session.assets"', 'assets = "team_session.unsaid"', "kind plan"),
        ('id = "our_place"', 'id = "their_place"', "must be the file’s name"),
        ("references = [", 'references = ["nobody-1999", ', "not there"),
        ("few = ", "fewer = ", "is missing"),
    ],
)
def test_a_mistake_in_its_file_is_named(tmp_path, old, new, said):
    assert said in reading(tmp_path, old, new)


def test_a_session_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(PlaceKitError, match=r"no team session “elsewhere”.*our_place"):
        session.find("elsewhere")
