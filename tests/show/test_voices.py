"""The dots: the words are worked out from the data, and the picture shows whom it leaves out."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from place_kit.facts.activities import voices
from place_kit.facts.activities.voices import Idea, Person, Voices
from place_kit.facts.model import Scale
from place_kit.problems import PlaceKitError
from place_kit.show.drawing import Mark, Words
from place_kit.show.voices import ENGAGED, SPEAK, dots, heard, printed, ranking, rounded
from tests.show.making import EVIL

CHOICES = list(product(SPEAK, ENGAGED))


def person(id, *scores, willing=3, engaged=False, says="Well."):
    return Person(id, id.title(), f"about {id}", says, willing, engaged, scores)


def place(*people, ideas=("a", "b")):
    named = tuple(Idea(id, id.upper(), f"About {id}.") for id in ideas)
    return Voices("Here", "What now?", Scale(1, 5, "no", "yes"), 4, 2, named, people)


SPLIT = place(
    person("loud", 5, 1, willing=5, engaged=True),
    person("meek", 1, 5, willing=1),
    person("mild", 1, 5),
)


def test_the_takeaway_says_who_is_heard_what_wins_and_that_it_turned_round():
    said = dots(SPLIT, "readily").takeaway
    assert "1 of 3 people are heard." in said
    assert "First: “A” (5.0 of 5 on average). Last: “B” (1.0)." in said
    assert "the other way round, from first to last" in said
    assert "The 2 people who are not heard gave “A” 1.0." in said


def test_the_takeaway_follows_the_data():
    known = replace(SPLIT, people=(*SPLIT.people[:1], person("meek", 5, 1, willing=1)))
    assert "With everyone heard, the same comes first." in dots(known, "readily").takeaway
    assert "other way round" not in dots(known, "readily").takeaway
    assert "The one person who is not heard" in dots(known, "readily").takeaway


def test_with_everyone_heard_nothing_is_said_of_others():
    assert dots(SPLIT).takeaway == (
        "Everyone is heard. First: “B” (3.7 of 5 on average). Last: “A” (2.3)."
    )


def test_a_tie_is_said_and_shares_its_place():
    known = place(person("one", 4, 4, 1), person("two", 2, 2, 1), ideas=("a", "b", "c"))
    assert "First: “A” and “B” (3.0 of 5 on average)" in dots(known).takeaway
    assert [each.place for each in ranking(known, known.people)] == [1, 1, 3]


def test_where_nobody_is_left_the_picture_asks_for_more():
    card = dots(SPLIT, "seldom", "yes")
    assert "Nobody is heard now" in card.takeaway
    assert card.figure is None


def test_a_person_can_be_met_and_their_dots_stand_out():
    card = dots(SPLIT, "readily", met="meek")
    assert "scores of Meek (about meek): “Well.” Meek is not heard here." in card.takeaway
    triangles = [
        shape
        for shape in card.drawing.shapes
        if isinstance(shape, Mark) and shape.symbol.startswith("triangle")
    ]
    assert {shape.symbol for shape in triangles} == {"triangle-up-open"}
    assert len(triangles) == len(SPLIT.ideas)


@pytest.mark.parametrize("choice", CHOICES, ids=" and ".join)
def test_everyone_keeps_a_dot_whoever_is_heard(choice):
    known = voices.load()
    marks = [shape for shape in dots(known, *choice).drawing.shapes if isinstance(shape, Mark)]
    filled = [mark for mark in marks if mark.label.endswith(", heard")]
    open_ = [mark for mark in marks if mark.label.endswith(", not heard")]
    assert len(filled) == len(heard(known, *choice)) * len(known.ideas)
    assert len(filled) + len(open_) == len(known.people) * len(known.ideas)
    assert all(mark.symbol.endswith("-open") for mark in open_)


@pytest.mark.parametrize("choice", CHOICES, ids=" and ".join)
def test_the_ideas_stand_in_the_order_of_those_heard_and_nothing_leaves_the_paper(choice):
    known = voices.load()
    card = dots(known, *choice)
    order = [each.idea.name for each in ranking(known, heard(known, *choice))]
    assert [row[0].partition(".")[0] for row in card.table.rows] == order
    titles = [
        shape.text
        for shape in card.drawing.shapes
        if isinstance(shape, Words) and shape.bold and shape.anchor == "left"
    ]
    assert [title.split(". ", 1)[1].partition(":")[0] for title in titles] == order
    for shape in card.drawing.shapes:
        if isinstance(shape, Mark):
            assert 0 <= shape.x <= 100
            assert 0 <= shape.y <= card.drawing.height


@pytest.mark.parametrize("choice", CHOICES, ids=" and ".join)
def test_the_picture_keeps_its_height_so_that_the_page_does_not_jump(choice):
    known = voices.load()
    assert dots(known, *choice).drawing.height == dots(known).drawing.height


def test_the_picture_is_said_to_be_made_up_and_has_words_and_a_table():
    card = dots(voices.load(), "readily")
    assert "Made-up" in card.source
    assert "illustration" in card.source
    assert card.alt
    assert {len(row) for row in card.table.rows} == {len(card.table.columns)}


def test_plotly_itself_accepts_the_picture():
    go = pytest.importorskip("plotly.graph_objects")
    figure = {name: part for name, part in dots(SPLIT).figure.items() if name != "config"}
    assert go.Figure(figure).data


@pytest.mark.parametrize(("average", "text"), [((7, 2), "3.5"), ((5, 4), "1.3"), ((9, 4), "2.3")])
def test_an_average_is_rounded_half_up(average, text):
    from fractions import Fraction

    assert rounded(Fraction(*average)) == text


def test_in_print_every_choice_has_its_order_and_everyone_their_scores():
    card = printed(voices.load())
    assert len(card.table.rows) == len(CHOICES)
    for each in voices.load().people:
        assert each.about in card.html()


def test_text_stays_text():
    known = place(person("a", 1, 5, says=EVIL), person("b", 5, 1))
    known = replace(known, place=EVIL, ideas=tuple(replace(i, name=EVIL) for i in known.ideas))
    assert "<script" not in dots(known, met="a").html() + printed(known).html()


def test_an_unknown_choice_is_said_in_words():
    with pytest.raises(PlaceKitError, match="no choice “shouting”"):
        dots(SPLIT, "shouting")
    with pytest.raises(PlaceKitError, match="no person “nobody”"):
        dots(SPLIT, met="nobody")
