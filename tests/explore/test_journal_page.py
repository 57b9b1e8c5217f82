"""The journal in a real browser: searched by keyboard, announced, downloaded, without barriers."""

from __future__ import annotations

import datetime

import pytest

from place_kit import explore, facts
from place_kit.answers.written import Earlier, Written
from place_kit.explore._diary import Diary
from place_kit.explore.controls import STATIC
from place_kit.show.card import Card
from tests.answers.making import answer, make_home
from tests.explore.test_page import PAGE

pytestmark = pytest.mark.browser

TODAY = datetime.date(2026, 11, 28)
AT = "2026-11-23T09:00:00Z"
EVIL = "<img src=x onerror=alert(1)> & <b>bold</b>"


def text(id, part, said, *earlier):
    before = tuple(Earlier(each, AT) for each in earlier)
    return Written(facts.question(id), part, said, AT, before)


FOUND = [
    text("01_place_lens.willingness", "The place lens", "They asked for a cèilidh."),
    text("03_cases.how_i_change", "Five cases", f"I would wait. {EVIL}", "I would ask sooner."),
    text("03_cases.pause_on_action", "Five cases", "שלום, and żółć"),
]


def diary(found):
    from importlib import import_module

    made = import_module("place_kit.explore.journal").page(found, TODAY)
    return Diary(made, Card(title="", takeaway="Printed."))


@pytest.fixture
def open_diary(browser):
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    errors, asked = [], []

    def opened(found, *, light=True, width=1200):
        shown = diary(found)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda one: one.url.startswith("blob:") or asked.append(one.url))
        page.expose_function("start", lambda: {"page": shown.page})
        esm = (STATIC / "journal.js").read_text("utf-8").replace("export default", "void")
        page.set_content(PAGE.format(css=Diary._css, esm=esm, light="true" if light else "false"))
        page.wait_for_selector("body[data-ready]")
        return page

    yield opened
    context.close()
    assert errors == []
    assert asked == []


def shown(page):
    return page.locator(".pk-one:visible h3").count()


def test_it_is_searched_by_keyboard_alone_and_says_how_many_are_left(open_diary):
    page = open_diary(FOUND)
    status = page.get_by_role("status")
    assert status.inner_text() == "All 3 texts shown."
    page.keyboard.press("Tab")
    page.keyboard.type("CEILIDH asked")
    page.get_by_text("1 of 3 texts shown.").wait_for()
    assert shown(page) == 1
    assert page.get_by_role("heading", name="Five cases").count() == 0
    page.keyboard.press("Control+a")
    page.keyboard.type("nowhere at all")
    page.get_by_text("None of 3 texts has these words.").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.get_by_text("All 3 texts shown.").wait_for()
    assert shown(page) == 3


def test_an_earlier_version_is_found_and_opened_where_only_it_has_the_words(open_diary):
    page = open_diary(FOUND)
    page.get_by_label("Search my journal").fill("sooner")
    page.get_by_text("I would ask sooner.").wait_for(state="visible")
    page.get_by_label("Search my journal").fill("wait")
    page.get_by_text("I would ask sooner.").wait_for(state="hidden")
    page.get_by_text("One earlier version").click()
    assert page.get_by_text("I would ask sooner.").is_visible()


def test_what_was_written_stays_text(open_diary):
    page = open_diary(FOUND)
    assert page.get_by_text(EVIL).is_visible()
    assert page.locator(".pk-wrote img, .pk-wrote b").count() == 0


@pytest.mark.parametrize(("label", "ending"), [("plain text", "txt"), ("Markdown", "md")])
def test_it_is_downloaded_whole_also_while_a_search_hides_most_of_it(open_diary, label, ending):
    page = open_diary(FOUND)
    page.get_by_label("Search my journal").fill("sooner")
    with page.expect_download() as caught:
        page.get_by_role("link", name=f"Download as {label}").click()
    assert caught.value.suggested_filename == f"my-journal-2026-11-28.{ending}"
    kept = caught.value.path().read_text("utf-8")
    for said in ("cèilidh", "שלום", "żółć", "I would ask sooner"):
        assert said in kept


def test_an_empty_journal_says_what_will_appear_here(open_diary):
    page = open_diary([])
    assert page.get_by_text("Nothing is here yet.").is_visible()
    assert page.get_by_role("searchbox").count() == 0
    assert page.get_by_role("link").count() == 0


@pytest.mark.parametrize("light", [True, False], ids=["light", "dark"])
@pytest.mark.parametrize("found", [FOUND, []], ids=["texts", "empty"])
def test_axe_finds_no_barrier_and_all_fits_a_phone(open_diary, found, light):
    from axe_playwright_python.sync_playwright import Axe

    page = open_diary(found, light=light, width=320)
    for summary in page.locator("summary").all():
        summary.click()
    seen = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in seen] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_printed_beside_the_live_journal_holds_no_text(tmp_path, monkeypatch):
    home = make_home(tmp_path / "mine")
    answer(home, "03_cases.how_i_change", "A private thought")
    monkeypatch.chdir(home / "course")
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")
    live = explore.journal()
    assert "A private thought" in live.page["html"]
    data, _metadata = live._repr_mimebundle_()
    assert "A private thought" not in data["text/html"] + data["text/plain"]
    monkeypatch.setenv("PLACE_KIT_FORMS", "static")
    assert "A private thought" in explore.journal().html()
