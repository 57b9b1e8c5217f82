"""The whole way, for real: a learner's first click, a hand-in, a tutor's mark, the feedback.

The command as people type it, the real JupyterLab in a real Chromium, real nbgrader. The
parts of the way build on each other, so this is one test that tells a story.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from place_kit import facts
from place_kit.answers.store import AnswerFile
from place_kit.author.graded import hidden_marks, perfect
from place_kit.facts.model import Question
from tests.pages import READY, no_barrier, saved, shot, whole

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parent.parent
REFLECTION = (
    "We say that 40 families came. That counts activity. <b>Nobody</b> asked a father what "
    "changed, and I took for granted that coming is wanting. Bidh mi a’ faighneachd. 🌱"
)


class Terminal:
    """A terminal of somebody whose home folder is empty."""

    def __init__(self, home: Path) -> None:
        home.mkdir()
        self.home = home
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")
        } | {"HOME": str(home), "USERPROFILE": str(home)}
        self.course: subprocess.Popen[str] | None = None

    def command(self, *words: str | Path) -> list[str]:
        return [sys.executable, "-m", "place_kit", *map(str, words)]

    def run(self, *words: str | Path) -> str:
        done = subprocess.run(
            self.command(*words),
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Traceback" not in done.stdout + done.stderr
        return done.stdout

    def learn(self) -> str:
        """Start the course, and give the address it prints."""
        self.course = subprocess.Popen(
            self.command("learn", "--no-browser"),
            cwd=self.home,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = ""
        for line in self.course.stdout or ():
            said += line
            if found := re.search(r"http://\S+", line):
                return found[0]
        raise AssertionError(said)

    def stop(self) -> None:
        if self.course and self.course.poll() is None:
            self.course.terminate()
            self.course.communicate(timeout=30)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path / "home")
    yield opened
    opened.stop()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test when it asks for anything outside this machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(60_000)
    outside: list[str] = []
    ours = re.compile(r"(https?|wss?)://127\.0\.0\.1:|data:|blob:|file:")
    page.on("request", lambda request: ours.match(request.url) or outside.append(request.url))
    yield page
    context.close()
    assert outside == []


def ready(page: Any) -> None:
    page.get_by_role("status").filter(has_text=READY).wait_for()


def group(page: Any, question: Question) -> Any:
    """The form of a question on the page, by its visible name."""
    return page.get_by_role("group", name=question.prompt, exact=True)


def give(form: Any, question: Question, value: Any) -> None:
    """Answer a question as a person does, by what they see."""
    option = {one.id: one.text for one in (*question.options, *question.categories)}
    item = {one.id: one.text for one in question.items}
    match question.kind:
        case "choose_one":
            form.get_by_label(option[value], exact=True).check()
        case "choose_several":
            for one in value:
                form.get_by_label(option[one], exact=True).check()
        case "classify" | "match":
            for one, where in value.items():
                form.get_by_label(item[one], exact=True).select_option(label=option[where])
        case "order":
            shown = [one.id for one in question.items]
            for place, one in enumerate(value):
                while shown.index(one) > place:
                    at = shown.index(one)
                    form.get_by_role("button", name=f"Move up: {item[one]}", exact=True).click()
                    shown[at - 1 : at + 1] = shown[at], shown[at - 1]
        case "number" | "reflect":
            form.get_by_role("textbox").fill(value)


def questions() -> dict[str, tuple[Question, dict[str, Any]]]:
    """The rule-marked questions of the exercise, with the calls that mark them."""
    path = ROOT / "solutions" / "03_cases" / "cases.ipynb"
    notebook = nbformat.read(path, as_version=4)
    return {id: (facts.question(id), call) for id, call in hidden_marks(notebook).items()}


def test_from_a_learners_first_click_to_a_tutors_mark(terminal, page, tmp_path):
    # The learner opens the course, and answers by keyboard alone.
    address = terminal.learn()
    mine = terminal.home / "place-based-working"
    page.goto(address)
    ready(page)
    no_barrier(page, ".jp-Notebook")
    shot(page, "journey-welcome")
    first = facts.question("00_welcome.try_it")
    group(page, first).get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    saved(group(page, first))
    answers = AnswerFile("00_welcome", mine / "course" / "answers" / "00_welcome.json")
    assert answers.read().value(first.id) == first.options[0].id

    # After a reload the answer is there again.
    page.reload()
    ready(page)
    assert group(page, first).get_by_role("radio").first.is_checked()

    # Five cases: by click, with reasons at once.
    page.goto(address.replace("00_welcome", "03_cases"))
    ready(page)
    no_barrier(page, ".jp-Notebook")
    shot(page, "journey-cases")
    asked = facts.question("03_cases.denominator")
    form = group(page, asked)
    give(form, asked, "54")
    whole(form).get_by_role("button", name="Check my answer").click()
    whole(form).locator(".pk-verdict").wait_for()

    # The exercise: every question answered, one of them wrong; then handed in.
    page.goto(address.replace("course/00_welcome", "exercises/03_cases/cases"))
    ready(page)
    no_barrier(page, ".jp-Notebook")
    exercise = questions()
    wrong = next(id for id, (one, _) in exercise.items() if one.kind == "number")
    for id, (one, call) in exercise.items():
        form = group(page, one)
        give(form, one, "5" if id == wrong else perfect(one, call["key"]))
        if one.kind == "order":
            keep = whole(form).get_by_role("button", name="Keep this order")
            if keep.count():
                keep.click()
        saved(form)
    reflection = facts.question("03_cases.graded.reflection")
    give(group(page, reflection), reflection, REFLECTION)
    saved(group(page, reflection))
    page.get_by_label("Your learner name or number").fill("Ada L.")
    page.get_by_role("button", name="Make my hand-in file").click()
    handed = mine / "hand-in" / "03_cases__ada-l.json"
    page.get_by_text(handed.name).first.wait_for()
    no_barrier(page, ".jp-Notebook")
    shot(page, "journey-exercise")
    assert handed.exists()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download")).click()
    assert Path(download.value.path()).read_bytes() == handed.read_bytes()
    terminal.stop()

    # The tutor takes it in, marks by rule, and gives the reflection its points in the gradebook.
    roster = tmp_path / "roster.csv"
    roster.write_text("id,first_name,last_name,email\nada-l,Ada,L,\nbo,Bo,M,\n", encoding="utf-8")
    marking = tmp_path / "marking"
    terminal.run("tutor", marking, "--roster", roster, "--no-open")
    assert "bo" in terminal.run("collect", mine / "hand-in", marking)
    terminal.run("mark", marking)

    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{marking / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission("03_cases", "ada-l")
        (notebook,) = submission.notebooks
        total = sum(call["points"] for _, call in exercise.values())
        assert notebook.written_score == 0
        assert notebook.code_score == total - exercise[wrong][1]["points"]
        (task,) = [grade for grade in notebook.grades if grade.cell.type == "TaskCell"] or [
            grade for grade in notebook.grades if grade.needs_manual_grade
        ]
        assert task.needs_manual_grade
        task.manual_score, task.needs_manual_grade = 14, False
        gradebook.db.commit()

    # The learner reads why, on a page that opens with no network.
    terminal.run("feedback", marking)
    written = marking / "feedback" / "ada-l" / "03_cases" / "cases.html"
    html = written.read_text(encoding="utf-8")
    assert "BEGIN HIDDEN" not in html
    assert "<b>Nobody</b>" not in html
    page.goto(written.as_uri())
    assert page.locator("html").get_attribute("lang") == "en-GB"
    page.get_by_text("Bidh mi a’ faighneachd. 🌱").first.wait_for()
    assert exercise[wrong][1]["reasons"]["otherwise"] in page.inner_text("body")
    no_barrier(page, "body")
    shot(page, "journey-feedback", full_page=True)
