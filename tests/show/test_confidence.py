"""Before and after: side by side, a fall said to be possible progress, and no more claimed."""

from __future__ import annotations

import json

import pytest

from place_kit import facts
from place_kit.show import template
from place_kit.show.confidence import confidence
from place_kit.show.drawing import Mark
from tests.show.contrast import BLINDNESS, contrast, distance

QUESTION = facts.question("07_place_and_plan.confidence_after")
IDS = [item.id for item in QUESTION.items]
BEFORE = dict(zip(IDS, (2, 3, 1, 4, 2, 3, 1), strict=True))
AFTER = dict(zip(IDS, (3, 3, 2, 3, 4, 4, 2), strict=True))


def rings(card):
    return [s for s in card.drawing.shapes if isinstance(s, Mark) and s.label.startswith("Before:")]


def dots(card):
    return [s for s in card.drawing.shapes if isinstance(s, Mark) and s.label.startswith("After:")]


def test_both_ratings_of_each_line_are_drawn_and_stand_in_the_table():
    card = confidence(QUESTION, BEFORE, AFTER)
    assert len(rings(card)) == len(dots(card)) == 7
    assert [row[1:] for row in card.table.rows] == [(str(BEFORE[id]), str(AFTER[id])) for id in IDS]
    assert "before 4, after 3" in card.alt


def test_a_higher_rating_lies_further_to_the_right():
    for ring, dot in zip(rings(c := confidence(QUESTION, BEFORE, AFTER)), dots(c), strict=True):
        assert (dot.x > ring.x) == (dot.label[-1] > ring.label[-1])


def test_a_fall_is_said_to_be_possible_progress_and_only_where_there_is_one():
    assert "five rose, one fell and one stayed the same" in (
        said := confidence(QUESTION, BEFORE, AFTER).takeaway
    )
    assert "A fall can be progress" in said
    assert "A fall can be" not in confidence(QUESTION, BEFORE, BEFORE).takeaway


def test_it_claims_no_more_than_how_sure_somebody_feels():
    card = confidence(QUESTION, BEFORE, AFTER)
    assert "It does not show whether the course caused it." in card.takeaway
    assert "not how well you do it" in card.source


def test_where_welcome_was_not_answered_that_is_said_and_today_is_drawn():
    card = confidence(QUESTION, {}, AFTER)
    assert "no rating from the module Welcome" in card.takeaway
    assert (len(rings(card)), len(dots(card))) == (0, 7)
    assert {row[1] for row in card.table.rows} == {"open"}


def test_where_nothing_is_rated_today_the_start_is_shown():
    card = confidence(QUESTION, BEFORE, {})
    assert "Here is where you started." in card.takeaway
    assert (len(rings(card)), len(dots(card))) == (7, 0)


def test_where_there_is_nothing_at_all_nothing_is_drawn():
    assert confidence(QUESTION, {}, {}).drawing is None


def test_lines_rated_only_once_are_not_counted():
    card = confidence(QUESTION, {"willing": 2}, {"willing": 4, "change": 1})
    assert "Of one line rated twice, one rose." in card.takeaway
    none = confidence(QUESTION, {"willing": 2}, {"change": 1})
    assert "No line has both ratings yet." in none.takeaway


@pytest.mark.parametrize("vision", BLINDNESS)
def test_before_and_after_differ_in_shape_and_to_all_eyes(vision):
    card = confidence(QUESTION, BEFORE, AFTER)
    ring, dot = rings(card)[0], dots(card)[0]
    assert ring.symbol != dot.symbol
    assert distance(ring.colour, dot.colour, vision) > 10
    assert all(contrast(mark.colour, template.PAPER) >= 3 for mark in (ring, dot))


def test_plotly_itself_accepts_the_specification():
    go = pytest.importorskip("plotly.graph_objects")
    figure = confidence(QUESTION, BEFORE, AFTER).figure
    assert go.Figure({name: part for name, part in figure.items() if name != "config"})
    assert json.loads(json.dumps(figure)) == figure
