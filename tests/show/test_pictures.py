"""Every picture: its words, its table, its source, and that it comes from the content."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace

import pytest

from place_kit import facts, show
from place_kit.facts.model import CLAIM_KINDS
from place_kit.problems import PlaceKitError
from place_kit.show import comparison, evidence, percentages, template
from place_kit.show.card import PLOTLY
from place_kit.show.drawing import Bar, Box, Drawing, Mark, Words, lines
from tests.show.contrast import BLINDNESS, contrast, distance
from tests.show.making import case, change_case
from tests.show.making import facts as made

PICTURES = {
    "evidence grid": show.evidence_grid,
    "equally well": show.equally_well,
    **{
        f"{a} and {b}": lambda a=a, b=b: show.compare_cases(a, b)
        for a, b in itertools.combinations(facts.load().cases, 2)
    },
}


@pytest.fixture(params=PICTURES, ids=str)
def card(request):
    return PICTURES[request.param]()


def colours(figure):
    return set(re.findall(r"#[0-9a-f]{6}\b", json.dumps(figure)))


def words_of(figure):
    return [
        each["text"].replace("<b>", "").replace("</b>", "")
        for each in figure["layout"]["annotations"]
    ]


# --- every picture ------------------------------------------------------------------------------


def test_plotly_itself_accepts_the_specification(card):
    import plotly.graph_objects as go

    figure = {name: part for name, part in card.figure.items() if name != "config"}
    assert go.Figure(figure).to_dict()["layout"]["template"] is not None


def test_the_specification_is_plain_json(card):
    assert json.loads(json.dumps(card.figure)) == card.figure


def test_a_picture_has_a_takeaway_an_alternative_text_a_table_and_a_source(card):
    assert card.takeaway
    assert card.alt
    assert card.source
    assert card.table.caption
    assert card.table.rows
    assert {len(row) for row in card.table.rows} == {len(card.table.columns)}


def test_the_front_end_is_told_the_words_of_the_picture(card):
    assert card.figure["layout"]["meta"] == {
        "title": card.title,
        "alt": card.alt,
        "takeaway": card.takeaway,
    }


def test_what_jupyterlab_shows_has_the_words_around_the_drawing_once(card):
    before, drawn, after = card.outputs()
    assert drawn[PLOTLY] == card.figure
    seen = before["text/html"] + drawn["text/html"] + after["text/html"]
    assert seen.count(show.card._takeaway(card.takeaway)) == 1
    assert seen.count("<table") == 1
    assert seen.count("<svg xmlns") == 1


def test_one_bundle_holds_all_of_it(card):
    bundle = card._repr_mimebundle_()
    assert set(bundle) == {PLOTLY, "text/html", "text/plain"}
    assert bundle["text/plain"] == card.takeaway
    assert "<table" in bundle["text/html"]


def test_a_picture_is_still_and_has_no_bar_of_buttons(card):
    assert card.figure["config"]["staticPlot"]
    assert not card.figure["config"]["displayModeBar"]


def test_text_stands_out_and_shapes_can_be_seen(card):
    tints = {template.PAPER, template.TRACK, *template.KIND_TINTS.values()}
    for each in card.drawing.shapes:
        if isinstance(each, Words):
            on = set(template.KIND_COLOURS.values()) if each.colour == template.PAPER else tints
            assert min(contrast(each.colour, paper) for paper in on) >= 4.5
        elif isinstance(each, Box):
            assert contrast(each.line, template.PAPER) >= 3
        else:
            assert min(contrast(each.colour, tint) for tint in tints) >= 3


def test_every_colour_is_one_of_the_shared_look(card):
    known = {value for name, value in vars(template).items() if isinstance(value, str)}
    known |= {*template.KIND_COLOURS.values(), *template.KIND_TINTS.values()}
    assert colours(card.figure) <= known


def test_no_two_lines_of_words_lie_on_each_other(card):
    # A letter is at most this wide (DejaVu Sans Bold), and the narrowest place is 300 px.
    boxes = []
    for each in card.drawing.shapes:
        if isinstance(each, Words):
            width = len(each.text) * each.size * (0.72 if each.bold else 0.62) / 3
            shift = {"left": 0, "center": 0.5, "right": 1}[each.anchor]
            left = each.x - shift * width
            half = each.size / 2
            boxes.append((left, left + width, each.y - half, each.y + half, each.text))
    for (a0, a1, b0, b1, one), (c0, c1, d0, d1, other) in itertools.combinations(boxes, 2):
        assert not (a0 < c1 and c0 < a1 and b0 < d1 and d0 < b1), f"{one} lies on {other}"


def test_the_drawing_without_plotly_has_every_word_mark_and_bar(card):
    svg = card.drawing.svg(card.alt)
    for each in words_of(card.figure):
        assert f">{each}</text>" in svg
    marks = sum(len(trace["x"]) for trace in card.figure["data"] if trace["type"] == "scatter")
    assert svg.count("<path") + svg.count("<circle") == marks
    assert 'role="img"' in svg
    assert "aria-label=" in svg


# --- the shared look ----------------------------------------------------------------------------


@pytest.mark.parametrize("vision", BLINDNESS)
def test_kinds_of_evidence_are_told_apart_by_all_eyes(vision):
    for one, other in itertools.combinations(template.KIND_COLOURS.values(), 2):
        assert distance(one, other, vision) > 10


def test_findings_are_told_apart_without_any_colour():
    assert len(set(template.FINDING_SYMBOLS.values())) == len(template.FINDING_SYMBOLS)


def test_kinds_do_not_form_a_ramp():
    tones = [contrast(colour, template.PAPER) for colour in template.KIND_COLOURS.values()]
    assert tones != sorted(tones)
    assert tones != sorted(tones, reverse=True)


def test_lines_are_of_about_the_same_length_and_keep_words_whole():
    assert lines("Reported better outcomes for users", 32) == (
        "Reported better",
        "outcomes for users",
    )
    assert lines("Altogether Better", 14) == ("Altogether", "Better")
    assert lines("", 14) == ()
    assert lines("Antidisestablishmentarianism now", 10) == ("Antidisestablishmentarianism", "now")


def test_a_symbol_that_cannot_be_drawn_is_a_fault():
    with pytest.raises(ValueError, match="star"):
        Drawing(10, (Mark(1, 1, "star", "#000000", "x"),)).svg("a")


# --- the evidence grid --------------------------------------------------------------------------


def marks(drawn):
    return [each for each in drawn.drawing.shapes if isinstance(each, Mark)]


def test_the_grid_marks_every_case_in_every_kind_of_evidence():
    known = facts.load()
    cells = sum(
        len(evidence.findings(each, kind)) for each in known.cases.values() for kind in CLAIM_KINDS
    )
    drawn = marks(show.evidence_grid())
    assert len(drawn) == cells
    assert {each.label.partition(":")[0] for each in drawn} == {
        "Activity",
        "Process",
        "Cost",
        "Outcome",
    }


def test_the_grid_follows_the_content():
    before = evidence.grid(made(case("a", "A"), case("b", "B")))
    after = evidence.grid(made(case("a", "A", outcome="not_reported"), case("b", "B")))
    assert {each.symbol for each in marks(before)} == {"circle"}
    assert [each.symbol for each in marks(after)].count("line-ew-open") == 1
    assert "reported for two of them." in before.takeaway
    assert "reported for one of them: not reported for one." in after.takeaway
    assert "does not mean that nothing changed" in after.takeaway
    assert "does not mean" not in before.takeaway


def test_two_findings_in_one_cell_are_both_shown():
    known = made(case("a", "A"))
    two = (*known.cases["a"].claims, replace(known.cases["a"].claims[3], finding="unclear"))
    drawn = evidence.grid(change_case(known, "a", claims=two))
    assert [each.symbol for each in marks(drawn)].count("diamond-open") == 1
    assert "outcome reported and unclear" in drawn.alt


def test_a_case_with_no_claim_of_a_kind_is_not_reported():
    known = made(case("a", "A"))
    drawn = evidence.grid(change_case(known, "a", claims=known.cases["a"].claims[:3]))
    assert "outcome not reported" in drawn.alt


def test_the_grid_of_the_course_says_no_more_than_the_evidence():
    known = facts.load()
    outcomes = [
        claim.finding for each in known.cases.values() for claim in each.claims_of("outcome")
    ]
    assert "reported" not in outcomes
    assert "(outcome) is reported for none of them" in show.evidence_grid().takeaway


# --- Equally Well -------------------------------------------------------------------------------


def bars(drawn):
    return [each for each in drawn.drawing.shapes if isinstance(each, Bar)]


def test_the_three_percentages_are_three_separate_bars():
    drawn = show.equally_well()
    assert [each.value for each in bars(drawn)] == [40, 6, 3]
    assert {trace["type"] for trace in drawn.figure["data"]} == {"bar"}
    assert len(drawn.figure["data"]) == 3
    assert drawn.figure["layout"]["xaxis"]["range"] == [0, 100]


def test_an_unknown_base_is_said_in_the_picture_the_words_and_the_table():
    drawn = show.equally_well()
    ends = [each for each in words_of(drawn.figure) if each.startswith("100%")]
    assert ends == ["100% of stakeholders", *["100% (of whom is not stated)"] * 2]
    assert "of whom, the booklet does not say" in drawn.takeaway
    assert [row[2] for row in drawn.table.rows] == ["Stakeholders", "Not stated", "Not stated"]
    tracks = [each for each in drawn.drawing.shapes if isinstance(each, Box)]
    assert [each.dash for each in tracks] == ["solid", "dot", "dot"]


def test_the_percentages_are_never_added_or_called_steps():
    drawn = show.equally_well()
    assert "49" not in drawn.html().replace("0.49", "")
    assert "cannot be added" in drawn.takeaway


def test_the_bars_follow_the_content():
    known = facts.load()
    claims = tuple(
        replace(
            claim,
            figures=tuple(
                replace(each, value=41) if each.value == 40 else each for each in claim.figures
            ),
        )
        for claim in known.cases["equally_well"].claims
    )
    drawn = percentages.equally_well(change_case(known, "equally_well", claims=claims))
    assert [each.value for each in bars(drawn)] == [41, 6, 3]
    assert "41%" in drawn.takeaway
    assert "41%" in drawn.alt
    assert drawn.table.rows[0][1] == "41%"


def test_without_percentages_it_says_so():
    known = facts.load()
    with pytest.raises(PlaceKitError, match="no percentages"):
        percentages.equally_well(change_case(known, "equally_well", claims=()))


# --- two cases ----------------------------------------------------------------------------------


def test_a_comparison_shows_both_cases_aims_leaders_and_evidence():
    known = facts.load()
    a, b = known.cases["bradford"], known.cases["total_place"]
    table = show.compare_cases("bradford", "total_place").html()
    for each in (a, b):
        assert each.led_by in table
        assert all(aim in table for aim in each.aims)


def test_a_comparison_follows_the_content():
    alike = comparison.compare(made(case("a", "A"), case("b", "B")), "a", "b")
    other = made(case("a", "A"), case("b", "B", cost="unclear", outcome="not_reported"))
    different = comparison.compare(other, "a", "b")
    assert "The other kinds of evidence are alike." in alike.takeaway
    assert "reported for both cases" in alike.takeaway
    assert "reported for a A, not reported for b B" in different.takeaway
    assert "also differs in cost" in different.takeaway


def test_a_case_is_not_compared_with_itself():
    with pytest.raises(PlaceKitError, match="two different cases"):
        comparison.compare(facts.load(), "bradford", "bradford")
