"""The tutor's JupyterLab in a real browser: formgrader, alone on this machine."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from place_kit.learner.lab import free_port
from place_kit.tutor.desk import _server, gradebook
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.intake import taking
from place_kit.tutor.marking import autograde
from tests.learner.test_browser import Watched, shot
from tests.tutor.course import ASSIGNMENT, REFLECT, SECRET, hand_in, right
from tests.tutor.hostile import CANARY, TEXTS

# The command as it is typed, with a small course in place of the whole one.
TYPED = """
import sys
from pathlib import Path
from place_kit import cli
from place_kit.tutor.desk import course_files
course_files.solutions = lambda: Path(sys.argv[1])
sys.exit(cli.main(sys.argv[2:]))
"""
HOSTILE = "\n\n".join(TEXTS.values()).encode("utf-8", "ignore").decode()  # no half characters


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, pristine: Path) -> MarkingFolder:
    """A folder with two submissions, marked by rule: a plain one, and one full of markup."""
    place = tmp_path_factory.mktemp("desk")
    shutil.copytree(pristine, place / "marking")
    (place / "inbox").mkdir()
    for learner, text in (("ada.l", "I asked."), ("bo", HOSTILE)):
        raw = hand_in(learner, right() | {REFLECT.id: text})
        (place / "inbox" / f"{learner}.json").write_bytes(raw)
    folder = MarkingFolder.open(place / "marking")
    gradebook.enrol(folder, [Learner("bo", "<img src=x onerror='window.hostile = 6'>", "Ek")])
    taking.collect(place / "inbox", folder.root)
    assert len(autograde.run(folder).marked) == 2
    return folder


@pytest.fixture(scope="module")
def address(marked: MarkingFolder, solutions: Path) -> Iterator[str]:
    port = str(free_port(9700))
    typed = ["tutor", str(marked.root), "--no-browser", "--port", port]
    terminal = subprocess.Popen(
        [sys.executable, "-c", TYPED, str(solutions), *typed],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"JUPYTER_CONFIG_DIR": "/nonexistent"},
    )
    said = ""
    for line in terminal.stdout or ():
        said += line
        if line.startswith("To stop"):
            break
    found = re.search(r"http://\S+", said)
    assert found, said
    yield found[0]
    terminal.send_signal(signal.SIGINT)
    rest, _ = terminal.communicate(timeout=30)
    assert "Stopping. Marks are saved." in rest
    assert "Traceback" not in said + rest


@pytest.fixture
def formgrader(browser: Any, address: str) -> Iterator[Any]:
    """Formgrader as it opens inside JupyterLab."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watched = Watched(context.new_page(), course=None)  # type: ignore[arg-type]
    watched.page.goto(address)
    frame = watched.page.frame_locator("#formgrader iframe")
    frame.get_by_role("link", name=ASSIGNMENT).first.wait_for()
    yield frame
    context.close()
    assert watched.outside == []
    assert watched.errors == []


def open_script(frame: Any, learner: str) -> Any:
    """Go to a learner's script by the links a tutor follows."""
    frame.get_by_role("link", name="Manual Grading").click()
    frame.get_by_role("link", name=ASSIGNMENT).click()
    frame.get_by_role("link", name="cases", exact=True).click()
    frame.get_by_role("button", name="Show All Names").click()
    frame.get_by_role("row").filter(has_text=learner).get_by_role("link").first.click()
    frame.locator("#rubric.needs_manual_grade, #rubric").wait_for()
    return frame


