"""The pages in a real browser of a phone's size: by eye of axe, by keyboard, without JavaScript."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from place_kit.team import entry
from tests.team.host.hosting import OUR_PLACE, Phone, served

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phone(browser):
    """Opens a phone: `phone()` with JavaScript, `phone(False)` without."""
    opened, errors = [], []

    def open_phone(script=True, scheme="light"):
        context = browser.new_context(
            viewport=PHONE, java_script_enabled=script, color_scheme=scheme, locale="en-GB"
        )
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: "Security Policy" in said.text and errors.append(said.text))
        return page

    yield open_phone
    for context in opened:
        context.close()
    assert errors == []


def barriers(page):
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


def join(page, at):
    page.goto(f"http://127.0.0.1:{at.port}/?code={at.kept['code']}")
    page.get_by_role("button", name="Join").click()
    page.get_by_role("heading", name="Round 1 of 2").wait_for()


def group(page, name):
    return page.get_by_role("group", name=name, exact=True)


def kept(at):
    return [entry.parse(path.read_bytes(), OUR_PLACE) for path in at.files()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_on_any_page(scheme, phone, at):
    page = phone(scheme=scheme)
    page.goto(f"http://127.0.0.1:{at.port}/")
    assert barriers(page) == []
    page.get_by_label("The code on the screen").fill("wrong")
    page.get_by_role("button", name="Join").click()
    page.get_by_role("alert").wait_for()
    assert barriers(page) == []
    join(page, at)
    for summary in page.locator("summary").all():
        summary.click()
    assert barriers(page) == []
    for other in at.phones(5):
        other.answer()
    at.show()
    at.desk("open2")
    desk = phone(scheme=scheme)
    for part in ("", "/screen", "/cards", "/wall") if scheme == "light" else ("",):
        desk.goto(f"http://127.0.0.1:{at.port}{at.desk_path}{part}")
        for summary in desk.locator("summary").all():
            summary.click()
        assert barriers(desk) == []
    page.reload()
    assert barriers(page) == []
    at.desk("close")
    page.reload()
    assert barriers(page) == []
    desk.goto(f"http://127.0.0.1:{at.port}{at.desk_path}")
    desk.get_by_role("button", name="End the session").click()
    desk.get_by_role("heading", name="The session has ended").wait_for()
    assert barriers(desk) == []


def test_nothing_is_cut_on_a_narrow_phone_and_targets_are_large(phone, at):
    page = phone()
    page.set_viewport_size({"width": 320, "height": 640})
    join(page, at)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = page.locator("main label, main button, main summary").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect())"
        ".filter(box => box.width).map(box => Math.min(box.width, box.height))"
    )
    assert len(sizes) > 100
    assert min(sizes) >= 24


def test_without_javascript_a_person_joins_answers_changes_and_passes(phone, at):
    page = phone(script=False)
    join(page, at)
    group(page, "I myself").get_by_label("4", exact=True).check()
    page.get_by_label("We asked residents, then we decided").check()
    page.get_by_role("button", name="Save my answers").click()
    page.get_by_text("Saved. You can change it").wait_for()
    assert kept(at)[0].answers == {
        "team_session.willing": {"me": 4},
        "team_session.decided": "asked",
    }
    group(page, "I myself").get_by_label("Pass").check()
    page.get_by_role("button", name="Save my answers").click()
    page.get_by_text("Saved. You can change it").wait_for()
    assert kept(at)[0].answers == {"team_session.decided": "asked"}


def test_by_keyboard_alone_and_saved_as_it_goes(phone, at):
    page = phone()
    page.goto(f"http://127.0.0.1:{at.port}/")
    page.keyboard.press("Tab")
    page.keyboard.type(at.kept["code"].lower())
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Round 1 of 2").wait_for()
    page.keyboard.press("Tab")  # to the first line, where somebody passes so far
    page.keyboard.press("ArrowRight")
    page.get_by_role("status").filter(has_text="Saved.").wait_for()
    assert kept(at)[0].answers == {"team_session.willing": {"me": 1}}
    page.reload()
    assert group(page, "I myself").get_by_label("1", exact=True).is_checked()


def test_a_lost_connection_and_a_restart_cost_nothing_that_was_typed(phone, tmp_path):
    page = phone()
    with served(tmp_path / "team") as at:
        at.desk("open1")
        join(page, at)
    page.get_by_label("Your words").fill("Typed while the laptop was away")
    page.get_by_label(OUR_PLACE.tick).last.check()
    page.get_by_role("status").filter(has_text="Not saved yet").wait_for()
    with served(tmp_path / "team") as again:
        page.get_by_role("status").filter(has_text="Saved.").wait_for(timeout=10_000)
        assert kept(again)[0].answers == {"team_session.unsaid": "Typed while the laptop was away"}


def test_a_text_that_is_not_ticked_stays_on_the_phone_through_a_reload(phone, at):
    page = phone()
    join(page, at)
    page.get_by_label("Your words").fill("Not for the team")
    page.get_by_role("status").filter(has_text="without ticking").wait_for()
    page.reload()
    assert page.get_by_label("Your words").input_value() == "Not for the team"
    assert at.files() == []


def test_a_phone_hears_that_its_round_was_closed(phone, at):
    page = phone()
    join(page, at)
    at.desk("close")
    page.get_by_role("status").filter(has_text="This round is closed").wait_for(timeout=10_000)
    page.get_by_role("link", name="Go on").click()
    page.get_by_role("heading", name="No round is open just now").wait_for()
    at.desk("open2")
    page.get_by_role("heading", name="Round 2 of 2").wait_for(timeout=10_000)


def test_the_facilitator_sees_answers_come_without_a_reload(phone, at):
    desk = phone()
    desk.set_viewport_size({"width": 1200, "height": 800})
    desk.goto(f"http://127.0.0.1:{at.port}{at.desk_path}")
    assert desk.get_by_role("img", name="QR code for http://127.0.0.1").is_visible()
    for other in at.phones(5):
        other.answer()
    desk.get_by_text("Round 1: 5 have answered.").wait_for(timeout=10_000)
    desk.get_by_role("button", name="Close it for now").click()
    desk.get_by_text("No round is open.").wait_for()
    assert "No round is open" in Phone(at).join().words
