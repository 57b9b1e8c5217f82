"""Module 6's pictures: the theory of change, the loop of six steps, three ways to evaluate."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from place_kit import facts, show
from place_kit.facts.activities import theory as theories
from place_kit.problems import PlaceKitError
from place_kit.show import loop, methods, template, theory
from place_kit.show.drawing import Bar, Box, Drawing, Line, Mark, Words
from tests.show.contrast import contrast
from tests.show.making import EVIL

KNOWN, THEORY = facts.load(), theories.load()
ALL = {link.id: 3 for link in THEORY.link}
ONE_WEAK = {**ALL, "come_trust": 1}

PICTURES = {
    "not rated": lambda: theory.theory_of_change(KNOWN, THEORY, {}),
    "one weakest": lambda: theory.theory_of_change(KNOWN, THEORY, ONE_WEAK),
    "all weakest": lambda: theory.theory_of_change(KNOWN, THEORY, ALL),
    "loop": show.contribution_loop,
    "methods": show.evaluations,
}


def lit(card):
    return [each for each in marks(card) if each.symbol == "diamond"]


def marks(card):
    return [each for each in card.drawing.shapes if isinstance(each, Mark)]


def said(card):
    return [each.text for each in card.drawing.shapes if isinstance(each, Words)]


# --- every picture -------------------------------------------------------------------------------


@pytest.fixture(params=PICTURES, ids=str)
def card(request):
    return PICTURES[request.param]()


def test_plotly_itself_accepts_the_specification(card):
    go = pytest.importorskip("plotly.graph_objects")
    figure = {name: part for name, part in card.figure.items() if name != "config"}
    assert go.Figure(figure)


def test_a_picture_has_a_takeaway_an_alternative_text_a_table_and_a_source(card):
    assert card.takeaway
    assert card.alt
    assert card.source
    assert {len(row) for row in card.table.rows} == {len(card.table.columns)}


def test_words_and_shapes_stand_out(card):
    papers = (template.PAPER, template.TRACK, theory.LIT_TINT)
    for each in card.drawing.shapes:
        if isinstance(each, Words):
            assert min(contrast(each.colour, paper) for paper in papers) >= 4.5
        elif isinstance(each, Box):
            assert contrast(each.line, template.PAPER) >= 3
        elif isinstance(each, Mark | Line | Bar):
            assert min(contrast(each.colour, paper) for paper in papers) >= 3


def test_no_two_lines_of_words_lie_on_each_other_and_none_leaves_a_phone(card):
    boxes = []
    for each in card.drawing.shapes:
        if isinstance(each, Words):
            width = len(each.text) * each.size * (0.72 if each.bold else 0.62) / 3
            left = each.x - {"left": 0, "center": 0.5, "right": 1}[each.anchor] * width
            half = each.size / 2
            boxes.append((left, left + width, each.y - half, each.y + half, each.text))
    for (a0, a1, b0, b1, one), (c0, c1, d0, d1, other) in itertools.combinations(boxes, 2):
        assert not (a0 < c1 and c0 < a1 and b0 < d1 and d0 < b1), f"{one} lies on {other}"
    for left, right, *_, text in boxes:
        assert left > -3, text
        assert right < 103, text


@pytest.mark.parametrize("symbol", ["triangle-down", "triangle-left", "triangle-right"])
def test_an_arrowhead_has_a_drawing(symbol):
    assert "<path" in Drawing(10, (Mark(1, 1, symbol, "#000000", "x"),)).svg("a")


# --- the theory of change ------------------------------------------------------------------------


def test_the_weakest_link_is_told_by_shape_by_size_and_in_words():
    drawn = theory.theory_of_change(KNOWN, THEORY, ONE_WEAK)
    (mark,) = lit(drawn)
    assert mark.label == "Link 2: 1 of 5"
    assert said(drawn).count("weakest") == 1
    widths = [each.width for each in drawn.drawing.shapes if isinstance(each, Line)]
    assert sorted(widths)[-2:] == [2, 4]
    assert "link 2 is the weakest, at 1 of 5" in drawn.takeaway
    assert drawn.takeaway.endswith("with whom would you look?")
    assert "1 of 5: the weakest, drawn thick and boxed" in drawn.alt


def test_a_rating_changes_which_link_is_lit():
    before = theory.theory_of_change(KNOWN, THEORY, ONE_WEAK)
    after = theory.theory_of_change(KNOWN, THEORY, {**ALL, "alone_well": 2})
    assert lit(before) != lit(after)
    assert "link 6 is the weakest, at 2 of 5" in after.takeaway


def test_before_any_rating_nothing_is_lit():
    drawn = theory.theory_of_change(KNOWN, THEORY, {})
    assert lit(drawn) == []
    assert said(drawn).count("not rated") == len(THEORY.link)
    assert "You have not rated a link yet." in drawn.takeaway


def test_two_weakest_links_are_both_lit():
    drawn = theory.theory_of_change(
        KNOWN, THEORY, {"open_come": 4, "come_trust": 2, "alone_well": 2}
    )
    assert len(lit(drawn)) == 2
    assert "links 2 and 6 are the weakest" in drawn.takeaway
    assert "You have rated 3 of 6 links so far." in drawn.takeaway


def test_where_all_are_rated_alike_none_is_called_the_weakest():
    drawn = theory.theory_of_change(KNOWN, THEORY, ALL)
    assert lit(drawn) == []
    assert "none stands out" in drawn.takeaway
    assert "weakest" not in drawn.alt


def test_the_table_has_each_link_with_its_evidence_and_its_rivals():
    rows = theory.theory_of_change(KNOWN, THEORY, ONE_WEAK).table.rows
    assert [row[1] for row in rows] == ["3 of 5", "1 of 5", *["3 of 5"] * 4]
    for row, link in zip(rows, THEORY.link, strict=True):
        assert row[2] == link.evidence
        assert all(rival in row[3] for rival in link.rivals)


# --- the next evidence ---------------------------------------------------------------------------


def test_it_begins_with_the_weakest_link_or_else_with_the_first():
    at = lambda ratings: theory.next_evidence(KNOWN, THEORY, ratings, "", "ask", "away").title  # noqa: E731
    assert at({}).startswith("Link 1:")
    assert at(ONE_WEAK).startswith("Link 2:")
    assert at({**ALL, "come_trust": 2, "alone_well": 2}).startswith("Link 2:")


@pytest.mark.parametrize("partner", THEORY.partner, ids=lambda each: each.id)
@pytest.mark.parametrize("way", THEORY.way, ids=lambda each: each.id)
@pytest.mark.parametrize("link", THEORY.link, ids=lambda each: each.id)
def test_every_choice_says_what_it_tells_what_it_misses_and_who_holds_it(link, way, partner):
    html = theory.next_evidence(KNOWN, THEORY, ALL, link.id, way.id, partner.id).html()
    option = link.next_by(way.id)
    for text in (link.evidence, *link.rivals, option.what, option.tells, option.misses, option.why):
        assert text in html
    assert ("But for this, begin elsewhere" in html) == (partner.id not in option.partners)


@pytest.mark.parametrize(
    "choice", [("nowhere", "ask", "away"), ("", "spy", "away"), ("", "ask", "spies")]
)
def test_what_is_not_there_is_said_in_words(choice):
    with pytest.raises(PlaceKitError, match="has no"):
        theory.next_evidence(KNOWN, THEORY, {}, *choice)


def test_in_print_every_link_has_every_way():
    card = theory.all_next_evidence(KNOWN, THEORY)
    assert len(card.table.rows) == len(THEORY.link) * len(THEORY.way)


# --- the loop and the methods --------------------------------------------------------------------


def test_the_loop_has_the_steps_of_the_content_in_order_and_an_arrow_after_each():
    card = show.contribution_loop()
    steps = KNOWN.frameworks["contribution_analysis"].entries
    assert [row[0] for row in card.table.rows] == [
        f"{number}. {step.title}" for number, step in enumerate(steps, 1)
    ]
    assert len(marks(card)) == len(steps)
    assert "Mayne 2008" in card.source
    assert loop.AGAIN in card.alt


def test_no_method_is_strong_in_everything_and_each_is_in_something():
    for method in THEORY.method:
        fits = {answer.fit for answer in method.answer}
        assert "core" in fits
        assert fits != {"core"}


def test_the_methods_are_told_apart_without_any_colour_and_follow_the_data():
    assert len(set(methods.SYMBOLS.values())) == len(methods.SYMBOLS)
    first = THEORY.method[0]
    answers = tuple(replace(each, fit="not_alone") for each in first.answer)
    changed = replace(THEORY, method=(replace(first, answer=answers), *THEORY.method[1:]))
    before, after = methods.methods(KNOWN, THEORY), methods.methods(KNOWN, changed)
    assert said(after).count("not alone") == said(before).count("not alone") + 5
    assert "Contribution analysis weighs" in before.takeaway
    assert "Contribution analysis weighs" not in after.takeaway


def test_the_comparison_says_that_it_is_our_own_reading():
    assert "our own reading" in show.evaluations().source


def test_text_stays_text():
    link = replace(THEORY.link[0], evidence=EVIL, rivals=(EVIL, EVIL), assumption=EVIL)
    node = replace(THEORY.node[0], text=EVIL)
    evil = replace(THEORY, link=(link, *THEORY.link[1:]), node=(node, *THEORY.node[1:]), note=EVIL)
    for card in (
        theory.theory_of_change(KNOWN, evil, ONE_WEAK),
        theory.next_evidence(KNOWN, evil, {}, "", "ask", "away"),
        theory.all_next_evidence(KNOWN, evil),
        methods.methods(KNOWN, evil),
    ):
        assert "<script" not in card.html()
