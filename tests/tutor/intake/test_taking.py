import csv
import errno
import json
import os
import shutil
import time
from pathlib import Path

import pytest

from place_kit.answers import store
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import gradebook
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.intake import guard, taking
from place_kit.tutor.marking import autograde
from tests.tutor.course import ASSIGNMENT, CHOICE, REFLECT, SET, answer_file, hand_in, right
from tests.tutor.intake.test_arrivals import zipped

links = pytest.mark.skipif(os.name == "nt", reason="links need special rights on Windows")
OTHER = {**right(), CHOICE.id: CHOICE.options[1].id}


def collect(marking, inbox):
    return [(one.source, one.outcome) for one in taking.collect(inbox, marking.root)]


def reason(marking, inbox):
    (one,) = taking.collect(inbox, marking.root)
    return one.reason


def sent(marking, learner="ada.l"):
    place = marking.submitted / learner / ASSIGNMENT
    return {path.name: path.read_bytes() for path in place.iterdir()}


def value_in(raw, question=CHOICE):
    return store.parse(raw, SET).value(question.id)


def originals(marking):
    return sorted(path.read_bytes() for path in marking.received.glob("*/*"))


def test_a_good_hand_in_becomes_three_plain_files(marking, inbox):
    (inbox / "a.json").write_bytes(hand_in())
    assert collect(marking, inbox) == [("a.json", "taken")]
    files = sent(marking)
    assert set(files) == {"cases.ipynb", "answers.json", "timestamp.txt"}
    assert files["cases.ipynb"] == marking.notebooks()[ASSIGNMENT].read_bytes()
    assert store.parse(files["answers.json"], SET).value(REFLECT.id) == right()[REFLECT.id]
    assert originals(marking) == [hand_in()]
    assert (inbox / "a.json").read_bytes() == hand_in()


def test_the_same_again_is_a_duplicate_and_kept_once(marking, inbox):
    (inbox / "a.json").write_bytes(hand_in())
    (inbox / "b.json").write_bytes(hand_in())
    assert collect(marking, inbox) == [("a.json", "taken"), ("b.json", "duplicate")]
    assert collect(marking, inbox) == [("a.json", "duplicate"), ("b.json", "duplicate")]
    assert originals(marking) == [hand_in()]


def test_a_newer_attempt_replaces_and_the_older_one_is_kept(marking, inbox):
    (inbox / "1.json").write_bytes(hand_in())
    newer = hand_in(given=OTHER, made="2026-11-21T08:00:00Z")
    (inbox / "2.json").write_bytes(newer)
    assert collect(marking, inbox) == [("1.json", "taken"), ("2.json", "replaced")]
    assert value_in(sent(marking)["answers.json"]) == CHOICE.options[1].id
    (kept,) = (marking.attempts / "ada.l" / ASSIGNMENT).glob("*/answers.json")
    assert value_in(kept.read_bytes()) == CHOICE.options[0].id


def test_an_older_attempt_that_comes_later_replaces_nothing_and_is_kept(marking, inbox):
    (inbox / "1.json").write_bytes(hand_in(given=OTHER, made="2026-11-21T08:00:00Z"))
    (inbox / "2.json").write_bytes(hand_in())
    before = collect(marking, inbox)
    assert before == [("1.json", "taken"), ("2.json", "duplicate")]
    assert "a newer attempt" in taking.collect(inbox, marking.root)[1].reason
    assert value_in(sent(marking)["answers.json"]) == CHOICE.options[1].id
    assert len(list((marking.attempts / "ada.l" / ASSIGNMENT).glob("*/answers.json"))) == 1


def test_a_clock_that_runs_ahead_does_not_win_for_ever(marking, inbox):
    (inbox / "1.json").write_bytes(hand_in(made="2099-01-01T00:00:00Z"))
    collect(marking, inbox)
    time.sleep(1.1)  # times are kept to the second
    (inbox / "1.json").write_bytes(hand_in(given=OTHER, made="2099-01-01T00:00:00Z"))
    assert collect(marking, inbox) == [("1.json", "replaced")]


def test_a_learner_who_is_not_on_the_roster_waits_and_is_then_taken(marking, inbox):
    (inbox / "a.json").write_bytes(hand_in("eve"))
    (held,) = taking.collect(inbox, marking.root)
    assert held.outcome == "held"
    assert "not on the roster" in held.reason
    assert not (marking.submitted / "eve").exists()
    (inbox / "a.json").unlink()
    gradebook.enrol(marking, [Learner("eve")])
    assert [one.outcome for one in taking.collect(inbox, marking.root)] == ["taken"]
    assert list(marking.held.iterdir()) == []
    assert value_in(sent(marking, "eve")["answers.json"]) == CHOICE.options[0].id


