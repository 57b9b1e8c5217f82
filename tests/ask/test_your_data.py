"""The page “Your data”: moving and deleting by forms, and what they never leave behind."""

from __future__ import annotations

import base64
import json
import re
from itertools import count

import pytest

from place_kit import ask, show
from place_kit.answers import places, store
from place_kit.ask.your_data import Forget, Move
from tests.answers.folders import GRADED, PRACTICE, answer, at, learner_folder, tree
from tests.ask.bridge import bridge
from tests.ask.test_page import open_form, page, violations, wait_for_status
from tests.learner.test_browser import shot

__all__ = ["page"]  # a fixture
SEQ = count(1)
TEXT = "I went to the allotments and asked who tends them."


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = learner_folder(tmp_path / "home", text=TEXT)
    monkeypatch.chdir(home / "course")
    return home


@pytest.fixture
def other(tmp_path):
    folder = learner_folder(tmp_path / "other", text="Another text, written elsewhere.")
    at(folder, PRACTICE, "2020-01-01T00:00:00Z")
    return folder


def send(form, **wish):
    form.answer = {"seq": next(SEQ), **wish}
    return form.reply


def value(folder, question):
    return store.look(question.set, places.answer_file(folder, question.set)).value(question.id)


def test_a_file_made_on_one_page_is_brought_in_on_another(home, other):
    made = send(Move(), do="export")
    assert made["ok"]
    taken = send(Move(other), do="import", content=made["file"]["content"])
    assert taken["ok"]
    assert taken["headings"][0] == "What"
    assert value(other, PRACTICE) == TEXT
    again = send(Move(other), do="import", content=made["file"]["content"])
    assert "Nothing here had to change." in again["said"]


@pytest.mark.parametrize(
    "content", [None, "%%%", base64.b64encode(b"hello").decode(), {"a": 1}, "é"]
)
def test_what_is_no_export_is_refused_in_words(home, content):
    before = tree(home)
    reply = send(Move(), do="import", content=content)
    assert not reply["ok"]
    assert reply["notice"]
    assert tree(home) == before


def test_nothing_is_deleted_without_the_word(home):
    form = Forget()
    before = tree(home)
    assert "the text" in send(form, do="ask", kind="text", of=PRACTICE.id)["asked"]["words"]
    for typed in ("", "delete", "yes"):
        reply = send(form, do="delete", kind="text", of=PRACTICE.id, typed=typed)
        assert not reply["ok"]
    assert tree(home) == before


@pytest.mark.parametrize("kind", ["text", "set", "all"])
def test_with_the_word_it_is_deleted_and_said(home, kind):
    of = {"text": PRACTICE.id, "set": PRACTICE.set, "all": ""}[kind]
    reply = send(Forget(), do="delete", kind=kind, of=of, typed="DELETE")
    assert reply["ok"]
    assert "deleted for good" in reply["said"]
    assert PRACTICE.id not in {one["id"] for one in reply["texts"]}
    assert value(home, PRACTICE) is None
    assert reply["done"]["deleted"] or reply["done"]["changed"]


@pytest.mark.parametrize(
    "wish", [{}, {"kind": "text"}, {"kind": "none", "of": "x"}, {"kind": "set", "of": "../../x"}]
)
def test_a_wish_that_makes_no_sense_deletes_nothing(home, wish):
    before = tree(home)
    assert not send(Forget(), do="delete", typed="DELETE", **wish)["ok"]
    assert tree(home) == before


def test_what_is_saved_with_the_notebook_holds_nothing_that_was_written(home):
    for form in (Forget(), Move()):
        send(form, do="export")
        data, _ = form._repr_mimebundle_()
        assert "place-kit" in data["text/plain"]
        assert "allotments" not in json.dumps(data)
    assert "allotments" not in show.kept().html()


def test_in_print_it_says_where_to_do_it(home, monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "static")
    assert "place-kit export" in ask.move().text
    assert "place-kit forget" in ask.forget().text


def test_outside_a_course_folder_the_forms_say_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")
    monkeypatch.chdir(tmp_path)
    assert "not in a course folder" in ask.move().text
    assert "Open this page in your course folder" in show.kept().takeaway


def test_the_card_counts_the_real_files(home):
    card = show.kept()
    files = [path for path in home.rglob("*") if path.is_file()]
    assert f"There are {len(files)} files" in card.takeaway
    assert str(home) in card.html()


# --- in the browser -------------------------------------------------------------------------------


@pytest.mark.browser
def test_work_is_moved_on_the_page(home, other, page, tmp_path):
    with bridge() as made:
        made.forms = {"mine": Move(home), "theirs": Move(other)}
        open_form(page, made, "mine")
        with page.expect_download() as download:
            page.get_by_role("button", name="Make the file").click()
            page.get_by_role("link", name="Download place-based-working.zip").click()
        file = tmp_path / "moved.zip"
        download.value.save_as(file)
        open_form(page, made, "theirs")
        page.get_by_role("button", name="Bring it in").click()
        page.get_by_role("alert").filter(has_text="Choose the file first.").wait_for()
        page.get_by_label("Bring in the file of another computer").set_input_files(file)
        page.get_by_role("button", name="Bring it in").press("Enter")
        wait_for_status(page, "Brought in. Nothing that was here is lost.")
        assert page.get_by_role("row").count() >= 4
        assert violations(page) == []
        shot(page, "move")
    assert value(other, PRACTICE) == TEXT


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_text_is_deleted_on_the_page_by_keyboard_in_two_steps(theme, home, page):
    with bridge() as made:
        made.forms = {"forget": Forget(home)}
        open_form(page, made, "forget", theme=theme)
        keys = [f"place-kit:abc:{PRACTICE.id}", f"place-kit:abc:{GRADED.id}"]
        page.evaluate("keys => keys.forEach((key) => localStorage.setItem(key, '{}'))", keys)
        assert page.get_by_text("false").count() == 0
        page.get_by_label(re.compile("I went to the allotments")).first.focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Delete this…").press("Enter")
        page.get_by_label("To go on, type DELETE").wait_for()
        assert page.evaluate("document.activeElement.type") == "text"
        page.keyboard.type("delete")
        page.keyboard.press("Enter")
        page.get_by_role("alert").filter(has_text="Nothing was deleted.").wait_for()
        assert violations(page) == []
        shot(page, f"forget-{theme}")
        page.get_by_label("To go on, type DELETE").fill("DELETE")
        page.keyboard.press("Enter")
        wait_for_status(page, "It is deleted for good.")
        assert value(home, PRACTICE) is None
        assert page.evaluate("Object.keys(localStorage)") == [keys[1]]
        page.get_by_text(re.compile("What was done")).click()
        assert violations(page) == []
        shot(page, f"forgotten-{theme}")


@pytest.mark.browser
def test_thinking_better_of_it_deletes_nothing_and_a_phone_shows_it_all(home, page):
    page.set_viewport_size({"width": 320, "height": 700})
    answer(home, PRACTICE, "W" * 300)
    before = tree(home)
    with bridge() as made:
        made.forms = {"forget": Forget(home), "move": Move(home)}
        open_form(page, made, "forget", "move")
        page.get_by_label("Everything that you made in the course").check()
        page.get_by_role("button", name="Delete this…").click()
        page.get_by_role("button", name="Keep it").click()
        wait_for_status(page, "Nothing was deleted.")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.get_by_label("To go on, type DELETE").count() == 0
    assert tree(home) == before
