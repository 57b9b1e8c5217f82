import pytest

from place_kit.problems import PlaceKitError
from place_kit.tutor import times
from place_kit.tutor.desk import gradebook, stopped
from place_kit.tutor.intake import taking
from place_kit.tutor.results import reading
from tests.tutor.course import ASSIGNMENT, FULL, hand_in, right
from tests.tutor.results.conftest import WRONG, give


def grades(folder):
    (sheet,) = reading.sheets(folder)
    return sheet, {grade.learner.id: grade for grade in sheet.grades}


def test_the_book_holds_what_the_gradebook_says_of_each_learner(marked):
    give(marked, "bo", 4.8, late=1)
    book = gradebook.book(marked, ASSIGNMENT)
    assert (book.by_rule, book.by_rubric) == (FULL, 12)
    assert book.submissions.keys() == {"ada.l", "bo"}
    for learner, submission in book.submissions.items():
        one_by_one = gradebook.scores(marked.db_url, ASSIGNMENT, "cases", learner)
        assert submission.scores == one_by_one
    assert [one.late_penalty for one in book.submissions.values()] == [0, 1]
    assert gradebook.book(marked, "99_none").submissions == {}


def test_what_waits_and_what_is_missing_is_never_zero(marked):
    sheet, by_id = grades(marked)
    assert (sheet.title, sheet.out_of, sheet.ready) == ("Five cases", FULL + 12, ())
    assert [one.outcome for one in by_id.values()] == ["waiting", "waiting", "not handed in"]
    assert [one.total for one in by_id.values()] == [None, None, None]
    assert [one.by_rule for one in by_id.values()] == [FULL, 0, None]


def test_a_mark_for_the_reflection_makes_the_grade_whole(marked):
    give(marked, "ada.l", 8.4, late=2)
    give(marked, "bo", 12, late=99)
    sheet, by_id = grades(marked)
    ada, bo = by_id["ada.l"], by_id["bo"]
    assert (ada.outcome, ada.level, ada.total) == ("passed", 2, FULL + 8.4 - 2)
    arrived = marked.submitted / "ada.l" / ASSIGNMENT / "timestamp.txt"
    assert ada.handed_in == times.from_nbgrader(arrived.read_text())
    assert (bo.outcome, bo.level, bo.total) == ("not yet", 3, 0)
    assert [one.learner.id for one in sheet.ready] == ["ada.l", "bo"]


def test_what_passes_is_as_the_tutor_set_it(marked):
    give(marked, "ada.l", 8.4)
    settings = marked.root / "place-kit.toml"
    settings.write_text(settings.read_text().replace("level = 2", "level = 3"))
    assert grades(marked)[1]["ada.l"].outcome == "not yet"


def test_marks_of_an_earlier_attempt_are_not_given_for_a_later_one(marked, inbox):
    give(marked, "bo", 12)
    (inbox / "b.json").write_bytes(hand_in("bo", right(), made="2026-11-21T10:00:00Z"))
    taking.collect(inbox, marked.root)
    bo = grades(marked)[1]["bo"]
    assert (bo.outcome, bo.by_rule, bo.total) == ("waiting", None, None)
    assert bo.handed_in is not None


def test_a_stopped_submission_is_left_out_and_counted(marked):
    give(marked, "bo", 12)
    stopped.stop(marked, "bo", ASSIGNMENT, by="T")
    (picture,) = reading.pictures(marked)
    assert (picture.sheet.stopped, picture.sheet.learners, picture.sheet.handed_in) == (1, 3, 2)
    assert [one.learner.id for one in picture.sheet.grades] == ["ada.l", "cy"]
    assert [result.answered for result in picture.results] == [1, 1]


def test_an_assignment_that_is_none_is_told(marked):
    with pytest.raises(PlaceKitError, match=f"There is: {ASSIGNMENT}"):
        reading.sheets(marked, "99_none")


def test_the_picture_holds_what_was_chosen_and_what_was_left_open(marked):
    (picture,) = reading.pictures(marked)
    claims, choice = picture.results
    assert claims.asked.name == "1. Claims"
    assert (claims.answered, claims.missing, claims.share) == (2, 0, 0.5)
    first, *others = claims.parts
    assert (first.right, first.wrong, first.missing) == (1, 0, 1)
    assert {(part.right, part.wrong, part.missing) for part in others} == {(1, 1, 0)}
    assert len(WRONG) == 3
    assert [times for _, times in choice.parts[0].instead] == [1]
    assert (picture.levels.marked, picture.levels.waiting) == (0, 2)


def test_a_marked_notebook_that_cannot_be_read_is_counted_as_such(marked):
    (marked.autograded / "bo" / ASSIGNMENT / "cases.ipynb").write_text("[")
    (picture,) = reading.pictures(marked)
    assert [(one.answered, one.unread) for one in picture.results] == [(1, 1), (1, 1)]