def test_of_two_held_attempts_the_newer_waits(marking, inbox):
    (inbox / "1.json").write_bytes(hand_in("eve", OTHER, made="2026-11-21T08:00:00Z"))
    (inbox / "2.json").write_bytes(hand_in("eve"))
    collect(marking, inbox)
    (path,) = marking.held.glob("*.json")
    assert json.loads(path.read_bytes())["made"] == "2026-11-21T08:00:00Z"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"{", "not readable as JSON"),
        (b"\xff\xfe\x00", "not readable as JSON"),
        (b"[]", "not a hand-in file"),
        (b"[" * 200_000 + b"]" * 200_000, "not readable as JSON"),
        (hand_in(version=2), "version 2"),
        (
            hand_in(
                assignment="99_other",
                answers=store.to_json(store.Answers("99_other" + store.GRADED)),
            ),
            "no assignment 99_other here (there is: 03_cases)",
        ),
        (hand_in(learner="../../etc"), "does not say its learner"),
        (hand_in(learner=""), "does not say its learner"),
        (hand_in(made="soon"), "does not say its made"),
        (hand_in(answers={"format": "x"}), "answers cannot be used"),
        (hand_in(answers=None), "answers cannot be used"),
        (b" " * 2_000_000, "larger than"),
    ],
)
def test_what_is_no_hand_in_is_refused_with_the_reason(marking, inbox, raw, words):
    (inbox / "x.json").write_bytes(raw)
    assert words in reason(marking, inbox)
    assert list(marking.submitted.iterdir()) == []


def test_one_bad_file_does_not_stop_the_rest(marking, inbox):
    (inbox / "1.json").write_bytes(b"{")
    (inbox / "2.json").write_bytes(hand_in("bo"))
    assert collect(marking, inbox) == [("1.json", "refused"), ("2.json", "taken")]


@links
def test_a_link_is_refused(marking, inbox, tmp_path):
    (tmp_path / "secret.json").write_bytes(hand_in())
    (inbox / "x.json").symlink_to(tmp_path / "secret.json")
    assert "link" in reason(marking, inbox)


