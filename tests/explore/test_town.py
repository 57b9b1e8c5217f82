"""The town follows the saved conversations; other choices come after one's own."""

from __future__ import annotations

import pytest

from place_kit import explore, facts
from place_kit.answers.store import AnswerFile
from place_kit.ask.form import Form
from place_kit.explore.town import CHOICE, FIRST, GUESS
from place_kit.show.card import Card


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def live(monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")


@pytest.fixture
def printed(monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "static")


def answer(form, value, seq=1):
    form.answer = {"seq": seq, "view": "v", "value": value, "seen": 0}
    assert form.reply["ok"]


def save(id, value):
    AnswerFile("02_assets").save(facts.question(id), value)


def view(controls, id):
    controls.chosen = {"seq": controls.shown["seq"] + 1, "values": {"view": id}}
    return controls.shown


def words(controls):
    return controls.shown["live"] + controls.shown["rest"]


def test_the_town_opens_only_when_somebody_is_chosen_and_a_guess_is_made(live):
    town, choice, guess = explore.town(), Form(facts.question(CHOICE)), Form(facts.question(GUESS))
    assert "more than its list" in words(town)
    answer(choice, ["hamish"])
    assert "You plan to meet Hamish" in words(town)
    assert "Mill tapes" not in words(town)
    answer(guess, "nearest")
    assert "Mill tapes" in words(town)


def test_each_change_of_the_choice_draws_the_town_anew(live):
    save(GUESS, "same")
    town, choice = explore.town(), Form(facts.question(CHOICE))
    answer(choice, ["innes"])
    assert "Gala day" not in words(town)
    answer(choice, ["innes", "ruaridh"], seq=2)
    assert "Gala day" in words(town)
    answer(choice, [], seq=3)
    assert "more than its list" in words(town)


def test_other_questions_leave_the_picture_alone(live):
    town, other = explore.town(), Form(facts.question("02_assets.dashed"))
    before = town.shown
    answer(other, ["not_asked"])
    assert town.shown == before


def test_other_choices_are_shown_only_after_ones_own(live):
    town = explore.town()
    assert FIRST in view(town, "both")["live"]
    save(CHOICE, ["hamish"])
    save(GUESS, "nearest")
    assert "If you had met" in view(town, "both")["live"]
    assert "Dunmarrow, as you know it now" in view(town, "mine")["live"]


def test_the_choice_that_is_shown_stays_when_an_answer_changes(live):
    save(GUESS, "nearest")
    save(CHOICE, ["hamish"])
    town = explore.town()
    view(town, "both")
    answer(Form(facts.question(CHOICE)), ["innes"])
    assert town.shown["values"] == {"view": "both"}
    assert "If you had met" in words(town)


def test_too_many_hours_are_said_and_the_town_is_drawn_all_the_same(live):
    save(GUESS, "nearest")
    save(CHOICE, ["nadifa", "alasdair", "fergus", "jodie"])
    assert "two more than you have" in explore.town().shown["live"]


def test_an_answer_file_that_cannot_be_used_is_no_reason_to_stop(live, tmp_path):
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "02_assets.json").write_text("nonsense")
    assert "more than its list" in words(explore.town())


def test_a_page_without_a_widget_has_the_list_and_not_the_answer(live):
    save(GUESS, "nearest")
    save(CHOICE, ["hamish"])
    data, _ = explore.town()._repr_mimebundle_()
    assert "as the list has it" in data["text/html"]
    assert "Mill tapes" not in data["text/html"]


def test_in_print_the_saved_choice_is_drawn_and_else_all_of_the_town(printed):
    card = explore.town()
    assert isinstance(card, Card)
    assert card.title == "Dunmarrow, all of it"
    save(CHOICE, ["hamish"])
    save(GUESS, "nearest")
    assert explore.town().title == "Dunmarrow, as you know it now"


def test_neither_the_choice_nor_the_guess_is_right_or_wrong():
    for id in (CHOICE, GUESS):
        question = facts.question(id)
        assert question.open
        assert not Form(question).spec["checks"]
