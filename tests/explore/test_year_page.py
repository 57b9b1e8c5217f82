"""The year in a real browser: by keyboard alone, by name, the focus where the story goes on."""

from __future__ import annotations

import pytest

from place_kit import explore
from place_kit.explore.controls import STATIC
from place_kit.explore.playing import YearPlay
from place_kit.facts.activities import year as scenario

pytestmark = pytest.mark.browser

YEAR = scenario.load()
PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A year</title>
<style>{css}</style><style>body {{ margin: 0; background: #fff; color: #222 }}
body[data-jp-theme-light="false"] {{ --jp-layout-color1: #111; background: #111;
  color: #eee }}</style></head>
<body data-jp-theme-light="{light}"><main><h1>A year</h1><h2>A part</h2><div id="here"></div></main>
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
        const page = await window.act(state.act);
        if (!page) return;
        state.page = page;
        heard.forEach((listener) => listener());
      }},
    }},
  }});
  document.body.dataset.ready = "true";
</script></body></html>"""


@pytest.fixture
def open_page(browser, monkeypatch, tmp_path):
    """Open a page with a real year behind it; the page must have no errors."""
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")
    monkeypatch.chdir(tmp_path)
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    errors, asked = [], []

    def opened(*, light=True, width=1200, listening=True):
        play = explore.year()

        def act(sent):
            if not listening:
                return None
            play.act = sent
            return play.page

        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.expose_function("start", lambda: {"page": play.page})
        page.expose_function("act", act)
        esm = (STATIC / "year.js").read_text(encoding="utf-8").replace("export default", "void")
        page.set_content(
            PAGE.format(css=YearPlay._css, esm=esm, light="true" if light else "false")
        )
        page.wait_for_selector("body[data-ready]")
        return page

    yield opened
    context.close()
    assert errors == []
    assert asked == []


def decide(page, text):
    page.get_by_role("radio", name=text).check()
    page.get_by_role("button", name="Decide").click()


def whole_year(page, name="together"):
    path = YEAR.walk(YEAR.named(name))
    for step in path.steps:
        page.get_by_role("group", name=step.decision.title).wait_for()
        decide(page, step.choice.text)
        page.get_by_text(step.choice.outcome).wait_for()


def test_the_keyboard_alone_decides_and_the_focus_goes_to_what_came_of_it(open_page):
    page = open_page()
    for key in ("Tab", "ArrowDown", "ArrowDown", "Tab", "Enter"):
        page.keyboard.press(key)
    page.get_by_text("Decision 2 of 9").wait_for()
    assert page.evaluate("document.activeElement.className") == "pk-card pk-came"
    assert "There is money left" in page.evaluate("document.activeElement.innerText")


def test_moving_through_the_choices_decides_nothing(open_page):
    page = open_page()
    for key in ("Tab", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    assert page.get_by_text("Decision 1 of 9").is_visible()


def test_deciding_without_a_choice_is_answered_in_words(open_page):
    page = open_page()
    page.get_by_role("button", name="Decide").click()
    assert page.get_by_role("status").inner_text() == "Choose one first."
    assert page.evaluate("document.activeElement.type") == "radio"


def test_a_decision_is_taken_back_by_its_name(open_page):
    page = open_page()
    decide(page, "People trust us")
    page.get_by_role("button", name="Take the last decision back").click()
    page.get_by_text("Decision 1 of 9").wait_for()
    assert page.get_by_role("button", name="Take the last decision back").count() == 0


def test_in_december_the_year_is_compared_and_the_table_stays_open(open_page):
    page = open_page()
    whole_year(page, "usual_few")
    page.get_by_text("December. The year is over.").wait_for()
    page.get_by_text("The same in words and as a table").click()
    page.get_by_label("Compare this year with").select_option(label="Open from the start")
    page.get_by_text("Against “Open from the start”").wait_for()
    assert page.get_by_role("table").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    assert "diamond" in page.get_by_role("img").get_attribute("aria-label")


def test_another_year_begins_and_the_first_can_be_looked_at(open_page):
    page = open_page()
    whole_year(page)
    page.get_by_role("button", name="Play another year").click()
    page.get_by_text("Your year 2.").wait_for()
    decide(page, "People trust us")
    page.get_by_label("Look at").select_option(label="Your year 1")
    page.get_by_text("December. The year is over.").wait_for()


def test_keys_do_not_reach_jupyterlabs_own_commands(open_page):
    page = open_page()
    page.keyboard.press("Tab")
    page.evaluate("document.addEventListener('keydown', (e) => (window.leaked = e.key))")
    for key in ("b", "ArrowDown", "Escape"):
        page.keyboard.press(key)
    assert page.evaluate("window.leaked") is None


def test_where_the_course_does_not_answer_the_page_says_so(open_page):
    page = open_page(listening=False)
    decide(page, "People trust us")
    page.get_by_text("The course does not answer just now").wait_for(timeout=6000)


@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize("light", [True, False])
def test_nothing_runs_off_a_narrow_page_and_axe_finds_no_barrier(open_page, width, light):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(width=width, light=light)
    decide(page, "People trust us")
    page.get_by_text("Decision 2 of 9").wait_for()
    decide(page, "A new village centre")
    page.get_by_text("A pitfall: Expectations.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [violation["id"] for violation in found] == []
