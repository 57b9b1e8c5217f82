"""The form's Python side: what it tells the page, and what it does with what the page sends."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from place_kit.answers import store, values
from place_kit.ask import _spec
from place_kit.ask.form import Form
from place_kit.problems import PlaceKitError
from tests.conftest import GOOD, KINDS, question

SEQ = count(1)


def send(form, value, **more):
    """Do what the page does at a change, and give the reply."""
    form.answer = {"seq": next(SEQ), "view": "one", "value": value, "check": False, **more}
    return form.reply


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def kept(form):
    return store.AnswerFile(form.question.set, form.path).read().entries[form.question.id]


@pytest.mark.parametrize("graded", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_of_every_kind_is_saved_and_found_again(kind, graded):
    form = Form(question(kind, graded=graded))
    reply = send(form, GOOD[kind])
    assert reply["ok"]
    assert reply["value"] == GOOD[kind]
    assert reply["seq"] == form.answer["seq"]
    assert Form(question(kind, graded=graded)).reply["value"] == GOOD[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_told_no_key_and_no_reason(kind):
    asked = question(kind)
    if asked.options:
        asked = replace(asked, options=tuple(replace(o, reason="SECRET") for o in asked.options))
    if asked.items:
        asked = replace(asked, items=tuple(replace(i, reason="SECRET") for i in asked.items))
    form = Form(asked)
    send(form, GOOD[kind])
    told = json.dumps([form.spec, form.reply])
    for secret in ("SECRET", '"right"', "right_order", "reason", "Seven of ten", "slips"):
        assert secret not in told


def test_the_page_of_a_graded_question_is_told_no_key_even_if_it_asks_for_a_check():
    asked = question("choose_one", graded=True)
    reply = send(Form(asked), "a", check=True)
    assert reply["ok"]
    assert reply["feedback"] is None


@pytest.mark.parametrize("kind", sorted(_spec.CHECKED))
def test_a_check_gives_reasons_and_they_are_there_on_reopening(kind):
    feedback = send(Form(question(kind)), GOOD[kind], check=True)["feedback"]
    assert feedback["verdict"] == "right"
    assert feedback["words"] == "Right."
    assert feedback["all"]
    assert all(line["reason"] for line in feedback["all"])
    assert Form(question(kind)).reply["feedback"] == feedback


def test_a_change_after_a_check_takes_the_reasons_away_and_keeps_the_first_answer():
    form = Form(question("choose_one"))
    send(form, "b", check=True)
    assert send(form, "a")["feedback"] is None
    assert kept(form).first == "b"


@pytest.mark.parametrize("kind", ["rate", "reflect", "plan"])
def test_what_has_no_right_answer_has_no_check(kind):
    form = Form(question(kind))
    assert not form.spec["checks"]
    assert send(form, GOOD[kind], check=True)["feedback"] is None


def test_a_wrong_value_is_refused_in_words_and_the_answer_before_stays():
    form = Form(question("choose_one"))
    send(form, "a")
    reply = send(form, "z")
    assert not reply["ok"]
    assert "option" in reply["notice"]
    assert kept(form).value == "a"


def test_a_fault_of_the_course_is_said_without_a_traceback(monkeypatch, capfd):
    form = Form(question("choose_one"))
    monkeypatch.setattr(form._file, "save", lambda *_, **__: 1 / 0)
    reply = send(form, "a")
    assert not reply["ok"]
    assert "ZeroDivision" not in reply["notice"]
    assert "not saved" in reply["notice"]


def test_answers_of_a_newer_course_make_the_form_read_only():
    asked = question("choose_one")
    path = store.file_for(asked.set)
    path.parent.mkdir()
    path.write_text('{"format": "place-kit answers", "version": 99}', encoding="utf-8")
    reply = Form(asked).reply
    assert reply["read_only"]
    assert not reply["ok"]
    assert "newer" in reply["notice"]


def test_a_damaged_file_is_said_and_work_goes_on():
    asked = question("choose_one")
    path = store.file_for(asked.set)
    path.parent.mkdir()
    path.write_text("{", encoding="utf-8")
    form = Form(asked)
    assert "could not be read" in form.reply["notice"]
    assert send(form, "a")["ok"]


def test_an_answer_to_an_earlier_revision_is_restored_while_it_fits():
    send(Form(question("choose_one")), "a")
    assert Form(question("choose_one", revision=2)).reply["value"] == "a"


def test_an_answer_that_fits_no_more_is_said_and_kept_beside_the_next_one():
    asked = question("choose_one")
    send(Form(asked), "c")
    form = Form(replace(asked, options=asked.options[:2], revision=2))
    assert form.reply["value"] is None
    assert "does not fit" in form.reply["notice"]
    send(form, "a", seen=form.reply["saves"])
    assert [value for value, _ in kept(form).kept] == ["c"]


def test_a_second_form_of_the_same_question_shows_what_the_first_saved():
    one, other = Form(question("choose_one")), Form(question("choose_one"))
    send(one, "b")
    assert other.reply["value"] == "b"


def test_two_windows_lose_nothing_silently():
    form = Form(question("reflect"))
    send(form, "mine", view="one", seen=0)
    reply = send(form, "yours", view="two", seen=0)
    assert "another window" in reply["notice"]
    assert [value for value, _ in kept(form).kept] == ["mine"]


def test_one_window_that_types_ahead_of_the_replies_is_no_conflict():
    form = Form(question("reflect"))
    send(form, "a", seen=0)
    assert send(form, "ab", seen=0)["notice"] == ""
    assert kept(form).kept == ()


def test_a_number_in_words_is_saved_and_asked_for_in_digits():
    reply = send(Form(question("number", graded=True)), "seventy")
    assert reply["ok"]
    assert "digits" in reply["notice"]


def test_a_check_of_a_number_in_words_asks_for_digits_and_is_nobodys_first_answer():
    form = Form(question("number"))
    reply = send(form, "seventy", check=True)
    assert reply["feedback"]["verdict"] == "open"
    assert reply["notice"] == ""  # the feedback says it
    assert kept(form).first_at == ""
    assert send(form, "70", check=True)["feedback"]["verdict"] == "right"
    assert kept(form).first == "70"


@pytest.mark.parametrize("kind", ["reflect", "plan"])
def test_a_text_that_seems_to_identify_a_person_is_saved_with_a_warning(kind):
    text = "Mail jo@example.org"
    reply = send(Form(question(kind)), text if kind == "reflect" else [{"action": text}])
    assert reply["ok"]
    assert "e-mail address" in reply["personal"]["words"]
    assert reply["personal"]["found"][0]["text"] == "jo@example.org"
    assert send(Form(question(kind)), "" if kind == "reflect" else [])["personal"] is None


def test_the_live_output_holds_the_question_and_not_the_answer():
    form = Form(question("reflect"))
    send(form, "For my eyes")
    data, _ = form._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "A question to reflect" in data["text/plain"]
    assert "For my eyes" not in json.dumps(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from("abxyz"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("xyzab"), inner),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(KINDS), value=JSON, check=st.booleans())
def test_whatever_a_page_sends_is_saved_in_normal_form_or_refused_in_words(kind, value, check):
    asked = question(kind)
    reply = send(Form(asked), value, check=check)
    json.dumps(reply)
    if reply["ok"]:
        assert reply["value"] == values.check(asked, value)
    else:
        with pytest.raises(PlaceKitError, match=re.escape(reply["notice"])):
            values.check(asked, value)


def test_where_nothing_is_checked_the_first_whole_answer_is_the_first():
    form = Form(question("rate"))
    send(form, {"x": 1})
    assert kept(form).first_at == ""
    send(form, {"x": 1, "y": 2, "z": 3})
    send(form, {"x": 5, "y": 5, "z": 5})
    assert kept(form).first == {"x": 1, "y": 2, "z": 3}
