"""The ladder fills with the reader's own answers, and shows the course's view only once checked."""

from __future__ import annotations

import pytest

from place_kit import facts
from place_kit.facts.activities import ladder as ladders
from place_kit.show.drawing import Words
from place_kit.show.ladder import ladder

KNOWN = ladders.load()
RIGHT = {item.id: item.right for item in facts.question(KNOWN.question).items}
ONE_OFF = {**RIGHT, "hall": "delegated_power"}


def draw(placed, **how):
    return ladder(facts.load(), KNOWN, placed, **how)


def lines_of(card):
    return [shape.text for shape in card.drawing.shapes if isinstance(shape, Words)]


def under(card, name):
    """The rung under whose name a practice is drawn: the last bold words above it."""
    words = [shape for shape in card.drawing.shapes if isinstance(shape, Words)]
    at = next(i for i, shape in enumerate(words) if shape.text == name)
    return next(shape.text for shape in reversed(words[:at]) if shape.bold)


def test_an_empty_ladder_has_every_rung_and_lists_what_is_to_be_placed():
    card = draw({})
    assert "still empty" in card.takeaway
    rungs = [entry.title for entry in facts.load().frameworks["arnstein"].entries]
    assert [text for text in lines_of(card) if text in rungs] == rungs[::-1]
    assert under(card, "The village hall") == "Not on the ladder yet"


def test_a_practice_stands_on_the_rung_that_the_reader_chose():
    card = draw({"hall": "informing"})
    assert under(card, "The village hall") == "Informing"
    assert "You have placed one of eight practices." in card.takeaway
    assert "Informing (tokenism): The village hall." in card.alt


def test_the_courses_view_is_not_shown_before_the_reader_checks():
    before, after = draw(ONE_OFF), draw(ONE_OFF, checked=True)
    assert not any("Our view" in text for text in lines_of(before))
    assert "The course’s rung" not in before.table.columns
    assert "the course puts them" not in before.takeaway
    assert "Our view: The village hall" in " ".join(lines_of(after))
    assert "The course’s rung" in after.table.columns
    assert "The course puts “The village hall” here." in after.alt


def test_a_rung_next_door_is_told_apart_from_a_far_one():
    assert "Seven of them stand where the course puts them. One stands one rung away" in (
        draw(ONE_OFF, checked=True).takeaway
    )
    far = draw({**RIGHT, "hall": "manipulation"}, checked=True).takeaway
    assert "Seven of them stand" in far
    assert "one rung away" not in far


def test_what_is_right_is_not_said_twice():
    card = draw(RIGHT, checked=True)
    assert "Eight of them stand where the course puts them." in card.takeaway
    assert not any("Our view" in text for text in lines_of(card))


@pytest.mark.parametrize("placed", [{}, ONE_OFF, {"damp": "therapy"}], ids=len)
@pytest.mark.parametrize("checked", [True, False])
def test_the_picture_has_its_words_its_table_and_its_source(placed, checked):
    card = draw(placed, checked=checked)
    assert card.takeaway
    assert card.alt
    assert "Arnstein 1969" in card.source
    assert "made up" in card.source
    assert len(card.table.rows) == len(KNOWN.practices)
    assert {len(row) for row in card.table.rows} == {len(card.table.columns)}
    assert max(map(len, lines_of(card))) <= 34  # what a phone has room for


def test_plotly_itself_accepts_the_picture():
    go = pytest.importorskip("plotly.graph_objects")
    figure = draw(ONE_OFF, checked=True).figure
    assert go.Figure({name: part for name, part in figure.items() if name != "config"}).data
