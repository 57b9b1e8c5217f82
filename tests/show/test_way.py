"""Where the reader is: a path that fills, its words, its table, and the way on."""

from __future__ import annotations

import datetime
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from place_kit import show
from place_kit.answers import progress, store
from place_kit.answers.returned import Returned
from place_kit.show import way
from place_kit.show.card import style
from place_kit.show.drawing import Words
from tests.answers.making import answer, answer_all, make_home
from tests.show.test_page import FAULTS, fill, page, plotly_js  # noqa: F401

TODAY = datetime.date(2026, 11, 28)


@pytest.fixture
def home(tmp_path):
    return make_home(tmp_path / "mine")


@pytest.fixture
def found(home, monkeypatch):
    """One module done, one under way; one exercise marked, one handed in, one waiting."""
    monkeypatch.setattr(store, "now", lambda: "2026-11-19T09:00:00Z")
    answer_all(home, "00_welcome")
    monkeypatch.undo()
    answer(home, "03_cases.predict")
    one = progress.of(home)
    marks = Returned("01_place_lens", 31.5, 50, passed=False)
    at = "2026-11-20T09:00:00Z"
    exercises = [replace(each) for each in one.exercises]
    exercises[0] = replace(exercises[0], handed_in=at, feedback=marks)
    exercises[1] = replace(exercises[1], handed_in=at)
    exercises[2] = replace(exercises[2], answered=exercises[2].of, state="done")
    return replace(one, exercises=tuple(exercises))


def words_of(card):
    return " ".join(each.text for each in card.drawing.shapes if isinstance(each, Words))


def test_at_the_beginning_there_is_no_picture_and_a_word_of_welcome(home):
    card = way.progress(progress.of(home), TODAY)
    assert card.figure is None
    assert "nothing is answered yet" in card.takeaway


def test_the_takeaway_counts_modules_minutes_and_hand_ins(found):
    said = way.progress(found, TODAY).takeaway
    assert "One of eight modules is done, and one under way." in said
    assert f"about {found.minutes} of {found.minutes_in_all} minutes" in said
    assert "Two exercises are handed in." in said
    assert "nobody measures your time" in way.progress(found, TODAY).source


def test_all_that_the_picture_says_stands_in_the_table_and_in_words_too(found):
    card = way.progress(found, TODAY)
    drawn, table = words_of(card), " ".join(cell for row in card.table.rows for cell in row)
    for said in ("31.5 of 50 points, not passed yet", "handed in on 20 Nov 2026"):
        assert said in drawn
        assert said in table
        assert said in card.alt
    assert "answered, not handed in" in table
    for each in found.modules:
        assert each.module.title in drawn
        assert each.module.title in card.alt


def test_how_far_a_module_is_does_not_hang_on_colour(found):
    symbols = {
        label: {trace["marker"]["symbol"] for trace in traces}
        for label in ("Done", "Not begun")
        if (traces := [t for t in way.progress(found, TODAY).figure["data"] if t["name"] == label])
    }
    assert symbols == {"Done": {"circle"}, "Not begun": {"circle-open"}}


def test_the_way_on_is_a_link_from_the_notebooks_folder(found, home, monkeypatch):
    assert 'href="03_cases.ipynb"' in way.progress(found, TODAY).html()
    monkeypatch.setattr(store, "now", lambda: "2999-11-19T09:00:00Z")
    answer_all(home, "03_cases.graded", leave=1)
    monkeypatch.chdir(home / "course")
    assert 'href="../exercises/03_cases/cases.ipynb"' in show.progress().html()


def test_when_the_day_of_the_trial_has_passed_it_is_asked_for(home):
    answer(home, "03_cases.try_at_work", [{"action": "Ask", "date": "2026-11-27"}])
    assert "how it went" in way.progress(progress.of(home), TODAY).html()
    before = TODAY - datetime.timedelta(days=1)
    assert "how it went" not in way.progress(progress.of(home), before).html()


def test_at_the_end_there_is_no_next_step(found):
    done = tuple(
        replace(each, answered=each.of, state="done", last_at="2026-11-20T09:00:00Z")
        for each in found.modules
    )
    over = replace(found, modules=done, exercises=())
    assert "all the way through" in way.progress(over, TODAY).html()
    assert way.takeaway(over) == "All eight modules are done."


def test_it_is_a_figure_that_plotly_takes(found):
    figure = way.progress(found, TODAY).figure
    go.Figure(data=figure["data"], layout=figure["layout"])


def test_titles_of_the_syllabus_stay_text(found):
    evil = replace(found.modules[0].module, title="<script>alert(1)</script>")
    odd = replace(found, modules=(replace(found.modules[0], module=evil), *found.modules[1:]))
    assert "<script" not in way.progress(odd, TODAY).html()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 300])
def test_no_words_are_cut_or_lie_on_others(found, width, page):  # noqa: F811
    card = way.progress(found, TODAY)
    fill(page, style() + card.html(), width)
    seen = page.locator(".pk-drawing text").evaluate_all(FAULTS)
    assert seen["faults"] == []
    assert page.get_by_role("img", name=card.alt).count() == 1


@pytest.mark.browser
def test_plotly_draws_the_same(found, page, plotly_js):  # noqa: F811
    fill(page, '<div id="drawing"></div>', 300)
    page.add_script_tag(content=plotly_js)
    figure = way.progress(found, TODAY).figure
    page.evaluate("f => Plotly.newPlot('drawing', f.data, f.layout, f.config)", figure)
    seen = page.locator("#drawing .annotation-text").evaluate_all(FAULTS)
    assert seen["faults"] == []
