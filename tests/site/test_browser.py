"""The browser edition in a real browser that reaches nothing but this machine."""

from __future__ import annotations

import functools
import http.server
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from place_kit import facts
from place_kit.learner import shipped
from place_kit.site import serving
from tests.conftest import CHROMIUM_ARGS, chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]
READY = "Ready. Your answers are saved as you go."
SAVED = re.compile(r"^Saved at \d\d:\d\d\.")
ALONE = (*CHROMIUM_ARGS, "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1")
OPENED = {"00_welcome", "01_place_lens"}
"""Modules that the learner's journey opens; the other pages are opened one after another."""


class PlainHost(http.server.SimpleHTTPRequestHandler):
    """Python's own static server: no header of ours, no compressed file."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Hosted:
    """Files on a host, until it is taken away."""

    def __init__(self, server: http.server.ThreadingHTTPServer, under: str = "") -> None:
        self.server = server
        self.address = f"http://127.0.0.1:{server.server_address[1]}/{under}"
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def sub_path(site: Path) -> Iterator[Hosted]:
    """The site in a folder of a plain host."""
    handler = functools.partial(PlainHost, directory=str(site.parent.parent))
    hosted = Hosted(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler), "courses/place/")
    yield hosted
    hosted.stop()


@pytest.fixture(scope="module")
def hosted(site: Path) -> Iterator[Hosted]:
    """The site as ``place-kit site --serve`` shows it."""
    served = Hosted(serving.host(site, 0))
    yield served
    served.stop()


class Window:
    """A browser with a memory of its own, and whatever it asked of others."""

    def __init__(self, browser: Any, memory: Path, **how: Any) -> None:
        self.context = browser.browser_type.launch_persistent_context(
            str(memory),
            executable_path=chromium(),
            args=list(ALONE),
            viewport={"width": 1280, "height": 900},
            locale="en-GB",
            **how,
        )
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.context.on("request", self._asked)
        self.page = self.context.pages[0]
        self.page.set_default_timeout(120_000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._said)

    def _asked(self, request: Any) -> None:
        if not re.match(r"http://127\.0\.0\.1:|data:|blob:", request.url):
            self.outside.append(request.url)

    def _said(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.errors.append(message.text)

    def open(self, address: str) -> Any:
        self.page.goto(address)
        self.ready()
        return self.page

    def ready(self) -> None:
        self.page.get_by_role("status").filter(has_text=READY).wait_for()

    def close(self) -> None:
        self.context.close()
        assert self.outside == []
        assert self.errors == []


def notebook(address: str, name: str) -> str:
    return f"{address}notebooks/index.html?path={name}"


def whole(form: Any) -> Any:
    return form.locator("xpath=ancestor-or-self::*[contains(@class, 'pk-form')]")


def group(page: Any, id: str) -> Any:
    return page.get_by_role("group", name=facts.question(id).prompt, exact=True)


def saved(form: Any) -> None:
    whole(form).get_by_role("status").filter(has_text=SAVED).first.wait_for()


def no_barrier(page: Any, within: str) -> None:
    results = Axe().run(page, context=within).response
    found = {
        f"{one['id']}: {node['html'][:160]}"
        for one in results["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    }
    assert found == set()


def shot(page: Any, name: str, **how: Any) -> None:
    """Keep a picture where ``PLACE_KIT_SHOTS`` says, for a person to look at."""
    if folder := os.environ.get("PLACE_KIT_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), **how)


def test_a_learner_begins_answers_hands_in_and_goes_on_without_a_network(
    browser, sub_path, tmp_path
):
    # The front page looks first, then lets in.
    window = Window(browser, tmp_path / "memory")
    page = window.page
    page.goto(sub_path.address)
    begin = page.get_by_role("link", name="Begin, or go on")
    begin.wait_for()
    no_barrier(page, "body")
    shot(page, "site-front", full_page=True)
    begin.click()
    window.ready()
    assert page.title() == "Welcome – Place-based working"
    no_barrier(page, ".jp-Notebook")
    shot(page, "site-welcome")
    first = facts.question("00_welcome.try_it")
    group(page, first.id).get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    saved(group(page, first.id))

    # A link leads to the next page in the same tab; the answer is there after coming back.
    page.get_by_role("link", name="The place lens").first.click()
    page.get_by_role("heading", name="The place lens", level=1).wait_for()
    window.ready()
    predict = group(page, "01_place_lens.predict")
    predict.get_by_role("radio").first.check()
    saved(predict)
    no_barrier(page, ".jp-Notebook")
    shot(page, "site-module", full_page=True)
    page.go_back()
    window.ready()
    assert group(page, first.id).get_by_role("radio").first.is_checked()

    # The exercise, and one file to send.
    window.open(notebook(sub_path.address, "exercises/01_place_lens/lens.ipynb"))
    asked = next(
        one for one in facts.questions_of("01_place_lens.graded") if one.kind == "choose_one"
    )
    group(page, asked.id).get_by_role("radio").first.check()
    saved(group(page, asked.id))
    page.get_by_label("Your learner name or number").fill("Ada L.")
    page.get_by_role("button", name="Make my hand-in file").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download")).click()
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    download.value.save_as(inbox / download.value.suggested_filename)
    window.close()

    # The host is gone and the browser was closed: the course opens, and what was written is there.
    sub_path.stop()
    window = Window(browser, tmp_path / "memory")
    page = window.open(notebook(sub_path.address, "course/00_welcome.ipynb"))
    assert group(page, first.id).get_by_role("radio").first.is_checked()
    group(page, first.id).get_by_role("radio").nth(1).check()
    saved(group(page, first.id))
    window.close()

    # The tutor takes the file.
    roster, marking = tmp_path / "roster.csv", tmp_path / "marking"
    roster.write_text("id,first_name,last_name,email\nada-l,Ada,L,\n", encoding="utf-8")
    command = [sys.executable, "-m", "place_kit"]
    made = ["tutor", str(marking), "--roster", str(roster), "--no-open"]
    subprocess.run([*command, *made], check=True, capture_output=True, timeout=300)
    taken = subprocess.run(
        [*command, "collect", str(inbox), str(marking)], capture_output=True, text=True, timeout=300
    )
    assert taken.returncode == 0, taken.stdout + taken.stderr
    assert "ada-l" in taken.stdout
    (answers,) = marking.rglob("submitted/ada-l/01_place_lens/answers.json")
    assert asked.id in answers.read_text(encoding="utf-8")


def test_each_module_runs_to_its_end(browser, hosted, tmp_path):
    pages = {path.stem for path in (shipped.root() / "course").glob("[0-9]*.ipynb")} - OPENED
    window = Window(browser, tmp_path / "memory")
    for name in (*sorted(pages), "privacy", "record"):
        page = window.open(notebook(hosted.address, f"course/{name}.ipynb"))
        assert page.locator(".place-failed").count() == 0, name
        assert page.locator(".jp-OutputArea-output").count() > 0, name
    window.close()


@pytest.mark.parametrize(
    ("blocked", "words"),
    [
        ("delete window.WebAssembly", "too old"),
        (
            "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })",
            "does not allow the course to keep your answers",
        ),
        (
            "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }",
            "does not let the course keep anything",
        ),
        (
            "navigator.storage.estimate = async () => ({ quota: 10, usage: 10 })",
            "too little room",
        ),
        ("Object.defineProperty(window, 'isSecureContext', { value: false })", "https://"),
    ],
    ids=["old", "no helper", "no storage", "full", "plain http"],
)
def test_where_nothing_would_be_kept_it_says_so_before_anyone_writes(
    browser, hosted, blocked, words
):
    context = browser.new_context()
    context.add_init_script(blocked)
    page = context.new_page()
    page.goto(hosted.address)
    page.get_by_text(words).wait_for()
    assert page.get_by_role("link", name="Begin, or go on").count() == 0
    page.goto(notebook(hosted.address, "course/00_welcome.ipynb"))
    page.get_by_role("alert").filter(has_text=words).wait_for()
    assert page.locator(".jp-Notebook").count() == 0
    no_barrier(page, "body")
    context.close()
