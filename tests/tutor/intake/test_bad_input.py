"""What goes wrong around the intake: each is told, and nothing is lost."""

import csv
import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from place_kit.answers import store
from place_kit.problems import PlaceKitError
from place_kit.tutor import commands
from place_kit.tutor.intake import guard, taking, validated
from tests.tutor.course import ASSIGNMENT, CHOICE, SET, hand_in, right
from tests.tutor.intake.test_arrivals import zipped

OTHER = {**right(), CHOICE.id: CHOICE.options[1].id}


def test_answers_to_a_question_that_has_changed_since_are_taken_and_it_is_told(
    marking, inbox, monkeypatch
):
    known = validated.questions(ASSIGNMENT)
    newer = {**known, CHOICE.id: replace(known[CHOICE.id], revision=2)}
    monkeypatch.setattr(validated, "questions", lambda assignment: newer)
    (inbox / "a.json").write_bytes(hand_in())
    (one,) = taking.collect(inbox, marking.root)
    assert one.outcome == "taken"
    assert one.reason == f"{CHOICE.id} has changed since it was answered"


def test_a_hand_in_for_a_withdrawn_assignment_waits_until_it_is_back(marking, inbox):
    (marking.exercises / ASSIGNMENT).rename(marking.root / "withdrawn")
    half = hand_in(given={**right(), "03_cases.graded.gone": "HERE"})
    (inbox / "a.json").write_bytes(half.replace(b"HERE", rb"\ud800"))
    (one,) = taking.collect(inbox, marking.root)
    assert one.outcome == "held"
    assert f"{ASSIGNMENT} was withdrawn" in one.reason
    assert not list(marking.submitted.iterdir())
    (inbox / "a.json").unlink()
    assert taking.collect(inbox, marking.root) == ()
    (marking.root / "withdrawn").rename(marking.exercises / ASSIGNMENT)
    (one,) = taking.collect(inbox, marking.root)
    assert (one.outcome, one.learner) == ("taken", "ada.l")
    assert taking.held(marking) == []


def test_who_is_missing_is_a_table_too(marking, inbox):
    (inbox / "a.json").write_bytes(hand_in("bo"))
    commands.collect(inbox, marking.root)
    with (marking.root / "missing.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = [*csv.DictReader(table)]
    assert [(row["learner"], row["email"]) for row in rows] == [
        ("ada.l", "ada@example.org"),
        ("cy", ""),
    ]


@pytest.mark.parametrize(
    ("learner", "name", "words"),
    [("nobody", "a.json", "no learner nobody"), ("bo", ".", "Name one hand-in file")],
)
def test_a_hand_in_of_somebody_is_one_file_of_a_known_learner(marking, inbox, learner, name, words):
    (inbox / "a.json").write_bytes(hand_in())
    with pytest.raises(PlaceKitError, match=words):
        taking.collect(inbox / name, marking.root, learner=learner)


class FullDisk:
    """A disk on which the `at`th act of writing fails, and every one after it."""

    def __init__(self, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = at
        for owner, name in ((os, "fsync"), (os, "replace"), (os, "rename"), (os, "mkdir")):
            self._wrap(owner, name, monkeypatch)

    def _wrap(self, owner, name, monkeypatch):
        real = getattr(owner, name)

        def act(*args, **kwargs):
            if not self.left:
                raise OSError(errno.ENOSPC, "No space left on device")
            self.left -= 1
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, act)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in ("submitted", "attempts", "received", "held")
        for path in (folder / part).rglob("*")
        if path.is_file()
    }


def test_a_disk_that_is_full_at_any_write_loses_nothing_and_the_next_run_completes(
    marking, inbox, monkeypatch
):
    (inbox / "1.json").write_bytes(hand_in())
    (inbox / "b.zip").write_bytes(zipped({"x.json": hand_in("bo")}))
    taking.collect(inbox, marking.root)
    (inbox / "1.json").write_bytes(hand_in(given=OTHER, made="2026-11-21T08:00:00Z"))
    (inbox / "2.json").write_bytes(hand_in("cy"))
    (inbox / "3.json").write_bytes(hand_in("eve"))
    start, at, full = marking.root.rename(marking.root.with_name("start")), 0, True
    before = files(start)
    while full:
        shutil.rmtree(marking.root, ignore_errors=True)
        shutil.copytree(start, marking.root)
        with monkeypatch.context() as patch:
            FullDisk(at, patch)
            try:
                taking.collect(inbox, marking.root)
                full = False
            except PlaceKitError as error:
                told = str(error)
        assert not full or "disk is full" in told
        during = files(marking.root)
        assert before.keys() <= during.keys()
        for learner in ("ada.l", "bo"):
            raw = during[f"submitted/{learner}/{ASSIGNMENT}/answers.json"]
            assert store.parse(raw, SET).value(CHOICE.id)
        taking.collect(inbox, marking.root)
        after = files(marking.root)
        assert not [name for name in after if ".write-" in name]
        assert guard.clear_submitted(marking) == ()
        raw = after[f"submitted/ada.l/{ASSIGNMENT}/answers.json"]
        assert store.parse(raw, SET).value(CHOICE.id) == CHOICE.options[1].id
        assert len([name for name in after if name.startswith("attempts/ada.l/")]) == 3
        assert f"submitted/cy/{ASSIGNMENT}/answers.json" in after
        assert f"held/{ASSIGNMENT}__eve.json" in after
        at += 1
    assert at > 15
