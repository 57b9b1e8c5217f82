"""A team file holds one session's answers under a random code, and nothing else is taken."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.answers import handin, store
from place_kit.team import entry
from place_kit.team.entry import EntryError
from tests.team.making import ASSETS, DECIDED, PLACE, SESSION, UNSAID, WILLING, changed, code, raw

ANSWERS = {
    WILLING: {"me": 5, "residents": 2},
    DECIDED: "asked",
    ASSETS: [{"skills": "a retired joiner", "groups": "  "}],
    UNSAID: "What we cannot change alone",
}
WHOLE = raw(1, ANSWERS, show=(UNSAID, ASSETS))


def refused(data: bytes) -> str:
    with pytest.raises(EntryError) as found:
        entry.parse(data, SESSION)
    return str(found.value)


def test_what_is_made_is_read_back():
    read = entry.parse(WHOLE, SESSION)
    assert (read.session, read.round, read.code) == ("our_place", 1, code(1))
    assert read.answers == {**ANSWERS, ASSETS: [{"skills": "a retired joiner"}]}
    assert read.show == {UNSAID, ASSETS}


def test_a_text_that_is_not_ticked_never_enters_the_file():
    made = raw(1, ANSWERS)
    assert b"joiner" not in made
    assert b"cannot change" not in made
    assert entry.parse(made, SESSION).show == frozenset()


def test_answers_to_anything_else_stay_at_home():
    made = raw(1, {**ANSWERS, "03_cases.denominator": "12", PLACE: {"say": 1}}, round=2)
    assert json.loads(made)["answers"].keys() == {WILLING, DECIDED}


def test_it_holds_no_time_no_name_and_no_version_of_the_software():
    assert json.loads(WHOLE).keys() == {
        "format", "version", "session", "round", "code", "answers", "show",
    }  # fmt: skip


def test_codes_are_random_and_names_of_files_say_nothing_more():
    codes = {entry.new_code() for _ in range(100)}
    assert len(codes) == 100
    read = entry.parse(WHOLE, SESSION)
    assert entry.file_name(read) == f"team-our_place-round-1-{code(1)}.json"


def test_with_nothing_answered_there_is_no_file():
    with pytest.raises(EntryError, match="no answer"):
        raw(1, {UNSAID: "not ticked", ASSETS: [{"skills": " "}]}, show=(ASSETS,))


def test_a_text_is_short_and_loses_what_turns_the_reading():
    long = "x" * (entry.MAX_TEXT + 1)
    with pytest.raises(Exception, match="400 characters"):
        raw(1, {UNSAID: long}, show=(UNSAID,))
    made = raw(1, {UNSAID: "one\u202etwo\x07\nthree"}, show=(UNSAID,))
    assert entry.parse(made, SESSION).answers[UNSAID] == "onetwo three"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not readable"),
        (b"\xff\xfe", "not readable"),
        (b"[" * 100_000, "larger than"),
        (b"[" * 60_000, "not readable"),
        (b'{"format": ' + b"9" * 5_000 + b"}", "not readable"),
        (b'{"format": NaN}', "not readable"),
        (b'{"format": "place-kit team file", "format": "place-kit team file"}', "not readable"),
        (b"[]", "not a team file"),
        (b"null", "not a team file"),
        (b'{"format": ["place-kit team file"]}', "not a team file"),
        (WHOLE + b" " * entry.MAX_BYTES, "larger than"),
    ],
)
def test_what_is_malformed_or_oversized_is_refused(data, said):
    assert said in refused(data)


def test_a_whole_answer_file_and_a_hand_in_are_refused_by_name():
    answers = store.Answers("team_session", {WILLING: store.Entry({"me": 3}, 1, 1, store.now())})
    assert "whole answer file" in refused(json.dumps(store.to_json(answers)).encode())
    graded = store.Answers("03_cases.graded", {})
    assert "hand-in" in refused(handin.make("03_cases", "ada", graded))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"version": 2}, "version 2"),
        ({"version": True}, "version true"),
        ({"version": 1.0}, "version 1.0"),
        ({"version": None}, "does not say its version|version null"),
        ({"session": "their_place"}, "their_place"),
        ({"session": {"a": 1}}, "a table"),
        ({"round": 3}, "round 3"),
        ({"round": True}, "round true"),
        ({"round": 1.0}, "round 1.0"),
        ({"code": "0" * 19}, "code"),
        ({"code": "../../etc/passwd"}, "code"),
        ({"code": "A" * 20}, "code"),
        ({"code": ["a"]}, "code"),
        ({"name": "Ada"}, "no room for names"),
        ({"at": "2026-01-01T00:00:00Z"}, "no room for names"),
        ({"metadata": {}}, "no room for names"),
        ({"learner": "ada"}, "no room for names"),
        ({"answers": {}}, "no answers"),
        ({"answers": [1]}, "no answers"),
        ({"answers": {"03_cases.denominator": "12"}, "show": []}, "does not ask"),
        ({"answers": {WILLING: {"me": 6}}, "show": []}, "does not fit"),
        ({"answers": {WILLING: {"me": True}}, "show": []}, "does not fit"),
        ({"answers": {WILLING: {"nobody": 1}}, "show": []}, "does not fit"),
        ({"answers": {DECIDED: ["asked"]}, "show": []}, "does not fit"),
        ({"answers": {UNSAID: "unticked"}, "show": []}, "not ticked"),
        ({"answers": {DECIDED: "asked"}, "show": [UNSAID]}, "without its text"),
        ({"answers": {DECIDED: "asked"}, "show": [DECIDED]}, "without its text"),
        ({"answers": {UNSAID: "a"}, "show": [UNSAID, UNSAID]}, "without its text"),
        ({"answers": {UNSAID: "a" * 401}, "show": [UNSAID]}, "400 characters"),
        ({"show": "yes"}, "may be shown"),
        ({"show": [1]}, "may be shown"),
        ({"round": 2}, "which round 2 does not ask"),
    ],
)
def test_a_forged_part_is_refused_with_the_reason(parts, said):
    with pytest.raises(EntryError, match=said):
        entry.parse(changed(WHOLE, **parts), SESSION)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(list(json.loads(WHOLE))), JSON))
def test_whatever_is_in_the_parts_it_is_taken_or_refused_in_words(parts):
    data = json.dumps({**json.loads(WHOLE), **parts}).encode()
    said = ""
    try:
        assert entry.parse(data, SESSION).round in (1, 2)
    except EntryError as error:
        said = str(error)
    assert "\n" not in said


@given(st.binary(max_size=200))
def test_whatever_the_bytes_are_they_are_refused_in_words(data):
    assert refused(data)


@given(st.text(max_size=entry.MAX_TEXT))
def test_any_short_text_that_is_ticked_comes_through_on_one_line(text):
    made = raw(1, {DECIDED: "asked", UNSAID: text}, show=(UNSAID,))
    kept = entry.parse(made, SESSION).answers.get(UNSAID, "")
    assert "\n" not in kept
    assert len(kept) <= len(text)
