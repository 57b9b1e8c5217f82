"""“Your data” in the real JupyterLab: what is deleted there is not written back by anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from place_kit.learner import lab
from tests.answers.test_forgetting import anywhere
from tests.learner.test_browser import READY, shot
from tests.learner.test_lab import Course

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]

ROOT = Path(__file__).parents[2]
TEXT = "I shall ask the herons of Kilbraen what they would like to see changed."


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Course]:
    served = Course(tmp_path / "mine", ROOT, lab.free_port(9700))
    yield served
    served.stop()


def test_a_text_deleted_on_the_page_is_gone_and_stays_gone(course, browser) -> None:
    page = browser.new_context(locale="en-GB").new_page()
    page.set_default_timeout(90_000)
    page.goto(course.address)
    page.get_by_role("status").filter(has_text=READY).wait_for()
    area = page.locator("textarea.pk-area").first
    area.fill(TEXT)
    page.get_by_role("status").filter(has_text=re.compile(r"Saved at")).first.wait_for()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(500)
    assert anywhere(course.folder, TEXT)

    page.goto(course.address.replace("00_welcome", "privacy"))
    page.get_by_role("status").filter(has_text=READY).wait_for()
    page.get_by_label(re.compile("herons of Kilbraen")).check()
    page.get_by_role("button", name="Delete this…").click()
    page.get_by_label("To go on, type DELETE").fill("DELETE")
    page.get_by_role("button", name="Delete for good").click()
    page.get_by_text("It is deleted for good.").first.wait_for()
    shot(page, "forgotten-in-lab")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(500)
    assert page.get_by_role("dialog").count() == 0
    assert anywhere(course.folder, TEXT) == []
    assert page.evaluate("JSON.stringify(localStorage)").find("herons") < 0

    page.goto(course.address)
    page.get_by_role("status").filter(has_text=READY).wait_for()
    assert page.locator("textarea.pk-area").first.input_value() == ""
    assert anywhere(course.folder, TEXT) == []