@links
def test_nothing_is_written_through_a_link_in_submitted(marking, inbox, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (marking.submitted / "ada.l").symlink_to(tmp_path / "elsewhere")
    (inbox / "x.json").write_bytes(hand_in())
    assert "is a link" in reason(marking, inbox)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_zip_is_kept_as_it_came_and_its_members_are_taken(marking, inbox):
    raw = zipped({"Ada_1_x/a.json": hand_in(), "../b.json": hand_in("bo"), "c.txt": b"hello"})
    (inbox / "all.zip").write_bytes(raw)
    taken = dict(collect(marking, inbox))
    assert taken == {
        "all.zip > Ada_1_x/a.json": "taken",
        "all.zip > ../b.json": "refused",
        "all.zip > c.txt": "refused",
    }
    assert originals(marking) == [raw]


def test_an_nbgrader_folder_gives_its_answers_and_its_time_alone(marking, inbox):
    place = inbox / "ada.l" / ASSIGNMENT
    place.mkdir(parents=True)
    (place / "answers.json").write_bytes(answer_file(right()))
    (place / "cases.ipynb").write_bytes(b'{"cells": "not ours"}')
    (place / "place_kit.py").write_bytes(b"raise SystemExit")
    (place / "timestamp.txt").write_text("2026-11-20 09:30:00 UTC")
    assert collect(marking, inbox) == [(f"ada.l/{ASSIGNMENT}/answers.json", "taken")]
    files = sent(marking)
    assert files["cases.ipynb"] == marking.notebooks()[ASSIGNMENT].read_bytes()
    assert files["timestamp.txt"] == b"2026-11-20 09:30:00.000000 UTC"
    assert set(files) == {"cases.ipynb", "answers.json", "timestamp.txt"}


def test_answers_that_do_not_fit_are_left_out_and_told(marking, inbox):
    given = {**right(), CHOICE.id: "<script>", "03_cases.graded.nope": 1}
    (inbox / "x.json").write_bytes(hand_in(given=given))
    assert "2 answers did not fit" in reason(marking, inbox)
    assert b"<script>" not in sent(marking)["answers.json"]


def test_what_is_printed_and_tabled_is_harmless(marking, inbox):
    (inbox / "=cmd|x\u202egpj.json").write_bytes(b"{")
    (one,) = taking.collect(inbox, marking.root)
    assert one.source == "=cmd|xgpj.json"
    with (marking.root / "collected.csv").open(encoding="utf-8-sig", newline="") as table:
        (row,) = csv.DictReader(table)
    assert row["file"] == "'=cmd|xgpj.json"
    assert row["outcome"] == "refused"


def test_the_table_tells_every_run(marking, inbox):
    (inbox / "x.json").write_bytes(hand_in())
    collect(marking, inbox)
    collect(marking, inbox)
    lines = (marking.root / "collected.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[2] for line in lines] == ["outcome", "taken", "duplicate"]


def test_who_has_handed_in_nothing_is_known(marking, inbox):
    (inbox / "x.json").write_bytes(hand_in("bo"))
    collect(marking, inbox)
    assert taking.missing(marking) == {ASSIGNMENT: ["ada.l", "cy"]}


def killed_at(step, marking, inbox):
    """Collect in a child that is killed just before it puts its `step`th file in place."""
    child = os.fork()
    if child == 0:
        left = iter(range(step))

        def dies_before(real):
            def put(path, to):
                if next(left, None) is None:
                    os._exit(9)
                return real(path, to)

            return put

        try:
            Path.replace, Path.rename = dies_before(Path.replace), dies_before(Path.rename)
            taking.collect(inbox, marking.root)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a child that it forked")
def test_a_run_killed_anywhere_has_lost_nothing_and_is_finished_by_the_next(marking, inbox):
    (inbox / "1.json").write_bytes(hand_in())
    collect(marking, inbox)
    (inbox / "2.json").write_bytes(hand_in(given=OTHER, made="2026-11-21T08:00:00Z"))
    start, step = marking.root.rename(marking.root.with_name("start")), 0
    while True:
        shutil.rmtree(marking.root, ignore_errors=True)
        shutil.copytree(start, marking.root)
        if not killed_at(step, marking, inbox):
            break
        place = marking.submitted / "ada.l" / ASSIGNMENT
        for name in ("cases.ipynb", "answers.json", "timestamp.txt"):
            assert (place / name).stat().st_size
        assert value_in((place / "answers.json").read_bytes())
        collect(marking, inbox)
        assert value_in((place / "answers.json").read_bytes()) == CHOICE.options[1].id
        (kept,) = (marking.attempts / "ada.l" / ASSIGNMENT).glob("*/answers.json")
        assert value_in(kept.read_bytes()) == CHOICE.options[0].id
        assert {one for _, one in collect(marking, inbox)} == {"duplicate"}
        assert not list(marking.workshop.glob("tmp*"))
        assert guard.clear_submitted(marking) == ()
        assert set(sent(marking)) == {"cases.ipynb", "answers.json", "timestamp.txt"}
        step += 1
    assert step >= 6


def test_a_run_stopped_before_it_asked_to_look_again_asks_when_it_is_run_again(
    marking, inbox, monkeypatch
):
    (inbox / "x.json").write_bytes(hand_in())
    collect(marking, inbox)
    autograde.run(marking)
    gradebook.give_mark(marking, ASSIGNMENT, "ada.l", "rubric", 9)
    other = {**right(), REFLECT.id: "Quite other words than those that were marked."}
    (inbox / "x.json").write_bytes(hand_in(given=other, made="2026-11-21T08:00:00Z"))

    def in_use(*args):
        raise PlaceKitError("The gradebook is in use.")

    with monkeypatch.context() as patched:
        patched.setattr("place_kit.tutor.desk.gradebook.look_again", in_use)
        with pytest.raises(PlaceKitError, match="in use"):
            collect(marking, inbox)
    assert gradebook.waiting(marking) == set()
    assert "please look at it again" in reason(marking, inbox)
    assert gradebook.waiting(marking) == {("ada.l", ASSIGNMENT)}
    assert collect(marking, inbox) == [("x.json", "duplicate")]


def test_a_read_only_folder_is_told_in_words(marking, inbox, monkeypatch):
    (inbox / "x.json").write_bytes(hand_in())

    def refuse(*args, **kwargs):  # changing the folder's rights would not stop an administrator
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(PlaceKitError, match="does not allow changes"):
        collect(marking, inbox)


def test_an_inbox_that_is_not_there_or_is_the_marking_folder_is_told(marking, tmp_path):
    with pytest.raises(PlaceKitError, match="nothing at"):
        taking.collect(tmp_path / "nowhere", marking.root)
    with pytest.raises(PlaceKitError, match="belongs to the marking folder"):
        taking.collect(marking.received, marking.root)


def test_a_folder_that_is_no_marking_folder_is_told(inbox):
    with pytest.raises(PlaceKitError, match="not a marking folder"):
        taking.collect(inbox, inbox)


def test_a_second_command_at_the_same_time_is_told(marking, inbox, monkeypatch):
    from filelock import FileLock

    monkeypatch.setattr("place_kit.tutor.desk.marking_folder.PATIENCE", 0.1)
    with (
        FileLock(marking.workshop / "lock"),
        pytest.raises(PlaceKitError, match="Another place-kit command"),
    ):
        collect(marking, inbox)


def test_the_original_comes_back_if_it_was_deleted(marking, inbox):
    (inbox / "x.json").write_bytes(hand_in())
    collect(marking, inbox)
    shutil.rmtree(marking.received)
    collect(marking, inbox)
    assert originals(marking) == [hand_in()]
