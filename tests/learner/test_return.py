"""A learner comes back: to where they were, to what they wrote, to what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from place_kit.answers import store
from place_kit.learner import folder as folders
from place_kit.learner import lab
from tests.answers.making import answer, answer_all
from tests.learner.test_browser import READY, shot
from tests.learner.test_lab import Course

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]

ROOT = Path(__file__).parents[2]
TRIAL = {"action": "Note who decides", "with_whom": "my team", "date": "2020-11-05", "sign": "Talk"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    home = tmp_path_factory.mktemp("return") / "mine"
    folders.make(home, source=ROOT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "now", lambda: "2020-11-03T09:00:00Z")
        answer_all(home, "00_welcome")
        answer(home, "01_place_lens.try_at_work", [TRIAL])
        answer(home, "03_cases.how_i_change", "I would ask sooner.")
        patch.setattr(store, "now", lambda: "2020-11-04T09:00:00Z")
        answer(home, "03_cases.how_i_change", "I would wait.")
    served = Course(home, ROOT, lab.free_port(9640))
    yield served
    served.stop()


def opened(browser: Any, course: Course, page_name: str = "") -> Any:
    page = browser.new_context(locale="en-GB").new_page()
    page.set_default_timeout(60_000)
    address = course.address
    if page_name:
        address = address.replace("course/03_cases.ipynb", page_name)
    page.goto(address)
    page.get_by_role("status").filter(has_text=READY).wait_for()
    return page


def no_barrier(page: Any) -> None:
    found = Axe().run(page, context=".jp-Notebook").response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"]) for one in serious] == []
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_timeout(300)
    assert page.locator(".jp-WindowedPanel-outer").evaluate("one => one.scrollWidth") <= 320


def test_the_course_opens_where_they_were_with_the_one_thing_brought_on(browser, course):
    assert "/doc/tree/course/03_cases.ipynb?" in course.address
    page = opened(browser, course)
    form = page.locator('[data-question="03_cases.try_at_work"]')
    assert form.get_by_label("What I will try").input_value() == "Note who decides"
    assert form.get_by_text("This is what you chose in The place lens.").is_visible()
    page.context.close()


def test_the_welcome_page_shows_the_way_and_asks_how_it_went(browser, course):
    page = opened(browser, course, "course/00_welcome.ipynb")
    picture = page.get_by_role("img", name="A path with eight stops")
    picture.wait_for()
    assert page.get_by_text("One of eight modules is done, and two under way.").is_visible()
    assert page.get_by_role("link", name="Go on with Five cases.").is_visible()
    assert page.get_by_role("link", name="Download it for my calendar").count() == 0
    asked = page.locator('[data-question="00_welcome.trial_went"]')
    asked.get_by_role("textbox").fill("Two people asked what the list was for.")
    page.get_by_text("you have said how it went").wait_for()
    shot(page, "return-welcome")
    no_barrier(page)
    shot(page, "return-welcome-phone")
    page.context.close()


def test_the_journal_has_what_was_written_and_is_searched(browser, course):
    page = opened(browser, course, "course/journal.ipynb")
    search = page.get_by_label("Search my journal")
    search.focus()
    page.keyboard.type("sooner")
    page.get_by_role("status").filter(has_text="1 of").wait_for()
    assert page.get_by_text("I would ask sooner.").is_visible()
    shot(page, "return-journal")
    no_barrier(page)
    page.context.close()


def test_a_trial_that_is_still_to_come_goes_into_a_calendar(browser, course):
    answer(course.folder, "01_place_lens.try_at_work", [{**TRIAL, "date": "2099-11-05"}])
    page = opened(browser, course, "course/00_welcome.ipynb")
    with page.expect_download() as caught:
        page.get_by_role("link", name="Download it for my calendar").click()
    assert b"SUMMARY:Try at work: Note who decides" in caught.value.path().read_bytes()
    page.context.close()
