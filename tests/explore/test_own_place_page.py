"""Module 7's pictures in a real browser: they fit a phone, and bar nobody."""

from __future__ import annotations

from datetime import date

import pytest

from place_kit import explore, facts, show
from place_kit.answers.store import AnswerFile
from place_kit.explore.plan import AFTER, BEFORE, PLAN
from place_kit.explore.wheel import ASKED, MINE, THEIRS
from place_kit.facts.activities import wheel as wheels
from place_kit.show import confidence, plan_timeline, wheel
from place_kit.show.card import style
from tests.explore.test_page import open_page, press  # noqa: F401
from tests.show.test_page import FAULTS, fill, page, plotly_js  # noqa: F401

pytestmark = pytest.mark.browser

PLACE = wheels.load()
MY_SCORES, THEIR_SCORES = (PLACE.scores(view) for view in PLACE.places["merrow_quay"].view)
RATED = facts.question(AFTER)
THEN = {item.id: number % 5 + 1 for number, item in enumerate(RATED.items)}
NOW = {item.id: number % 4 + 1 for number, item in enumerate(RATED.items)}
ROWS = [
    {
        "action": "Go through the plan with the night shift, in their canteen, and mend it there",
        "owner": "Housing officer for the harbour",
        "date": "2026-12-10",
        "measure": "What they changed in it",
        "review": "2027-02-01",
    },
    {"action": "Shore path"},
]
PICTURES = {
    "my wheel": lambda: wheel.own(
        facts.load(), PLACE, MY_SCORES, THEIR_SCORES, theme="nature", together=True
    ),
    "nobody asked": lambda: wheel.own(facts.load(), PLACE, MY_SCORES),
    "made-up place": lambda: show.place("merrow_quay"),
    "timeline": lambda: plan_timeline.timeline(ROWS, date(2026, 11, 23)),
    "shaped": lambda: plan_timeline.timeline(ROWS, date(2026, 11, 23), "residents"),
    "confidence": lambda: confidence.confidence(RATED, THEN, NOW),
}
LIVE = ("wheel", "plan", "confidence", "trials")


@pytest.fixture(autouse=True)
def _answered(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for id, value in (
        (MINE, MY_SCORES),
        (ASKED, "yes"),
        (THEIRS, THEIR_SCORES),
        (PLAN, ROWS),
        (BEFORE, THEN),
        (AFTER, NOW),
        ("03_cases.try_at_work", [{"action": "Mark each claim", "with_whom": "my team"}]),
    ):
        question = facts.question(id)
        AnswerFile(question.set).save(question, value)


@pytest.mark.parametrize("width", [1200, 360, 300, 260])
@pytest.mark.parametrize("name", PICTURES)
def test_no_words_are_cut_or_lie_on_others(name, width, page):  # noqa: F811
    card = PICTURES[name]()
    fill(page, style() + card.html(), width)
    found = page.locator(".pk-drawing text").evaluate_all(FAULTS)
    assert found["words"] == len(card.figure["layout"]["annotations"])
    assert found["faults"] == []
    assert page.get_by_role("img", name=card.alt).count() == 1


@pytest.mark.parametrize("width", [1200, 300])
def test_plotly_draws_the_same_wheel_and_a_round_one(width, page, plotly_js):  # noqa: F811
    card = show.place("merrow_quay")
    fill(page, '<div id="drawing"></div>', width)
    page.add_script_tag(content=plotly_js)
    page.evaluate("f => Plotly.newPlot('drawing', f.data, f.layout, f.config)", card.figure)
    found = page.locator("#drawing .annotation-text").evaluate_all(FAULTS)
    assert found["faults"] == []
    rim = page.locator("#drawing .shapelayer path").nth(PLACE.scale.high - 1).bounding_box()
    assert rim["width"] / rim["height"] == pytest.approx(1, abs=0.05)
    assert page.locator("#drawing .points path.point").count() == 30  # two sets, and the key


def test_the_keyboard_alone_lays_residents_scores_over_and_looks_into_a_theme(
    open_page,  # noqa: F811
):
    opened = open_page(explore.wheel())
    press(opened, "Tab", "ArrowDown")
    opened.get_by_text("Transport (you 6, they 2)").wait_for()
    press(opened, "Tab", "ArrowDown")
    opened.get_by_text("You could ask residents").wait_for()


@pytest.mark.parametrize("light", [True, False], ids=["light", "dark"])
@pytest.mark.parametrize("what", LIVE)
def test_axe_finds_no_barrier_and_all_fits_a_phone(open_page, what, light):  # noqa: F811
    from axe_playwright_python.sync_playwright import Axe

    opened = open_page(getattr(explore, what)(), light=light, width=320)
    for summary in opened.locator("summary").all():
        summary.click()
    found = Axe().run(opened).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
