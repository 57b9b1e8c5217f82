"""How far a learner is: counted from their own files, which are only looked at."""

from __future__ import annotations

import html
import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit import facts
from place_kit.answers import handin, progress, returned
from place_kit.problems import PlaceKitError
from place_kit.show import way
from tests.answers.making import answer, answer_all, file_of, make_home

BACK = returned.Returned("03_cases", 31.5, 50, True, 2, "2999-11-28T10:00:00Z")


@pytest.fixture
def home(tmp_path):
    return make_home(tmp_path / "mine")


def module(found, id):
    return next(each for each in found.modules if each.module.id == id)


def exercise(found, name):
    return next(each for each in found.exercises if each.assignment == name)


def hand_in(home, name="03_cases", learner="ada"):
    raw = handin.make(name, learner, file_of(home, f"{name}.graded").read())
    (home / "hand-in" / handin.file_name(name, learner)).write_bytes(raw)


def page(data, form='<html><head><meta name="place-kit-feedback" content="{}"></head>'):
    return form.format(html.escape(json.dumps(data)) if "content" in form else json.dumps(data))


def test_at_the_start_nothing_is_begun_and_welcome_comes_first(home):
    found = progress.of(home)
    assert {each.state for each in (*found.modules, *found.exercises)} == {"not begun"}
    assert not found.begun
    assert found.minutes == 0
    assert found.minutes_in_all == sum(each.module.minutes for each in found.modules)
    assert found.next.page == "course/00_welcome.ipynb"
    assert found.last is None


def test_a_module_is_under_way_then_done_and_what_waits_for_later_is_not_needed(home):
    answer(home, "07_place_and_plan.predict")
    one = module(progress.of(home), "07_place_and_plan")
    later = [each for each in facts.questions_of("07_place_and_plan") if each.later]
    assert later
    assert (one.answered, one.of, one.state) == (
        1,
        len(facts.questions_of("07_place_and_plan")) - len(later),
        "under way",
    )
    assert one.first_at == one.last_at != ""
    assert 0 < one.minutes < one.module.minutes
    answer_all(home, "07_place_and_plan")
    one = module(progress.of(home), "07_place_and_plan")
    assert (one.state, one.minutes) == ("done", one.module.minutes)


def test_next_is_the_module_last_answered_in_then_the_one_after_it(home):
    answer_all(home, "03_cases", leave=1)
    assert progress.of(home).next.page == "course/03_cases.ipynb"
    assert "One question is left" in progress.of(home).next.says
    answer_all(home, "03_cases")
    assert progress.of(home).next.page == "course/04_power.ipynb"


def test_the_modules_skipped_come_after_the_last_one(home):
    answer_all(home, "07_place_and_plan")
    assert progress.of(home).next.page == "course/00_welcome.ipynb"


def test_an_exercise_is_answered_handed_in_and_comes_back(home):
    answer_all(home, "03_cases.graded", leave=2)
    assert progress.of(home).next.page == "exercises/03_cases/cases.ipynb"
    answer_all(home, "03_cases.graded")
    assert "hand-in file" in progress.of(home).next.says
    hand_in(home)
    (home / "feedback").mkdir()
    (home / "feedback" / "cases.html").write_text(page(asdict(BACK)), encoding="utf-8")
    one = exercise(progress.of(home), "03_cases")
    assert one.handed_in
    assert one.feedback == BACK
    assert progress.of(home).next.page.startswith("course/")


def test_when_all_is_done_and_handed_in_only_a_hand_in_that_did_not_pass_is_left(home):
    for each in progress.of(home).modules:
        answer_all(home, each.module.id)
        if each.module.assignment:
            answer_all(home, f"{each.module.assignment}.graded")
            hand_in(home, each.module.assignment)
    assert progress.of(home).next is None
    (home / "feedback").mkdir()
    failed = asdict(BACK) | {"passed": False}
    (home / "feedback" / "cases.html").write_text(page(failed), encoding="utf-8")
    assert "hand in again" in progress.of(home).next.says


