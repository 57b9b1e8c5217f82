"""The maps follow the answers: drawn anew when one is saved, and printed where nobody can click."""

from __future__ import annotations

import pytest

from place_kit import explore, facts
from place_kit.answers.store import AnswerFile
from place_kit.explore import placing
from place_kit.show.card import PLOTLY, Card

FIRST = ("01_place_lens.who_first", "01_place_lens.start_first")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def live(monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")


@pytest.fixture
def printed(monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "static")


def answer(id, value):
    """Answer a question as the page does."""
    from place_kit.ask.form import Form

    form = Form(facts.question(id))
    form.answer = {"seq": 1, "view": "v", "value": value, "seen": 0, "check": False}
    assert form.reply["ok"]


def choose(controls, seq=1, **values):
    controls.chosen = {"seq": seq, "values": {**controls.shown["values"], **values}}
    return controls.shown


def words(shown):
    return shown["live"] + shown["rest"]


def test_the_map_is_drawn_anew_as_the_reader_answers(live):
    controls = explore.lens("first")
    assert "Nothing is placed yet" in words(controls.shown)
    answer(FIRST[0], {"damp": 4})
    assert "Nothing is placed yet" in words(controls.shown)
    answer(FIRST[1], {"damp": 1})
    assert "You have placed one of five." in words(controls.shown)
    assert "3 Damp, 4 across and 1 up" in words(controls.shown)


def test_a_redrawing_is_not_read_aloud(live):
    controls = explore.lens()
    assert controls.shown["live"]
    answer(FIRST[0], {"damp": 4})
    assert controls.shown["live"] == ""
    assert choose(controls, show="reasons")["live"]


def test_a_redrawing_keeps_what_was_chosen(live):
    controls = explore.lens("first")
    choose(controls, show="reasons", story="damp")
    answer(FIRST[0], {"damp": 4})
    answer(FIRST[1], {"damp": 1})
    assert controls.shown["values"] == {"show": "reasons", "story": "damp"}
    assert controls.shown["seq"] == 1
    assert "you, 4 and 1" in words(controls.shown)


def test_other_answers_do_not_touch_the_map(live):
    controls = explore.lens("first")
    before = controls.shown
    answer("01_place_lens.willingness", "Some words.")
    answer("01_place_lens.who_second", {"fire": 1})
    assert controls.shown == before


def test_the_courses_ranges_come_only_when_asked_for(live):
    controls = explore.lens()
    assert "course’s range" not in words(controls.shown)
    assert "The course’s range" in words(choose(controls, show="reasons"))


def test_every_story_can_be_chosen_and_gives_its_reasons(live):
    controls = explore.lens()
    for id in [option["id"] for option in controls.spec["fields"][1]["options"]][1:]:
        assert "Where others may differ" in words(choose(controls, story=id, show="reasons"))


def test_a_round_offers_its_own_stories(live):
    fields = explore.lens("second").spec["fields"]
    assert [option["text"][:2] for option in fields[1]["options"]] == [
        "Al",
        "6.",
        "7.",
        "8.",
        "9.",
        "10",
    ]


def test_a_round_that_is_not_there_is_said_in_words(live):
    assert "Did you mean “first”?" in explore.lens("frist").html()


def test_the_map_of_willingness_follows_both_questions(live):
    controls = explore.willing()
    assert "Nothing is rated yet" in words(controls.shown)
    answer(placing.WILLING, {"managers": 2})
    answer(placing.KNOWN, {"managers": 1})
    assert "Mostly a guess: Managers" in words(controls.shown)
    assert "You rated nobody in this way." in words(choose(controls, which="known"))


def test_answers_are_not_kept_in_the_notebook_too(live):
    answer(FIRST[0], {"damp": 4})
    answer(FIRST[1], {"damp": 1})
    for controls in (explore.lens(), explore.willing()):
        data, _ = controls._repr_mimebundle_()
        assert PLOTLY not in data
        assert "4 across" not in data["text/html"]
        assert "<td>4</td>" not in data["text/html"]


def test_where_nobody_can_choose_the_map_and_the_reasons_are_printed(printed):
    for card in (explore.lens("first"), explore.lens(), explore.willing()):
        assert isinstance(card, Card)
        assert card.figure
        assert card.table.rows


def test_in_print_the_saved_answers_are_drawn(printed):
    question = facts.question(FIRST[0])
    AnswerFile(question.set).save(question, {"damp": 4})
    other = facts.question(FIRST[1])
    AnswerFile(other.set).save(other, {"damp": 1})
    assert "you, 4 and 1" in explore.lens("first").alt


def test_a_damaged_answer_file_leaves_the_map_empty(live):
    path = AnswerFile("01_place_lens").path
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"{")
    assert "Nothing is placed yet" in words(explore.lens().shown)
    assert path.read_bytes() == b"{"


def test_nothing_is_written_by_looking(live, tmp_path):
    choose(explore.lens(), show="reasons")
    choose(explore.willing(), which="known")
    assert list(tmp_path.iterdir()) == []
