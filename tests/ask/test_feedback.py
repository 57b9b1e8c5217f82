"""What a learner reads after *Check my answer*."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from place_kit import facts
from place_kit.ask._feedback import feedback
from place_kit.marking import UNREADABLE
from tests.conftest import question


def test_each_chosen_option_gets_its_own_verdict_and_reason():
    told = feedback(question("choose_several"), ["a", "b"])
    assert told["verdict"] == "partly"
    assert told["given"] == {
        "a": {"verdict": "right", "words": "Right.", "reason": "Why a."},
        "b": {"verdict": "wrong", "words": "Not quite.", "reason": "Why b."},
    }
    assert told["summary"] == "You found 1 of the 1 that belong, and chose 1 that does not."


def test_every_option_has_its_reason_in_the_whole_list():
    told = feedback(question("choose_one"), "b")
    assert [line["reason"] for line in told["all"]] == ["Why a.", "Why b.", "Why c."]


def test_one_choice_is_read_out_with_its_reason():
    assert feedback(question("choose_one"), "b")["say"] == "Not quite. Why b."


def test_items_left_open_are_counted_and_given_no_verdict():
    told = feedback(question("classify"), {"x": "a"})
    assert told["given"].keys() == {"x"}
    assert told["summary"] == "1 of 3 are right. 2 still to answer."


def test_the_whole_list_of_a_sorting_names_the_right_group():
    told = feedback(question("classify"), {"x": "b"})
    assert told["verdict"] == "wrong"
    assert [line["words"] for line in told["all"]] == ["Option a", "Option b", "Option a"]


def test_an_order_is_judged_by_its_pairs():
    told = feedback(question("order"), ["x", "y", "z"])
    assert told["summary"] == "1 of 2 pairs of lines next to each other is in the right order."
    assert [line["words"] for line in told["all"]] == ["Place 1", "Place 2", "Place 3"]


def test_only_a_line_in_its_own_place_is_called_right():
    given = feedback(question("order"), ["z", "x", "y"])["given"]
    assert {name: (one["verdict"], one["words"]) for name, one in given.items()} == {
        "x": ("right", "Right."),
        "y": ("wrong", "Belongs first."),
        "z": ("wrong", "Belongs last."),
    }


@pytest.mark.parametrize(
    ("reason", "words", "rest"),
    [
        ("Last. Now it can begin.", "Belongs last.", "Now it can begin."),
        ("Last, and often left out.", "Belongs last,", "and often left out."),
        ("Second to none.", "Belongs last.", "Second to none."),
    ],
)
def test_a_place_that_the_reason_names_itself_is_said_once(reason, words, rest):
    asked = question("order")
    asked = replace(asked, items=tuple(replace(one, reason=reason) for one in asked.items))
    told = feedback(asked, ["z", "x", "y"])["given"]["z"]
    assert (told["words"], told["reason"]) == (words, rest)


def test_a_number_that_cannot_be_read_is_judged_neither_right_nor_wrong():
    told = feedback(question("number"), "seventy")
    assert told == {
        "verdict": "open",
        "words": "",
        "summary": "",
        "given": {"number": {"verdict": "open", "words": "", "reason": UNREADABLE}},
        "all": [],
        "say": UNREADABLE,
    }


def test_the_number_that_shows_what_digits_are_is_the_answer_to_no_question():
    example = re.findall(r"\d+", UNREADABLE)
    own = [one.number for one in facts.load().questions.values() if one.number]
    known = {text for one in own for text in (one.right, *(slip for slip, _ in one.slips))}
    for notebook in Path(__file__).parents[2].glob("solutions/*/*.ipynb"):
        known |= set(re.findall(r'key=\\"([^"]+)\\"', notebook.read_text("utf-8")))
    assert len(example) == 1
    assert known.isdisjoint(example)


@pytest.mark.parametrize(
    ("typed", "verdict", "reason"),
    [
        ("70", "right", "Seven of ten."),
        ("70.0 %", "right", "Seven of ten."),
        ("54", "wrong", "That is of all 13."),
        ("12", "wrong", "Look again."),
    ],
)
def test_a_number_gets_the_reason_for_its_own_slip(typed, verdict, reason):
    told = feedback(question("number"), typed)
    assert told["verdict"] == verdict
    assert told["given"]["number"]["reason"] == reason
