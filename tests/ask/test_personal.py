"""The warning about personal details: what it finds, and what it leaves alone."""

from __future__ import annotations

import json
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit import facts
from place_kit.ask import _personal
from tests.course.reading import SOLVED, cells

CASES = tomllib.loads(Path(__file__).with_name("personal.toml").read_text(encoding="utf-8"))
NONE = CASES.pop("none")


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in CASES.items() for text in texts]
)
def test_what_could_identify_a_person_is_found_and_named(kind, text):
    assert [one.kind for one in _personal.find(text)] == [kind]
    assert kind in _personal.told(text)["words"]


@pytest.mark.parametrize("text", NONE)
def test_figures_dates_and_references_are_no_person(text):
    assert _personal.find(text) == ()
    assert _personal.told(text) is None


def test_the_set_of_cases_is_large_and_has_every_kind():
    assert CASES.keys() == _personal.INSTEAD.keys()
    assert len(NONE) + sum(map(len, CASES.values())) >= 60


def test_no_text_of_the_course_and_no_sample_answer_is_taken_for_a_person():
    alarms = [
        (path.name, cell["id"], _personal.find(cell["source"]))
        for path in SOLVED
        for cell in cells(path)
        if _personal.find(cell["source"])
    ]
    questions = json.dumps([str(one) for one in facts.load().questions.values()])
    assert alarms == []
    assert _personal.find(questions) == ()


def test_the_spot_is_shown_with_the_words_around_it():
    [found] = _personal.find("At first I rang\nthe\u00a0house on 0131\u00a0496\u00a00123, twice.")
    assert found.text == "0131\u00a0496\u00a00123"
    assert found.before.endswith("the house on ")
    assert found.after == ", twice."


def test_a_text_that_a_tutor_may_read_is_not_said_to_go_nowhere():
    text = "Mail jo@example.org"
    assert "It is sent nowhere." in _personal.told(text)["words"]
    assert "It is sent nowhere." not in _personal.told(text, graded=True)["words"]
    assert "Your tutor reads it if you hand it in." in _personal.told(text, graded=True)["words"]


def test_each_kind_says_how_to_write_it_otherwise():
    for kind, texts in CASES.items():
        assert _personal.find(texts[0])[0].instead == _personal.INSTEAD[kind]


def test_several_are_named_once_each_in_the_order_of_the_text():
    text = "a@example.org, b@example.org, ZE1 0AA and 07700 900123"
    assert "an e-mail address, a postcode and a phone number" in _personal.told(text)["words"]


def test_a_text_full_of_them_names_only_the_first_few():
    assert len(_personal.find("a@example.org, " * 100)) == _personal.MOST


FINDS = [text for texts in CASES.values() for text in texts]


@given(st.lists(st.sampled_from(FINDS), min_size=1, max_size=3), st.text(max_size=40))
def test_what_is_shown_stands_in_the_text(parts, between):
    text = f"\n{between}\n".join(parts)
    assert all(one.text in text for one in _personal.find(text))


@pytest.mark.parametrize("sign", ["a", "0", "01 ", "A1 ", "Ab ", "a.", "+1 ", "born ", "1/"])
def test_the_longest_text_is_looked_at_while_somebody_types(sign):
    start = time.perf_counter()
    _personal.find(sign * (80_000 // len(sign)))
    assert time.perf_counter() - start < 1
