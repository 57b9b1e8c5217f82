"""The controls in a real browser: by keyboard alone, by name, announced, free of barriers."""

from __future__ import annotations

import re

import pytest

from place_kit import explore, facts
from place_kit.explore.controls import STATIC, Controls

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Look closer</title>
<style>{css}</style><style>body {{ margin: 0; background: #fff; color: #222 }}
body[data-jp-theme-light="false"] {{ --jp-layout-color1: #111; background: #111;
  color: #eee }}</style></head>
<body data-jp-theme-light="{light}"><main><h1>Look closer</h1><h2>A part</h2>
<div id="here"></div></main>
<script type="module">
{esm}
  const state = await window.start();
  const heard = new Set();
  render({{
    el: document.querySelector("#here"),
    model: {{
      get: (key) => state[key],
      set: (key, value) => (state[key] = value),
      on: (_, listener) => heard.add(listener),
      off: (_, listener) => heard.delete(listener),
      async save_changes() {{
        const shown = await window.choose(state.chosen);
        if (!shown) return;
        state.shown = shown;
        heard.forEach((listener) => listener());
      }},
    }},
  }});
  document.body.dataset.ready = "true";
</script></body></html>"""


@pytest.fixture
def open_page(browser, monkeypatch):
    """Open a page with real controls behind it; the page must have no errors."""
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    errors, asked = [], []

    def opened(controls, *, light=True, width=1200, listening=True):
        def choose(chosen):
            controls.chosen = chosen
            return controls.shown if listening else None

        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.expose_function("start", lambda: {"spec": controls.spec, "shown": controls.shown})
        page.expose_function("choose", choose)
        esm = (STATIC / "explore.js").read_text(encoding="utf-8")
        esm = esm.replace("export default", "void")
        page.set_content(
            PAGE.format(css=Controls._css, esm=esm, light="true" if light else "false")
        )
        page.wait_for_selector("body[data-ready]")
        return page

    yield opened
    context.close()
    assert errors == []
    assert asked == []


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_the_keyboard_alone_chooses_a_case_and_a_kind_of_evidence(open_page):
    page = open_page(explore.evidence())
    press(page, "Tab", *["ArrowDown"] * 4)
    page.get_by_text("Equally Well: activity, what was done").wait_for()
    press(page, "Tab", "ArrowDown")
    page.get_by_text("Equally Well: process, how people worked together").wait_for()
    assert page.locator("[aria-live=polite]").get_by_text("40%").count() >= 1
    focused = page.evaluate("document.activeElement.value")
    assert focused == "process"


def test_the_controls_are_found_by_their_names(open_page):
    page = open_page(explore.evidence())
    page.get_by_label("Case", exact=True).select_option(label="Total Place")
    page.get_by_role("group", name="Kind of evidence").get_by_role(
        "radio", name="Outcome: what changed for residents"
    ).check()
    (claim,) = facts.load().cases["total_place"].claims_of("outcome")
    page.get_by_text(claim.text).wait_for()


def test_a_comparison_is_drawn_anew_with_its_name_and_its_table_stays_open(open_page):
    page = open_page(explore.compare())
    page.get_by_text("The same in words and as a table").click()
    page.get_by_label("First case").select_option(label="Total Place")
    page.get_by_text("Total Place and Equally Well", exact=True).wait_for()
    assert page.get_by_role("img").get_attribute("aria-label").startswith("Two columns of symbols")
    assert page.get_by_role("table").is_visible()
    page.get_by_label("Second case").select_option(label="Total Place")
    page.get_by_text("Choose two different cases.").wait_for()
    assert page.get_by_role("img").count() == 0


def test_keys_do_not_reach_jupyterlabs_own_commands(open_page):
    page = open_page(explore.evidence())
    press(page, "Tab")
    page.evaluate("document.addEventListener('keydown', (e) => (window.leaked = e.key))")
    press(page, "b", "ArrowDown", "Enter", "Escape")
    assert page.evaluate("window.leaked") is None


def test_where_the_course_does_not_answer_the_page_says_so(open_page):
    page = open_page(explore.evidence(), listening=False)
    page.get_by_label("Case", exact=True).select_option(label="Total Place")
    status = page.get_by_role("status").filter(has_text="does not answer")
    status.wait_for(timeout=8000)


@pytest.mark.parametrize("light", [True, False], ids=["light", "dark"])
@pytest.mark.parametrize("what", ["evidence", "compare"])
def test_axe_finds_no_barrier(open_page, what, light):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(getattr(explore, what)(), light=light)
    for details in page.locator("summary").all():
        details.click()
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("what", ["evidence", "compare"])
def test_nothing_is_wider_than_a_phone_and_every_target_is_large_enough(open_page, what):
    page = open_page(getattr(explore, what)(), width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for target in page.locator("select, .pk-choice, summary").all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 24


def test_the_focus_is_seen(open_page):
    page = open_page(explore.compare())
    press(page, "Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert re.search(r"3px", outline)
