"""The journal: all that was written, in one place and as files, whatever was written."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit import facts
from place_kit.answers import journal, store
from place_kit.answers.written import (
    Earlier,
    Written,
    as_markdown,
    as_text,
    in_words,
    plain,
    written,
)
from place_kit.show import diary
from tests.answers.making import answer, file_of, make_home

TODAY = datetime.date(2026, 11, 28)
EVIL = "<script>alert('x')</script>\n# not a heading\n- *not* a [list](http://example.org)"
LONG = "słowo fàilte 🌱 " * 3_000
ASKED = facts.question("03_cases.how_i_change")


@pytest.fixture
def home(tmp_path):
    return make_home(tmp_path / "mine")


def test_every_reflection_and_plan_is_there_by_module_then_by_date(home, monkeypatch):
    monkeypatch.setattr(store, "now", lambda: "2026-11-23T09:00:00Z")
    answer(home, "03_cases.how_i_change", "Second by date")
    answer(home, graded_of(), "In the exercise")
    answer(home, "01_place_lens.willingness", "From module one")
    answer(home, "03_cases.predict")
    monkeypatch.setattr(store, "now", lambda: "2026-11-22T09:00:00Z")
    answer(home, "03_cases.try_at_work", [{"action": "First", "date": "2026-12-01"}])
    found = written(home)
    assert [(one.part, one.text) for one in found] == [
        ("The place lens", "From module one"),
        ("Five cases", "What I will try: First\nBy when: 1 December 2026"),
        ("Five cases", "Second by date"),
        ("Five cases, the exercise", "In the exercise"),
    ]  # fmt: skip


def graded_of():
    return next(each.id for each in facts.questions_of("03_cases.graded") if each.kind == "reflect")


def test_earlier_versions_are_there_newest_first_and_none_twice(home, monkeypatch):
    for day, text in ((20, "One"), (21, "Two"), (22, "One"), (23, "Three")):
        monkeypatch.setattr(store, "now", lambda day=day: f"2026-11-{day}T09:00:00Z")
        answer(home, ASKED.id, text)
    (one,) = written(home)
    assert one.text == "Three"
    assert one.earlier == (
        Earlier("One", "2026-11-22T09:00:00Z"),
        Earlier("Two", "2026-11-21T09:00:00Z"),
    )


def test_a_text_that_was_emptied_is_still_there_as_it_was(home, monkeypatch):
    monkeypatch.setattr(store, "now", lambda: "2026-11-20T09:00:00Z")
    answer(home, ASKED.id, "Once")
    monkeypatch.setattr(store, "now", lambda: "2026-11-21T09:00:00Z")
    answer(home, ASKED.id, "")
    (one,) = written(home)
    assert (one.text, [each.text for each in one.earlier]) == ("", ["Once"])
    assert "(Now empty.)" in as_text([one], TODAY)


def test_what_another_window_replaced_is_an_earlier_version_too(home):
    file = file_of(home, "03_cases")
    file.save(ASKED, "Mine", seen=0)
    file.save(ASKED, "The other window’s", seen=0)
    assert [each.text for each in written(home)[0].earlier] == ["Mine"]


def test_damaged_files_hide_nothing_else(home):
    answer(home, ASKED.id, "Whole")
    file_of(home, "01_place_lens").path.write_text("damaged", encoding="utf-8")
    path = journal.file_for("03_cases", file_of(home, "03_cases").path)
    path.parent.mkdir()
    path.write_text("damaged", encoding="utf-8")
    assert [one.text for one in written(home)] == ["Whole"]


@pytest.mark.parametrize("text", [EVIL, LONG, "שלום لبنى", "a\x00b\x1b[31m\r\n\u202eend"])
def test_any_text_survives_every_form(text):
    one = Written(ASKED, "Five cases", plain(text), "2026-11-23T09:00:00Z")
    assert one.text in as_text([one], TODAY)
    assert "<script" not in str(diary.texts([one]))
    markdown = as_markdown([one], TODAY)
    assert not re.search(r"(?<!\\)[<\[*]script|(?<!\\)\[list", markdown)
    assert "\x00" not in markdown
    headings = [line for line in markdown.splitlines() if line.startswith("#")]
    assert len(headings) == 3


@given(st.text())
def test_markdown_gives_every_text_back_as_text(text):
    markdown_it = pytest.importorskip("markdown_it")
    tokens = markdown_it.MarkdownIt().parse(
        as_markdown([Written(ASKED, "Part", plain(text) or "x", "")], TODAY)
    )
    inline = {child.type for token in tokens for child in token.children or ()}
    assert inline <= {"text", "text_special", "softbreak", "hardbreak", "em_open", "em_close"}
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h3"]


def test_words_of_an_older_course_are_still_words():
    plan = facts.question("03_cases.try_at_work")
    assert in_words(plan, [{"by": "Friday", "action": "Ask"}]) == "What I will try: Ask\nFriday"
    assert in_words(plan, "Ask on Friday") == "Ask on Friday"


@pytest.mark.parametrize("value", [None, 3, {"a": "b"}, [], [3, "x", {"action": 3}], [{}]])
def test_what_is_no_text_says_nothing(value):
    assert in_words(ASKED, value) == ""


def test_an_export_says_whose_questions_these_are():
    for form in (as_text, as_markdown):
        assert "Fiona Munro" in form([], TODAY)
        assert "CC BY-NC-SA 4.0" in form([], TODAY)
