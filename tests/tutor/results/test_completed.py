"""Who gets a badge: those who passed every exercise, and nobody else."""

import shutil

import pytest

from place_kit import cli
from place_kit.problems import PlaceKitError
from place_kit.record import awarding, badge, signing
from place_kit.tutor import commands
from place_kit.tutor.desk import late, stopped
from tests.tutor.course import ASSIGNMENT
from tests.tutor.results.conftest import give


def test_only_who_passed_every_exercise_gets_one(marked):
    with pytest.raises(PlaceKitError, match="Nobody has passed"):
        commands.completed(marked.root)
    give(marked, "ada.l", 14)
    people, to = commands.completed(marked.root)
    assert list(people) == ["ada.l"]
    assert to == marked.root / "badges"


def test_somebody_named_who_has_not_passed_stops_it_and_so_does_a_stranger(marked):
    give(marked, "ada.l", 14)
    with pytest.raises(PlaceKitError, match="bo has not passed"):
        commands.completed(marked.root, ["ada.l", "bo"])
    with pytest.raises(PlaceKitError, match="Not in the gradebook: nobody"):
        commands.completed(marked.root, ["nobody"])


def test_who_was_stopped_has_not_passed(marked):
    give(marked, "ada.l", 14)
    stopped.stop(marked, "ada.l", ASSIGNMENT, by="Jo")
    with pytest.raises(PlaceKitError, match=r"ada\.l has not passed"):
        commands.completed(marked.root, ["ada.l"])


def test_who_came_too_late_to_count_has_not_passed_whenever_that_was_set(marked):
    give(marked, "ada.l", 14)
    settings = f'[deadlines]\n"{ASSIGNMENT}" = 2020-01-01\n'
    (marked.root / "place-kit.toml").write_text(settings)
    late.apply_deadlines(marked)
    assert list(commands.completed(marked.root)[0]) == ["ada.l"]
    (marked.root / "place-kit.toml").write_text(f'{settings}[late]\npolicy = "not accepted"\n')
    with pytest.raises(PlaceKitError, match="Nobody has passed"):
        commands.completed(marked.root)


def test_where_there_is_no_exercise_nobody_has_passed(marked):
    shutil.rmtree(marked.exercises)
    with pytest.raises(PlaceKitError, match="There is no exercise"):
        commands.completed(marked.root)


def test_a_badge_is_signed_from_the_marking_folder(marked, tmp_path, capsys):
    give(marked, "ada.l", 14)
    awarding.key(tmp_path / "keys", "Example Course Team")
    private = str(tmp_path / "keys" / signing.PRIVATE)
    own = ["badge", "sign", "--folder", str(marked.root), "--key", private]
    assert cli.main([*own, "ada.l"]) == 0
    raw = (marked.root / "badges" / "badge-ada.l.jwt").read_bytes()
    public = signing.read(tmp_path / "keys" / signing.PUBLIC)
    name = commands.completed(marked.root)[0]["ada.l"]
    assert badge.verify(raw, public, name=name).holder == name
    assert cli.main([*own, "bo"]) == 1
