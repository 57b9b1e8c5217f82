"""A newer version is whole before it takes over, and a page is of one version only."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from place_kit.site import finishing
from tests.pages import saved
from tests.site.windows import Hosted, PlainHost, Window, group, notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]
FIRST = "00_welcome.try_it"
WELCOME = "files/course/00_welcome.ipynb"
OLD, NEW = "# Welcome", "# Welcome again"
USE = "Use the newer version"


class MovingHost(PlainHost):
    """A host whose files are changed while people read; `broken` answers as if it had a fault."""

    folder: Path
    broken: str = ""

    def translate_path(self, path: str) -> str:
        self.directory = str(type(self).folder)
        return super().translate_path(path)

    def send_head(self) -> Any:
        if self.broken and self.path.startswith(self.broken):
            self.send_error(500)
            return None
        return super().send_head()


def newer(site: Path, into: Path) -> Path:
    """The next version: other words in three files, and the dates of the version before."""
    shutil.copytree(site, into, copy_function=os.link)
    mark = json.loads((site / finishing.MARK).read_bytes())
    build = hashlib.sha256(b"newer").hexdigest()[:16]

    def change(name: str, before: str, after: str) -> None:
        path, date = into / name, (into / name).stat().st_mtime
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.unlink()
        path.write_text(text.replace(before, after), encoding="utf-8")
        mark["files"][name] = hashlib.sha256(path.read_bytes()).hexdigest()
        os.utime(path, (date, date))

    change("index.html", "A course for people", "The newer course for people")
    change(WELCOME, OLD, NEW)
    change("licences.txt", "The browser edition", "The newer browser edition")
    change("service-worker.js", mark["build"], build)
    for name, content in (
        (finishing.MARK, mark | {"build": build}),
        ("build.json", {"build": build}),
    ):
        (into / name).unlink()
        (into / name).write_text(json.dumps(content), encoding="utf-8")
    return into


@pytest.fixture
def host(site: Path) -> Iterator[tuple[type[MovingHost], Hosted]]:
    handler = type("Handler", (MovingHost,), {"folder": site, "broken": ""})
    hosted = Hosted(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler))
    yield handler, hosted
    hosted.stop()


def caches(page: Any) -> list[str]:
    return [name for name in page.evaluate("caches.keys()") if name.startswith("place-kit")]


def front(page: Any, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Begin, or go on").wait_for()
    page.evaluate("window.placeKitNewer")  # it has looked whether there is a newer version


def test_an_update_is_whole_or_not_at_all_and_answers_stay(browser, site, host, tmp_path):
    handler, hosted = host
    window = Window(browser, tmp_path / "memory")
    page = window.page
    front(page, hosted.address)
    page.get_by_role("link", name="Begin, or go on").click()
    window.ready()
    group(page, FIRST).get_by_role("radio").first.check()
    saved(group(page, FIRST))
    before = caches(page)

    # It is interrupted: the version that is there goes on working, and nothing is offered.
    handler.folder = newer(site, tmp_path / "newer")
    handler.broken = f"/{WELCOME}"
    front(page, hosted.address)
    assert page.get_by_role("button", name=USE).count() == 0
    page.get_by_text("A course for people who work").wait_for()
    window.open(notebook(hosted.address, "course/00_welcome.ipynb"))
    page.get_by_role("heading", name=OLD.removeprefix("# "), exact=True).wait_for()
    assert group(page, FIRST).get_by_role("radio").first.is_checked()

    # What the host has only of the newer one is not mixed in: the page says so instead.
    assert page.evaluate("fetch('../licences.txt').then(one => one.status)") == 503
    page.get_by_role("alert").filter(has_text="A newer version of the course is here").wait_for()

    # The next time it works. It is offered, and taken: by every page that is open.
    handler.broken = ""
    other = window.context.new_page()
    front(other, hosted.address)
    other.get_by_text("A course for people who work").wait_for()
    other.get_by_role("button", name=USE).click()
    other.get_by_text("The newer course for people").wait_for()
    page.get_by_role("heading", name=NEW.removeprefix("# "), exact=True).wait_for()
    window.ready()
    assert group(page, FIRST).get_by_role("radio").first.is_checked()
    after = caches(page)
    assert len(before) == len(after) == 1
    assert before != after
    assert other.get_by_role("button", name=USE).count() == 0

    # All that was used before is there in the newer version, without a network.
    handler.broken = "/"
    window.open(notebook(hosted.address, "course/00_welcome.ipynb"))
    assert group(page, FIRST).get_by_role("radio").first.is_checked()
    window.close()


def test_a_course_that_did_not_arrive_whole_says_so_and_begins_the_next_time(
    browser, host, tmp_path
):
    handler, hosted = host
    handler.broken = "/open.js"
    context = browser.new_context()
    page = context.new_page()
    page.goto(hosted.address)
    page.get_by_text(re.compile("did not arrive whole.*reload this page")).wait_for()
    assert page.get_by_role("link", name="Begin, or go on").count() == 0
    handler.broken = ""
    page.reload()
    page.get_by_role("link", name="Begin, or go on").wait_for()
    context.close()
