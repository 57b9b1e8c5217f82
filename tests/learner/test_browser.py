"""The course in a real browser: calm, ready by itself, and alone on this machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from place_kit.learner import lab
from tests.learner.conftest import FORM, notebook, write_course
from tests.learner.test_lab import Course

pytestmark = pytest.mark.browser
READY = "Ready. Your answers are saved as you go."
SLOW = "import time\ntime.sleep(3)"  # so that there is time to do something before it is ready
ONCE = "import itertools\ncount = itertools.count(1)\nprint('once')"
TOLD = "print(f'told {next(count)}')"
PICTURE = "from place_kit import show\nshow.evidence_grid()"
OUTPUT = ".jp-OutputArea-output:visible"
# What Chromium and JupyterLab say of a kernel or a server that a test stops on purpose.
EXPECTED = re.compile(r"Connection lost|ERR_CONNECTION_REFUSED")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    place = tmp_path_factory.mktemp("course")
    source = write_course(place / "shipped")
    (source / "course/slow.ipynb").write_text(notebook(("md", "# Slow"), ("code", SLOW)))
    (source / "course/told.ipynb").write_text(
        notebook(("md", "# Told\n\n[Five cases](03_cases.ipynb)"), ("code", ONCE), ("renew", TOLD))
    )
    (source / "course/picture.ipynb").write_text(notebook(("md", "# Picture"), ("code", PICTURE)))
    served = Course(place / "mine", source, lab.free_port(9400))
    yield served
    served.stop()


class Watched:
    """A page, and whatever it did that it should not."""

    def __init__(self, page: Any, course: Course) -> None:
        self.page, self.course = page, course
        self.outside: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.set_default_timeout(60_000)

    def _request(self, request: Any) -> None:
        if not re.match(r"(https?|wss?)://127\.0\.0\.1:|data:|blob:", request.url):
            self.outside.append(request.url)

    def _console(self, message: Any) -> None:
        if message.type == "error" and not EXPECTED.search(message.text):
            self.errors.append(message.text)

    def go(self, name: str = "course/00_welcome.ipynb", says: str = READY) -> Any:
        self.page.goto(self.course.address.replace("course/00_welcome.ipynb", name))
        self.wait(says)
        return self.page

    def wait(self, says: str) -> None:
        self.page.get_by_role("status").filter(has_text=says).wait_for()


@pytest.fixture
def watched(browser: Any, course: Course) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watched = Watched(context.new_page(), course)
    yield watched
    context.close()
    assert watched.outside == []
    assert watched.errors == []


def press(page: Any) -> None:
    page.get_by_role("button", name="Press me").click()
    page.get_by_text("it was pressed", exact=True).wait_for()


def shot(page: Any, name: str) -> None:
    """Keep a picture where ``PLACE_KIT_SHOTS`` says, for a person to look at."""
    if folder := os.environ.get("PLACE_KIT_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_the_welcome_opens_ready_to_click_and_looks_like_a_page(watched):
    page = watched.go()
    press(page)
    for part in (
        "#jp-menu-panel",
        ".jp-SideBar",
        ".jp-NotebookPanel-toolbar",
        ".jp-InputPrompt",
        ".jp-OutputPrompt",
        ".jp-CodeCell .jp-Cell-inputWrapper",
        ".jp-cell-toolbar",
        "#jp-bottom-panel .jp-StatusBar-Widget",
    ):
        assert page.locator(f"{part}:visible").count() == 0, part
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.title() == "Welcome – Place-based working"
    assert page.locator(".jp-Dialog").count() == 0
    shot(page, "welcome")


def test_at_400_per_cent_nothing_is_cut_off_and_nothing_scrolls_sideways(watched):
    watched.page.set_viewport_size({"width": 320, "height": 256})
    page = watched.go()
    wide = "[document.documentElement, document.querySelector('.jp-WindowedPanel-outer')]"
    assert page.evaluate(f"{wide}.map(one => one.scrollWidth)") == [320, 320]
    for name in ("Keep a copy", "Jupyter menu"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box["x"] + box["width"] <= 320
        assert box["height"] >= 24
    page.set_viewport_size({"width": 320, "height": 640})
    page.wait_for_timeout(300)
    shot(page, "zoomed")


def test_coming_back_to_a_page_tells_anew_what_is_meant_to_be_told_anew(watched):
    page = watched.go("course/told.ipynb")
    page.locator(OUTPUT, has_text="told 1").wait_for()
    page.get_by_role("link", name="Five cases").click()
    page.locator(OUTPUT, has_text="cases ran").wait_for()
    page.go_back()
    page.locator(OUTPUT, has_text="told 2").wait_for()


def test_links_lead_from_page_to_page_and_back_again(watched):
    page = watched.go()
    page.get_by_role("link", name="Five cases").click()
    page.locator(OUTPUT, has_text="cases ran").wait_for()
    assert page.url.endswith("/doc/tree/course/03_cases.ipynb")
    page.get_by_role("link", name="Place-based working").click()
    page.get_by_role("link", name="the exercise").click()
    page.locator(OUTPUT, has_text="exercise ran").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Welcome").wait_for()
    page.wait_for_url("**/course/00_welcome.ipynb")
    page.go_forward()
    page.wait_for_url("**/exercises/03_cases/cases.ipynb")
    page.get_by_role("heading", name="Exercise").wait_for()


def test_jupyters_own_menus_are_a_key_press_away(watched):
    page = watched.go()
    button = page.get_by_role("button", name="Jupyter menu")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="Kernel").wait_for()
    back = page.get_by_role("button", name="Back to the course")
    assert back.get_attribute("aria-pressed") is None  # its name says it
    assert button.count() == 0
    shot(page, "jupyter")
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="Kernel").wait_for(state="hidden")
    button.wait_for(timeout=5000)


def test_with_jupyters_menus_its_keys_work_too(watched):
    page = watched.go("course/03_cases.ipynb")
    page.get_by_role("button", name="Jupyter menu").click()
    before = page.locator(".jp-Cell").count()
    page.locator(".jp-Cell").first.click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.wait_for_function(f"document.querySelectorAll('.jp-Cell').length === {before + 1}")
    page.keyboard.press("z")
    page.wait_for_function(f"document.querySelectorAll('.jp-Cell').length === {before}")


def test_the_bar_breaks_no_rule_of_accessibility(watched):
    from axe_playwright_python.sync_playwright import Axe

    page = watched.go()
    found = Axe().run(page, context=".place-bar").response["violations"]
    assert [(one["id"], one["help"]) for one in found] == []


def test_what_is_for_facilitators_is_not_on_a_learners_page(watched):
    page = watched.go("course/03_cases.ipynb")
    page.locator(OUTPUT, has_text="cases ran").wait_for()
    assert page.get_by_text("Only for the facilitator.").locator("visible=true").count() == 0


def test_where_a_part_fails_the_rest_is_there_and_no_traceback_is_shown(watched):
    broken = watched.course.folder / "course/broken.ipynb"
    # The kernel of the page makes the shipped code fail, as a damaged installation would.
    (broken.parent / "ipywidgets.py").write_text("raise ImportError('broken here')")
    broken.write_text(notebook(("md", "# Broken"), ("code", FORM), ("code", "print('cases ran')")))
    try:
        page = watched.go("course/broken.ipynb", says="Part of this page did not load")
    finally:
        (broken.parent / "ipywidgets.py").unlink()
    page.locator(OUTPUT, has_text="cases ran").wait_for()
    assert page.get_by_text("Traceback").is_hidden()
    shot(page, "broken")
    page.get_by_role("button", name="Start it again").click()
    watched.wait(READY)
    press(page)


KEYS = [
    "a",
    "b",
    "c",
    "v",
    "x",
    "m",
    "y",
    "r",
    "o",
    "z",
    "1",
    "d",
    "d",
    "Shift+m",
    "Shift+v",
    "Control+Shift+Minus",
    "Enter",
    "Escape",
    "ArrowDown",
]


def cells(page: Any) -> list[tuple[str, bool]]:
    """Each cell as it was when it was first seen, and whether it shows as a page."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.jp-Cell')].map(cell => [
            cell.place ??= `${cell.className.match(/jp-[A-Z]\\w*Cell/)} ${performance.now()}`,
            !cell.matches('.jp-MarkdownCell:not(.jp-mod-rendered)'),
        ])"""
    )


def test_keys_and_double_clicks_change_nothing_on_a_page_for_reading(watched):
    path = watched.course.folder / "course/00_welcome.ipynb"
    shipped = path.read_bytes()
    page = watched.go()
    before = cells(page)
    for spot in (page.get_by_role("heading", name="Welcome"), page.locator(".jp-Cell").last):
        spot.dblclick()
        assert cells(page) == before
        for key in KEYS:
            page.keyboard.press(key)
            page.wait_for_timeout(50)
            assert cells(page) == before, key
    page.keyboard.press("Control+s")
    watched.wait("Your answers are always saved as you go.")
    page.wait_for_timeout(500)
    assert path.read_bytes() == shipped


def test_a_form_works_with_keys_alone(watched):
    page = watched.go()
    button = page.get_by_role("button", name="Press me")
    for _ in range(20):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.get_by_text("it was pressed", exact=True).wait_for()


def test_a_page_opens_with_its_title_in_focus(watched):
    page = watched.go()
    focus = "document.activeElement.localName + ' ' + document.activeElement.textContent"
    page.wait_for_function(f"({focus}).startsWith('h1 Welcome')")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "none"
    page.keyboard.press("Shift")
    assert page.evaluate(outline) == "solid"


def test_a_page_leaves_the_focus_where_the_reader_put_it(watched):
    watched.go("course/slow.ipynb", says="Getting the page ready")
    watched.page.get_by_role("heading", name="Slow").wait_for()
    watched.page.wait_for_timeout(1000)
    keep = watched.page.get_by_role("button", name="Jupyter menu")
    keep.wait_for()
    keep.focus()
    watched.wait(READY)
    watched.page.wait_for_timeout(500)
    assert keep.evaluate("one => one === document.activeElement")


def long_page(course: Course, *more: tuple[str, str]) -> str:
    """A page so long that a reader loses their place on it, with parts that come late."""
    texts = [("md", f"## Part {at}\n\n" + "Some words.\n\n" * 12) for at in range(20)]
    name = "course/long.ipynb"
    path = course.folder / name
    path.write_text(notebook(("md", "# Long"), ("code", FORM), *texts, ("code", FORM), *more))
    return name


def height_of_part_12(page: Any) -> float:
    return page.get_by_role("heading", name="Part 12").bounding_box()["y"]


def test_a_page_opens_again_where_the_reader_was(watched):
    page = watched.go(long_page(watched.course))
    page.get_by_role("heading", name="Part 12").evaluate("one => one.scrollIntoView()")
    page.mouse.move(600, 500)
    page.mouse.wheel(0, -40)
    page.wait_for_timeout(400)
    before = height_of_part_12(page)
    page.reload()
    watched.wait(READY)
    page.wait_for_timeout(1000)
    assert abs(height_of_part_12(page) - before) < 5
    shot(page, "place")


def test_a_page_opens_at_the_top_the_first_time_and_where_the_address_says(watched):
    page = watched.go(name := long_page(watched.course))
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop") == 0
    page.get_by_role("heading", name="Part 12").evaluate("one => one.scrollIntoView()")
    page.wait_for_timeout(400)
    before = height_of_part_12(page)
    address = watched.course.address.replace("course/00_welcome.ipynb", name)
    page.goto("about:blank")
    page.goto(f"{address}#Part-3")
    watched.wait(READY)
    page.wait_for_timeout(1000)
    assert abs(height_of_part_12(page) - before) > 500


def test_a_reader_who_scrolls_while_the_page_gets_ready_stays_there(watched):
    page = watched.go(long_page(watched.course, ("code", SLOW)))
    page.get_by_role("heading", name="Part 12").evaluate("one => one.scrollIntoView()")
    page.wait_for_timeout(400)
    page.reload()
    page.get_by_role("heading", name="Part 2", exact=True).wait_for()
    page.mouse.move(600, 500)
    page.mouse.wheel(0, 300)
    watched.wait(READY)
    page.wait_for_timeout(1000)
    assert height_of_part_12(page) > 900


def test_two_tabs_on_the_course_both_work(watched):
    page = watched.go()
    second = Watched(page.context.new_page(), watched.course)
    loads = []
    second.page.on("load", lambda _: loads.append(second.page.url))
    other = second.go()
    other.wait_for_timeout(3000)
    for tab in (other, page):
        press(tab)
    assert len(loads) <= 2, loads
    assert "reset" not in other.url
    assert second.errors == []
    other.get_by_role("link", name="Five cases").click()
    other.locator(OUTPUT, has_text="cases ran").wait_for()
    other.go_back()
    other.get_by_role("heading", name="Welcome").wait_for()


def test_nothing_but_answers_is_saved_and_leaving_asks_nothing(watched):
    path = watched.course.folder / "course/00_welcome.ipynb"
    before = path.read_bytes()
    page = watched.go()
    press(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.reload()
    watched.wait(READY)
    press(page)
    assert asked == []
    assert path.read_bytes() == before


@pytest.mark.parametrize("changed", ["an added cell", "no mark of the course"])
def test_code_that_the_course_did_not_ship_never_runs_by_itself(watched, changed):
    course = watched.course.folder / "course"
    strange = f"open({str(course / 'ran')!r}, 'w').close()"
    name = f"course/{changed.replace(' ', '_')}.ipynb"
    page_of = notebook(
        ("md", "# Stranger"), ("code", FORM), ("code", strange), autorun=changed == "an added cell"
    )
    (watched.course.folder / name).write_text(page_of)
    if changed == "an added cell":
        page = watched.go(name, says="Nothing on it has run yet")
        page.wait_for_timeout(1500)
        assert not (course / "ran").exists()
        shot(page, "stranger")
        page.get_by_role("button", name="Run this page").click()
        watched.wait(READY)
        assert (course / "ran").exists()
        (course / "ran").unlink()
    else:
        page = watched.page
        page.goto(watched.course.address.replace("course/00_welcome.ipynb", name))
        page.get_by_role("heading", name="Stranger").wait_for()
        page.wait_for_timeout(4000)
        assert not (course / "ran").exists()


def test_a_stranger_cannot_get_in_by_being_saved_or_uploaded_first(watched):
    """Jupyter signs whatever is saved without outputs, so its trust is not enough."""
    ran = watched.course.folder / "course/ran"
    strange = notebook(("md", "# Stranger"), ("code", f"open({str(ran)!r}, 'w').close()"))
    page = watched.go()
    token = watched.course.address.split("token=")[1]
    answer = page.request.put(
        re.sub(r"/doc/.*", "/api/contents/course/uploaded.ipynb", watched.course.address),
        headers={"Authorization": f"token {token}", "Content-Type": "application/json"},
        data=f'{{"type": "notebook", "format": "json", "content": {strange}}}',
    )
    assert answer.ok
    page = watched.go("course/uploaded.ipynb", says="Nothing on it has run yet")
    page.wait_for_timeout(1000)
    assert not ran.exists()


def test_a_page_that_the_learner_gave_a_text_of_their_own_still_runs(watched):
    path = watched.course.folder / "course/mine.ipynb"
    path.write_text(notebook(("md", "# My own words"), ("code", FORM)))
    press(watched.go("course/mine.ipynb"))


def kernels(course: Course) -> list[int]:
    """The kernels that the course's own server started."""
    running = lab.running(course.folder)
    assert running
    said = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(running.pid)], capture_output=True, text=True, check=True
    )
    return [int(pid) for pid in said.stdout.split()]


