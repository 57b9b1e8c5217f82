import pytest

from place_kit.problems import PlaceKitError
from place_kit.tutor import commands
from place_kit.tutor.desk import gradebook, making
from tests.tutor.course import ASSIGNMENT, hand_in


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")


def test_making_a_folder_says_what_was_done_and_what_is_next(
    marking, solutions, monkeypatch, capsys
):
    monkeypatch.setattr("place_kit.tutor.desk.course_files.solutions", lambda: solutions)
    assert commands.make(marking.root) == 0
    assert "Made cohort.ipynb" in capsys.readouterr().out
    assert commands.make(marking.root) == 0
    said = capsys.readouterr().out
    assert "All is as it was." in said
    assert "No safeguarding contact is named yet" in said
    assert "place-kit collect INBOX" in said
    assert (marking.root / "cohort.ipynb").is_file()


def test_a_roster_with_bad_rows_is_something_to_look_at(marking, solutions, tmp_path, capsys):
    (tmp_path / "r.csv").write_text("id\nada.l\n,\n \n[bold]x\n,x\n")
    made = making.make(marking.root, tmp_path / "r.csv", solutions)
    assert made.problems == ["Row 6 has no id: it was left out."]


def test_collecting_shows_each_file_and_who_is_missing(marking, inbox, capsys):
    (inbox / "a.json").write_bytes(hand_in())
    (inbox / "[red]b.json").write_bytes(b"{")
    (inbox / "c.json").write_bytes(hand_in("eve"))
    assert commands.collect(inbox, marking.root) == 1
    said = capsys.readouterr().out
    assert "[red]b.json" in said
    assert "not readable as JSON" in said
    assert "3 files: 1 refused, 1 taken, 1 held." in said
    assert f"Still to hand in {ASSIGNMENT}: bo, cy." in said


def test_an_assignment_that_nobody_has_handed_in_is_told_in_a_line(marking, inbox, capsys):
    assert commands.collect(inbox, marking.root) == 0
    said = capsys.readouterr().out
    assert f"Nobody has handed in yet: {ASSIGNMENT}." in said
    assert "Still to hand in" not in said


def test_an_empty_inbox_is_no_failure(marking, inbox, capsys):
    assert commands.collect(inbox, marking.root) == 0
    assert "nothing to take" in capsys.readouterr().out


def test_the_current_folder_is_taken_where_none_is_named(marking, inbox, monkeypatch, capsys):
    monkeypatch.chdir(marking.root)
    (inbox / "a.json").write_bytes(hand_in())
    assert commands.collect(inbox) == 0
    assert commands.status() == 0
    said = capsys.readouterr().out
    assert "handed in, to mark" in said
    assert "not handed in" in said


def test_a_folder_that_is_none_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in (
        commands.mark,
        commands.feedback,
        commands.status,
        commands.grades,
        commands.cohort,
    ):
        with pytest.raises(PlaceKitError, match="not a marking folder"):
            command()
    with pytest.raises(PlaceKitError, match="not a marking folder"):
        commands.make(None)


def test_marking_and_feedback_with_nothing_to_do_say_so(marking, capsys):
    assert commands.mark(marking.root) == 0
    assert commands.feedback(marking.root) == 0
    said = capsys.readouterr().out
    assert "0 marked, 0 not, 0 as they were." in said
    assert "0 pages written" in said


def test_what_was_put_into_submitted_by_hand_is_told(marking, capsys):
    (marking.submitted / "mallory" / ASSIGNMENT).mkdir(parents=True)
    assert commands.mark(marking.root) == 1
    said = capsys.readouterr().out
    assert "submitted/mallory was moved to held/" in said
    assert "nobody of this id" in said


def test_status_tells_of_what_is_held(marking, inbox, capsys):
    (inbox / "c.json").write_bytes(hand_in("eve"))
    commands.collect(inbox, marking.root)
    commands.status(marking.root)
    assert "1 hand-in waits in held/" in capsys.readouterr().out


def test_status_of_an_empty_roster_says_how_to_fill_it(marking, capsys):
    with gradebook.opened(marking.db_url) as book:
        for learner in ("ada.l", "bo", "cy"):
            book.remove_student(learner)
    commands.status(marking.root)
    assert "Nobody is on the roster" in capsys.readouterr().out
