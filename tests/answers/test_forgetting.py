"""Deleted for good is deleted everywhere: every byte of the folder is looked at."""

from __future__ import annotations

import html
import json
import shutil
from pathlib import Path

import pytest

from place_kit.answers import bundle, forgetting, moving, places, store
from place_kit.answers.forgetting import Wish
from place_kit.learner import folder as folders
from place_kit.problems import PlaceKitError
from tests.answers.folders import GRADED, PRACTICE, answer, hand_in, learner_folder, version

SECRET = 'Zwölf "Boxkämpfer" & a heron: nobody else ever wrote this line.'
OTHER = "A second text, of another question, which is to stay."
ROOT = Path(__file__).parents[2]
EXERCISE = store.assignment_of(GRADED.set)


def plant(home, question, text=SECRET):
    """Put a text everywhere that a text can come to lie in a learner's folder."""
    path = places.answer_file(home, question.set)
    answer(home, question, f"{text} An earlier form.")
    store.AnswerFile(question.set, path).save(question, text, seen=99)  # keeps the one before
    version(home, question, text, "2026-01-01T00:00:00Z")
    path.with_name(f"{path.stem}.damaged-2026-01-01T000000Z.json").write_bytes(
        path.read_bytes()[:-9]
    )
    path.with_name(f"{path.stem}.damaged-2026-01-02T000000Z.json").write_bytes(path.read_bytes())
    path.with_name(f".{path.stem}.abc123.tmp").write_bytes(path.read_bytes())
    (home / ".place-kit" / "tmp" / "77-aa").write_text(text, encoding="utf-8")
    journal = places.journal_file(home, question.set)
    journal.with_name(f"{question.set}.full-2026-01-01T000000Z.json").write_bytes(
        journal.read_bytes()
    )
    (home / ".place-kit" / "trials.json").write_text(
        json.dumps({"asked": {question.id: text}, "list": [{"question": question.id, "was": text}]})
    )
    if question.graded:
        hand_in(home, question, "ada-l")
        feedback = home / "feedback" / EXERCISE
        feedback.mkdir(parents=True, exist_ok=True)
        (feedback / "feedback.html").write_text(f"<p>{html.escape(text)}</p>", encoding="utf-8")
        (home / "feedback" / "mine.html").write_text(
            f"<p>{EXERCISE} {html.escape(text)}</p>", encoding="utf-8"
        )
    (home / "record").mkdir(exist_ok=True)
    (home / "record" / "cpd.docx").write_bytes(text.encode())
    (home / "my-work.zip").write_bytes(moving.export(home)[0])
    notebook = {
        "cells": [
            {
                "cell_type": "code",
                "source": "show.plan()",
                "outputs": [{"data": {"text/plain": text}}],
                "execution_count": 1,
            }
        ]
    }
    course = home / "course"
    (course / "03_cases.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (course / places.CHECKPOINTS).mkdir(exist_ok=True)
    (course / places.CHECKPOINTS / "03_cases-checkpoint.ipynb").write_text(json.dumps(notebook))
    log = home / ".place-kit" / "jupyter" / "log.txt"
    log.parent.mkdir(exist_ok=True)
    log.write_text(text, encoding="utf-8")
    (log.parent / "ipython" / "profile_default").mkdir(parents=True, exist_ok=True)
    (log.parent / "ipython" / "profile_default" / "history.sqlite").write_text(text)


def anywhere(folder, text=SECRET):
    """The files in which some form of a text stands."""
    forms = {
        form.encode()
        for form in (
            text,
            html.escape(text),
            json.dumps(text)[1:-1],
            json.dumps(text, ensure_ascii=False)[1:-1],
        )
    }
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    )


@pytest.fixture(params=[PRACTICE, GRADED], ids=["practice", "graded"])
def planted(tmp_path, request):
    home = learner_folder(tmp_path / "home", text=OTHER)
    plant(home, request.param)
    assert len(anywhere(home)) > 12
    return home, request.param


def test_a_text_is_gone_from_every_byte_and_the_others_stay(planted):
    home, question = planted
    other = GRADED if question is PRACTICE else PRACTICE
    done = forgetting.forget(home, Wish("text", question.id))
    assert anywhere(home) == []
    assert done.left == ()
    assert store.look(other.set, places.answer_file(home, other.set)).value(other.id) == OTHER
    assert f"course/answers/{PRACTICE.set}.json" in {
        *done.changed,
        f"course/answers/{other.set}.json",
    }


def test_a_hand_in_keeps_what_else_is_in_it(planted):
    home, question = planted
    forgetting.forget(home, Wish("text", question.id))
    [path] = (home / "hand-in").glob("*.json")
    assert bundle.parse_handin(path.name, path.read_bytes())


def test_all_of_a_module_or_exercise_is_gone(planted):
    home, question = planted
    forgetting.forget(home, Wish("set", question.set))
    assert anywhere(home) == []
    assert not places.answer_file(home, question.set).exists()
    other = GRADED if question is PRACTICE else PRACTICE
    assert store.look(other.set, places.answer_file(home, other.set)).value(other.id) == OTHER


def test_the_log_says_that_it_happened_and_nothing_of_what(planted):
    home, question = planted
    forgetting.forget(home, Wish("text", question.id))
    [line] = (home / forgetting.LOG).read_text("utf-8").splitlines()
    assert "One text of" in line
    assert question.id not in line


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A learner's folder as `place-kit learn` makes it."""
    home = tmp_path_factory.mktemp("made") / "home"
    folders.make(home, source=ROOT)
    return home


