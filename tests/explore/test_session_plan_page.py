"""The plan of a session in a real browser: its timer by keyboard, announced, after a reload."""

from __future__ import annotations

import pytest

from place_kit import explore
from place_kit.explore._session_plan import SessionPlan, spec_of
from place_kit.facts import team_plans
from tests.explore.test_page import PAGE

pytestmark = pytest.mark.browser
URL = "http://plan.test/"


@pytest.fixture
def open_plan(browser):
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.clock.install(time="2026-11-28T10:00:00Z")
    errors = []

    def opened(*, light=True, width=1200):
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.expose_function("start", lambda: {"spec": spec_of(team_plans.load())})
        esm = SessionPlan._esm.replace("export default", "void")
        html = PAGE.format(css=SessionPlan._css, esm=esm, light="true" if light else "false")
        page.route(URL, lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(URL)
        page.wait_for_selector("body[data-ready]")
        return page

    yield opened
    context.close()
    assert errors == []


def clock(page):
    return page.get_by_role("timer").inner_text()


def near(shown, minutes):
    """The page's clock also runs by itself on a busy machine: seconds do not count."""
    at, seconds = map(int, shown.split(":"))
    return abs(at * 60 + seconds - minutes * 60) <= 15


def press(page, name):
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def test_a_step_is_timed_paused_and_given_longer_by_keyboard_and_it_is_said(open_plan):
    page = open_plan()
    status = page.get_by_role("status")
    assert clock(page) == "5:00"
    press(page, "Start")
    assert status.inner_text() == "Started: Ground rules, 5 minutes."
    page.clock.run_for(61_000)
    assert near(clock(page), 4)
    press(page, "Pause")
    paused = clock(page)
    page.clock.run_for(600_000)
    assert clock(page) == paused
    press(page, "One minute more")
    assert near(clock(page), 5)
    press(page, "Go on")
    page.clock.run_for(245_000)
    assert status.inner_text() == "One minute left: Ground rules."
    page.clock.run_for(120_000)
    assert "over" in clock(page)
    assert status.inner_text() == "Time is up: Ground rules. There is no hurry."
    press(page, "Start over")
    assert clock(page) == "5:00"


def test_after_a_reload_the_plan_the_step_and_the_time_are_as_they_were(open_plan):
    page = open_plan()
    page.get_by_label("90 minutes").check()
    press(page, "Next step")
    press(page, "Start")
    page.clock.run_for(60_000)
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.get_by_label("90 minutes").is_checked()
    assert page.get_by_text("2. Answer alone").is_visible()
    page.clock.run_for(1_000)
    assert near(clock(page), 9)


@pytest.mark.parametrize(
    "kept", ["{", '{"left": "x", "until": 1}', "[]", "null", '{"plan": 7, "at": 99}']
)
def test_what_the_browser_kept_wrongly_starts_anew(open_plan, kept):
    page = open_plan()
    for key in ("place-kit-team-plan", "place-kit-team-plan-60-rules"):
        page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [key, kept])
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert clock(page) == "5:00"


@pytest.mark.parametrize("light", [True, False], ids=["light", "dark"])
def test_axe_finds_no_barrier_and_all_fits_a_phone(open_plan, light):
    from axe_playwright_python.sync_playwright import Axe

    page = open_plan(light=light, width=320)
    seen = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in seen] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_where_nobody_can_click_all_plans_are_printed(monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "static")
    html = explore.session_plan().html()
    for minutes in (60, 90, 180):
        assert f"<caption>{minutes} minutes</caption>" in html