@pytest.mark.browser
@pytest.mark.slow
def test_a_reflection_is_read_beside_its_mark_scheme_and_marked_with_a_comment(formgrader, marked):
    script = open_script(formgrader, "Lovelace")
    piece, scheme = script.get_by_text("I asked."), script.get_by_text(SECRET, exact=True)
    points, comment = script.locator("#rubric"), script.locator("#rubric-comment")
    points.focus()
    points.page.wait_for_timeout(1200)  # formgrader glides to what is in focus
    shot(points.page, "formgrader")
    left, right = piece.bounding_box(), scheme.bounding_box()
    assert left["x"] + left["width"] <= right["x"], "they stand side by side"
    for part in (piece, scheme, points, comment):
        box = part.bounding_box()
        assert 0 <= box["y"] <= 900 - box["height"], part
    assert script.locator(".code_cell .input_area:visible").count() == 0
    with points.page.expect_response(lambda said: "/api/grade/" in said.url and said.ok):
        points.fill("8")
        points.press("Tab")
    with points.page.expect_response(lambda said: "/api/comment/" in said.url and said.ok):
        comment.fill("Whom did you ask?")
        comment.press("Tab")
    kept = gradebook.scores(marked.db_url, ASSIGNMENT, "cases", "ada.l")["rubric"]
    assert (kept.points, kept.waiting, kept.comment) == (8, False, "Whom did you ask?")


@pytest.mark.browser
@pytest.mark.slow
def test_markup_in_a_reflection_stays_text_in_formgrader(formgrader):
    script = open_script(formgrader, "Ek")
    piece = script.locator("blockquote > div").last
    assert "{{ 7*7 }}" in piece.inner_text()
    assert "<script>window.hostile=1</script>" in piece.inner_text()
    assert piece.locator("*").count() == 0, "it is text, and nothing else"
    body = script.locator("body")
    assert body.evaluate(f"() => {CANARY}") is None
    for made in (
        "iframe",
        "svg",
        "img",
        "form",
        "base",
        "a[href^=javascript]",
        "textarea + script",
    ):
        assert script.locator(made).count() == 0, made
    script.get_by_role("link", name="Manual Grading").click()
    script.get_by_role("link", name="Manage Students").click()
    script.get_by_text("window.hostile = 6").first.wait_for()
    assert script.locator("body").evaluate(f"() => {CANARY}") is None


@pytest.mark.browser
@pytest.mark.slow
def test_a_page_may_show_widgets_and_fetch_nothing_from_elsewhere(browser, address):
    page = browser.new_page()
    stopped: list[str | None] = []
    page.on("requestfailed", lambda request: stopped.append(request.failure))
    page.goto(address)
    module = "URL.createObjectURL(new Blob(['export default 7'], {type: 'text/javascript'}))"
    assert page.evaluate(f"import({module}).then(made => made.default)") == 7  # as anywidget does
    stopped.clear()
    there = "https://example.org/"
    refused = f"fetch('{there}').then(() => 'came', () => 'refused')"
    assert page.evaluate(refused) == "refused"
    image = f"Object.assign(new Image(), {{onerror: () => done('refused'), src: '{there}'}})"
    assert page.evaluate(f"new Promise(done => document.body.append({image}))") == "refused"
    assert set(stopped) == {"csp"}  # by the page's own policy, before anything is sent
    page.close()


@pytest.mark.slow
def test_nbgraders_own_commands_work_in_the_folder(marked):
    command = [sys.executable, "-m", "nbgrader", "db", "student", "list"]
    done = subprocess.run(command, cwd=marked.root, capture_output=True, text=True)
    assert done.returncode == 0
    assert "ada.l (Lovelace, Ada)" in done.stdout + done.stderr


def test_the_server_is_for_this_machine_and_lets_a_page_ask_no_other(tmp_path):
    config = _server.server_config(tmp_path, 8888)
    assert config["ServerApp"]["ip"] == "127.0.0.1"
    assert config["ServerApp"]["root_dir"] == str(tmp_path)
    assert config["LabApp"]["news_url"] is None
    said = config["ServerApp"]["tornado_settings"]["headers"]["Content-Security-Policy"]
    sources = {word for part in said.split("; ") for word in part.split()[1:]}
    assert {one for one in sources if "//" in one} == {"ws://127.0.0.1:*", "ws://localhost:*"}
    assert "*" not in sources


def test_only_what_marking_needs_is_on():
    off = _server.page_config({"some-assistant", "@jupyter/nbgrader"})["disabledExtensions"]
    assert "some-assistant" in off
    assert "@jupyter/nbgrader" not in off
    assert "@jupyter/nbgrader:course-list" in off
