"""The browser edition in a real browser that reaches nothing but this machine."""

from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from place_kit import facts
from place_kit.learner import shipped
from place_kit.site import building, inputs
from tests.pages import no_barrier, saved, shot
from tests.site.windows import Hosted, PlainHost, Window, group, notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]
OPENED = {"00_welcome", "01_place_lens"}
"""Modules that the learner's journey opens; the other pages are opened one after another."""


@pytest.fixture
def sub_path(site: Path) -> Iterator[Hosted]:
    """The site in a folder of a plain host."""
    handler = functools.partial(PlainHost, directory=str(site.parent.parent))
    hosted = Hosted(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler), "courses/place/")
    yield hosted
    hosted.stop()


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
    browser_of = window.context.new_cdp_session(page)
    assert browser_of.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Begin, or go on"
    page.keyboard.press("Enter")
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


def test_every_cell_of_every_notebook_runs_with_what_the_site_ships(site, tmp_path):
    course = tmp_path / "course"
    shutil.copytree(site / "files", course)
    script = Path(__file__).with_name("run_notebooks.mjs")
    done = subprocess.run(
        [inputs.node(), str(script), str(site / building.PYODIDE), str(course)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["failed"] == []
    assert set(told["ran"]) == {one for one in shipped.files(shipped.root()) if one.endswith("b")}
    assert min(told["ran"].values()) > 0
    # A look in the learner's folder waits for the page: modules are looked for there last.
    assert told["path"].index("") == len(told["path"]) - 1


def test_each_module_runs_to_its_end(browser, hosted, tmp_path):
    pages = {path.stem for path in (shipped.root() / "course").glob("[0-9]*.ipynb")} - OPENED
    window = Window(browser, tmp_path / "memory")
    for name in (*sorted(pages), "privacy", "record", "team_session"):
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
