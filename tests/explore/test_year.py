"""The year as it is played: kept at each decision, there again, and comparable."""

from __future__ import annotations

import json

import pytest

from place_kit import explore, facts
from place_kit.answers import store
from place_kit.explore.playing import MOST_YEARS, YearPlay
from place_kit.facts.activities import year as scenario
from place_kit.facts.activities.year import SET
from place_kit.show.card import Card

YEAR = scenario.load()


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")


def act(play, what, **details):
    play.act = {"seq": play.page["seq"] + 1, "do": what, **details}
    return play.page


def decide(play, choice):
    return act(play, "decide", decision=play.page["now"]["id"], choice=choice)


def whole_year(play, name="together"):
    for choice in next(path.choices for path in YEAR.paths if path.id == name):
        decide(play, choice)
    return play.page


def test_a_year_begins_in_january_with_one_decision():
    page = explore.year().page
    assert page["now"]["month"] == "January"
    assert page["now"]["place"] == f"Decision 1 of {YEAR.length}"
    assert not page["came"]
    assert not page["others"]
    assert not page["back"]


def test_a_decision_shows_what_came_of_it_and_leads_to_the_next():
    play = explore.year()
    decide(play, "many")
    page = decide(play, "centre")
    assert "A pitfall: Expectations." in page["came"]
    assert page["turn"] == "pitfall"
    assert page["now"]["id"] == "table"
    assert "trust 11" in page["live"]


def test_the_choice_made_changes_what_is_met_next():
    titles = set()
    for choice in ("active", "out", "heads"):
        play = explore.year()
        while play.page["back"]:
            act(play, "back")
        for each in ("many", "open", choice):
            decide(play, each)
        titles.add(play.page["now"]["title"])
    assert len(titles) == 3


def test_each_decision_is_saved_and_the_year_is_there_again():
    play = explore.year()
    for choice in ("many", "open", "out"):
        decide(play, choice)
    kept = store.look(SET)
    assert kept.value(f"{SET}.year1_table") == "out"
    again = explore.year().page
    assert again["now"]["id"] == "differ"
    assert again["came"] == play.page["came"]


def test_a_decision_can_be_taken_back():
    play = explore.year()
    decide(play, "many")
    decide(play, "wait")
    page = act(play, "back")
    assert page["now"]["id"] == "promise"
    assert explore.year().page["now"]["id"] == "promise"
    assert decide(play, "open")["turn"] == "sound"


def test_at_the_end_the_year_is_compared_with_years_that_could_have_been():
    play = explore.year()
    page = whole_year(play, "usual_few")
    assert page["now"] is None
    assert "Not met." in page["end"]
    assert [other["id"] for other in page["others"]] == [path.id for path in YEAR.paths]
    page = act(play, "compare", choice="together")
    assert "Against “Open from the start”" in page["live"]
    assert page["rest"].count("<svg xmlns") == 1
    assert "Against" not in act(play, "compare", choice="")["live"]
    assert "Against" not in act(play, "compare", choice="nonsense")["live"]


def test_an_earlier_year_stays_and_can_be_compared_and_looked_at():
    play = explore.year()
    whole_year(play, "usual_few")
    page = act(play, "again")
    assert page["now"]["month"] == "January"
    page = whole_year(play, "together")
    assert page["years"] == ["1", "2"]
    assert page["others"][0] == {"id": "year1", "text": "Your year 1"}
    assert "Against “Your year 1”" in act(play, "compare", choice="year1")["live"]
    page = act(play, "show", choice="1")
    assert page["number"] == "1"
    assert "A pitfall" in page["came"]
    assert explore.year().page["number"] == "2"


def test_a_year_that_has_not_ended_is_not_compared_with():
    play = explore.year()
    whole_year(play)
    act(play, "again")
    decide(play, "many")
    page = act(play, "show", choice="1")
    assert "year2" not in [other["id"] for other in page["others"]]


def test_another_year_begins_only_when_this_one_has_ended_and_there_is_room():
    play = explore.year()
    assert not act(play, "again")["again"]
    assert play.page["number"] == "1"
    for number in range(1, MOST_YEARS + 1):
        page = whole_year(play)
        assert page["again"] == (number < MOST_YEARS)
        act(play, "again")
    assert play.page["number"] == str(MOST_YEARS)
    assert play.page["full"]
    assert act(play, "back")["now"]


def test_two_windows_never_overwrite_each_other():
    one, other = explore.year(), explore.year()
    decide(one, "many")
    page = decide(other, "carry_on")
    assert "another window" in page["notice"]
    assert page["now"]["id"] == "promise"
    assert store.look(SET).value(f"{SET}.year1_hope") == "many"


@pytest.mark.parametrize("choice", ["nonsense", None, 7, [], {}])
def test_nonsense_is_refused_in_words_and_nothing_is_lost(choice):
    play = explore.year()
    decide(play, "many")
    page = decide(play, choice)
    assert page["notice"]
    assert page["now"]["id"] == "promise"
    assert act(play, "show", choice=choice)["number"] == "1"
    assert act(play, "dance")["now"]["id"] == "promise"


def test_other_answers_of_the_module_stay_as_they_are():
    question = next(each for each in facts.questions_of(SET) if each.kind == "reflect")
    store.AnswerFile(SET).save(question, "Mine.")
    decide(explore.year(), "many")
    assert store.look(SET).value(question.id) == "Mine."


def test_a_file_that_cannot_be_written_is_said_in_words(monkeypatch):
    play = explore.year()

    def full(*args, **kwargs):
        raise store.AnswerFileError("The disk is full.")

    monkeypatch.setattr(play._file, "save", full)
    assert decide(play, "many")["notice"] == "The disk is full."
    assert play.page["now"]["id"] == "hope"


def test_a_file_that_cannot_be_read_is_said_where_the_year_would_be(tmp_path):
    file = store.file_for(SET)
    file.parent.mkdir()
    file.symlink_to(tmp_path / "elsewhere")
    assert "plain file" in explore.year().html()


def test_a_fault_of_the_course_is_said_in_words(monkeypatch, capfd):
    play = explore.year()
    monkeypatch.setattr(play, "_do", lambda sent: 1 / 0)
    assert "Something in the course itself" in decide(play, "many")["notice"]


def test_where_nobody_can_play_the_whole_story_is_printed(monkeypatch):
    data, _ = explore.year()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "<table" in data["text/html"]
    monkeypatch.setenv("PLACE_KIT_FORMS", "static")
    card = explore.year()
    assert isinstance(card, Card)
    assert card.html() in data["text/html"]


def test_what_goes_to_the_page_is_plain_json():
    play = explore.year()
    page = whole_year(play)
    assert json.loads(json.dumps(page)) == page


def test_the_page_fetches_nothing():
    esm = YearPlay._esm
    text = esm.read_text(encoding="utf-8") if hasattr(esm, "read_text") else str(esm)
    assert "http" not in text
    assert ".pk-year" in str(YearPlay._css)
