"""From one folder to another: nothing is lost, and it is said what was done."""

from __future__ import annotations

import json

import pytest

from place_kit.answers import bundle, moving, places, store
from place_kit.problems import PlaceKitError
from tests.answers.folders import (
    GRADED,
    PRACTICE,
    answer,
    at,
    hand_in,
    learner_folder,
    tree,
    version,
)


@pytest.fixture
def home(tmp_path):
    return learner_folder(tmp_path / "home")


@pytest.fixture
def other(tmp_path):
    (tmp_path / "other" / ".place-kit").mkdir(parents=True)
    return tmp_path / "other"


def said(rows):
    return {row.what: (row.new, row.newer, row.same) for row in rows}


def value(folder, question):
    return store.look(question.set, places.answer_file(folder, question.set)).entries[question.id]


def test_all_that_a_learner_made_arrives_on_another_machine(home, other):
    raw, problems = moving.export(home)
    assert problems == ()
    rows = moving.take(other, raw)
    assert not any(row.failed for row in rows)
    assert moving.export(other)[0] == raw
    assert said(rows) == {
        PRACTICE.set: (1, 0, 0),
        f"{store.assignment_of(GRADED.set)}: exercise": (1, 0, 0),
        "Hand-ins": (1, 0, 0),
        "The name you go by": (1, 0, 0),
    }
    assert "1 earlier version added." in {row.note for row in rows}


def test_importing_twice_changes_nothing(home, other):
    answer(other, PRACTICE, "Something else, written there.")
    raw, _ = moving.export(home)
    moving.take(other, raw)
    before = tree(other)
    rows = moving.take(other, raw)
    assert tree(other) == before
    assert all(row.new == row.newer == 0 for row in rows)


def test_the_later_answer_is_the_latest_and_the_other_is_kept(home, other):
    answer(other, PRACTICE, "Written there, earlier.")
    at(other, PRACTICE, "2020-01-01T00:00:00Z")
    moving.take(other, moving.export(home)[0])
    assert value(other, PRACTICE).value == "What I thought at first."
    assert value(other, PRACTICE).kept == (("Written there, earlier.", "2020-01-01T00:00:00Z"),)
    at(home, PRACTICE, "2020-01-01T00:00:00Z")
    answer(other, PRACTICE, "And later still.")
    moving.take(other, moving.export(home)[0])
    assert value(other, PRACTICE).value == "And later still."


def test_earlier_versions_of_both_are_kept_once_each(home, other):
    version(other, PRACTICE, "Another.", "2025-01-01T00:00:00Z")
    moving.take(other, moving.export(home)[0])
    journal = bundle.parse_journal(
        PRACTICE.set, places.journal_file(other, PRACTICE.set).read_bytes()
    )
    assert [value for value, _ in journal[PRACTICE.id]] == [
        "Another.",
        "What I thought at first. Earlier.",
    ]


def test_of_two_hand_ins_for_one_exercise_both_stay(home, other):
    answer(other, GRADED, "There.")
    mine = hand_in(other, GRADED, "ada-l").read_bytes()
    raw, _ = moving.export(home)
    moving.take(other, raw)
    files = {path.read_bytes() for path in (other / "hand-in").iterdir()}
    assert files == {
        mine,
        (home / "hand-in" / f"{store.assignment_of(GRADED.set)}__ada-l.json").read_bytes(),
    }
    moving.take(other, raw)
    assert len(list((other / "hand-in").iterdir())) == 2
    assert len(bundle.parse(moving.export(other)[0]).handins) == 2


def test_answers_to_other_words_of_a_question_are_taken_and_it_is_said(home, other):
    path = places.answer_file(home, PRACTICE.set)
    data = json.loads(path.read_bytes())
    data["answers"][PRACTICE.id]["revision"] = 0
    data["answers"][f"{PRACTICE.set}.gone"] = data["answers"][PRACTICE.id]
    path.write_text(json.dumps(data), encoding="utf-8")
    rows = moving.take(other, moving.export(home)[0])
    [note] = [row.note for row in rows if row.what == PRACTICE.set]
    assert "1 answer (was given to earlier words" in note
    assert "1 answer (is to a question that this course does not ask" in note
    assert value(other, PRACTICE).value == "What I thought at first."


def test_a_refused_file_changes_nothing(home):
    before = tree(home)
    with pytest.raises(PlaceKitError, match="not an export"):
        moving.take(home, b"hello")
    assert tree(home) == before


def test_a_damaged_answer_file_is_left_out_and_named(home):
    places.answer_file(home, PRACTICE.set).write_text("{", encoding="utf-8")
    raw, [problem] = moving.export(home)
    assert f"course/answers/{PRACTICE.set}.json was left out" in problem
    assert list(bundle.parse(raw).answers) == [GRADED.set]


def test_a_set_with_no_room_left_is_not_taken_and_the_others_are(home, other, monkeypatch):
    answer(home, PRACTICE, "Long. " * 500)
    raw, _ = moving.export(home)
    monkeypatch.setattr(store, "MAX_BYTES", 2_000)
    [refused] = [row for row in moving._merged(other, bundle.parse(raw)) if row.failed]
    assert refused.what == PRACTICE.set
    assert "no room" in refused.note
    assert value(other, GRADED).value == "What I thought at first."


def test_a_link_in_the_folder_is_not_followed(home, other, tmp_path):
    secret = tmp_path / "secret.json"
    secret.write_text("{}", encoding="utf-8")
    (other / "course" / "answers").mkdir(parents=True)
    places.answer_file(other, PRACTICE.set).symlink_to(secret)
    rows = moving.take(other, moving.export(home)[0])
    assert [row.failed for row in rows if row.what == PRACTICE.set] == [True]
    assert secret.read_text(encoding="utf-8") == "{}"


def test_with_nothing_done_there_is_nothing_to_export(other):
    with pytest.raises(PlaceKitError, match="nothing to export"):
        moving.export(other)


def test_a_name_that_is_here_stays(home, other):
    from place_kit.answers import handin

    handin.remember(other, "another")
    rows = moving.take(other, moving.export(home)[0])
    assert handin.recall(other) == "another"
    assert "It stays another" in rows[-1].note
