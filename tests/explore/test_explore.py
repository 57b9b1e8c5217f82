"""What can be explored: every choice is drawn from the content, a wrong one is said in words."""

from __future__ import annotations

import re

import pytest

from place_kit import explore, facts
from place_kit.explore.controls import STATIC, Controls
from place_kit.facts.model import CLAIM_KINDS
from place_kit.problems import PlaceKitError
from place_kit.show.card import Card
from tests.show.making import EVIL, case
from tests.show.making import facts as made


@pytest.fixture
def live(monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")


@pytest.fixture
def printed(monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "static")


def choose(controls, seq=1, **values):
    controls.chosen = {"seq": seq, "values": {**controls.shown["values"], **values}}
    return controls.shown


@pytest.mark.parametrize("kind", CLAIM_KINDS)
@pytest.mark.parametrize("id", facts.load().cases)
def test_every_cell_of_the_grid_opens_its_claim_and_its_source(live, id, kind):
    shown = choose(explore.evidence(), case=id, kind=kind)
    for claim in facts.load().cases[id].claims_of(kind):
        assert claim.text in shown["live"]
    assert "<dt>Source</dt>" in shown["live"]


def test_a_comparison_reads_out_the_takeaway_and_redraws_the_rest(live):
    shown = choose(explore.compare(), first="total_place", second="altogether_better")
    assert "Total Place and Altogether Better" in shown["live"]
    assert "<table" not in shown["live"]
    assert 'role="img"' in shown["rest"]
    assert "<table" in shown["rest"]


def test_a_comparison_of_a_case_with_itself_asks_for_another(live):
    shown = choose(explore.compare(), first="bradford", second="bradford")
    assert "Choose two different cases." in shown["live"]
    assert "cannot be shown" not in shown["live"]
    assert shown["rest"] == ""


def test_something_stands_there_before_anything_is_chosen(live):
    for controls in (explore.evidence(), explore.compare()):
        assert controls.shown["seq"] == 0
        assert controls.shown["live"]


def test_every_control_has_a_label_and_every_option_words(live):
    for controls in (explore.evidence(), explore.compare()):
        for field in controls.spec["fields"]:
            assert field["label"]
            assert all(option["text"] for option in field["options"])


@pytest.mark.parametrize("values", [{}, {"case": "nowhere"}, {"case": ["x"]}, {"kind": "<b>"}])
def test_what_is_not_in_the_list_is_refused_in_words(live, values):
    controls = explore.evidence()
    controls.chosen = {"seq": 1, "values": values}
    assert "Choose one of the list" in controls.shown["live"]


def test_a_fault_of_ours_is_said_in_words_and_the_page_goes_on(live, monkeypatch, capfd):
    controls = explore.evidence()
    monkeypatch.setattr(controls, "_draw", lambda _: 1 / 0)
    assert "Please tell whoever gave you the course" in choose(controls, kind="cost")["live"]
    assert "ZeroDivisionError" not in controls.shown["live"]


def test_text_stays_text(live, monkeypatch):
    monkeypatch.setattr(facts, "load", lambda: made(case("a"), case("b")))
    for controls in (explore.evidence(), explore.compare()):
        assert "<script" not in controls.shown["live"] + controls.shown["rest"]
        assert "<script" not in controls._printed.html()
        assert EVIL in controls.spec["fields"][0]["options"][0]["text"]


def test_a_page_without_a_widget_gets_everything_in_print(live):
    data, _ = explore.evidence()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "<table" in data["text/html"]
    assert data["text/plain"]


def test_where_nobody_can_choose_every_claim_is_printed_with_its_source(printed):
    card = explore.evidence()
    assert isinstance(card, Card)
    assert len(card.table.rows) == len(list(facts.load().claims()))
    assert set(card._repr_mimebundle_()) == {"text/html", "text/plain"}
    for claim in facts.load().claims():
        assert claim.text in card.html()


def test_where_nobody_can_choose_all_the_cases_are_printed(printed):
    card = explore.compare()
    assert [row[0] for row in card.table.rows] == [
        each.title for each in facts.load().cases.values()
    ]
    assert {len(row) for row in card.table.rows} == {len(card.table.columns)}


def test_content_that_cannot_be_read_is_said_in_words(live, monkeypatch):
    def broken():
        raise PlaceKitError("cases.toml is damaged. Install the course again.")

    monkeypatch.setattr(facts, "load", broken)
    assert "cases.toml is damaged." in explore.evidence().html()
    assert "cases.toml is damaged." in explore.compare().html()


def test_nothing_is_written_anywhere(live, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    choose(explore.evidence(), kind="outcome")
    choose(explore.compare(), first="total_place")
    assert list(tmp_path.iterdir()) == []


def test_the_page_has_the_forms_look_and_fetches_nothing(live):
    assert ".pk-form" in Controls._css
    assert ".pk-card" in Controls._css
    esm = (STATIC / "explore.js").read_text(encoding="utf-8")
    assert not re.search(r"https?://|@import", Controls._css + esm)
