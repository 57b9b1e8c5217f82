"""Module 6's pictures and controls in a real browser: they fit a phone, and bar nobody."""

from __future__ import annotations

import pytest

from place_kit import explore, facts, show
from place_kit.answers.store import AnswerFile
from place_kit.explore.theory import RATED
from place_kit.facts.activities import theory as theories
from place_kit.show import theory
from place_kit.show.card import style
from tests.explore.test_page import open_page, press  # noqa: F401
from tests.show.test_page import FAULTS, fill, page  # noqa: F401

pytestmark = pytest.mark.browser

WEAK = {link.id: 3 for link in theories.load().link} | {"come_trust": 1}
PICTURES = {
    "theory": lambda: theory.theory_of_change(facts.load(), theories.load(), WEAK),
    "loop": show.contribution_loop,
    "evaluations": show.evaluations,
}


@pytest.fixture(autouse=True)
def _rated(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    question = facts.question(RATED)
    AnswerFile(question.set).save(question, WEAK)


@pytest.mark.parametrize("width", [1200, 360, 300, 260])
@pytest.mark.parametrize("name", PICTURES)
def test_no_words_are_cut_or_lie_on_others(name, width, page):  # noqa: F811
    card = PICTURES[name]()
    fill(page, style() + card.html(), width)
    found = page.locator(".pk-drawing text").evaluate_all(FAULTS)
    assert found["words"] == len(card.figure["layout"]["annotations"])
    assert found["faults"] == []
    assert page.get_by_role("img", name=card.alt).count() == 1


def test_the_weakest_link_is_there_when_the_page_opens(open_page):  # noqa: F811
    opened = open_page(explore.theory())
    opened.get_by_text("link 2 is the weakest, at 1 of 5").wait_for()
    assert "the weakest, drawn thick" in opened.get_by_role("img").get_attribute("aria-label")


def test_the_keyboard_alone_chooses_link_way_and_partner(open_page):  # noqa: F811
    opened = open_page(explore.next_evidence())
    opened.get_by_text("Link 2: from").first.wait_for()
    press(opened, "Tab", "ArrowDown", "Tab", "ArrowDown", "Tab", "ArrowDown")
    opened.get_by_text("Visit some of those who came once").wait_for()
    opened.get_by_text("Only they know why they are not there.").wait_for()


@pytest.mark.parametrize("light", [True, False], ids=["light", "dark"])
@pytest.mark.parametrize("what", ["theory", "next_evidence"])
def test_axe_finds_no_barrier_and_all_fits_a_phone(open_page, what, light):  # noqa: F811
    from axe_playwright_python.sync_playwright import Axe

    opened = open_page(getattr(explore, what)(), light=light, width=320)
    for details in opened.locator("summary").all():
        details.click()
    found = Axe().run(opened).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", ["loop", "evaluations"])
def test_axe_finds_no_barrier_in_the_pictures(name, page):  # noqa: F811
    from axe_playwright_python.sync_playwright import Axe

    fill(page, style() + PICTURES[name]().html(), 1200)
    for summary in page.locator("summary").all():
        summary.click()
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
