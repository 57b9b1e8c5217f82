"""The learner's folder: what was theirs stays theirs."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from place_kit.learner import folder as folders
from place_kit.learner import shipped
from place_kit.problems import PlaceKitError
from tests.learner.conftest import notebook, write_course

CASES = "course/03_cases.ipynb"


def snapshot(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def edit(path: Path, source: str) -> None:
    content = json.loads(path.read_text("utf-8"))
    content["cells"][0]["source"] = source
    path.write_text(json.dumps(content), encoding="utf-8")


def as_jupyterlab_saves(path: Path) -> None:
    """Outputs, counts, view settings, and sources as lists of lines."""
    content = json.loads(path.read_text("utf-8"))
    content["metadata"]["widgets"] = {"state": {}}
    content["metadata"]["language_info"]["version"] = "3.99"
    for cell in content["cells"]:
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
        cell["metadata"] |= {"trusted": True, "collapsed": False, "scrolled": True}
        if cell["cell_type"] == "code":
            cell["execution_count"] = 7
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["x\n"]}]
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")


def test_a_first_start_makes_everything_a_learner_needs(source, folder):
    report = folders.make(folder, source=source, course="0.1.0")
    assert set(report.made) == set(shipped.files(source))
    for name in report.made:
        assert (folder / name).read_bytes() == (source / name).read_bytes()
    assert (folder / "course/answers").is_dir()
    assert (folder / "hand-in").is_dir()
    assert report.lines() == [f"Your course folder: {folder}"]


def test_a_second_start_changes_nothing(source, folder):
    folders.make(folder, source=source, course="0.1.0")
    before = snapshot(folder)
    report = folders.make(folder, source=source, course="0.1.0")
    assert (report.made, report.updated, report.kept) == ((), (), ())
    assert snapshot(folder) == before


def test_the_root_is_found_from_anywhere_inside(source, folder, tmp_path):
    folders.make(folder, source=source)
    assert folders.find_root(folder / "exercises/03_cases") == folder
    assert folders.find_root(folder) == folder
    assert folders.find_root(tmp_path) is None


def test_a_file_that_the_learner_never_changed_follows_a_newer_course(source, folder):
    folders.make(folder, source=source, course="0.1.0")
    write_course(source, cases="print('better')")
    report = folders.make(folder, source=source, course="0.2.0")
    assert report.updated == (CASES,)
    assert b"better" in (folder / CASES).read_bytes()
    assert "Brought up to date: course/03_cases.ipynb." in report.lines()


def test_opening_and_saving_a_page_does_not_count_as_changing_it(source, folder):
    folders.make(folder, source=source, course="0.1.0")
    as_jupyterlab_saves(folder / CASES)
    write_course(source, cases="print('better')")
    report = folders.make(folder, source=source, course="0.2.0")
    assert report.updated == (CASES,)
    assert report.kept == ()


def test_a_page_that_the_learner_changed_is_kept_and_the_newer_one_lies_beside_it(source, folder):
    folders.make(folder, source=source, course="0.1.0")
    edit(folder / CASES, "# My own heading")
    mine = (folder / CASES).read_bytes()
    write_course(source, cases="print('better')")
    report = folders.make(folder, source=source, course="0.2.0")
    beside = "course/03_cases (new in 0.2.0).ipynb"
    assert report.kept == ((CASES, beside),)
    assert (folder / CASES).read_bytes() == mine
    assert (folder / beside).read_bytes() == (source / CASES).read_bytes()
    assert any("kept as it is" in line for line in report.lines())


def test_what_was_kept_is_said_once_and_not_at_every_start(source, folder):
    folders.make(folder, source=source, course="0.1.0")
    edit(folder / CASES, "# My own heading")
    write_course(source, cases="print('better')")
    folders.make(folder, source=source, course="0.2.0")
    assert folders.make(folder, source=source, course="0.2.0").kept == ()


def test_a_newer_page_that_the_learner_works_on_is_theirs_too(source, folder):
    folders.make(folder, source=source, course="0.1.0")
    edit(folder / CASES, "# My own heading")
    write_course(source, cases="print('better')")
    folders.make(folder, source=source, course="0.2.0")
    beside = folder / "course/03_cases (new in 0.2.0).ipynb"
    edit(beside, "# Mine as well")
    write_course(source, cases="print('better still')")
    folders.make(folder, source=source, course="0.2.0")
    assert b"Mine as well" in beside.read_bytes()


def test_a_page_that_was_deleted_comes_back(source, folder):
    folders.make(folder, source=source)
    (folder / CASES).unlink()
    assert folders.make(folder, source=source).made == (CASES,)


def test_answers_are_never_touched(source, folder):
    folders.make(folder, source=source, course="0.1.0")
    mine = {
        "course/answers/03_cases.json": b"{",
        "exercises/03_cases/answers.json": b"{}",
        "hand-in/03_cases__ada.json": b"1",
    }
    for name, raw in mine.items():
        (folder / name).write_bytes(raw)
    # not even by a course whose author left answers of their own lying about
    (source / "course/answers").mkdir()
    (source / "course/answers/03_cases.json").write_bytes(b"author")
    (source / "exercises/03_cases/answers.json").write_bytes(b"author")
    write_course(source, cases="print('better')")
    folders.make(folder, source=source, course="0.2.0")
    assert {name: (folder / name).read_bytes() for name in mine} == mine


def test_an_older_course_leaves_a_newer_folder_alone(source, folder):
    folders.make(folder, source=source, course="0.10.0")
    before = snapshot(folder)
    write_course(source, cases="print('older')")
    report = folders.make(folder, source=source, course="0.9.0")
    assert snapshot(folder) == before
    assert "newer course (0.10.0; here is 0.9.0)" in report.notes[0]


def test_a_folder_of_a_later_place_kit_is_refused(source, folder):
    folders.make(folder, source=source)
    path = folder / folders.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": 2}))
    with pytest.raises(PlaceKitError, match="made by a newer place-kit"):
        folders.make(folder, source=source)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff", b'{"version": 1}'])
def test_without_its_list_every_difference_is_taken_for_the_learners(source, folder, damage):
    folders.make(folder, source=source, course="0.1.0")
    (folder / folders.MANIFEST).write_bytes(damage)
    edit(folder / CASES, "# Mine")
    report = folders.make(folder, source=source, course="0.1.0")
    assert [theirs for theirs, _ in report.kept] == [CASES]
    assert b"# Mine" in (folder / CASES).read_bytes()


def test_a_file_that_is_no_notebook_any_more_is_kept(source, folder):
    folders.make(folder, source=source, course="0.1.0")
    (folder / CASES).write_bytes(b"my shopping list")
    write_course(source, cases="print('better')")
    folders.make(folder, source=source, course="0.2.0")
    assert (folder / CASES).read_bytes() == b"my shopping list"


def test_the_code_that_may_run_by_itself_is_all_that_was_ever_shipped_here(source, folder):
    folders.make(folder, source=source, course="0.1.0")
    first = set(folders.known_code(folder))
    edit(folder / CASES, "# My own heading")
    write_course(source, cases="print('better')")
    folders.make(folder, source=source, course="0.2.0")
    assert first < set(folders.known_code(folder))


def test_the_course_itself_is_no_folder_to_work_in(source):
    for name in (".", "course", "exercises"):
        with pytest.raises(PlaceKitError, match="holds the course itself"):
            folders.make(source / name, source=source)


@pytest.mark.parametrize("place", ["course", "exercises", ".place-kit", "hand-in"])
def test_a_file_in_the_place_of_a_folder_is_said(source, folder, place):
    folder.mkdir()
    (folder / place).write_text("in the way")
    with pytest.raises(PlaceKitError, match="a file where the course needs a folder"):
        folders.make(folder, source=source)
    assert (folder / place).read_text() == "in the way"


def test_a_file_with_the_folders_name_is_said(source, tmp_path):
    (tmp_path / "taken").write_text("in the way")
    for name in ("taken", "taken/deeper"):
        with pytest.raises(PlaceKitError, match="a file has that name"):
            folders.make(tmp_path / name, source=source)


def test_a_folder_in_the_place_of_a_page_is_said(source, folder):
    (folder / CASES).mkdir(parents=True)
    with pytest.raises(PlaceKitError, match="a folder where the course has a file"):
        folders.make(folder, source=source)


@pytest.mark.parametrize("place", ["course", "exercises/03_cases", ".place-kit"])
def test_nothing_is_written_through_a_link(source, folder, tmp_path, place):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(PlaceKitError, match="is a link to another place"):
        folders.make(folder, source=source)
    assert list(elsewhere.iterdir()) == []


def test_a_page_that_is_a_link_is_left_as_it_is(source, folder, tmp_path):
    folders.make(folder, source=source, course="0.1.0")
    target = tmp_path / "target.ipynb"
    target.write_text("elsewhere")
    (folder / CASES).unlink()
    (folder / CASES).symlink_to(target)
    write_course(source, cases="print('better')")
    folders.make(folder, source=source, course="0.2.0")
    assert (folder / CASES).is_symlink()
    assert target.read_text() == "elsewhere"


def test_the_learners_own_link_to_their_folder_is_followed(source, folder, tmp_path):
    folder.mkdir()
    (tmp_path / "short").symlink_to(folder, target_is_directory=True)
    assert folders.make(tmp_path / "short", source=source).folder == folder


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EDQUOT, "The disk is full"),
        (errno.EROFS, "Nothing can be written into"),
        (errno.EACCES, "Nothing can be written into"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_a_disk_that_refuses_is_said_in_one_sentence(source, folder, monkeypatch, number, said):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(PlaceKitError, match=said):
        folders.make(folder, source=source)


def test_a_read_only_place_is_said(source, folder, monkeypatch):
    def refuse(self, *_, **__):
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(PlaceKitError, match="Choose a folder of your own"):
        folders.make(folder, source=source)


@pytest.mark.parametrize(("owner", "step"), [(os, "fsync"), (Path, "replace")])
@pytest.mark.parametrize("after", [0, 1, 2, 3, 4])
def test_a_start_that_fails_half_way_loses_nothing_and_can_be_repeated(
    source, folder, monkeypatch, owner, step, after
):
    folders.make(folder, source=source, course="0.1.0")
    edit(folder / "course/00_welcome.ipynb", "# Mine")
    (folder / "course/answers/03_cases.json").write_text("my answers")
    before = snapshot(folder)
    write_course(source, cases="print('better')")
    (source / "course/00_welcome.ipynb").write_text(notebook(("md", "# A new welcome")))
    real, calls = getattr(owner, step), []

    def fail_later(*arguments):
        calls.append(arguments)
        if len(calls) > after:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, fail_later)
        with contextlib.suppress(PlaceKitError):  # if there were that many steps to fail at
            folders.make(folder, source=source, course="0.2.0")
    between = snapshot(folder)
    whole = {**before, **{name: (source / name).read_bytes() for name in shipped.files(source)}}
    for name, raw in before.items():  # each file is the old one or the new one, whole
        assert between[name] in (raw, whole[name]) or name == folders.MANIFEST
    folders.make(folder, source=source, course="0.2.0")
    assert b"better" in (folder / CASES).read_bytes()
    assert b"# Mine" in (folder / "course/00_welcome.ipynb").read_bytes()
    assert (folder / "course/answers/03_cases.json").read_text() == "my answers"
    assert list((folder / ".place-kit/tmp").iterdir()) == []


def test_what_a_killed_start_left_is_cleared_away(source, folder):
    folders.make(folder, source=source)
    (folder / ".place-kit/tmp/123-left").write_text("half")
    folders.make(folder, source=source)
    assert list((folder / ".place-kit/tmp").iterdir()) == []


PAGES = ("course/00_welcome.ipynb", CASES, "exercises/03_cases/cases.ipynb")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.sampled_from(PAGES), st.text(max_size=5)),
        st.tuples(st.just("save"), st.sampled_from(PAGES), st.just("")),
        st.tuples(st.just("delete"), st.sampled_from(PAGES), st.just("")),
        st.tuples(st.just("newer"), st.just(""), st.sampled_from(["a", "b", "c"])),
    ),
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_whatever_happens_no_edit_of_the_learner_is_ever_lost(steps):
    with tempfile.TemporaryDirectory() as scratch:
        source, folder = write_course(Path(scratch, "shipped")), Path(scratch, "mine")
        folders.make(folder, source=source, course="0.1.0")
        edits: dict[str, bytes] = {}
        for number, (step, name, text) in enumerate(steps):
            if step == "edit":
                edit(folder / name, f"# Mine {text}")
                edits[name] = (folder / name).read_bytes()
            elif step == "save" and name not in edits:
                as_jupyterlab_saves(folder / name)
            elif step == "delete":
                (folder / name).unlink()
                edits.pop(name, None)
            elif step == "newer":
                write_course(source, cases=f"print({text!r})")
            folders.make(folder, source=source, course=f"0.1.{number}")
            for edited, raw in edits.items():
                assert (folder / edited).read_bytes() == raw
            for page in PAGES:  # and whoever changed nothing has the newest
                if page not in edits:
                    shipped_now = folders.meaning(page, (source / page).read_bytes())
                    assert folders.meaning(page, (folder / page).read_bytes()) == shipped_now


@given(raw=st.binary(max_size=200))
def test_any_bytes_have_a_meaning(raw):
    assert len(folders.meaning("x.ipynb", raw)) == 64
    assert folders.code_digests(raw) == set()
