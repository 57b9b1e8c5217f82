import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.marking import Mark, mark
from place_kit.tutor.results.cohort import Asked, Levels, Part, Script, levels, results
from tests.conftest import GOOD, question

EACH = {one: f"Because {one}." for one in "abc"}
BOTH = {one: {"right": "Yes.", "wrong": "No."} for one in "xyz"}
NUMBER = {"right": "Yes.", "slips": {}, "otherwise": "No."}
KEYS = {
    "choose_one": ("a", EACH),
    "choose_several": (["a", "b"], EACH),
    "classify": ({"x": "a", "y": "b", "z": {"a": 1, "b": 0.5}}, BOTH),
    "match": ({"x": "a", "y": "b"}, BOTH),
    "order": (["y", "x", "z"], BOTH),
    "number": ("70", NUMBER),
}


def result(kind, *values, points=6):
    """How a question of a kind went that was answered with these values."""
    key, reasons = KEYS[kind]
    asked = question(kind, graded=True)
    marks = [mark(asked, value, key, reasons, points) for value in values]
    scripts = [Script({"c": one.points}, {"c": one}) for one in marks]
    (made,) = results([Asked("c", "1. One", "Which?", kind, points)], scripts)
    return made


@pytest.mark.parametrize("kind", KEYS)
def test_what_was_left_open_is_not_wrong(kind):
    made = result(kind, None, None)
    assert (made.answered, made.missing, made.share, made.parts) == (0, 2, None, ())


@pytest.mark.parametrize("kind", KEYS)
def test_right_answers_earn_all_and_nothing_stands_instead(kind):
    good = ["a", "b"] if kind == "choose_several" else GOOD[kind]
    made = result(kind, good, good, None)
    assert (made.answered, made.missing, made.share) == (2, 1, 1)
    assert all(part.right == part.n == 2 and not part.instead for part in made.parts)


def test_wrong_options_are_named_by_their_text_the_most_chosen_first():
    made = result("choose_one", "a", "c", "c", "b", None)
    (part,) = made.parts
    assert part.answer == "Option a"
    assert (part.right, part.wrong, part.n) == (1, 3, 4)
    assert part.instead == (("Option c", 2), ("Option b", 1))
    assert made.share == 0.25


def test_wrong_numbers_are_counted():
    (part,) = result("number", "70", "54", "54", "about 9").parts
    assert part.instead == (("54 per cent", 2), ("about 9 per cent", 1))


def test_each_item_has_its_own_confusions_and_its_own_gaps():
    made = result(
        "classify", {"x": "a", "y": "a", "z": "b"}, {"x": "b", "y": "a"}, {"z": "a"}, None
    )
    assert made.answered == 3
    x, y, z = made.parts
    assert x == Part("Item x", 1, 0, 1, 1, (("Option b", 1),), "Option a")
    assert y == Part("Item y", 0, 0, 2, 1, (("Option a", 2),))
    assert (z.right, z.partly, z.wrong, z.missing, z.instead) == (1, 1, 0, 1, (("Option b", 1),))


def test_reversed_pairs_are_counted_whichever_way_they_were_written():
    first, then = result("order", ["y", "x", "z"], ["x", "y", "z"], ["z", "y", "x"]).parts
    assert (first.label, first.right, first.wrong) == ("“Item y” before “Item x”", 2, 1)
    assert (then.label, then.right, then.wrong) == ("“Item x” before “Item z”", 2, 1)
    assert first.instead == (("the other way round", 1),)
    # Where nobody had it right, the right order is said all the same.
    first, _ = result("order", ["x", "z", "y"]).parts
    assert (first.label, first.right) == ("“Item y” before “Item x”", 0)


def test_of_several_what_was_chosen_wrongly_and_what_was_left_out():
    parts = {part.label: part for part in result("choose_several", ["a", "c"], ["a"], ["b"]).parts}
    assert parts["Option a (right)"].instead == (("left out", 1),)
    assert parts["Option b (right)"].instead == (("left out", 2),)
    assert parts["Option c (not right)"].instead == (("chosen", 1),)
    assert parts["Option c (not right)"].right == 2


def test_a_right_option_that_nobody_chose_is_not_forgotten():
    *_, hidden = result("choose_several", ["a"], ["c"]).parts
    assert (hidden.label, hidden.right, hidden.wrong) == (
        "1 right option that nobody chose",
        0,
        2,
    )


def test_a_mark_given_by_hand_counts_for_the_points():
    one = mark(question("choose_one", graded=True), "c", *KEYS["choose_one"], 6)
    asked = Asked("c", "1", "Which?", "choose_one", 6)
    (made,) = results([asked], [Script({"c": 3.0}, {"c": one})])
    assert made.share == 0.5


def test_what_could_not_be_marked_is_counted_apart():
    asked = Asked("c", "1", "Which?", "choose_one", 6)
    (made,) = results([asked], [Script({"c": 0.0}, {}), Script({}, {})])
    assert (made.unread, made.answered, made.missing) == (1, 0, 0)
    assert results([asked], [])[0].share is None


@given(st.lists(st.sampled_from([None, "a", "b", "c"]), max_size=30))
def test_nobody_is_counted_twice_and_nobody_is_lost(values):
    made = result("choose_one", *values)
    assert made.answered + made.missing == len(values)
    if made.parts:
        (part,) = made.parts
        assert part.right + sum(times for _, times in part.instead) == made.answered


@given(st.lists(st.sets(st.sampled_from("abc")).map(sorted), max_size=20))
def test_every_option_of_several_counts_everybody_who_answered(values):
    made = result("choose_several", *values)
    assert all(part.n == made.answered for part in made.parts)


def test_levels_are_counted_and_those_that_wait_apart():
    assert levels([2, None, 0, 2], range(4)) == Levels({0: 1, 1: 0, 2: 2, 3: 0}, 1)
    assert levels([], range(4)).marked == 0


def test_a_mark_without_parts_breaks_nothing():
    asked = Asked("c", "1", "Which?", None, 6)
    (made,) = results([asked], [Script({"c": 1.0}, {"c": Mark(1.0, 6.0)})])
    assert (made.answered, made.missing) == (0, 1)
