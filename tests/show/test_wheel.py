"""The wheel: weak themes near the centre, marked as a view, and nobody's scores made up."""

from __future__ import annotations

import json
from dataclasses import replace
from math import hypot

import pytest

from place_kit import facts
from place_kit.facts.activities import wheel as wheels
from place_kit.problems import PlaceKitError
from place_kit.show import template, wheel
from place_kit.show.card import PLOTLY
from place_kit.show.drawing import Line, Mark, Words
from tests.show.contrast import contrast
from tests.show.making import EVIL

FACTS, KNOWN = facts.load(), wheels.load()
WORKER, RESIDENTS = (KNOWN.scores(view) for view in KNOWN.places["merrow_quay"].view)
PART = dict(list(WORKER.items())[:9])
CARDS = {
    "nothing": wheel.own(FACTS, KNOWN, {}),
    "part": wheel.own(FACTS, KNOWN, PART),
    "whole": wheel.own(FACTS, KNOWN, WORKER),
    "a theme": wheel.own(FACTS, KNOWN, WORKER, theme="nature"),
    "both": wheel.own(FACTS, KNOWN, WORKER, RESIDENTS, together=True),
    "merrow_quay": wheel.place(FACTS, KNOWN, "merrow_quay"),
    "ashgarth": wheel.place(FACTS, KNOWN, "ashgarth"),
}


@pytest.fixture(params=CARDS, ids=str)
def card(request):
    return CARDS[request.param]


def words(card):
    return [shape.text for shape in card.drawing.shapes if isinstance(shape, Words)]


def marks(card, who):
    return [s for s in card.drawing.shapes if isinstance(s, Mark) and s.label.startswith(f"{who}:")]


def test_plotly_itself_accepts_the_specification(card):
    go = pytest.importorskip("plotly.graph_objects")
    figure = {name: part for name, part in card.figure.items() if name != "config"}
    assert go.Figure(figure)
    assert json.loads(json.dumps(card.figure)) == card.figure


def test_a_wheel_has_its_words_its_table_and_its_source(card):
    assert card.alt
    assert card.takeaway
    assert {len(row) for row in card.table.rows} == {len(card.table.columns)}
    assert len(card.table.rows) == 14
    assert "labels may have been revised" in card.source
    assert set(card._repr_mimebundle_()) == {PLOTLY, "text/html", "text/plain"}


def test_the_two_ends_of_the_scale_stand_in_the_picture(card):
    assert "Centre (1): much to improve" in words(card)
    assert "Rim (7): very little to improve" in words(card)


def test_a_unit_is_as_long_down_as_across_so_that_a_wheel_is_round(card):
    assert card.figure["layout"]["yaxis"]["scaleanchor"] == "x"
    assert f'viewBox="0 0 {wheel.WIDTH} ' in card.html()


def test_text_stands_out_and_marks_can_be_seen(card):
    for shape in card.drawing.shapes:
        if isinstance(shape, Words):
            assert contrast(shape.colour, template.PAPER) >= 4.5
        if isinstance(shape, Mark):
            assert contrast(shape.colour, template.KIND_TINTS["activity"]) >= 3


def test_no_words_lie_on_each_other_or_leave_the_sheet(card):
    boxes = []
    for shape in card.drawing.shapes:
        if isinstance(shape, Words):
            long = len(shape.text) * shape.size * (0.62 if shape.bold else 0.56)
            left = shape.x - {"left": 0, "center": long / 2, "right": long}[shape.anchor]
            boxes.append((left, left + long, shape.y, shape.size, shape.text))
            assert left >= 0
            assert left + long <= wheel.WIDTH, shape.text
            assert 0 < shape.y < card.drawing.height
    for number, (left, right, y, size, text) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            across = min(right, other[1]) - max(left, other[0])
            assert across <= 0 or abs(y - other[2]) >= min(size, other[3]) * 0.8, (text, other[4])


