"""Every page of the course in the real JupyterLab: it gets ready, fits a phone, has no barrier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from place_kit.learner import lab
from tests.learner.test_browser import READY, shot
from tests.learner.test_lab import Course

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pages")]

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("course/*.ipynb", "exercises/*/*.ipynb")
    for path in ROOT.glob(pattern)
)
OURS = re.compile(r"(https?|wss?)://127\.0\.0\.1:|data:|blob:")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    served = Course(tmp_path_factory.mktemp("pages") / "mine", ROOT, lab.free_port(9600))
    yield served
    served.stop()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_gets_ready_fits_a_phone_and_has_no_barrier(name, course, browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(90_000)
    outside: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: OURS.match(request.url) or outside.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(course.address.replace("course/00_welcome.ipynb", name))
    page.get_by_role("status").filter(has_text=READY).wait_for()
    assert page.locator(".place-kit-problem").count() == 0
    found = {
        f"{one['id']}: {node['html'][:200]}"
        for one in Axe().run(page, context=".jp-Notebook").response["violations"]
        if one["impact"] in ("serious", "critical") or one["id"] == "heading-order"
        for node in one["nodes"]
    }
    assert found == set()
    shot(page, name.replace("/", "-").removesuffix(".ipynb"))
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".jp-WindowedPanel-outer").evaluate("one => one.scrollWidth") <= 320
    shot(page, name.replace("/", "-").removesuffix(".ipynb") + "-phone")
    assert outside == []
    assert errors == []
    context.close()
