from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.answers.values import AnswerError, check, missing, parse_number
from tests.conftest import GOOD, KINDS, question

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_good_answer_stays_as_it_is(kind):
    assert check(question(kind), GOOD[kind]) == GOOD[kind]


@pytest.mark.parametrize("kind", KINDS)
@given(value=json_values)
def test_anything_else_is_refused_in_words_or_put_in_normal_form(kind, value):
    with suppress(AnswerError):
        normal = check(question(kind), value)
        assert check(question(kind), normal) == normal


@pytest.mark.parametrize("kind", KINDS)
def test_a_complete_answer_misses_nothing_and_no_answer_misses_something(kind):
    assert missing(question(kind), GOOD[kind]) == 0
    assert missing(question(kind), None) > 0


def test_the_parts_of_an_answer_are_counted_one_by_one():
    assert missing(question("classify"), {"x": "a"}) == 2
    assert missing(question("plan"), [{"action": "Ask"}, {}]) == 1


def test_choices_are_kept_in_the_order_of_the_question():
    assert check(question("choose_several"), ["c", "a"]) == ["a", "c"]


def test_a_text_that_is_too_long_says_how_long_it_is():
    with pytest.raises(AnswerError, match="80,001 characters"):
        check(question("reflect"), "x" * 80_001)


def test_a_ten_thousand_word_reflection_in_any_letters_fits():
    text = "Gàidhlig żółć שלום 🌱 " * 2_500
    assert check(question("reflect"), text) == text


def test_half_a_character_from_a_broken_paste_becomes_a_question_mark():
    assert check(question("reflect"), "a\ud83d") == "a?"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("70", "70"), (" 70 % ", "70"), ("£1,250.50", "1250.50"), (".5", "0.5"), ("-3", "-3")],
)
def test_numbers_are_read_as_people_type_them(typed, number):
    assert parse_number(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["", "seven", "7 of 10", "1e9", "nan", "7..1", "--7"])
def test_what_is_not_one_number_is_not_guessed(typed):
    assert parse_number(typed) is None
