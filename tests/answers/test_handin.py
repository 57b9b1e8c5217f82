import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.answers import handin
from place_kit.answers.handin import HandInError, learner_id, make, parse
from place_kit.answers.store import Answers, Entry
from tests.answers.test_values import json_values

ANSWERS = Answers(
    "03_cases.graded", {"03_cases.graded.q": Entry("a", 1, 1, "2026-11-23T10:00:00Z")}
)


def test_what_is_handed_in_is_read_back():
    hand_in = parse(make("03_cases", "Ada L.", ANSWERS))
    assert (hand_in.assignment, hand_in.learner) == ("03_cases", "ada-l")
    assert hand_in.answers == ANSWERS


def test_earlier_answers_and_how_often_one_was_saved_stay_at_home():
    at = "2026-11-23T09:00:00Z"
    whole = Entry("a", 1, 7777, at, first="guess", first_at=at, settled=True, kept=(("draft", at),))
    raw = make("03_cases", "ada", Answers("03_cases.graded", {"03_cases.graded.q": whole}))
    for private in (b"draft", b"guess", b"7777"):
        assert private not in raw


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ada L.", "ada-l"),
        ("  S1234567 ", "s1234567"),
        ("Zoë Łuk", "zoe-uk"),
        ("a@b.org", "a-b.org"),
    ],
)
def test_names_become_safe_in_a_path(typed, name):
    assert learner_id(typed) == name


@given(st.text())
def test_no_name_leaves_its_folder(typed):
    try:
        name = learner_id(typed)
    except HandInError:
        return
    assert name not in ("", ".", "..")
    assert "/" not in name
    assert "\\" not in name
    assert learner_id(name) == name


@given(json_values)
def test_nothing_that_arrives_breaks_the_reader(data):
    good = json.loads(make("03_cases", "ada", ANSWERS))
    for candidate in (data, *({**good, key: data} for key in good)):
        with suppress(HandInError):
            parse(json.dumps(candidate).encode("utf-8"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": 2}, "version 2"),
        ({"learner": "../x"}, "learner"),
        ({"learner": ""}, "learner"),
        ({"assignment": "../../etc"}, "assignment"),
        ({"made": "yesterday"}, "made"),
        ({"answers": {}}, "answers"),
        ({"format": "x"}, "not a hand-in"),
    ],
)
def test_what_is_wrong_is_named(change, words):
    data = {**json.loads(make("03_cases", "ada", ANSWERS)), **change}
    with pytest.raises(HandInError, match=words):
        parse(json.dumps(data).encode("utf-8"))


def test_the_hand_in_goes_to_the_learners_folder_and_the_name_is_asked_once(tmp_path):
    notebook = tmp_path / "exercises" / "03_cases"
    notebook.mkdir(parents=True)
    assert handin.folder_for(notebook) == notebook
    (tmp_path / handin.HOME).mkdir()
    assert handin.folder_for(notebook) == tmp_path / "hand-in"
    assert handin.recall(notebook) == ""
    handin.remember(notebook, "Ada L.")
    assert handin.recall(notebook) == "Ada L."