def test_after_handing_in_again_the_older_feedback_no_longer_asks_for_anything(home):
    hand_in(home)
    old = asdict(BACK) | {"passed": False, "at": "2020-11-28T10:00:00Z"}
    (home / "feedback").mkdir()
    (home / "feedback" / "cases.html").write_text(page(old), encoding="utf-8")
    one = exercise(progress.of(home), "03_cases")
    assert one.again
    assert way.exercise(one).startswith("handed in again on ")


def test_of_two_pages_on_the_same_attempt_the_one_that_says_whether_it_passed_counts(home):
    (home / "feedback").mkdir()
    (home / "feedback" / "a.html").write_text(page(asdict(BACK)), encoding="utf-8")
    waiting = asdict(BACK) | {"passed": None, "points": 20}
    (home / "feedback" / "b.html").write_text(page(waiting), encoding="utf-8")
    assert exercise(progress.of(home), "03_cases").feedback == BACK


def test_the_newest_feedback_counts(home):
    (home / "feedback" / "older").mkdir(parents=True)
    newer = asdict(BACK) | {"points": 40, "at": "2999-12-01T10:00:00Z"}
    (home / "feedback" / "a.html").write_text(page(newer), encoding="utf-8")
    (home / "feedback" / "older" / "b.html").write_text(page(asdict(BACK)), "utf-8")
    assert exercise(progress.of(home), "03_cases").feedback.points == 40


@pytest.mark.parametrize(
    "form",
    [
        '<script type="application/json" id="place-kit-feedback">{}</script>',
        '<template id="place-kit-feedback">{}</template>',
    ],
)
def test_the_facts_may_also_stand_in_an_element_of_that_id(form):
    assert returned.parse(page(asdict(BACK), form)) == BACK


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"points": -1},
        {"points": float("nan")},
        {"points": 51},
        {"points": "31"},
        {"passed": "yes"},
        {"level": 9},
        {"at": 3},
        {"assignment": ["03_cases"]},
    ],
)
def test_facts_that_make_no_sense_are_no_feedback(wrong):
    data = asdict(BACK) | wrong if wrong else []
    assert returned.parse(page(data)) is None


@given(st.text())
def test_any_page_at_all_can_be_read(text):
    assert returned.parse(text) is None


def test_answers_of_an_older_course_that_no_longer_fit_are_said_and_not_lost(home):
    answer(home, "03_cases.predict")
    answer(home, "03_cases.denominator")
    path = file_of(home, "03_cases").path
    data = json.loads(path.read_text("utf-8"))
    data["answers"]["03_cases.predict"]["latest"]["value"] = "an option of long ago"
    path.write_text(json.dumps(data), encoding="utf-8")
    before = path.read_bytes()
    found = progress.of(home)
    assert module(found, "03_cases").answered == 1
    assert "older version of the course" in found.notes[0]
    assert "Five cases" in found.notes[0]
    assert path.read_bytes() == before


def test_what_cannot_be_read_counts_as_nothing_and_is_named(home):
    path = file_of(home, "03_cases").path
    path.parent.mkdir(exist_ok=True)
    path.write_text("damaged", encoding="utf-8")
    (home / "hand-in" / "other.json").write_text("[]", encoding="utf-8")
    (home / "hand-in" / "link.json").symlink_to(path)
    found = progress.of(home)
    assert module(found, "03_cases").answered == 0
    assert "Five cases" in found.notes[0]
    assert path.read_text("utf-8") == "damaged"


def test_a_folder_without_a_course_says_what_to_do(tmp_path):
    with pytest.raises(PlaceKitError, match="place-kit learn"):
        progress.of(tmp_path)


def test_a_notebooks_folder_leads_to_the_learners_folder_and_the_modules(home, tmp_path):
    assert progress.around(home / "course") == (home, home / "course")
    assert progress.around(home / "exercises" / "03_cases") == (home, home / "course")
    checkout = tmp_path / "checkout" / "modules"
    checkout.mkdir(parents=True)
    (checkout / "modules.toml").touch()
    assert progress.around(checkout) == (checkout.parent, checkout)
