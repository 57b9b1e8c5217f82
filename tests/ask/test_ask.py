"""The two verbs a notebook uses, live and in print, and what they say when something is wrong."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from place_kit import ask, facts
from place_kit.answers import store
from place_kit.ask import _front
from place_kit.ask._html import Printed
from tests.conftest import GOOD, KINDS, question


@pytest.fixture(autouse=True)
def _nobody_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("PLACE_KIT_FORMS", "NBGRADER_EXECUTION", "JPY_SESSION_NAME", "VSCODE_PID"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def asked(monkeypatch):
    """Let `ask.question` find the questions of the tests."""
    known = {one.id: one for one in map(question, KINDS)}
    monkeypatch.setattr(facts, "question", known.__getitem__)
    return known


@pytest.mark.parametrize(
    ("environment", "live"),
    [
        ({}, False),
        ({"JPY_SESSION_NAME": "a.ipynb"}, True),
        ({"VSCODE_PID": "1"}, True),
        ({"JPY_SESSION_NAME": "a.ipynb", "NBGRADER_EXECUTION": "autograde"}, False),
        ({"PLACE_KIT_FORMS": "live", "NBGRADER_EXECUTION": "autograde"}, True),
        ({"PLACE_KIT_FORMS": "static", "JPY_SESSION_NAME": "a.ipynb"}, False),
    ],
)
def test_forms_are_live_where_somebody_can_click(environment, live, monkeypatch):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert _front.is_live() is live


@pytest.mark.parametrize("kind", KINDS)
def test_a_live_question_of_every_kind_is_a_form(kind, asked, monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")
    assert ask.question(f"99_try.{kind}").spec["kind"] == kind


@pytest.mark.parametrize("kind", KINDS)
def test_where_nobody_listens_a_question_prints_with_its_answer_and_no_widget(kind, asked):
    store.AnswerFile("99_try").save(asked[f"99_try.{kind}"], GOOD[kind])
    bundle = ask.question(f"99_try.{kind}")._repr_mimebundle_()
    assert bundle.keys() == {"text/html", "text/plain"}
    assert "Not answered" not in bundle["text/plain"]


def test_printing_leaves_a_damaged_file_where_it_is(asked):
    path = store.file_for("99_try")
    path.parent.mkdir()
    path.write_text("{", encoding="utf-8")
    assert "could not be read" in ask.question("99_try.reflect").text
    assert path.read_text(encoding="utf-8") == "{"


def test_a_wrong_id_is_a_sentence_that_names_the_nearest():
    shown = ask.question("03_cases.denominater")
    assert isinstance(shown, Printed)
    assert "03_cases.denominator" in shown.text


def test_a_fault_of_the_course_is_a_sentence_too(monkeypatch):
    def broken(_):
        raise RuntimeError("<oh>")

    monkeypatch.setattr(facts, "question", broken)
    shown = ask.question("any")
    assert "answers are safe" in shown.text
    assert "<oh>" not in shown.html


def test_the_hand_in_prints_its_rules_where_nobody_listens():
    assert "To make your hand-in file" in ask.hand_in("03_cases").text


def test_printing_loads_no_widget_library():
    code = (
        "import sys; from place_kit import ask; ask.question('03_cases.denominator'); "
        "ask.hand_in('03_cases'); print('ipywidgets' in sys.modules)"
    )
    environment = {**os.environ, "PLACE_KIT_FORMS": "static"}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert run.stdout.strip() == "False"
