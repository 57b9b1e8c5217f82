"""Opening the course goes to where the learner was."""

from __future__ import annotations

import json
import os

import pytest

from place_kit.answers import store
from place_kit.learner import opening
from tests.answers.making import answer, answer_all, make_home
from tests.answers.test_progress import hand_in

CASES, POWER = "course/03_cases.ipynb", "course/04_power.ipynb"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "now", lambda: "2026-11-23T09:00:00Z")
    return make_home(tmp_path / "mine")


def visit(home, page, at="2026-11-23T09:00:00+00:00", name="default-1"):
    """Have gone to a page, as JupyterLab notes it."""
    from datetime import datetime

    place = home / ".place-kit" / "jupyter" / "workspaces"
    place.mkdir(parents=True, exist_ok=True)
    file = place / f"{name}.jupyterlab-workspace"
    layout = {"main": {"current": f"notebook:{page}"}}
    file.write_text(json.dumps({"data": {"layout-restorer:data": layout}}), encoding="utf-8")
    when = datetime.fromisoformat(at).timestamp()
    os.utime(file, (when, when))


EARLIER, AFTER = "2026-11-23T08:00:00+00:00", "2026-11-24T08:00:00+00:00"


def test_a_first_start_opens_the_welcome_page(home, tmp_path):
    assert opening.page(home) == opening.HOME
    assert opening.page(tmp_path / "no course here") == opening.HOME


def test_it_opens_where_the_learner_last_answered_and_then_at_what_comes_next(home):
    answer(home, "03_cases.predict")
    assert opening.page(home) == CASES
    visit(home, CASES, EARLIER)
    assert opening.page(home) == CASES
    answer_all(home, "03_cases")
    assert opening.page(home) == POWER


def test_a_page_gone_to_after_the_last_answer_is_a_newer_choice_and_wins(home):
    answer(home, "03_cases.predict")
    visit(home, "course/06_contribution.ipynb", AFTER)
    assert opening.page(home) == "course/06_contribution.ipynb"
    answer(home, "04_power.predict")
    visit(home, opening.HOME, AFTER)
    assert opening.page(home) == opening.HOME


def test_a_page_gone_to_before_the_last_answer_does_not_win(home):
    answer(home, "03_cases.predict")
    visit(home, POWER, EARLIER)
    assert opening.page(home) == CASES


def test_a_finished_page_that_is_still_open_makes_room_for_the_next(home):
    answer_all(home, "03_cases")
    visit(home, CASES, AFTER)
    assert opening.page(home) == POWER


def test_an_exercise_that_is_under_way_is_gone_on_with(home):
    answer_all(home, "03_cases.graded", leave=1)
    assert opening.page(home) == "exercises/03_cases/cases.ipynb"
    hand_in(home)
    assert opening.page(home).startswith("course/")


@pytest.mark.parametrize(
    "page",
    ["course/glossary.ipynb", "../elsewhere.ipynb", "course/99_none.ipynb", "//evil.example"],
)
def test_only_a_page_of_the_course_is_opened(home, page):
    visit(home, page, AFTER)
    assert opening.page(home) == opening.HOME


@pytest.mark.parametrize("raw", ["", "[]", "{}", '{"data": {"layout-restorer:data": {"main": 3}}}'])
def test_a_note_that_cannot_be_read_is_no_note(home, raw):
    visit(home, POWER, EARLIER)
    place = home / ".place-kit" / "jupyter" / "workspaces"
    (place / "newer.jupyterlab-workspace").write_text(raw, encoding="utf-8")
    assert opening.last_visited(home) == (POWER, "2026-11-23T08:00:00Z")
