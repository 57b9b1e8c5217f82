"""Handing in: what is open, and the file."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import pytest

from place_kit import facts
from place_kit.answers import handin, store
from place_kit.ask.form import Form
from place_kit.ask.handing_in import HandIn
from place_kit.problems import PlaceKitError
from tests.conftest import GOOD, KINDS, question

QUESTIONS = tuple(question(kind, graded=True) for kind in KINDS)
SEQ = count(1)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An exercise's folder in a learner's folder; its questions are one of each kind."""
    (tmp_path / ".place-kit").mkdir()
    exercise = tmp_path / "exercises" / "99_try"
    exercise.mkdir(parents=True)
    monkeypatch.chdir(exercise)
    known = {"99_try.graded": QUESTIONS}
    monkeypatch.setattr(facts, "questions_of", lambda name: known.get(name, ()))
    return tmp_path


def make(form, learner="Ada L."):
    form.answer = {"seq": next(SEQ), "do": "make", "learner": learner}
    return form.reply


def answer(kind, value):
    form = Form(question(kind, graded=True))
    form.answer = {"seq": next(SEQ), "value": value, "check": False}
    assert form.reply["ok"]


def test_everything_is_open_at_first(folder):
    assert len(HandIn("99_try").reply["missing"]) == len(KINDS)


def test_an_answer_saved_on_the_page_leaves_the_list_at_once(folder):
    form = HandIn("99_try")
    answer("choose_one", "a")
    answer("classify", {"x": "a"})
    open_now = {one["text"]: one["parts"] for one in form.reply["missing"]}
    assert "A question to choose_one" not in open_now
    assert open_now["A question to classify"] == "2 of 3 parts left"


def test_a_number_that_cannot_be_read_is_in_the_list_and_says_so(folder):
    answer("number", "seventy")
    [told] = [
        one for one in HandIn("99_try").reply["missing"] if one["id"] == "99_try.graded.number"
    ]
    assert told["parts"] == "cannot be read as a number"
    answer("number", "70")
    assert "99_try.graded.number" not in {one["id"] for one in HandIn("99_try").reply["missing"]}


def test_a_long_question_is_listed_with_all_its_words(folder, monkeypatch):
    long = question("number", graded=True, prompt="A word\n\nand more. " * 30)
    monkeypatch.setattr(facts, "questions_of", lambda _: (long,))
    assert HandIn("99_try").reply["missing"][0]["text"] == ("A word and more. " * 30).strip()


def test_the_file_goes_to_the_learners_hand_in_folder_and_reads_back(folder):
    for kind in KINDS:
        answer(kind, GOOD[kind])
    reply = make(HandIn("99_try"))
    path = folder / "hand-in" / "99_try__ada-l.json"
    assert reply["ok"]
    assert reply["missing"] == []
    assert reply["file"]["path"] == str(path)
    assert reply["file"]["content"].encode() == path.read_bytes()
    read = handin.parse(path.read_bytes())
    assert (read.assignment, read.learner) == ("99_try", "ada-l")
    assert {
        name.rpartition(".")[2]: read.answers.value(name) for name in read.answers.entries
    } == GOOD


def test_open_questions_do_not_stop_it(folder):
    assert make(HandIn("99_try"))["file"]


def test_the_name_is_remembered_for_the_next_time(folder):
    make(HandIn("99_try"))
    assert HandIn("99_try").reply["learner"] == "ada-l"


def test_making_it_again_is_said(folder):
    form = HandIn("99_try")
    assert make(form)["file"]["again"] == ""
    assert "takes the place" in make(form)["file"]["again"]


def test_a_change_after_it_was_made_is_said(folder):
    form = HandIn("99_try")
    assert not make(form)["file"]["stale"]
    answer("number", "3")
    assert form.reply["file"]["stale"]
    assert not make(form)["file"]["stale"]


def test_a_name_without_a_letter_is_refused_in_words(folder):
    reply = make(HandIn("99_try"), " !? ")
    assert not reply["ok"]
    assert "name or number" in reply["notice"]


def test_outside_a_learners_folder_the_file_is_put_beside_the_notebook(folder):
    (folder / ".place-kit").rmdir()
    assert Path(make(HandIn("99_try"))["file"]["path"]).parent == Path.cwd()


def test_a_folder_that_takes_no_file_still_gives_a_download(folder, monkeypatch):
    def full(path, raw):
        raise store.AnswerFileError("The disk is full.")

    form = HandIn("99_try")
    monkeypatch.setattr(store, "write_whole", full)
    reply = make(form)
    assert reply["ok"]
    assert "disk is full" in reply["notice"]
    assert reply["file"]["path"] == ""
    assert json.loads(reply["file"]["content"])["learner"] == "ada-l"


def test_answers_of_a_newer_course_are_not_handed_in(folder):
    Path("answers.json").write_text('{"format": "place-kit answers", "version": 9}', "utf-8")
    reply = make(HandIn("99_try"))
    assert not reply["ok"]
    assert reply["file"] is None


def test_an_unknown_assignment_is_named(folder):
    with pytest.raises(PlaceKitError, match="42_none"):
        HandIn("42_none")
