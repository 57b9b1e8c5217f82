"""The page in a real browser: no barriers, by keyboard alone, and nothing asked of anybody."""

import pytest

from place_kit.tutor.desk.settings import Passing, Settings
from place_kit.tutor.feedback.as_html import render
from tests.tutor.feedback.test_page import gather, mark, marked_cell

pytestmark = pytest.mark.browser

TWO = {**mark(), "items": [*mark()["items"], {**mark()["items"][0], "id": "b", "points": 0}]}
STATES = {
    "passed": {"settings": Settings(passing=Passing(by_rule=0.5)), "comment": "Well asked."},
    "returned": {"comment": "Returned unmarked: blur it.", "cells": [marked_cell(TWO)]},
    "fault": {"cells": [marked_cell([])]},
    "nothing written": {"text": None, "points": 0.0},
}


@pytest.fixture
def opened(browser, tmp_path):
    pages = []

    def open_one(state, width):
        path = tmp_path / "page.html"
        path.write_text(render(gather(**STATES[state])), "utf-8")
        page = browser.new_page(viewport={"width": width, "height": 800})
        pages.append(page)
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_one
    for page in pages:
        page.close()


@pytest.mark.parametrize("state", STATES)
def test_it_has_no_barriers_in_any_state(opened, state):
    from axe_playwright_python.sync_playwright import Axe

    for width in (1000, 320):
        page = opened(state, width)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["impact"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert len(page.asked) == 1


def test_all_by_keyboard_and_where_one_is_can_be_seen(opened):
    page = opened("returned", 1000)
    reached = page.locator("a, [tabindex='0']").count()
    assert reached > 2
    for _ in range(reached):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    assert page.evaluate("document.activeElement.textContent") == "How to open it"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#open"
    assert page.get_by_role("heading", name="How to open the module").is_visible()
