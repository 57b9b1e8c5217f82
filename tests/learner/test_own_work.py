"""Export, import and forget, as they are typed."""

from __future__ import annotations

import pytest

from place_kit import cli
from place_kit.answers import handin, places, store
from place_kit.learner import lab, own_work
from place_kit.problems import PlaceKitError
from tests.answers.folders import GRADED, PRACTICE, answer, learner_folder, tree


@pytest.fixture
def home(tmp_path):
    return learner_folder(tmp_path / "home")


@pytest.fixture
def other(tmp_path):
    (tmp_path / "other" / ".place-kit").mkdir(parents=True)
    return tmp_path / "other"


def value(folder, question):
    return store.look(question.set, places.answer_file(folder, question.set)).value(question.id)


def test_work_moves_from_one_folder_to_another(home, other, tmp_path, capsys):
    file = tmp_path / "mine.zip"
    assert cli.main(["export", str(file), "--folder", str(home)]) == 0
    assert cli.main(["import", str(file), "--folder", str(other)]) == 0
    said = capsys.readouterr().out
    assert "What" in said
    assert "Brought up to date" in said
    assert "Nothing that was here is lost." in said
    assert value(other, PRACTICE) == value(home, PRACTICE)
    before = tree(other)
    assert cli.main(["import", str(file), "--folder", str(other)]) == 0
    assert "Nothing here had to change." in capsys.readouterr().out
    assert tree(other) == before


def test_the_folder_one_is_in_is_meant_and_no_notebook_goes_along(home, monkeypatch, capsys):
    (home / "course" / "x.ipynb").write_text("{}")
    monkeypatch.chdir(home / "course")
    assert cli.main(["export", "out.zip"]) == 0
    assert b"ipynb" not in (home / "course" / "out.zip").read_bytes()


def test_an_export_takes_the_place_of_an_older_one_and_of_nothing_else(home, tmp_path, capsys):
    file = tmp_path / "mine.zip"
    assert cli.main(["export", str(file), "--folder", str(home)]) == 0
    answer(home, PRACTICE, "More.")
    assert cli.main(["export", str(file), "--folder", str(home)]) == 0
    file.write_text("my diary")
    assert cli.main(["export", str(file), "--folder", str(home)]) == 1
    assert file.read_text() == "my diary"


def test_another_file_is_refused_with_the_reason(home, tmp_path, capsys):
    (tmp_path / "x.zip").write_text("hello")
    assert cli.main(["import", str(tmp_path / "x.zip"), "--folder", str(home)]) == 1
    assert "not an export" in capsys.readouterr().err
    assert cli.main(["import", str(tmp_path / "none.zip"), "--folder", str(home)]) == 1


def test_outside_a_course_folder_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PlaceKitError, match="not in a course folder"):
        own_work.home(None)


def answering(*words):
    given = iter(words)
    return lambda _: next(given)


def test_a_text_is_chosen_from_a_numbered_list_and_confirmed_by_typing(home, capsys):
    assert own_work.forget(home, ask=answering("1", "DELETE")) == 0
    said = capsys.readouterr().out
    assert "What I thought at first." in said
    assert "It cannot be undone." in said
    assert "deleted for good" in said
    assert value(home, PRACTICE) is None
    assert value(home, GRADED) == "What I thought at first."


@pytest.mark.parametrize("typed", ["", "delete", "yes", "DELET"])
def test_anything_else_typed_deletes_nothing(home, typed, capsys):
    before = tree(home)
    assert own_work.forget(home, all=True, ask=answering(typed)) == 0
    assert "Nothing was deleted." in capsys.readouterr().out
    assert tree(home) == before


@pytest.mark.parametrize("typed", ["0", "99", "x", "-1"])
def test_a_number_that_is_not_in_the_list_deletes_nothing(home, typed):
    before = tree(home)
    with pytest.raises(PlaceKitError, match="not one of the numbers"):
        own_work.forget(home, ask=answering(typed))
    assert tree(home) == before


def test_enter_alone_deletes_nothing(home, capsys):
    assert own_work.forget(home, ask=answering("")) == 0
    assert "Nothing was deleted." in capsys.readouterr().out


def test_scripts_say_what_and_are_not_asked(home, capsys):
    assert cli.main(["forget", str(home), "--text", PRACTICE.id, "--yes"]) == 0
    assert value(home, PRACTICE) is None
    assert cli.main(["forget", str(home), "--part", GRADED.set, "--yes"]) == 0
    assert not places.answer_file(home, GRADED.set).exists()
    assert handin.recall(home) == "ada-l"
    assert cli.main(["forget", str(home), "--all", "--yes"]) == 0
    assert not home.exists()


def test_nobody_there_to_answer_is_said(home, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: PTH123, SIM115
    assert cli.main(["forget", str(home)]) == 1
    assert "--text" in capsys.readouterr().err


def test_while_the_course_is_open_it_asks_to_stop_it_first(home, monkeypatch, capsys):
    monkeypatch.setattr(lab, "running", lambda _: True)
    before = tree(home)
    assert cli.main(["forget", str(home), "--all", "--yes"]) == 1
    assert "Stop it first" in capsys.readouterr().err
    assert tree(home) == before
