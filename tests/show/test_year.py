"""The year's picture and words: illustrative and said to be so, and the same for every eye."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest

from place_kit import facts
from place_kit.facts.activities import year as scenario
from place_kit.show import template
from place_kit.show import year as shown
from place_kit.show.card import PLOTLY
from place_kit.show.drawing import Box, Mark, Words
from tests.show.contrast import BLINDNESS, contrast, distance
from tests.show.making import EVIL

KNOWN, YEAR = facts.load(), scenario.load()
PATHS = {path.id: YEAR.walk(YEAR.named(path.id)) for path in YEAR.paths}
BEGUN = YEAR.walk({"hope": "many", "promise": "open", "table": "out"})


def cards():
    yield "nothing decided", shown.picture(YEAR, YEAR.walk({}))
    yield "begun", shown.picture(YEAR, BEGUN)
    for a, b in itertools.permutations(PATHS, 2):
        title = next(path.title for path in YEAR.paths if path.id == b)
        yield f"{a} and {b}", shown.picture(YEAR, PATHS[a], PATHS[b], title)


CARDS = dict(cards())


@pytest.fixture(params=CARDS, ids=str)
def card(request):
    return CARDS[request.param]


def test_a_picture_says_that_it_is_illustrative_in_its_title_takeaway_and_source(card):
    assert "(illustrative)" in card.title
    assert "Illustrative: these points are made up" in card.takeaway
    assert "illustrative" in card.source


def test_a_picture_has_its_words_and_its_table(card):
    assert card.alt
    assert {len(row) for row in card.table.rows} == {len(card.table.columns)}
    assert card.table.rows[0][0] == "Start"
    assert set(card._repr_mimebundle_()) == {PLOTLY, "text/html", "text/plain"}


def test_plotly_itself_accepts_the_specification(card):
    go = pytest.importorskip("plotly.graph_objects")
    figure = {name: part for name, part in card.figure.items() if name != "config"}
    assert go.Figure(figure)
    assert json.loads(json.dumps(card.figure)) == card.figure


def test_text_stands_out_and_shapes_can_be_seen(card):
    for each in card.drawing.shapes:
        if isinstance(each, Words):
            assert contrast(each.colour, template.PAPER) >= 4.5
        elif isinstance(each, Mark) and each.colour != template.PAPER:
            assert contrast(each.colour, template.TRACK) >= 3
        elif isinstance(each, Box) and each.fill != template.TRACK:
            assert contrast(each.fill, template.TRACK) >= 3


def test_no_two_lines_of_words_lie_on_each_other_or_leave_a_phone(card):
    boxes = []
    for each in card.drawing.shapes:
        if isinstance(each, Words):
            width = len(each.text) * each.size * (0.72 if each.bold else 0.62) / 3
            left = each.x - {"left": 0, "center": 0.5, "right": 1}[each.anchor] * width
            half = each.size / 2
            assert left + width <= 101, each.text
            boxes.append((left, left + width, each.y - half, each.y + half, each.text))
    for (a0, a1, b0, b1, one), (c0, c1, d0, d1, other) in itertools.combinations(boxes, 2):
        assert not (a0 < c1 and c0 < a1 and b0 < d1 and d0 < b1), f"{one} lies on {other}"


@pytest.mark.parametrize("vision", BLINDNESS)
def test_this_year_and_the_other_are_told_apart_by_all_eyes(vision):
    assert distance(shown.MINE, shown.OTHER, vision) > 10


def test_a_bar_is_as_high_as_its_points():
    bars = [s for s in CARDS["begun"].drawing.shapes if isinstance(s, Box) and s.fill == shown.MINE]
    heights = [round((bar.y1 - bar.y0) / shown.HIGH * YEAR.scale) for bar in bars]
    assert heights == [8, 9, 5, 8, 20, 17]


def test_the_takeaway_compares_how_two_years_ended():
    takeaway = CARDS["usual_few and together"].takeaway
    mine, other = PATHS["usual_few"].points, PATHS["together"].points
    assert f"{other.trust - mine.trust} less trust" in takeaway
    assert "Open from the start" in takeaway


def test_the_table_follows_both_years_decision_by_decision():
    table = CARDS["mended and together"].table
    assert [row[0] for row in table.rows] == [
        "Start",
        *(step.decision.month for step in PATHS["mended"].steps),
        "December",
    ]
    assert any("(a pitfall)" in row[1] for row in table.rows)
    assert not any("(a pitfall)" in row[3] for row in table.rows)


def test_a_bad_turn_names_its_pitfall_and_the_remedy():
    for step in PATHS["usual_few"].pitfalls:
        said = shown.outcome(KNOWN, step)
        pitfall = KNOWN.pitfalls[step.choice.pitfall]
        assert f"A pitfall: {pitfall.title}." in said
        assert pitfall.remedy in said


def test_a_sound_turn_is_shown_by_the_statement_and_never_by_a_printed_heading():
    for step in PATHS["together"].steps:
        said = shown.outcome(KNOWN, step)
        if step.choice.principle:
            assert KNOWN.principles[step.choice.principle].statement in said
        for principle in KNOWN.principles.values():
            assert f"{principle.heading}:" not in said


def test_to_ask_government_for_help_cites_the_work_behind_it():
    assert "cites Bailey 2012." in shown.outcome(KNOWN, PATHS["together"].steps[-1])


def test_december_says_whose_expectations_were_met():
    good = shown.december(KNOWN, YEAR, PATHS["together"])
    assert good.count("Met.") == 2
    mixed = shown.december(KNOWN, YEAR, PATHS["usual_few"])
    assert mixed.count("<strong>Met.</strong>") == 1
    assert "The money could never have paid for it." in mixed
    assert "People ask where the new centre is." in mixed


def test_december_clears_the_sound_choice_that_was_defeated_and_not_before():
    path = PATHS["together"]
    (defeated,) = [step for step in path.steps if step.choice.defeated]
    assert defeated.choice.defeated not in shown.outcome(KNOWN, defeated)
    assert defeated.choice.defeated in shown.december(KNOWN, YEAR, path)


def test_in_print_every_choice_stands_with_what_comes_of_it():
    printed = shown.every_decision(KNOWN, YEAR)
    choices = [choice for each in YEAR.decisions.values() for choice in each.choices]
    assert len(printed.table.rows) == len(choices)
    assert set(printed._repr_mimebundle_()) == {"text/html", "text/plain"}


def test_text_stays_text():
    decision = YEAR.decisions["hope"]
    choice = replace(decision.choices[0], text=EVIL, outcome=EVIL)
    evil = replace(decision, month=EVIL, title=EVIL, story=(EVIL,), choices=(choice,))
    year = replace(YEAR, decisions={"hope": evil}, place=EVIL)
    path = year.walk({})
    step = scenario.Step(evil, choice, YEAR.points)
    for html in (
        shown.story(evil),
        shown.outcome(KNOWN, step),
        shown.picture(year, path).html(),
        shown.every_decision(KNOWN, year).html(),
    ):
        assert "<script" not in html
