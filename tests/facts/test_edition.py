"""Each edition says only what is true in it."""

from __future__ import annotations

import errno
import re
from dataclasses import fields

import pytest

from place_kit import show
from place_kit.answers.files import AnswerFileError, plain_words
from place_kit.ask.your_data import Move
from place_kit.facts import edition
from place_kit.record.form import Files
from tests.answers.folders import learner_folder

DESK = re.compile(r"place-kit |pip |folder|disk\b|terminal|/drive", re.IGNORECASE)


@pytest.fixture
def in_browser(monkeypatch, tmp_path):
    """A learner's folder, as if it were the browser's."""
    home = learner_folder(tmp_path / "drive")
    monkeypatch.chdir(home)
    monkeypatch.setattr(edition, "IN_BROWSER", True)
    return home


def test_in_the_browser_no_word_leads_to_a_folder_or_a_terminal():
    for field in fields(edition.BROWSER):
        assert not DESK.search(str(getattr(edition.BROWSER, field.name))), field.name


def test_your_data_says_where_it_really_is(in_browser):
    card = show.kept().html()
    assert "in this browser, on this computer" in card
    assert not DESK.search(card)
    assert str(in_browser) not in card


def test_on_the_desktop_it_names_the_folder(in_browser, monkeypatch):
    monkeypatch.setattr(edition, "IN_BROWSER", False)
    assert str(in_browser) in show.kept().html()


def test_forms_say_what_to_do_in_this_edition(in_browser):
    assert Move().spec["again"] == "Reload this page."
    record = Files("record", in_browser)
    assert [one["id"] for one in record.spec["formats"]] == ["txt", "csv"]
    assert "Word and PDF" in record.spec["lacking"]


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSPC], ids=["refused", "full"])
def test_what_the_browser_does_not_keep_is_said_without_a_disk(in_browser, code):
    with (
        pytest.raises(AnswerFileError, match="no room left for the course"),
        plain_words(in_browser),
    ):
        raise OSError(code, "no")
