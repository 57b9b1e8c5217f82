import json

import pytest

from place_kit.answers import store
from place_kit.problems import PlaceKitError
from place_kit.tutor.intake import validated
from tests.tutor.course import ASSIGNMENT, CHOICE, CLASSIFY, REFLECT, SET, answers, right


def test_good_answers_pass_unchanged():
    reduced, left_out = validated.reduce(answers(right()))
    assert {name: entry.value for name, entry in reduced.entries.items()} == right()
    assert left_out == 0


def test_what_is_no_answer_to_a_question_is_left_out_and_counted():
    given = {**right(), CHOICE.id: ["a", {"b": []}], "03_cases.graded.unknown": "x", "x" * 999: 1}
    reduced, left_out = validated.reduce(answers(given))
    assert set(reduced.entries) == {CLASSIFY.id, REFLECT.id}
    assert left_out == 3


def test_nothing_of_an_entry_but_what_we_know_goes_on():
    entry = store.Entry(
        CHOICE.options[0].id,
        revision=-5,
        saves=10**30,
        at="<script>",
        first={"deep": [[[]]]},
        first_at="2026-11-20T10:00:00Z",
        kept=(("x" * 1000, "y"),),
    )
    reduced, _ = validated.reduce(store.Answers(SET, {CHOICE.id: entry}))
    assert reduced.entries[CHOICE.id] == store.Entry(CHOICE.options[0].id, 0, 1_000_000, "")


def test_the_same_answers_give_the_same_bytes_that_can_be_read_back():
    raw = validated.serialise(answers(right()))
    assert raw == validated.serialise(store.parse(raw, SET))


def test_half_a_character_does_not_break_the_file():
    broken = json.loads('"half \\ud800"')
    reduced, _ = validated.reduce(answers({REFLECT.id: broken}))
    assert json.loads(validated.serialise(reduced))


def test_missing_parts_are_counted():
    given = right()
    del given[CHOICE.id]
    given[CLASSIFY.id].popitem()
    whole = validated.unanswered(answers(right()))
    assert validated.unanswered(answers(given)) == whole + 2


def test_a_file_that_is_no_answer_file_is_refused(tmp_path):
    (tmp_path / "answers.json").write_bytes(b"[" * 100_000)
    with pytest.raises(PlaceKitError, match="not readable"):
        validated.read(tmp_path / "answers.json", ASSIGNMENT)


def test_control_characters_are_left_out_of_what_was_written():
    given = {**right(), REFLECT.id: "a\x00b\x1b[31m\n\tc\x9b\r\nd"}
    reduced, left_out = validated.reduce(answers(given))
    assert reduced.value(REFLECT.id) == "ab[31m\n\tc\r\nd"
    assert left_out == 0
