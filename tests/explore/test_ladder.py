"""The ladder follows the form: it is drawn anew at every answer, and from the file on opening."""

from __future__ import annotations

import pytest

from place_kit import ask, explore, facts
from place_kit.answers import store
from place_kit.show.card import Card

ID = "04_power.ladder"
RIGHT = {item.id: item.right for item in facts.question(ID).items}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")
    return tmp_path


def answer(form, value, seq=1, check=False):
    form.answer = {"seq": seq, "view": "v", "value": value, "check": check}
    assert form.reply["ok"], form.reply["notice"]


def test_it_fills_as_the_form_is_answered():
    form, picture = ask.question(ID), explore.ladder()
    assert "still empty" in picture.shown["live"]
    answer(form, {"hall": "citizen_control"})
    assert picture.shown["live"] == ""  # nobody who listens is interrupted
    assert "placed one of eight practices" in picture.shown["rest"]
    answer(form, {"hall": "citizen_control", "damp": "therapy"}, seq=2)
    assert "placed two of eight practices" in picture.shown["rest"]


def test_the_courses_view_comes_with_the_check_and_goes_with_a_change():
    form, picture = ask.question(ID), explore.ladder()
    wrong = {**RIGHT, "hall": "informing"}
    answer(form, wrong)
    assert "Our view" not in picture.shown["rest"]
    answer(form, wrong, seq=2, check=True)
    assert "Our view" in picture.shown["rest"]
    answer(form, {**wrong, "damp": "informing"}, seq=3)
    assert "Our view" not in picture.shown["rest"]


def test_it_opens_with_what_was_kept():
    answer(ask.question(ID), {"hall": "citizen_control"})
    assert "placed one of eight practices" in explore.ladder().shown["live"]


def test_an_answer_to_another_question_leaves_it_alone():
    picture = explore.ladder()
    before = picture.shown
    answer(ask.question("04_power.fit"), {"leaking_hall": "climb"})
    assert picture.shown == before


def test_the_printed_ladder_beside_the_live_one_holds_no_answer():
    answer(ask.question(ID), {"hall": "citizen_control"})
    data, _ = explore.ladder()._repr_mimebundle_()
    assert "still empty" in data["text/html"]


def test_where_no_front_end_is_the_kept_answer_is_drawn(monkeypatch):
    answer(ask.question(ID), RIGHT, check=True)
    monkeypatch.setenv("PLACE_KIT_FORMS", "static")
    card = explore.ladder()
    assert isinstance(card, Card)
    assert "Eight of them stand where the course puts them." in card.takeaway


@pytest.mark.parametrize("raw", [b"nonsense", b"{}", b""], ids=len)
def test_a_damaged_answer_file_is_an_empty_ladder_and_stays_as_it_is(folder, raw):
    path = store.file_for("04_power")
    path.parent.mkdir()
    path.write_bytes(raw)
    assert "still empty" in explore.ladder().shown["live"]
    assert path.read_bytes() == raw
