"""The room's pictures show every dot, and say the same in words and as a table."""

from __future__ import annotations

import random
from dataclasses import replace
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from place_kit.documents import picture
from place_kit.show.drawing import Mark
from place_kit.team.pictures import DOTS, pictures, spread
from place_kit.team.pool import pool
from place_kit.team.pooling import svg_of
from tests.team.making import PLACE, SESSION, UNSAID, WILLING, person, team, willing

POOLED = pool([*team(14), *team(12, 5, round=2)], SESSION, chance=random.Random(0))
SHOWN = {each.name: each for each in pictures(POOLED)}
SVG = "{http://www.w3.org/2000/svg}"


def dots(card) -> list[Mark]:
    return [
        shape
        for shape in card.drawing.shapes
        if isinstance(shape, Mark) and shape.colour == DOTS and shape.label != "dot"
    ]


def residents(*scores: int):
    return spread(pool(willing(*scores), SESSION).lines[0])


def test_below_five_there_are_no_pictures():
    assert pictures(pool(willing(1, 2, 3, 4), SESSION)) == ()


def test_the_widest_disagreement_comes_first_then_the_wheel_and_what_was_written():
    names = list(SHOWN)
    assert names[:2] == ["overview", "01-willing-residents"]
    assert names[-4:] == ["place-wheel", "assets", "stakeholders", "unsaid"]


@pytest.mark.parametrize("name", SHOWN)
def test_each_is_a_plotly_figure_with_a_takeaway_words_and_a_table(name):
    card = SHOWN[name].card
    figure = card.figure
    go.Figure({key: figure[key] for key in ("data", "layout")})
    assert card.takeaway
    assert len(card.alt) > 40
    assert card.table.rows
    assert all(len(row) == len(card.table.columns) for row in card.table.rows)


def test_every_answer_is_a_dot_and_the_table_counts_the_same():
    card = residents(1, 1, 2, 5, 5, 5)
    assert len(dots(card)) == 6
    assert [row[1] for row in card.table.rows[:5]] == ["2", "1", "0", "0", "3"]
    assert card.table.rows[5] == ("Median", "3.5")
    assert card.table.rows[-1] == ("Answers (n)", "6")


def test_of_very_many_a_dot_stands_for_several_and_the_picture_says_so():
    card = residents(*[5] * 500)
    assert len(dots(card)) <= 40
    assert any("up to 13 people" in getattr(shape, "text", "") for shape in card.drawing.shapes)


def test_two_camps_and_the_second_round_are_said_in_words():
    card = SHOWN["01-willing-residents"].card
    assert "two camps: 1 and 5" in card.takeaway
    assert "Of 12 who answered both rounds" in card.takeaway
    assert card.table.columns == ("Answer", "Round one", "Round two")


def test_the_wheel_shows_each_theme_with_its_n_and_leaves_out_what_few_scored():
    people = [
        person(n, {PLACE: {"moving": 1 + n % 3, **({"play": 2} if n < 4 else {})}})
        for n in range(6)
    ]
    card = next(each.card for each in pictures(pool(people, SESSION)) if each.name == "place-wheel")
    rows = {row[0]: row[1] for row in card.table.rows}
    assert (rows["Moving"], rows["Play"]) == ("6", "fewer than 5")
    assert "Play: fewer than five scored it" in card.alt
    assert "Residents have not been asked" in card.takeaway


def test_the_same_words_are_merged_on_a_map():
    table = SHOWN["stakeholders"].card.table
    merged = [row for row in table.rows if row[1].lower().rstrip(".") == "the library"]
    assert len(merged) == 3  # one a field
    assert all(int(row[2]) > 1 for row in merged)


@pytest.mark.parametrize("name", SHOWN)
def test_each_is_an_svg_file_that_fetches_and_runs_nothing(name):
    svg = svg_of(SHOWN[name])
    root = ElementTree.fromstring(svg)
    assert root.find(f"{SVG}title").text == SHOWN[name].card.title
    assert root.find(f"{SVG}desc").text
    assert {each.tag for each in root.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "rect", "line", "text", "path", "circle")
    }
    assert not any("href" in attribute for each in root.iter() for attribute in each.attrib)


HOSTILE = "<script>alert(1)</script>&\"'" + "w" * 300


def test_markup_and_endless_words_stay_text_within_the_paper():
    people = [person(n, {WILLING: {"me": 3}, UNSAID: HOSTILE}, show=(UNSAID,)) for n in range(5)]
    shown = next(each for each in pictures(pool(people, SESSION)) if each.name == "unsaid")
    assert "<script" not in shown.card.html()
    assert "<script" not in svg_of(shown)
    drawn = [shape.text for shape in shown.card.drawing.shapes if hasattr(shape, "text")]
    assert max(map(len, drawn)) <= 34


def test_a_png_is_drawn_without_a_browser_and_is_large_enough_for_a_wall():
    made = picture.png(svg_of(SHOWN["01-willing-residents"]), width=1600)
    assert made.startswith(b"\x89PNG")
    assert int.from_bytes(made[16:20]) == 1600
    assert made == picture.png(svg_of(SHOWN["01-willing-residents"]), width=1600)


def test_a_png_shows_the_dots_where_the_svg_has_them():
    with_dots = SHOWN["01-willing-residents"]
    bare = replace(with_dots.card.drawing, shapes=())
    without = bare.file(title="t", alt="a", width=460)
    assert picture.png(svg_of(with_dots)) != picture.png(without)
