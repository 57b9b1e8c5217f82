"""The record's page in the real JupyterLab: filled in, made, downloaded, read again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from place_kit.learner import lab
from tests.documents.making import docx_texts
from tests.learner.test_browser import READY, shot
from tests.learner.test_lab import Course
from tests.record.making import do_module

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Course]:
    served = Course(tmp_path / "mine", ROOT, lab.free_port(9700))
    yield served
    served.stop()


def test_a_record_is_made_on_the_page_and_downloaded(course, browser, tmp_path):
    mine = tmp_path / "mine"
    page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    page.set_default_timeout(60_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(course.address.replace("00_welcome", "record"))
    page.get_by_role("status").filter(has_text=READY).wait_for()

    word = page.get_by_role("button", name="Make a Word file").first
    word.click()
    page.get_by_role("alert").filter(has_text="There is nothing to record yet").wait_for()

    do_module(mine, "03_cases")
    name = page.get_by_label("Your name")
    name.fill("Mòrag Testperson")
    name.blur()
    page.get_by_text(re.compile("Still to fill in.*: your role;")).wait_for()
    word.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Your file is ready: cpd-record.docx").wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download cpd-record.docx").click()
    raw = Path(waiting.value.path()).read_bytes()
    assert raw == (mine / "record" / "cpd-record.docx").read_bytes()
    assert "Name: Mòrag Testperson" in docx_texts(raw)

    page.get_by_role("button", name="Make a PDF").last.click()
    refused = page.get_by_role("alert").filter(has_text="There is no certificate yet")
    refused.wait_for()
    assert page.get_by_text(re.compile("The place lens: ")).count() == 1  # said once
    word.scroll_into_view_if_needed()
    shot(page, "record-files")
    found = Axe().run(page, context=".jp-Notebook").response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert errors == []