def test_the_weaker_the_theme_the_nearer_to_the_centre():
    far = {
        mark.label: hypot(mark.x - wheel.ACROSS, mark.y - wheel.MIDDLE)
        for mark in marks(CARDS["whole"], "My view")
    }
    ordered = sorted(far, key=lambda label: int(label.split()[-1]))
    distances = [far[label] for label in ordered]
    assert distances == pytest.approx(sorted(distances))
    assert "Homes 2" in ordered[0]
    assert "Transport 6" in ordered[-1]


def test_the_picture_is_marked_as_my_view():
    assert "My view" in words(CARDS["whole"])
    assert CARDS["whole"].table.columns[1] == "My view"
    assert "This is your view alone." in CARDS["whole"].takeaway


@pytest.mark.parametrize("name", ["nothing", "part", "whole", "a theme"])
def test_residents_who_were_not_asked_have_an_empty_ring_that_says_so(name):
    card = CARDS[name]
    assert words(card)[-2:] == ["not yet", "asked"]
    assert {row[3] for row in card.table.rows} == {"not yet asked"}
    assert not marks(card, "Residents")
    assert "not yet asked" in card.alt


def test_the_team_has_an_empty_ring_until_a_session_whatever_residents_said():
    for name in ("whole", "both"):
        assert {row[2] for row in CARDS[name].table.rows} == {"no session yet"}
        assert "no session" in words(CARDS[name])


def test_to_lay_over_the_scores_of_residents_who_were_not_asked_draws_nothing():
    card = wheel.own(FACTS, KNOWN, WORKER, together=True)
    assert not marks(card, "Residents")
    assert "they have not been asked yet" in card.takeaway


def test_themes_left_open_are_open_and_the_web_is_not_closed_over_them():
    card = CARDS["part"]
    assert len(marks(card, "My view")) == 9
    assert [row[1] for row in card.table.rows].count("open") == 5
    assert sum(patch.width == 0 for patch in card.drawing.patches) == 0
    assert sum(patch.width == 0 for patch in CARDS["whole"].drawing.patches) == 1


def test_where_the_two_are_far_apart_it_is_said_with_both_scores():
    said = CARDS["both"].takeaway
    assert "Transport (you 6, they 2), Nature (you 3, they 6) and A say (you 5, they 2)" in said


def test_a_theme_opens_a_talk_and_its_spoke_is_thick():
    card, theme = CARDS["a theme"], KNOWN.themes["nature"]
    assert theme.ask in card.html()
    assert theme.otherwise in card.html()
    assert sum(isinstance(s, Line) and s.width == 3 for s in card.drawing.shapes) == 1
    assert "not a verdict" in card.html()


def test_a_made_up_place_says_so_and_does_not_say_what_to_conclude():
    for name in ("merrow_quay", "ashgarth"):
        assert "made up" in CARDS[name].title
        assert "made-up" in CARDS[name].takeaway
        assert "made up for this course" in CARDS[name].source


def test_the_lowest_are_named_unless_all_are_the_same():
    assert "Lowest in your view, with 2 (in bold): Homes." in CARDS["whole"].takeaway
    same = wheel.own(FACTS, KNOWN, dict.fromkeys(KNOWN.themes, 4))
    assert "All have the same score." in same.takeaway
    assert "Lowest" not in same.takeaway


def test_an_unknown_theme_or_place_is_said_in_words():
    with pytest.raises(PlaceKitError, match="Did you mean “nature”"):
        wheel.own(FACTS, KNOWN, WORKER, theme="natur")
    with pytest.raises(PlaceKitError, match="merrow_quay"):
        wheel.place(FACTS, KNOWN, "merrow")


def test_text_stays_text():
    themes = {"nature": replace(KNOWN.themes["nature"], name=EVIL, text=EVIL, ask=EVIL)}
    html = wheel.own(FACTS, replace(KNOWN, themes=themes), {"nature": 2}, theme="nature").html()
    assert "<script" not in html