def test_a_kernel_that_dies_comes_back_with_the_page(watched):
    page = watched.go()
    press(page)
    for pid in kernels(watched.course):
        os.kill(pid, signal.SIGKILL)
    page.get_by_text("not yet", exact=True).wait_for()
    watched.wait(READY)
    press(page)
    assert page.locator(".jp-Dialog").count() == 0


def test_a_kept_copy_opens_anywhere_without_code_and_without_a_network(watched, tmp_path):
    page = watched.go("course/03_cases.ipynb")
    with page.expect_download() as download:
        page.get_by_role("button", name="Keep a copy").click()
    assert download.value.suggested_filename == "03_cases.html"
    download.value.save_as(tmp_path / "kept.html")
    watched.wait("A copy of this page is in your downloads.")
    kept = (tmp_path / "kept.html").read_text("utf-8")
    assert '<html lang="en-GB">' in kept
    assert "<title>Five cases – Place-based working</title>" in kept
    page.goto((tmp_path / "kept.html").as_uri())
    page.get_by_text("cases ran", exact=True).wait_for()
    assert page.get_by_text("print(").count() == 0
    watched.outside = [url for url in watched.outside if not url.startswith("file:")]


def test_when_the_course_is_stopped_the_open_page_says_so(browser, tmp_path, source):
    port = lab.free_port(9500)
    course = Course(tmp_path / "mine", source, port)
    page = browser.new_context().new_page()
    page.goto(course.address)
    page.get_by_role("status").filter(has_text=READY).wait_for(timeout=60_000)
    course.stop()
    page.get_by_role("status").filter(has_text="start the course again").wait_for(timeout=60_000)
    page.wait_for_timeout(5000)
    assert page.locator(".jp-Dialog").count() == 0
    shot(page, "stopped")
    again = Course(tmp_path / "mine", source, port)
    try:
        newer = page.context.new_page()  # with the old one still open
        newer.goto(again.address)
        newer.get_by_role("status").filter(has_text=READY).wait_for(timeout=60_000)
        press(newer)
    finally:
        again.stop()
        page.context.close()


def test_a_picture_stays_when_the_window_changes_its_size(watched):
    page = watched.go("course/picture.ipynb")
    drawn = page.locator(".js-plotly-plot")
    drawn.wait_for()
    page.wait_for_timeout(500)
    for width, height in ((1000, 900), (1000, 700), (700, 900)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(1000)
        assert drawn.bounding_box()["height"] > 100, (width, height)
        inner = drawn.locator(".main-svg").first.bounding_box()
        assert inner["width"] <= drawn.bounding_box()["width"] + 1
