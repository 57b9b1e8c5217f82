"""Questions and answers in print: readable, complete, and never markup of a learner's."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.ask._html import NOT_SHOWN, clean, printed, problem
from tests.conftest import GOOD, KINDS, question

ATTACK = "<img src=x onerror=alert(1)> **bold** </div> \u202egnp.exe\x1b[31m"


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        assert {name for name, _ in attrs} <= {"class", "style"}


def tags(text):
    parser = Tags()
    parser.feed(text)
    return parser.found


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_prints_with_its_answer_in_words(kind):
    shown = printed(question(kind), GOOD[kind])
    for text in (shown.html, shown.text):
        assert f"A question to {kind}" in text
        assert "Not answered" not in text
    said = {"reflect": "I thought.", "plan": "2026-12-01", "rate": "5", "number": "70 per cent"}
    expected = said.get(kind, {"order": "place 1"}.get(kind, "chosen" if "choose" in kind else "b"))
    assert expected in shown.html
    assert expected in shown.text


@pytest.mark.parametrize("kind", KINDS)
def test_an_unanswered_question_says_so(kind):
    shown = printed(question(kind), None)
    assert "Not answered." in shown.html
    assert "Not answered." in shown.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_printed_without_its_answer_does_not_say_that_it_is_unanswered(kind):
    assert "ot answered" not in printed(question(kind), NOT_SHOWN).text


@pytest.mark.parametrize(
    ("kind", "value"),
    [("reflect", ATTACK), ("plan", [{"action": ATTACK}]), ("number", ATTACK[:40])],
)
def test_a_learners_markup_is_shown_and_never_used(kind, value):
    shown = printed(question(kind), value)
    assert "&lt;img" in shown.html
    assert tags(shown.html) <= {"div", "p", "strong", "em", "ul", "li", "blockquote"}
    assert "\u202e" not in shown.html + shown.text
    assert "\x1b" not in shown.html + shown.text


def test_lines_of_a_reflection_are_kept():
    assert "one\n\ntwo" in printed(question("reflect"), "one\r\n\r\ntwo").html


@pytest.mark.parametrize("value", ["z", 7, ["a"], {"x": []}])
def test_an_answer_that_does_not_fit_is_said_and_not_shown(value):
    shown = printed(question("choose_one"), value)
    assert "cannot be shown" in shown.text
    assert "Not answered." in shown.text


def test_a_problem_is_escaped_too():
    assert "&lt;b&gt;" in problem("<b>").html


@given(st.text())
def test_no_text_of_a_learner_makes_a_tag(text):
    assert tags(printed(question("reflect"), text).html) <= {
        "div", "p", "strong", "em", "ul", "li", "blockquote",
    }  # fmt: skip


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)
