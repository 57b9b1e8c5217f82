"""Backups of the gradebook, and real damage to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from place_kit.problems import PlaceKitError
from place_kit.tutor import commands
from place_kit.tutor.desk import backups, gradebook, making, restoring
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.files import NoRoomError
from place_kit.tutor.intake import taking
from place_kit.tutor.marking import autograde
from tests.tutor.course import ASSIGNMENT, REFLECT, hand_in, right


def truncate(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garble_the_header(path):
    path.write_bytes(b"not a database!!" + path.read_bytes()[16:])


def empty(path):
    path.write_bytes(b"")


def drop_a_table(path):
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("DROP TABLE grade")
        opened.commit()


DAMAGES = (truncate, garble_the_header, empty, os.unlink, drop_a_table)


def garble_a_page(path):
    raw = bytearray(path.read_bytes())
    raw[4096 * 3 : 4096 * 4] = b"\x5a" * 4096
    path.write_bytes(raw)


@pytest.fixture
def backed_up(marking):
    assert backups.make(marking) is not None
    return marking


def test_a_new_folder_has_a_backup_from_the_start(marking):
    (one,) = backups.listed(marking)
    assert backups.damage_of(one, thoroughly=True) == ""


def test_no_room_for_a_backup_is_said_as_everywhere_and_leaves_no_half_of_one(marking, monkeypatch):
    class Full(sqlite3.Connection):
        def backup(self, *_):
            raise sqlite3.OperationalError("database or disk is full")

    before = backups.listed(marking)
    monkeypatch.setattr(backups, "_connect", lambda path: sqlite3.connect(path, factory=Full))
    with pytest.raises(NoRoomError, match="The disk is full"):
        backups.copy(marking.gradebook, backups.folder_of(marking) / "new.db")
    assert backups.listed(marking) == before
    assert not list(backups.folder_of(marking).glob(".write-*"))


def test_nothing_new_makes_no_second_copy(backed_up, monkeypatch):
    (before,) = backups.listed(backed_up)
    monkeypatch.setattr(backups, "_stamp", lambda: "2999-01-01T000000Z")
    assert backups.make(backed_up) == before
    assert backups.listed(backed_up) == [before]


def test_the_last_ten_are_kept(marking, monkeypatch):
    for year in range(2001, 2015):
        monkeypatch.setattr(backups, "_stamp", lambda year=year: f"{year + 1000}-01-01T000000Z")
        gradebook.enrol(marking, [Learner(f"di-{year}")])
        backups.make(marking)
    names = [path.name for path in backups.listed(marking)]
    assert len(names) == backups.KEPT
    assert names[0] == "gradebook-3014-01-01T000000Z.db"
    assert names == sorted(names, reverse=True)


def test_a_copy_is_whole_while_somebody_writes(marking, tmp_path):
    with closing(sqlite3.connect(marking.gradebook)) as writer:
        writer.execute("UPDATE student SET first_name = 'half'")  # not committed
        backups.copy(marking.gradebook, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert ("half",) not in copy.execute("SELECT first_name FROM student").fetchall()


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_recognised_before_nbgrader_opens_it_and_the_backup_is_offered(backed_up, damage):
    damage(backed_up.gradebook)
    left = backed_up.gradebook.read_bytes() if backed_up.gradebook.exists() else None
    newest = backups.listed(backed_up)[0].name
    for use in (
        lambda: commands.status(backed_up.root),
        lambda: backups.make(backed_up),
        lambda: taking.take_all(backed_up, [taking.Arrival("a", hand_in())]),
        lambda: gradebook.roster(backed_up),
    ):
        with pytest.raises(PlaceKitError, match=newest) as stopped:
            use()
        assert "place-kit restore" in str(stopped.value)
    now = backed_up.gradebook.read_bytes() if backed_up.gradebook.exists() else None
    assert now == left
    assert [path.name for path in backups.listed(backed_up)] == [newest]


def test_a_gradebook_in_use_is_told_whichever_way_nbgrader_tells_it(marking):
    from nbgrader.api import InvalidEntry
    from sqlalchemy.exc import OperationalError

    def fail():
        try:
            raise OperationalError("x", {}, sqlite3.OperationalError("database is locked"))
        except OperationalError:
            raise InvalidEntry("nbgrader's words")  # noqa: B904 (as nbgrader does)

    with pytest.raises(PlaceKitError, match="is in use"), gradebook.opened(marking.db_url):
        fail()
    with pytest.raises(InvalidEntry), gradebook.opened(marking.db_url):
        raise InvalidEntry("of another kind")


def test_damage_deep_inside_is_seen_before_a_marking_run(backed_up):
    garble_a_page(backed_up.gradebook)
    with pytest.raises(PlaceKitError, match="cannot be used"):
        backups.make(backed_up)


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_backup_is_put_back_and_the_damaged_file_kept(backed_up, damage):
    damage(backed_up.gradebook)
    left = backed_up.gradebook.read_bytes() if backed_up.gradebook.exists() else None
    done = restoring.restore(backed_up)
    assert [*gradebook.roster(backed_up)] == ["ada.l", "bo", "cy"]
    assert (done.aside.read_bytes() if done.aside else None) == left


def test_a_journal_of_the_damaged_one_is_never_applied_to_the_backup(backed_up):
    backed_up.gradebook.unlink()
    journal = backed_up.gradebook.with_name("gradebook.db-journal")
    journal.write_bytes(b"x" * 600)
    restoring.restore(backed_up)
    assert not journal.exists()
    assert [*backups.folder_of(backed_up).glob("before-restore-*.db-journal")]


def test_a_damaged_backup_is_passed_over(backed_up):
    later = backups.folder_of(backed_up) / "gradebook-2999-01-01T000000Z.db"
    shutil.copyfile(backed_up.gradebook, later)
    truncate(later)
    truncate(backed_up.gradebook)
    assert restoring.restore(backed_up).backup.name < later.name
    with pytest.raises(PlaceKitError, match="is damaged, too"):
        restoring.restore(backed_up, later.name)


def test_a_whole_gradebook_is_only_given_up_for_a_backup_that_is_named(backed_up):
    (backup,) = backups.listed(backed_up)
    with pytest.raises(PlaceKitError, match="is whole") as stopped:
        restoring.restore(backed_up)
    assert backup.name in str(stopped.value)
    with pytest.raises(PlaceKitError, match="There is no backup"):
        restoring.restore(backed_up, "../gradebook.db")
    assert commands.restore(backed_up.root, backup.name) == 0


def test_without_a_backup_it_says_how_to_begin_again_and_that_works(
    marking, solutions, tmp_path, pristine
):
    shutil.rmtree(backups.folder_of(marking))
    truncate(marking.gradebook)
    with pytest.raises(PlaceKitError, match="There is no backup"):
        restoring.restore(marking)
    for name in ("gradebook.db", "exercises"):
        (marking.root / name).rename(tmp_path / name)
    making.make(marking.root, pristine.parent / "roster.csv", solutions)
    assert [*gradebook.roster(marking)] == ["ada.l", "bo", "cy"]


@pytest.mark.slow
def test_marking_after_a_restore_brings_back_what_the_backup_lacked(marking, capsys):
    def take(raw, day=20):
        arrived = datetime(2026, 11, day, tzinfo=UTC)
        taking.take_all(marking, [taking.Arrival("x", raw, time=arrived)])

    def marks(learner):
        scores = gradebook.scores(marking.db_url, ASSIGNMENT, "cases", learner)
        return {name: (one.points, one.waiting) for name, one in scores.items()}

    take(hand_in())
    autograde.run(marking)
    with gradebook.opened(marking.db_url) as book:
        grade = book.find_grade("rubric", "cases", ASSIGNMENT, "ada.l")
        grade.manual_score, grade.needs_manual_grade = 9, False
        book.db.commit()
    backup = backups.make(marking)
    # All of this is not in the backup: another text of Ada's, and Di with her work.
    take(hand_in(given={**right(), REFLECT.id: "Another."}, made="2026-11-21T10:00:00Z"), day=21)
    gradebook.enrol(marking, [Learner("di", "Di")])
    take(hand_in("di"))
    autograde.run(marking)
    both = {learner: marks(learner) for learner in ("ada.l", "di")}
    truncate(marking.gradebook)
    assert commands.restore(marking.root, backup.name) == 0
    said = capsys.readouterr().out
    assert "Enrolled again, by id alone: di" in said
    assert "of ada.l came later than its mark" in said
    run = autograde.run(marking)
    assert ([one.learner for one in run.marked], run.failed) == (["ada.l", "di"], [])
    assert {learner: marks(learner) for learner in ("ada.l", "di")} == both
    assert both["ada.l"]["rubric"] == (9, True)