def test_all_leaves_nothing_but_what_is_the_learners_own(made, tmp_path):
    home = shutil.copytree(made, tmp_path / "home")
    plant(home, PRACTICE)
    plant(home, GRADED)
    (home / "course" / "my-notes.txt").write_text("mine")
    done = forgetting.forget(home, Wish("all"))
    left = [path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()]
    assert left == ["course/my-notes.txt"]
    assert done.left == ("course/my-notes.txt (yours, so it was left)",)


def test_all_removes_the_folder_too_where_nothing_is_left(made, tmp_path):
    home = shutil.copytree(made, tmp_path / "home")
    plant(home, GRADED)
    forgetting.forget(home, Wish("all"))
    assert not home.exists()


def test_all_leaves_the_pages_while_the_course_is_open(made, tmp_path):
    home = shutil.copytree(made, tmp_path / "home")
    plant(home, PRACTICE)
    own = home / "course" / "journal (my own).ipynb"
    shutil.copy(home / "course" / "journal.ipynb", own)
    done = forgetting.forget(home, Wish("all"), running=True)
    assert anywhere(home) == []
    assert done.left == ("course/journal (my own).ipynb (yours, so it was left)",)
    own.unlink()
    assert (home / "course" / "00_welcome.ipynb").exists()
    assert not list((home / "course" / "answers").glob("*.json"))
    assert folders.make(home, source=ROOT).kept == ()


def test_a_text_in_a_file_of_the_learners_own_is_named_and_left(planted):
    home, question = planted
    (home / "my-notes.txt").write_text(f"To remember: {SECRET}", encoding="utf-8")
    done = forgetting.forget(home, Wish("text", question.id))
    assert done.left == ("my-notes.txt (yours: the words stand in it too)",)
    assert anywhere(home) == ["my-notes.txt"]


def test_a_link_is_never_followed(planted, tmp_path):
    home, question = planted
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.json").write_text(json.dumps({question.id: SECRET}), encoding="utf-8")
    (home / "course" / "answers" / "linked").symlink_to(outside)
    (home / ".place-kit" / "link.json").symlink_to(outside / "x.json")
    forgetting.forget(home, Wish("text", question.id))
    assert anywhere(outside) == ["x.json"]


# --- interrupted -----------------------------------------------------------------------------


class Stop(BaseException):
    pass


def stopping(monkeypatch, after):
    """Stop at a change of the disk: the one after so many."""
    left = [after]

    def count(call):
        def counted(*args, **kwargs):
            left[0] -= 1
            if left[0] < 0:
                raise Stop
            return call(*args, **kwargs)

        return counted

    monkeypatch.setattr(Path, "unlink", count(Path.unlink))
    monkeypatch.setattr(Path, "replace", count(Path.replace))
    monkeypatch.setattr(Path, "rmdir", count(Path.rmdir))


@pytest.mark.parametrize("wish", ["text", "set", "all"])
def test_interrupted_at_any_step_it_is_completed_by_the_next_run(wish, tmp_path):
    made = learner_folder(tmp_path / "made", text=OTHER)
    plant(made, GRADED)
    of = {"text": GRADED.id, "set": GRADED.set, "all": ""}[wish]
    for after in (*range(6), *range(6, 200, 5)):
        home = shutil.copytree(made, tmp_path / f"home-{after}")
        with pytest.MonkeyPatch.context() as patch:
            stopping(patch, after)
            try:
                forgetting.forget(home, Wish(wish, of))
            except Stop:
                pass
            else:
                break
        if (home / forgetting.UNDONE).exists():
            forgetting.finish(home)
        elif home.exists() and anywhere(home):
            forgetting.forget(home, Wish(wish, of))  # stopped before it began
        assert anywhere(home) == []
        assert not (home / forgetting.UNDONE).exists()
        shutil.rmtree(home, ignore_errors=True)
    assert after > 10


def test_a_file_that_cannot_be_deleted_is_named_and_the_next_run_goes_on(planted, monkeypatch):
    home, question = planted
    real = Path.unlink

    def refuse(path, **how):
        if path.suffix == ".docx":
            raise PermissionError(13, "Permission denied", str(path))
        real(path, **how)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with pytest.raises(PlaceKitError, match=r"cpd\.docx could not be deleted"):
            forgetting.forget(home, Wish("text", question.id))
    forgetting.finish(home)
    assert anywhere(home) == []


# --- choosing -------------------------------------------------------------------------------


def test_the_texts_are_listed_with_their_module_date_and_first_words(planted):
    home, question = planted
    listed = {one.id: one for one in forgetting.texts(home)}
    assert listed.keys() == {PRACTICE.id, GRADED.id}
    assert listed[question.id].first.startswith("Zwölf")
    assert len(listed[question.id].first) <= 60
    assert listed[question.id].versions >= 3
    assert listed[question.id].at.startswith("20")


def test_a_text_that_is_only_left_in_a_version_can_still_be_chosen(planted):
    home, question = planted
    places.answer_file(home, question.set).unlink()
    assert question.id in {one.id for one in forgetting.texts(home)}


def test_sets_are_named_as_people_name_them(made, tmp_path):
    home = shutil.copytree(made, tmp_path / "home")
    answer(home, GRADED, "x")
    assert forgetting.sets(home)[GRADED.set].endswith(": exercise")
    assert forgetting.sets(home)[GRADED.set] != f"{EXERCISE}: exercise"


@pytest.mark.parametrize("wish", [Wish("text", "../x"), Wish("set", "nonsense"), Wish("text", "")])
def test_what_is_not_an_id_is_refused(wish, tmp_path):
    home = learner_folder(tmp_path / "home")
    with pytest.raises(PlaceKitError, match="nothing called"):
        forgetting.forget(home, wish)
    assert not (home / forgetting.UNDONE).exists()
