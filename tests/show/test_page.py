"""The pictures in a real browser, drawn by the plotly.js of the plotly wheel, offline."""

from __future__ import annotations

import importlib.resources

import pytest

from place_kit import show
from place_kit.show.card import style

pytestmark = pytest.mark.browser

PICTURES = {
    "evidence_grid": show.evidence_grid,
    "equally_well": show.equally_well,
    "compare_cases": lambda: show.compare_cases("healthier_happier", "altogether_better"),
}

# The boxes of all the words, and of the picture; and which words are cut or lie on others.
FAULTS = """(words) => {
  const boxes = words.map((node) => [node.textContent, node.getBoundingClientRect()])
    .filter(([text, box]) => text.trim() && box.width);
  const faults = [];
  boxes.forEach(([text, a], index) => {
    if (a.left < 0 || a.right > document.documentElement.clientWidth) faults.push(`cut: ${text}`);
    boxes.slice(index + 1).forEach(([other, b]) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 4) faults.push(`${text} lies on ${other}`);
    });
  });
  return { words: boxes.length, faults };
}"""


@pytest.fixture
def page(browser):
    """A page without a network, whose errors are failures."""
    context = browser.new_context(offline=True, locale="en-GB")
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: errors.append(f"asked for {request.url}"))
    yield page
    context.close()
    assert errors == []


COLOURS = {
    "light": "background: #fff; color: #222",
    "dark": "background: #111; color: #eee; --jp-layout-color1: #111",
}


def fill(page, body, width, theme="light"):
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(
        '<!doctype html><html lang="en-GB"><head><title>A picture</title></head>'
        f'<body data-jp-theme-light="{str(theme == "light").lower()}" style="margin: 0; '
        f'{COLOURS[theme]}"><main><h1>Pictures</h1><h2>A part</h2>{body}</main></body></html>'
    )


@pytest.fixture(scope="module")
def plotly_js():
    wheel = importlib.resources.files("plotly")
    return wheel.joinpath("package_data/plotly.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [1200, 360, 300])
@pytest.mark.parametrize("name", PICTURES)
def test_plotly_draws_it_offline_and_no_words_are_cut_or_lie_on_others(
    name, width, page, plotly_js
):
    card = PICTURES[name]()
    before, _, after = card.outputs()
    drawing = '<div class="jp-RenderedPlotly" id="drawing"></div>'
    body = before["text/html"] + drawing + after["text/html"]
    fill(page, f'<div class="jp-OutputArea">{body}</div>', width)
    page.add_script_tag(content=plotly_js)
    page.evaluate("f => Plotly.newPlot('drawing', f.data, f.layout, f.config)", card.figure)
    found = page.locator("#drawing .annotation-text").evaluate_all(FAULTS)
    assert found["words"] == len(card.figure["layout"]["annotations"])
    assert found["faults"] == []
    drawn = page.locator("#drawing .main-svg").first.bounding_box()
    assert drawn["width"] <= min(width, 740)
    marks = sum(len(trace["x"]) for trace in card.figure["data"] if trace["type"] == "scatter")
    assert page.locator("#drawing .points path.point").count() == marks or not marks


@pytest.mark.parametrize("width", [1200, 360, 300])
@pytest.mark.parametrize("name", PICTURES)
def test_the_drawing_of_an_export_is_as_good(name, width, page):
    card = PICTURES[name]()
    fill(page, style() + card.html(), width)
    found = page.locator(".pk-drawing text").evaluate_all(FAULTS)
    assert found["words"] == len(card.figure["layout"]["annotations"])
    assert found["faults"] == []
    assert page.get_by_role("img", name=card.alt).count() == 1


@pytest.mark.parametrize("theme", COLOURS)
def test_axe_finds_no_barrier_in_pictures_and_cards(page, theme):
    from axe_playwright_python.sync_playwright import Axe

    cards = [
        *(make() for make in PICTURES.values()),
        show.case("equally_well"),
        show.since("equally_well"),
        show.corrections(),
        show.claim("equally_well", "process"),
        show.principles(),
        show.pitfalls(),
        show.reflective_questions(),
        show.framework("arnstein"),
        show.glossary(),
        show.references(),
    ]
    fill(page, style() + "".join(card.html() for card in cards), 1200, theme)
    for summary in page.locator("summary").all():
        summary.click()
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def test_jupyters_own_style_does_not_turn_our_tables(page):
    jupyter = "<style>.jp-RenderedHTMLCommon:not(.x) td, th { text-align: right }</style>"
    body = f'<div class="jp-RenderedHTMLCommon">{style()}{show.evidence_grid().html()}</div>'
    fill(page, jupyter + body, 1200)
    page.locator("summary").click()
    cell = page.locator("td").first
    assert cell.evaluate("node => getComputedStyle(node).textAlign") == "left"


def test_the_cards_fit_a_phone(page):
    cards = [show.case("altogether_better"), show.corrections(), show.claim("bradford", "cost")]
    fill(page, style() + "".join(card.html() for card in cards), 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
