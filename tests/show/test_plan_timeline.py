"""The plan as a timeline: to scale, with what is missing named, and a draft until shaped."""

from __future__ import annotations

import json
from datetime import date

import pytest

from place_kit.show import plan_timeline, template
from place_kit.show.drawing import Box, Mark, Words
from tests.show.contrast import contrast
from tests.show.making import EVIL

TODAY = date(2026, 11, 23)
FULL = {
    "action": "Go through the plan with the night shift",
    "owner": "Housing officer",
    "date": "2026-12-04",
    "first_step": "Ring the canteen",
    "measure": "What they changed",
    "review": "2027-02-01",
}


def row(**changes):
    return {**FULL, **changes}


def timeline(*rows, shaped=""):
    return plan_timeline.timeline(rows, TODAY, shaped)


def words(card):
    return [shape.text for shape in card.drawing.shapes if isinstance(shape, Words)]


def marks(card, symbol):
    """The marks of the steps: those of the key have no number."""
    return [
        s
        for s in card.drawing.shapes
        if isinstance(s, Mark) and s.symbol == symbol and s.label.startswith("Step")
    ]


def test_an_empty_plan_says_what_to_do():
    for rows in ((), ({},), ({"action": "  "},)):
        assert "Nothing is planned yet." in timeline(*rows).takeaway
        assert timeline(*rows).drawing is None


@pytest.mark.parametrize(
    ("field", "said"),
    [("owner", "an owner’s role"), ("date", "a date"), ("measure", "a measure")],
)
@pytest.mark.parametrize("empty", ["", "   "])
def test_what_is_missing_is_named_in_the_takeaway_the_picture_the_words_and_the_table(
    field, said, empty
):
    card = timeline(row(), row(**{field: empty}))
    assert f"Step 2 lacks {said}." in card.takeaway
    assert "One of two steps has" in card.takeaway
    assert f"Missing: {said}" in words(card)
    assert f"missing: {said}" in card.alt
    assert len(marks(card, "triangle-up")) == 1
    assert [cells.count("missing") for cells in card.table.rows] in ([0, 1], [1, 0])


def test_a_step_that_lacks_all_three_names_all_three():
    card = timeline({"action": "Mend the shelter"})
    assert "Step 1 lacks an owner’s role, a date and a measure." in card.takeaway
    assert not marks(card, "circle")


def test_a_complete_plan_is_said_to_be_complete_and_still_a_draft():
    card = timeline(row(), row(action="Another"))
    assert "Each step has an owner’s role, a date and a measure." in card.takeaway
    assert "It is a draft until residents have shaped it." in card.takeaway
    assert words(card)[:2] == ["Draft", "until residents have shaped it"]


@pytest.mark.parametrize("shaped", ["", "me", "team", "asked", "nonsense"])
def test_it_stays_a_draft_whoever_else_was_asked(shaped):
    card = timeline(row(), shaped=shaped)
    assert "Draft" in words(card)[0]
    assert card.drawing.shapes[0] == Box(0, 100, 0, 44, fill=template.PAPER, dash="dash")


def test_only_residents_who_shaped_it_make_it_more_than_a_draft_and_by_your_account():
    card = timeline(row(), shaped="residents")
    assert words(card)[0] == "Shaped with residents"
    assert "By your account" in card.takeaway
    assert "raft" not in card.takeaway + card.alt


def test_steps_stand_in_order_of_their_dates_and_those_without_one_come_last():
    card = timeline(row(date=""), row(date="2027-03-01"), row(date="2026-12-01"))
    assert [cells[0][0] for cells in card.table.rows] == ["3", "2", "1"]


def test_the_dates_are_drawn_to_scale():
    card = timeline(row(date="2026-12-03", review="2026-12-23"), row(date="2026-12-13", review=""))
    first, second = (mark.x for mark in marks(card, "circle"))
    (last,) = (mark.x for mark in marks(card, "diamond-open"))
    assert second - first == pytest.approx(last - second)


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "30/11/2026", "99999-01-01"])
def test_what_is_no_date_counts_as_missing(text):
    assert "Step 1 lacks a date." in timeline(row(date=text)).takeaway


@pytest.mark.parametrize("text", ["0001-01-01", "2999-12-31"])
def test_a_date_far_away_is_drawn_all_the_same(text):
    card = timeline(row(date=text), row())
    assert all(0 <= mark.x <= 100 for mark in marks(card, "circle"))


def test_one_day_alone_does_not_fill_the_page():
    assert timeline(row(date="2026-11-23", review="")).drawing


def test_other_gaps_are_worth_another_look_and_not_called_missing():
    card = timeline(row(first_step="", review=""), row(date="2026-11-02"), row(review="2026-12-01"))
    html = card.html()
    assert "Step 1 could do with a first small step." in html
    assert "Step 1 could do with a day to look again." in html
    assert "The date of step 2 is past." in html
    assert "Step 3 is looked at again before it is due." in html
    assert "Each step has" in card.takeaway


def test_plotly_itself_accepts_the_specification():
    go = pytest.importorskip("plotly.graph_objects")
    figure = timeline(row(), row(date="")).figure
    assert go.Figure({name: part for name, part in figure.items() if name != "config"})
    assert json.loads(json.dumps(figure)) == figure


def test_no_line_of_words_leaves_a_phone_whatever_is_written():
    long = "Averyveryverylongwordwithoutanyspaces " * 9
    card = timeline(row(action=long, owner=long), row(owner="", date="", measure=""))
    for shape in card.drawing.shapes:
        if isinstance(shape, Words) and shape.anchor == "left":
            width = len(shape.text) * shape.size * (0.6 if shape.bold else 0.52)
            assert 2.36 * shape.x + width <= 244, shape.text


def test_text_stands_out():
    for shape in timeline(row(), row(date="")).drawing.shapes:
        if isinstance(shape, Words | Mark):
            assert contrast(shape.colour, template.PAPER) >= (
                4.5 if isinstance(shape, Words) else 3
            )


def test_text_stays_text():
    card = timeline(row(action=EVIL, owner=EVIL, measure=EVIL, first_step=EVIL))
    assert "<script" not in card.html()
    assert all("<script" not in each["text"] for each in card.figure["layout"]["annotations"])
