import errno
import json
import multiprocessing
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given

from place_kit.answers import store
from place_kit.answers.store import AnswerFile, AnswerFileError, DamagedError, file_for, parse
from tests.answers.test_values import json_values
from tests.conftest import GOOD, KINDS, question


@pytest.fixture
def file(tmp_path: Path) -> AnswerFile:
    return AnswerFile("99_try", tmp_path / "answers" / "99_try.json")


def test_a_module_and_an_assignment_have_their_own_files(tmp_path):
    assert file_for("03_cases", tmp_path) == tmp_path / "answers" / "03_cases.json"
    assert file_for("03_cases.graded", tmp_path) == tmp_path / "answers.json"


def test_without_a_file_there_are_no_answers_and_reading_makes_none(file):
    assert file.read().entries == {}
    assert not file.path.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_answered_is_read_back(file, kind):
    file.save(question(kind), GOOD[kind])
    assert file.read().value(f"99_try.{kind}") == GOOD[kind]


def test_the_first_answer_stood_by_and_the_latest_are_kept_with_their_times(file):
    one = question("choose_one")
    file.save(one, "b")
    assert file.read().entries[one.id].first_at == ""
    file.save(one, "b", settle=True)
    file.save(one, "a", settle=True)
    entry = file.read().entries[one.id]
    assert (entry.first, entry.value, entry.settled, entry.saves) == ("b", "a", True, 3)
    assert entry.first_at.endswith("Z")


def test_a_change_after_checking_is_not_settled(file):
    one = question("choose_one")
    file.save(one, "a", settle=True)
    file.save(one, "b")
    assert not file.read().entries[one.id].settled


def test_two_windows_on_different_questions_undo_nothing(file):
    other = AnswerFile("99_try", file.path)
    file.save(question("choose_one"), "a", seen=0)
    other.save(question("reflect"), "Mine.", seen=0)
    assert set(file.read().entries) == {"99_try.choose_one", "99_try.reflect"}


def test_two_windows_on_one_question_keep_both_answers_and_say_so(file):
    text = question("reflect")
    assert file.save(text, "From the first window", seen=0).notice == ""
    saved = file.save(text, "From the second", seen=0)
    assert "another window" in saved.notice
    entry = file.read().entries[text.id]
    assert entry.value == "From the second"
    assert [value for value, _ in entry.kept] == ["From the first window"]


def test_a_damaged_file_is_kept_aside_and_work_goes_on(file):
    file.path.parent.mkdir()
    file.path.write_text('{"format": "place-kit ans', encoding="utf-8")
    answers = file.read()
    assert answers.entries == {}
    (aside,) = file.path.parent.glob("99_try.damaged-*.json")
    assert aside.name in answers.notice
    assert aside.read_text(encoding="utf-8") == '{"format": "place-kit ans'
    file.save(question("choose_one"), "a")
    assert file.read().value("99_try.choose_one") == "a"


def test_a_file_damaged_while_the_page_is_open_is_kept_aside_at_the_next_save(file):
    file.save(question("choose_one"), "a")
    file.path.write_bytes(b"\x00\xff")
    assert "kept as" in file.save(question("choose_one"), "b").notice
    assert len(list(file.path.parent.glob("*.damaged-*.json"))) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b" " * 1_000_001,
        b'{"format": "place-kit answers", "version": 0, "set": "99_try", "answers": {}}',
        b'{"format": "place-kit answers", "version": true, "set": "99_try", "answers": {}}',
        b'{"format": "place-kit answers", "version": 1, "set": "other", "answers": {}}',
        b'{"format": "place-kit answers", "version": 1, "set": "99_try", "answers": {"a": 1}}',
    ],
)
def test_what_is_not_an_answer_file_is_called_damaged(raw):
    with pytest.raises(DamagedError):
        parse(raw, "99_try")


@given(json_values)
def test_no_json_whatever_breaks_the_reader(data):
    wrapped = {"format": store.FORMAT, "version": 1, "set": "s", "answers": {"s.q": data}}
    for candidate in (data, wrapped):
        with suppress(AnswerFileError):
            store.from_json(candidate, "s")


