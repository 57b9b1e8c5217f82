"""What a learner reads after *Check my answer*."""

from __future__ import annotations

import pytest

from place_kit.ask._feedback import feedback
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


def test_an_order_is_judged_by_neighbours():
    told = feedback(question("order"), ["x", "y", "z"])
    assert told["summary"] == "1 of 2 neighbours are in the right order."
    assert [line["words"] for line in told["all"]] == ["Place 1", "Place 2", "Place 3"]


@pytest.mark.parametrize(
    ("typed", "verdict", "reason"),
    [
        ("70", "right", "Seven of ten."),
        ("70.0 %", "right", "Seven of ten."),
        ("54", "wrong", "That is of all 13."),
        ("12", "wrong", "Look again."),
        ("many", "wrong", "This is not a number we can read."),
    ],
)
def test_a_number_gets_the_reason_for_its_own_slip(typed, verdict, reason):
    told = feedback(question("number"), typed)
    assert told["verdict"] == verdict
    assert told["given"]["number"]["reason"] == reason
