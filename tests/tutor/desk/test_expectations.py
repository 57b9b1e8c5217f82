from datetime import UTC, datetime

import pytest

from place_kit.tutor.desk import expectations, making
from place_kit.tutor.desk.settings import Late, Safeguarding, Settings
from tests.tutor.course import ASSIGNMENT

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} & \"'"
FULL = Settings(
    safeguarding=Safeguarding("A. Person, 01234 567890"),
    late=Late("points per day", 15, 2),
    deadlines={ASSIGNMENT: datetime(2026, 12, 1, 17, tzinfo=UTC)},
)
DEADLINES = [("Module 3, Five cases", "Tuesday 1 December 2026, 17:00 (Europe/London)")]


def test_the_page_and_the_text_say_all_that_is_set():
    for made in (expectations.html(FULL, DEADLINES), expectations.text(FULL, DEADLINES)):
        flat = " ".join(made.split())
        for words in (
            "at least 60 % of the points",
            "hand in again",
            "second tutor",
            "software is fine",
            "speak your reflection",
            "A. Person",
            "15 minutes of grace",
            "Tuesday 1 December 2026, 17:00",
            "Module 3, Five cases",
        ):
            assert words in flat


def test_a_tutors_words_are_text_and_never_markup():
    made = expectations.html(Settings(safeguarding=Safeguarding(HOSTILE)), [(HOSTILE, HOSTILE)])
    assert "<script" not in made
    assert "{{ 7*7 }}" in made


def test_the_folder_keeps_them_up_to_date_with_its_settings(marking, solutions):
    page = marking.root / "for-learners" / "what-to-expect.html"
    assert "01234" not in page.read_text(encoding="utf-8")
    settings = marking.root / "place-kit.toml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('\ncontact = ""', '\ncontact = "01234 567890"')
    text = text.replace("[deadlines]\n", '[deadlines]\n"03_cases" = 2026-12-01\n')
    settings.write_text(text, encoding="utf-8")
    made = making.make(marking.root, None, solutions)
    assert any("for-learners" in line for line in made.done)
    told = page.read_text(encoding="utf-8")
    assert "01234 567890" in told
    assert "Module 3, " in told
    assert "Tuesday 1 December 2026, 23:59" in told
    assert making.make(marking.root, None, solutions).done == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [1000, 340])
def test_the_page_has_no_barriers(browser, tmp_path, width):
    from axe_playwright_python.sync_playwright import Axe

    (tmp_path / "page.html").write_text(expectations.html(FULL, DEADLINES), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((tmp_path / "page.html").as_uri())
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["impact"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
