"""The slides in a real browser, from the file itself: by keyboard, heard, printed, offline."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from place_kit import cli
from place_kit.facts import team_plans

pytestmark = pytest.mark.browser
PLANS = team_plans.load()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("slides")
    assert cli.main(["team", "slides", str(folder)]) == 0
    return folder


@pytest.fixture
def opened(made, browser):
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800})
    errors, asked = [], []

    def go(minutes=60, address=""):
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.on("request", lambda one: asked.append(one.url))
        page.goto((made / f"team-session-{minutes}.html").as_uri() + address)
        return page

    yield go
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith("file:")] == []


def shown(page):
    return page.locator("section:visible h2").all_inner_texts()


def shot(page, name):
    if folder := os.environ.get("PLACE_KIT_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_the_keys_turn_the_slides_and_the_slide_is_read_out(opened):
    page = opened()
    assert shown(page) == ["60 minutes together"]
    page.keyboard.press("ArrowRight")
    assert shown(page) == ["Agenda"]
    assert page.evaluate("document.activeElement.id") == "agenda"
    assert re.fullmatch(r"Slide 2 of \d+", page.get_by_role("status").inner_text())
    page.keyboard.press("End")
    assert shown(page) == ["Sources and licence"]
    assert page.get_by_role("button", name="Next").is_disabled()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    page.get_by_role("button", name="Next").click()
    assert shown(page) == ["Agenda"]
    page.reload()
    assert shown(page) == ["Agenda"]


@pytest.mark.parametrize("minutes", [60, 90, 180])
def test_every_step_has_a_slide_with_its_timer_and_its_notes(opened, minutes):
    page = opened(minutes)
    for step, _, lasts in PLANS.steps_of(PLANS.lasting(minutes)):
        page.goto(page.url.partition("#")[0] + f"#step-{step.id}")
        page.locator(f"#step-{step.id}").wait_for()
        assert page.get_by_role("timer").inner_text() == f"{lasts}:00"
        page.get_by_text("For the facilitator").locator("visible=true").click()
        assert page.get_by_text(step.say).is_visible()
    shot(page, f"slides-{minutes}")


def test_axe_finds_no_barrier_on_any_slide_and_all_fits_a_phone(opened):
    from axe_playwright_python.sync_playwright import Axe

    page = opened()
    for number in range(page.locator("section").count()):
        page.set_viewport_size({"width": 320, "height": 700})
        seen = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in seen] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.set_viewport_size({"width": 1280, "height": 800})
        shot(page, f"slide-{number:02}")
        page.keyboard.press("PageDown")


def test_printed_every_slide_is_there_and_no_button(opened):
    page = opened()
    page.emulate_media(media="print")
    assert len(shown(page)) == page.locator("section").count()
    assert page.locator("button:visible").count() == 0
    assert page.get_by_text("Fiona Munro (Iriss, June 2015)").is_visible()


def test_without_a_script_it_is_one_page(made, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((made / "team-session-60.html").as_uri())
    assert page.locator("section:visible").count() == page.locator("section").count() > 10
    context.close()
