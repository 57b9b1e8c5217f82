"""Deadlines, extensions and late penalties, with real nbgrader where it matters."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.problems import PlaceKitError
from place_kit.tutor import commands
from place_kit.tutor.desk import extensions, gradebook, late, settings
from place_kit.tutor.desk.late import Worth
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.desk.settings import Late, Settings
from place_kit.tutor.feedback.rubric import LEVELS
from place_kit.tutor.intake import taking
from place_kit.tutor.marking import autograde
from tests.tutor.course import ASSIGNMENT, FULL, hand_in

DUE = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = 24 * 60 * 60
WORTH = Worth(30, 20)


def told(policy, points=0.0, grace=0):
    return Settings(late=Late(policy, grace, points))


def set_up(folder, late_policy, deadline="2026-11-20T12:00:00"):
    (folder.root / "place-kit.toml").write_text(
        f'[deadlines]\n"{ASSIGNMENT}" = {deadline}\n[late]\n{late_policy}\n'
    )


def take(folder, learner, arrived):
    taking.take_all(folder, [taking.Arrival("x", hand_in(learner), time=arrived)])


def in_gradebook(folder, learner):
    with gradebook.opened(folder.db_url) as book:
        one = book.find_submission(ASSIGNMENT, learner)
        return one.score, one.late_submission_penalty, one.extension


def mark_by_hand(folder, learner, points):
    with gradebook.opened(folder.db_url) as book:
        grade = book.find_grade("rubric", "cases", ASSIGNMENT, learner)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()


# --- what a policy says --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "score", "seconds", "lost"),
    [
        (told("none"), 40, 9 * DAY, None),
        (told("points per day", 2), 40, 1, 2),
        (told("points per day", 2), 40, DAY, 2),
        (told("points per day", 2), 40, DAY + 1, 4),
        (told("points per day", 2), 3, 9 * DAY, 3),
        (told("points per day", 2, grace=10), 40, 600, None),
        (told("points per day", 2, grace=10), 40, 601, 2),
        (told("capped"), 40, 1, 8),  # a pass needs 18 of 30, and 14 of 20
        (told("capped"), 32, 1, None),
        (told("capped"), 10, 1, None),
        (told("not accepted"), 40, 1, 40),
        (told("not accepted"), 0, 1, None),
        (told("not accepted"), 40, 0, None),
    ],
)
def test_each_policy_takes_off_what_it_says(policy, score, seconds, lost):
    assert late.penalty(policy, score, seconds, WORTH) == pytest.approx(lost)


@given(
    st.sampled_from(["none", "points per day", "capped", "not accepted"]),
    st.floats(0, 50),
    st.floats(0, 1e9),
    st.floats(0, 100),
)
def test_a_penalty_is_never_more_than_there_is_nor_less_than_nothing(policy, score, seconds, rate):
    lost = late.penalty(told(policy, rate), score, seconds, WORTH)
    assert lost is None or 0 < lost <= score


def test_the_levels_earn_what_the_rubric_says():
    assert tuple(level.share for level in LEVELS) == settings.LEVEL_SHARES


# --- deadlines and extensions ---------------------------------------------------------------


def test_deadlines_are_written_into_the_gradebook_and_only_when_they_change(marking):
    set_up(marking, "", "2026-06-20T12:00:00")
    late.apply_deadlines(marking)
    assert late.deadline(marking, ASSIGNMENT) == datetime(2026, 6, 20, 11, tzinfo=UTC)
    before = marking.gradebook.read_bytes()
    late.apply_deadlines(marking)
    assert marking.gradebook.read_bytes() == before


def test_a_deadline_of_formgraders_stays_unless_the_settings_name_one(marking):
    with gradebook.opened(marking.db_url) as book:
        book.update_or_create_assignment(ASSIGNMENT, duedate="2026-11-01 00:00:00 UTC")
    late.apply_deadlines(marking)
    assert late.deadline(marking, ASSIGNMENT) == datetime(2026, 11, 1, tzinfo=UTC)
    set_up(marking, "", '"none"')
    late.apply_deadlines(marking)
    assert late.deadline(marking, ASSIGNMENT) is None


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (("eve", ASSIGNMENT, {"days": 1}), "not on the roster"),
        (("bo", "99_none", {"days": 1}), "no assignment"),
        (("bo", ASSIGNMENT, {"until": DUE}), "is not after the deadline"),
    ],
)
def test_an_extension_that_cannot_be_is_told_in_words(marking, ask, said):
    set_up(marking, "")
    learner, assignment, time = ask
    with pytest.raises(PlaceKitError, match=said):
        late.grant(marking, learner, assignment, **time)


def test_without_a_deadline_there_is_nothing_to_extend(marking):
    with pytest.raises(PlaceKitError, match="has no deadline"):
        late.grant(marking, "bo", ASSIGNMENT, days=1)


def test_days_are_days_of_the_calendar_even_where_clocks_change(marking):
    set_up(marking, "", "2026-10-24T17:00:00")  # the night after, clocks go back
    assert late.grant(marking, "bo", ASSIGNMENT, days=2) == datetime(2026, 10, 26, 17, tzinfo=UTC)


def test_status_lists_extensions_and_they_can_be_taken_back(marking, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    set_up(marking, "")
    assert commands.extend("bo", ASSIGNMENT, marking.root, until="2026-12-08") == 0
    commands.status(marking.root)
    said = "bo has until Tuesday 8 December 2026, 23:59 (Europe/London) for 03_cases"
    assert capsys.readouterr().out.count(said) == 2
    assert commands.extend("bo", ASSIGNMENT, marking.root, take_back=True) == 0
    assert extensions.granted(marking) == {}
    with pytest.raises(PlaceKitError, match="has no extension"):
        late.take_back(marking, "bo", ASSIGNMENT)
    with pytest.raises(PlaceKitError, match="is not a date"):
        commands.extend("bo", ASSIGNMENT, marking.root, until="8.12.")


@pytest.mark.parametrize("text", ["{", "[1]", '[{"learner": "a"}]', '{"a": 1}'])
def test_a_record_that_cannot_be_read_is_told_and_costs_nobody_points(marking, text):
    (marking.root / extensions.RECORD).write_text(text)
    with pytest.raises(PlaceKitError, match="who has more time"):
        late.apply_deadlines(marking)


# --- with nbgrader ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, pristine: Path) -> MarkingFolder:
    """Ada in time; Bo two days late; Cy too, with an extension from before. All full marks."""
    root = tmp_path_factory.mktemp("late") / "marking"
    shutil.copytree(pristine, root)
    folder = MarkingFolder.open(root)
    set_up(folder, 'policy = "points per day"\npoints_per_day = 1.5')
    late.grant(folder, "cy", ASSIGNMENT, days=7)
    take(folder, "ada.l", datetime(2026, 11, 20, 11, tzinfo=UTC))
    for learner in ("bo", "cy"):
        take(folder, learner, datetime(2026, 11, 22, 10, tzinfo=UTC))
    late.apply_deadlines(folder)
    assert autograde.run(folder).failed == []
    return folder


@pytest.fixture
def copy(marked: MarkingFolder, tmp_path: Path) -> MarkingFolder:
    shutil.copytree(marked.root, tmp_path / "marking")
    return MarkingFolder.open(tmp_path / "marking")


@pytest.mark.slow
def test_late_work_loses_what_the_policy_says_and_an_extension_keeps_it_from_that(marked):
    assert in_gradebook(marked, "ada.l")[:2] == (FULL, 0)
    assert in_gradebook(marked, "bo")[:2] == (FULL, 3)
    score, lost, extension = in_gradebook(marked, "cy")
    assert (score, lost, extension.days) == (FULL, 0, 7)


@pytest.mark.slow
def test_an_extension_after_marking_takes_the_penalty_away_and_marks_by_hand_stay(copy):
    mark_by_hand(copy, "bo", 9)
    assert commands.extend("bo", ASSIGNMENT, copy.root, days=3) == 0
    assert in_gradebook(copy, "bo")[:2] == (FULL + 9, 0)
    late.take_back(copy, "bo", ASSIGNMENT)
    assert in_gradebook(copy, "bo") == (FULL + 9, 3, None)
    late.grant(copy, "bo", ASSIGNMENT, days=3)
    shutil.rmtree(copy.autograded / "bo")
    assert [one.learner for one in autograde.run(copy).marked] == ["bo"]
    assert in_gradebook(copy, "bo")[:2] == (FULL + 9, 0)


@pytest.mark.slow
def test_a_cap_counts_what_the_tutor_gave_later(copy):
    """Marked by rule alone Bo is under the cap; with the reflection, over it."""
    set_up(copy, 'policy = "capped"')
    late.apply_penalties(copy)
    needed = 0.6 * FULL + 0.7 * 12
    assert in_gradebook(copy, "bo")[1] == 0
    mark_by_hand(copy, "bo", 12)
    assert commands.feedback(copy.root) == 0
    score, lost, _ = in_gradebook(copy, "bo")
    assert score - lost == pytest.approx(needed)


@pytest.mark.slow
def test_a_deadline_that_is_taken_away_takes_extensions_and_penalties_with_it(copy):
    set_up(copy, 'policy = "not accepted"', '"none"')
    late.apply_deadlines(copy)
    late.apply_penalties(copy)
    assert in_gradebook(copy, "bo") == (FULL, 0, None)
    assert in_gradebook(copy, "cy") == (FULL, 0, None)
    shutil.rmtree(copy.autograded)
    assert autograde.run(copy).failed == []


@pytest.mark.slow
def test_a_policy_in_own_config_is_left_to_nbgrader(copy):
    (copy.root / "own_config.py").write_text(
        "c = get_config()\n"
        "c.AssignLatePenalties.plugin_class = 'nbgrader.plugins.LateSubmissionPlugin'\n"
        "c.LateSubmissionPlugin.penalty_method = 'zero'\n"
    )
    assert late.apply_penalties(copy) == ()
    assert in_gradebook(copy, "bo")[1] == 3
    shutil.rmtree(copy.autograded / "bo")
    autograde.run(copy)
    assert in_gradebook(copy, "bo")[:2] == (FULL, FULL)


@pytest.mark.slow
def test_no_feedback_is_written_for_what_is_stopped(copy):
    from place_kit.tutor.desk import stopped

    stopped.stop(copy, "bo", ASSIGNMENT, by="T. Utor")
    commands.feedback(copy.root)
    assert sorted(path.name for path in copy.feedback.iterdir()) == ["ada.l", "cy"]
