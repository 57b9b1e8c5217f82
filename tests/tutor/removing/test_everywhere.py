"""Remove for good: a unique text is planted everywhere, and every byte is looked through."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from place_kit.problems import PlaceKitError
from place_kit.tutor import commands
from place_kit.tutor.desk import backups, extensions, gradebook, late, stopped
from place_kit.tutor.desk.marking_folder import MarkingFolder, url_of
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.intake import arrivals, taking
from place_kit.tutor.marking import autograde
from place_kit.tutor.moderation import moderating
from place_kit.tutor.moderation.records import Moderation, Second
from place_kit.tutor.removing import everywhere, records
from place_kit.tutor.removing.target import Target
from tests.tutor.course import ASSIGNMENT, REFLECT, answer_file, hand_in, right

TEXT = "zq-only-ada-wrote-this-line-zq"
COMMENT = "zq-only-to-ada-was-this-said-zq"
OLDER = "zq-ada-wrote-this-one-before-zq"
ZQ = b"zq-"
ROWS = b"bo,fine\r\nzoe,ada.l is not me\r\n"


def ada(text: str = TEXT, made: str = "2026-11-20T10:00:00Z") -> bytes:
    return hand_in("ada.l", {**right(), REFLECT.id: f"{text}\n\nDòchas is hope."}, made)


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return made.getvalue()


def comment(folder: MarkingFolder, learner: str, words: str) -> None:
    with gradebook.opened(folder.db_url) as book:
        grade = book.find_grade("rubric", "cases", ASSIGNMENT, learner)
        grade.manual_score, grade.needs_manual_grade = 9, False
        book.find_comment("rubric", "cases", ASSIGNMENT, learner).manual_comment = words
        book.db.commit()


def _of(drawn: Moderation, learner: str) -> list[int]:
    return [one.number for one in drawn.scripts().values() if one.learner == learner]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory, pristine: Path) -> MarkingFolder:
    """Ada's text in every place there is, and Bo's and Cy's work beside it."""
    root = tmp_path_factory.mktemp("planted") / "marking"
    shutil.copytree(pristine, root)
    folder = MarkingFolder.open(root)
    inbox = tmp_path_factory.mktemp("inbox")
    moodle = "Ada Lovelace_123_assignsubmission_file_/"
    files = {
        f"{ASSIGNMENT}__ada.l.json": ada(OLDER, "2026-11-19T10:00:00Z"),
        "class.zip": zipped(
            {
                f"{moodle}{ASSIGNMENT}__ada.l.json": ada(),
                f"{moodle}notes.txt": TEXT.encode(),
                f"{ASSIGNMENT}__bo.json": hand_in("bo"),
                "more.zip": zipped({"x.json": ada(), "y.json": hand_in("cy")}),
            }
        ),
        "only-ada.zip": zipped({"a.json": ada()}),
        "broken.json": ada().replace(b'"version": 1', b'"version": 9'),
        f"ada.l/{ASSIGNMENT}/answers.json": answer_file({**right(), REFLECT.id: TEXT}),
        f"cy/{ASSIGNMENT}/answers.json": answer_file({**right(), REFLECT.id: "Cy's."}),
    }
    for name, raw in files.items():
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_bytes(raw)
    taking.collect(inbox, root)
    assert autograde.run(folder).failed == []
    comment(folder, "ada.l", COMMENT)
    comment(folder, "bo", "Well asked, Bo.")
    drawn = moderating.draw(folder, ASSIGNMENT, percent=100).moderation
    drawn.add([Second(one, 2, 9, 2, COMMENT, "T. Two", "") for one in _of(drawn, "ada.l")])
    backups.make(folder)
    shutil.copyfile(folder.gradebook, backups.folder_of(folder) / "before-restore-x.db")
    (backups.folder_of(folder) / "damaged.db").write_bytes(b"SQLite " + TEXT.encode() * 9)
    commands.feedback(root)
    # Said once and taken back: the old words stay in a free page of the database.
    with gradebook.opened(folder.db_url) as book:
        book.find_comment("rubric", "cases", ASSIGNMENT, "ada.l").manual_comment = COMMENT * 300
        book.db.commit()
        book.find_comment("rubric", "cases", ASSIGNMENT, "ada.l").manual_comment = COMMENT
        book.db.commit()
    taking.take_all(folder, [arrivals.Arrival("h.json", hand_in("eve", {REFLECT.id: "Eve's."}))])
    found = folder.held / "found-in-submitted-x" / "ada.l" / ASSIGNMENT
    found.mkdir(parents=True)
    (found / "notes.txt").write_text(TEXT)
    (root / "mark.log").write_text(f"--- {ASSIGNMENT} of ada.l\nValueError: {TEXT}\n")
    (root / "place-kit.toml").write_text(f'[deadlines]\n"{ASSIGNMENT}" = 2026-11-01\n')
    late.grant(folder, "ada.l", ASSIGNMENT, days=40)
    late.grant(folder, "bo", ASSIGNMENT, days=40)
    for name, raw in {
        "return/ada.l/03_cases.html": TEXT.encode(),
        "return/ada.l.zip": zipped({"03_cases.html": TEXT.encode()}),
        "return/all.zip": zipped({"ada.l/x.html": TEXT.encode(), "bo/x.html": b"Bo's"}),
        "return/bo/03_cases.html": b"Bo's",
        "grades.csv": b"id,note\r\nada.l,%s\r\n%s" % (TEXT.encode(), ROWS),
        "roster.json": json.dumps(
            {"platforms": {"canvas": {"ada.l": {"Student": TEXT}, "bo": {"Student": "Ek"}}}}
        ).encode(),
        "cohort.ipynb": json.dumps(
            {"cells": [{"cell_type": "code", "outputs": ["Ada Lovelace", TEXT]}]}
        ).encode(),
        "results/cohort.html": TEXT.encode(),
        "badges/badge-ada.l.jwt": TEXT.encode(),
        "badges/badge-bo.jwt": b"Bo's",
        "submitted/.write-half": TEXT.encode(),
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(raw)
    return folder


@pytest.fixture
def folder(planted: MarkingFolder, tmp_path: Path) -> MarkingFolder:
    shutil.copytree(planted.root, tmp_path / "marking")
    return MarkingFolder.open(tmp_path / "marking")


def unpacked(raw: bytes) -> list[bytes]:
    found = [raw]
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for name in archive.namelist():
                found += [name.encode(), *unpacked(archive.read(name))]
    return found


def holding(folder: MarkingFolder, words: bytes) -> set[str]:
    """Where some bytes stand, in any file, packed or not, or in its name."""
    return {
        path.relative_to(folder.root).as_posix()
        for path in folder.root.rglob("*")
        if words in path.relative_to(folder.root).as_posix().encode()
        or (path.is_file() and any(words in raw for raw in unpacked(path.read_bytes())))
    }


def rows(folder: MarkingFolder, database: Path, *but: str) -> list[tuple[object, ...]]:
    """Everything in a gradebook that is not some learner's."""
    with gradebook.opened(url_of(database)) as book:
        return [
            (one.student.id, grade.name, grade.score, [c.comment for c in notebook.comments])
            for one in book.assignment_submissions(ASSIGNMENT)
            if one.student.id not in but
            for notebook in one.notebooks
            for grade in notebook.grades
        ]


def others_files(folder: MarkingFolder) -> dict[str, bytes]:
    own = {"submitted", "autograded", "feedback", "attempts", "return"}
    return {
        path.relative_to(folder.root).as_posix(): path.read_bytes()
        for path in folder.root.rglob("*")
        if path.is_file()
        and path.relative_to(folder.root).parts[0] in own
        and path.relative_to(folder.root).parts[1] in ("bo", "cy")
    }


def test_the_text_was_in_every_place(planted):
    places = {name.split("/")[0] for name in holding(planted, ZQ)}
    assert places == {
        *("received", "submitted", "attempts", "autograded", "feedback", "held", "return"),
        "badges",
        *("results", "backups", "gradebook.db", "mark.log"),
        *("grades.csv", "roster.json", "cohort.ipynb", "moderation"),
    }
    assert len(holding(planted, TEXT.encode()) & {*holding(planted, b"PK")}) >= 3
    with closing(sqlite3.connect(planted.gradebook)) as book:
        assert book.execute("PRAGMA freelist_count").fetchone()[0] > 0


def test_nothing_of_it_is_left_in_any_byte(folder):
    before, mine = others_files(folder), rows(folder, folder.gradebook, "ada.l")
    done = everywhere.remove(folder, "ada.l")
    assert holding(folder, ZQ) == set()
    assert holding(folder, b"ada.l") - {"grades.csv"} == set()
    assert (done.unknown, done.whole, done.left) == ([], [], [])
    assert [path.name for path in done.lost] == ["damaged.db"]
    # Nobody else has lost a thing.
    assert others_files(folder) == before
    assert len(before) > 10
    assert rows(folder, folder.gradebook) == mine
    for copy in backups.folder_of(folder).glob("*.db"):
        assert backups.damage_of(copy, thoroughly=True) == ""
    assert [*gradebook.roster(folder)] == ["bo", "cy"]
    assert [*extensions.granted(folder)] == [("bo", ASSIGNMENT)]
    assert [path.name for path in folder.held.glob("*.json")] == [f"{ASSIGNMENT}__eve.json"]
    assert len(_of(Moderation(folder, ASSIGNMENT), "bo")) == 1
    assert len([*folder.root.glob("moderation/*/for-second-tutor/*.html")]) == 1
    assert [path.name for path in folder.root.glob("badges/*")] == ["badge-bo.jwt"]
    assert '"bo": {' in (folder.root / "roster.json").read_text()
    assert (folder.root / "grades.csv").read_bytes() == (b"id,note\r\n" + ROWS)


def test_what_came_in_one_zip_with_hers_is_still_there(folder):
    everywhere.remove(folder, "ada.l")
    (left,) = folder.received.glob("*/*.zip")
    with zipfile.ZipFile(left) as archive:
        assert sorted(archive.namelist()) == [f"{ASSIGNMENT}__bo.json", "more.zip"]
        with zipfile.ZipFile(io.BytesIO(archive.read("more.zip"))) as inner:
            assert inner.namelist() == ["y.json"]
            assert json.loads(inner.read("y.json"))["learner"] == "cy"
    assert len([*folder.received.glob("*/*answers.json")]) == 1


def test_the_log_says_that_it_happened_and_not_whose_it_was(folder):
    everywhere.remove(folder, "ada.l")
    said = (folder.root / everywhere.LOG).read_text()
    assert said.count("all work of one learner") == 2
    assert "ada" not in said


def test_marking_goes_on_as_before(folder):
    everywhere.remove(folder, "ada.l")
    run = autograde.run(folder)
    assert (run.marked, run.failed, run.moved, run.unchanged) == ([], [], (), 2)


@pytest.mark.parametrize("step", range(12))
def test_stopped_at_any_step_it_is_run_again_and_completes(folder, step, monkeypatch):
    real = everywhere._Run.steps

    def stopping(run):
        def stop():
            raise KeyboardInterrupt

        found = real(run)
        assert len(found) == 12
        return (*found[:step], stop)

    monkeypatch.setattr(everywhere._Run, "steps", stopping)
    with pytest.raises(KeyboardInterrupt):
        everywhere.remove(folder, "ada.l")
    monkeypatch.setattr(everywhere._Run, "steps", real)
    everywhere.remove(folder, "ada.l")
    assert holding(folder, ZQ) == set()
    assert [*gradebook.roster(folder)] == ["bo", "cy"]


def test_one_assignment_goes_and_its_learner_stays(folder):
    other = folder.submitted / "ada.l" / "99_other"
    other.mkdir()
    (other / "x").write_text("kept")
    everywhere.remove(folder, "ada.l", ASSIGNMENT)
    assert holding(folder, ZQ) == {"roster.json"}  # she is still on it
    assert (other / "x").read_text() == "kept"
    assert [*gradebook.roster(folder)] == ["ada.l", "bo", "cy"]
    assert not (folder.submitted / "ada.l" / ASSIGNMENT).exists()
    assert f"one learner's {ASSIGNMENT}" in (folder.root / everywhere.LOG).read_text()


def test_an_id_that_begins_another_takes_nothing_of_theirs(folder):
    gradebook.enrol(folder, [Learner("ada")])
    before, files = holding(folder, TEXT.encode()), others_files(folder)
    everywhere.remove(folder, "ada")
    made_anew = {"submitted/.write-half", "mark.log", "results/cohort.html", "cohort.ipynb"}
    assert holding(folder, TEXT.encode()) == before - made_anew - {"backups/damaged.db"}
    assert others_files(folder) == files
    assert "ada.l" in gradebook.roster(folder)


@pytest.mark.parametrize("name", ["answers", "cases", "03_cases", "submitted", "timestamp", "zip"])
def test_an_id_that_is_also_the_name_of_a_file_takes_nobody_elses_work(folder, name):
    gradebook.enrol(folder, [Learner(name)])
    before, came = others_files(folder), sorted(folder.received.glob("*/*"))
    everywhere.remove(folder, name)
    assert others_files(folder) == before
    assert sorted(folder.received.glob("*/*")) == came
    assert (folder.exercises / ASSIGNMENT / "cases.ipynb").exists()
    assert (folder.solutions / ASSIGNMENT / "cases.ipynb").exists()


def test_what_lies_beside_hers_in_a_folder_of_all_is_not_hers(folder):
    place = next(folder.received.iterdir())
    left = place / f"{'c' * 16}.all.zip"
    members = {
        f"all/{ASSIGNMENT}__ada.l.json": ada(),
        "all/photo.txt": b"Bo's",
        "7 - Ada Lovelace - Nov 20/x.json": ada(),
        "7 - Ada Lovelace - Nov 20/notes.txt": TEXT.encode(),
    }
    left.write_bytes(zipped(members))
    everywhere.remove(folder, "ada.l")
    with zipfile.ZipFile(left) as archive:
        assert archive.namelist() == ["all/photo.txt"]


def test_a_zip_that_cannot_be_read_goes_whole_if_it_names_her_and_is_told_if_not(folder):
    place = next(folder.received.iterdir())
    for name, member in (("a" * 16, f"{ASSIGNMENT}__ada.l.json"), ("b" * 16, "x.json")):
        (place / f"{name}.some.zip").write_bytes(zipped({member: b"x" * 500})[:-30])
    done = everywhere.remove(folder, "ada.l")
    assert [path.name[0] for path in done.whole] == ["a"]
    assert [path.name[0] for path in done.unknown] == ["b"]
    assert not done.whole[0].exists()
    assert done.unknown[0].exists()


def test_a_line_that_is_left_somewhere_is_told(folder, capsys):
    (folder.root / "my-notes.txt").write_text(f"Ada: {TEXT}")
    assert commands.remove("ada.l", folder.root, sure=True) == 1
    assert "my-notes.txt" in capsys.readouterr().out


def test_what_was_put_into_submitted_by_hand_is_not_in_the_way(folder):
    (folder.submitted / "answers.json").write_text("{}")
    (folder.submitted / "bo" / "99_other" / "answers.json").mkdir(parents=True)
    everywhere.remove(folder, "ada.l")
    assert holding(folder, ZQ) == set()


def test_work_whose_marking_is_stopped_is_not_removed(folder):
    stopped.stop(folder, "ada.l", ASSIGNMENT, by="T. Utor")
    with pytest.raises(PlaceKitError, match="safeguarding procedure first"):
        everywhere.remove(folder, "ada.l")
    assert (folder.submitted / "ada.l").is_dir()


@pytest.mark.parametrize("learner", ["nobody", "..", "", "../bo", "*"])
def test_a_name_that_nobody_has_removes_nothing(folder, learner):
    before = holding(folder, ZQ)
    with pytest.raises(PlaceKitError, match="to remove here"):
        everywhere.remove(folder, learner)
    assert holding(folder, ZQ) == before


@pytest.mark.parametrize("typed", ["", "ada", "bo"])
def test_the_id_is_typed_to_confirm(folder, monkeypatch, typed, capsys):
    monkeypatch.setattr("builtins.input", lambda prompt: typed)
    with pytest.raises(PlaceKitError, match="Nothing was erased"):
        commands.remove("ada.l", folder.root)
    assert (folder.submitted / "ada.l").is_dir()
    monkeypatch.setattr("builtins.input", lambda prompt: "ada.l")
    assert commands.remove("ada.l", folder.root) == 0
    assert "Out of our reach" in capsys.readouterr().out


def test_a_gradebook_in_use_keeps_no_free_pages_unsaid(folder, monkeypatch):
    real = sqlite3.connect
    monkeypatch.setattr(
        "place_kit.tutor.removing.records.sqlite3.connect",
        lambda *args, **how: real(*args, **{**how, "timeout": 0}),
    )
    nobody = Target("nobody")
    with closing(real(folder.gradebook)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM student").fetchone()
        with pytest.raises(PlaceKitError, match="may still stand in free pages"):
            records.erase_from_gradebook(folder.gradebook, nobody)
    records.erase_from_gradebook(folder.gradebook, nobody)
    with closing(real(folder.gradebook)) as book:
        assert book.execute("PRAGMA freelist_count").fetchone() == (0,)
