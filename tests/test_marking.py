import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.marking import MARK_MIME, mark, practise
from tests.conftest import GOOD, question

EACH = {one: f"Because {one}." for one in "abc"}
BOTH = {one: {"right": f"Yes, {one}.", "wrong": f"Think of {one}."} for one in "xyz"}


def graded(kind, value, key, reasons, points=3):
    return mark(question(kind, graded=True), value, key, reasons, points)


@pytest.mark.parametrize(
    "kind", ["choose_one", "choose_several", "classify", "match", "order", "number"]
)
def test_a_right_answer_earns_all_and_no_answer_nothing(kind):
    assert practise(question(kind), GOOD[kind]).all_right
    nothing = practise(question(kind), None)
    assert nothing.points == 0
    assert "did not answer" in nothing.note


def test_a_choice_earns_what_its_key_says_with_its_own_reason():
    whole = graded("choose_one", "b", {"a": 1, "b": 0.5}, EACH)
    assert (whole.points, whole.items[0].reason, whole.items[0].verdict) == (
        1.5,
        "Because b.",
        "Partly right",
    )


def test_each_wrong_choice_takes_a_right_one_away_but_never_below_zero():
    assert graded("choose_several", ["a", "b"], ["a", "b"], EACH).points == 3
    assert graded("choose_several", ["a", "b", "c"], ["a", "b"], EACH).points == 1.5
    assert graded("choose_several", ["c"], ["a", "b"], EACH).points == 0


def test_what_was_missed_in_a_graded_choice_is_not_named():
    result = graded("choose_several", ["a"], ["a", "b"], EACH)
    assert "Option b" not in str(result)
    assert "Because b." not in str(result)


def test_each_item_counts_for_itself():
    key = {"x": "a", "y": "b", "z": ["a", "b"]}
    result = graded("classify", {"x": "a", "y": "a", "z": "b"}, key, BOTH)
    assert [item.points for item in result.items] == [1, 0, 1]
    assert [item.reason for item in result.items] == ["Yes, x.", "Think of y.", "Yes, z."]


NEXT_DOOR = {"x": {"a": 1, "b": 0.5}, "y": "b", "z": {"a": 1}}


def test_a_group_next_door_earns_the_part_its_key_says():
    near = {**BOTH, "x": {**BOTH["x"], "near": "Close, x."}}
    result = graded("classify", {"x": "b", "y": "b", "z": "b"}, NEXT_DOOR, near)
    assert [item.points for item in result.items] == [0.5, 1, 0]
    assert [item.verdict for item in result.items] == ["Partly right", "Right", "Not quite"]
    assert [item.reason for item in result.items] == ["Close, x.", "Yes, y.", "Think of z."]
    assert graded("classify", {"x": "a", "y": "b", "z": "a"}, NEXT_DOOR, near).all_right


def test_a_group_next_door_without_words_of_its_own_gets_the_hint():
    result = graded("classify", {"x": "b"}, NEXT_DOOR, BOTH)
    assert (result.points, result.items[0].reason) == (0.5, "Think of x.")


@pytest.mark.parametrize(
    "worth", [{}, {"a": 0.5}, {"a": 2}, {"a": 1, "b": -1}, {"a": 1, "nowhere": 0.5}], ids=repr
)
def test_a_group_is_worth_a_part_of_its_item_and_one_of_them_the_whole(worth):
    with pytest.raises((KeyError, ValueError)):
        graded("classify", {"x": "a"}, {**NEXT_DOOR, "x": worth}, BOTH)


def test_an_item_left_out_is_told_apart_from_a_wrong_one():
    result = graded("classify", {"x": "a"}, {"x": "a", "y": "b", "z": "a"}, BOTH)
    assert result.points == 1
    assert result.items[1].given == ""
    assert "did not answer" in result.items[1].reason


def test_an_order_earns_by_its_neighbouring_pairs():
    assert graded("order", ["x", "y", "z"], ["x", "y", "z"], BOTH, 4).points == 4
    assert graded("order", ["x", "z", "y"], ["x", "y", "z"], BOTH, 4).points == 2
    assert graded("order", ["z", "y", "x"], ["x", "y", "z"], BOTH, 4).points == 0


NUMBER = {"right": "Yes.", "slips": {"54": "Of all 13."}, "otherwise": "Look again."}


@pytest.mark.parametrize(
    ("typed", "points", "reason"),
    [
        ("70", 3, "Yes."),
        ("70.0 %", 3, "Yes."),
        ("54", 0, "Of all 13."),
        ("71", 0, "Look again."),
        ("seven", 0, "cannot read this as one number"),
    ],
)
def test_a_number_is_exact_and_a_likely_slip_has_its_own_words(typed, points, reason):
    result = graded("number", typed, "70", NUMBER)
    assert result.points == points
    assert reason in result.items[0].reason


def test_a_tolerance_counts_only_where_the_key_gives_one():
    assert graded("number", "69.5", {"right": "70", "within": "0.5"}, NUMBER).points == 3


def test_thirds_are_rounded_to_hundredths_and_add_up_to_the_whole():
    key = {"x": "a", "y": "b", "z": "a"}
    assert graded("classify", {"x": "a"}, key, BOTH, 1).points == 0.33
    assert graded("classify", GOOD["classify"], key, BOTH, 1).points == 1


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("choose_one", "nowhere"),
        ("choose_several", ["nowhere"]),
        ("classify", {"x": "nowhere"}),
        ("order", ["x"]),
        ("reflect", "x"),
    ],
)
def test_a_key_that_does_not_fit_is_the_authors_fault_and_raises(kind, key):
    with pytest.raises((KeyError, ValueError)):
        graded(kind, GOOD[kind], key, BOTH)


@given(
    st.dictionaries(st.sampled_from("xyz"), st.sampled_from("ab")),
    st.fixed_dictionaries({item: st.sampled_from("ab") for item in "xyz"}),
    st.integers(1, 20),
)
def test_no_answer_earns_less_than_nothing_or_more_than_all(value, key, points):
    result = graded("classify", value, key, BOTH, points)
    assert 0 <= result.points <= points
    assert result.all_right == (value == key)


@given(st.permutations("xyz"), st.permutations("xyz"))
def test_only_the_right_order_earns_all(value, key):
    assert graded("order", value, key, BOTH).all_right == (value == key)


def test_a_mark_is_a_number_for_nbgrader_words_for_people_and_data_for_feedback():
    bundle = graded(
        "classify", {"x": "a"}, {"x": "a", "y": "b", "z": "a"}, BOTH
    )._repr_mimebundle_()
    assert bundle["text/plain"] == "1"
    assert "1 of 3 points" in bundle["text/html"]
    assert bundle[MARK_MIME]["items"][0]["given"] == "Option a"


def test_markup_in_an_answer_is_shown_as_text():
    result = graded("number", "<script>1</script>", "70", NUMBER)
    assert "<script>" not in result._repr_mimebundle_()["text/html"]