def test_a_newer_version_is_refused_and_left_alone(file):
    file.path.parent.mkdir()
    raw = json.dumps({"format": store.FORMAT, "version": 2, "set": "99_try", "answers": {}})
    file.path.write_text(raw, encoding="utf-8")
    with pytest.raises(AnswerFileError, match="newer version"):
        file.read()
    with pytest.raises(AnswerFileError, match="newer version"):
        file.save(question("choose_one"), "a")
    assert file.path.read_text(encoding="utf-8") == raw


def test_a_link_is_not_followed(file, tmp_path):
    secret = tmp_path / "secret.json"
    secret.write_text("{}", encoding="utf-8")
    file.path.parent.mkdir()
    file.path.symlink_to(secret)
    with pytest.raises(AnswerFileError, match="link"):
        file.read()
    assert secret.read_text(encoding="utf-8") == "{}"


def test_a_folder_in_place_of_the_file_is_said(file):
    file.path.mkdir(parents=True)
    with pytest.raises(AnswerFileError, match="not a plain file"):
        file.read()


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "does not allow changes"), (errno.EIO, "safe")],
)
def test_a_failed_save_says_why_and_leaves_the_last_state(file, monkeypatch, number, words):
    file.save(question("choose_one"), "a")
    before = file.path.read_bytes()

    def fail(handle):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(AnswerFileError, match=words):
        file.save(question("choose_one"), "b")
    assert file.path.read_bytes() == before
    assert not list(file.path.parent.glob("*.tmp"))


def test_what_the_system_refuses_is_said_to_whoever_meets_it(file, monkeypatch):
    """The same words are read under a question and in a terminal, by learners and by others."""

    def refusing(number):
        def refuse(*_):
            raise OSError(number, os.strerror(number))

        return refuse

    for number in (errno.ENOSPC, errno.EROFS, errno.EIO):
        with monkeypatch.context() as broken:
            broken.setattr("os.fsync", refusing(number))
            with pytest.raises(AnswerFileError) as saved:
                file.save(question("choose_one"), "a")
        assert "your answer" not in str(saved.value)
        assert "course folder" not in str(saved.value)
    file.save(question("choose_one"), "a")
    monkeypatch.setattr("os.open", refusing(errno.EACCES))
    with pytest.raises(AnswerFileError, match=r"cannot be read \(Permission denied\)") as read:
        file.read()
    assert "saved" not in str(read.value)


def test_a_file_that_is_full_refuses_more_and_keeps_what_it_has(file):
    for number in range(12):
        file.save(question("reflect", id=f"99_try.r{number}"), "x" * 80_000)
    with pytest.raises(AnswerFileError, match="no room left"):
        file.save(question("reflect", id="99_try.more"), "x" * 80_000)
    assert len(file.read().entries) == 12


def _save_for_ever(path: Path) -> None:
    file = AnswerFile("99_try", path)
    for number in range(10**9):
        file.save(question("reflect"), f"{number} " + "x" * 50_000)


def test_killed_at_any_moment_it_leaves_the_last_complete_state(file):
    for moment in (0.0, 0.003, 0.011, 0.023):
        process = multiprocessing.get_context("fork").Process(
            target=_save_for_ever, args=(file.path,)
        )
        process.start()
        while not (file.path.exists() and b"x" * 50_000 in file.path.read_bytes()):
            time.sleep(0.002)  # on a busy machine it takes its time to begin
        time.sleep(0.05 + moment)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        answers = AnswerFile("99_try", file.path).read()
        assert answers.notice == ""
        assert answers.value("99_try.reflect").endswith("x" * 50_000)
        file.save(question("reflect"), "The lock of the dead does not hold.")


def _save_many(path: Path, name: str) -> None:
    for number in range(25):
        AnswerFile("99_try", path).save(question("reflect", id=f"99_try.{name}{number}"), name)


def test_two_kernels_writing_at_once_lose_nothing(file):
    context = multiprocessing.get_context("fork")
    both = [context.Process(target=_save_many, args=(file.path, name)) for name in "ab"]
    for process in both:
        process.start()
    for process in both:
        process.join()
    assert len(file.read().entries) == 50
