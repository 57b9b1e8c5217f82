"""All pages in one pass: the same as nbgrader's, fast, and only where something changed."""

import errno
import json
import shutil

import pytest

from place_kit import cli
from place_kit.problems import PlaceKitError
from place_kit.tutor import commands
from place_kit.tutor.desk import gradebook, nbgrader_run, stopped
from place_kit.tutor.feedback import writing
from place_kit.tutor.words import number
from tests.tutor.course import ASSIGNMENT, FULL, hand_in
from tests.tutor.feedback.conftest import all_files, contents, mark_by_hand

pytestmark = pytest.mark.slow


def test_what_stands_in_feedback_is_what_nbgrader_writes(marked):
    mark_by_hand(marked, "ada.l", 9, "Well asked.")
    writing.run(marked)
    ours = contents(marked.feedback)
    modes = {path: path.stat().st_mode for path in marked.feedback.rglob("*.html")}
    shutil.rmtree(marked.feedback)
    api = nbgrader_run.api(nbgrader_run.config_of(marked))
    assert api.generate_feedback(ASSIGNMENT)["success"]
    assert contents(marked.feedback) == ours
    assert {path: path.stat().st_mode for path in modes} == modes
    assert len(ours) == 2 * len(("answers.json", "timestamp.txt", "cases.html"))


def test_nbgrader_sees_that_our_pages_are_up_to_date(marked):
    writing.run(marked)
    before = all_files(marked.feedback)
    api = nbgrader_run.api(nbgrader_run.config_of(marked))
    assert api.generate_feedback(ASSIGNMENT, force=False)["success"]
    assert all_files(marked.feedback) == before


def test_only_what_changed_is_written_again(marked):
    assert [one.new for one in writing.run(marked).written] == [True, True]
    before = all_files(marked.feedback)
    assert [one.new for one in writing.run(marked).written] == [False, False]
    assert all_files(marked.feedback) == before
    mark_by_hand(marked, "bo", 9)
    assert [(one.learner.id, one.new) for one in writing.run(marked).written] == [
        ("ada.l", False),
        ("bo", True),
    ]


def test_a_pdf_is_made_where_one_is_asked_for_and_never_an_old_one_kept(marked):
    (ada, _) = writing.run(marked, pdf=True).written
    assert ada.pdf.read_bytes().startswith(b"%PDF-")
    before = all_files(marked.feedback)
    writing.run(marked, pdf=True)
    assert all_files(marked.feedback) == before
    mark_by_hand(marked, "ada.l", 9)
    (ada, bo) = writing.run(marked).written
    assert ada.pdf is None
    assert not list((marked.feedback / "ada.l").rglob("*.pdf"))
    assert bo.pdf.is_file()


def test_one_damaged_notebook_does_not_stop_the_rest(marked, capsys):
    notebook = marked.autograded / "ada.l" / ASSIGNMENT / "cases.ipynb"
    notebook.chmod(0o644)
    notebook.write_text("{")
    assert commands.feedback(marked.root) == 1
    said = capsys.readouterr().out
    assert "No feedback for ada.l, 03_cases: its marked notebook is damaged" in said
    assert "then mark again" in said
    assert "1 page written" in said


def test_what_is_stopped_has_no_page_by_any_command(marked, capsys):
    stopped.stop(marked, "ada.l", ASSIGNMENT, by="T. Utor")
    assert commands.feedback(marked.root) == 0
    assert "marking is stopped: 03_cases of ada.l." in capsys.readouterr().out
    api = nbgrader_run.api(nbgrader_run.config_of(marked))
    answer = api.generate_feedback(ASSIGNMENT, "ada.l")
    assert not answer["success"]
    assert "marking is stopped" in nbgrader_run.reason(answer)
    assert [path.parent.parent.name for path in marked.feedback.rglob("*.html")] == ["bo"]


def test_what_is_not_marked_has_no_page_and_is_said(marked, capsys):
    from place_kit.tutor.intake import taking

    taking.take_all(marked, [taking.Arrival("x", hand_in("cy"))])
    assert commands.feedback(marked.root) == 1
    said = capsys.readouterr().out
    assert "2 pages written" in said
    assert "In 2 of them, not all is marked yet" in said
    assert "1 submission left out: run 'place-kit mark' first." in said


def test_a_full_disk_ends_the_run_and_is_said_once(marked, monkeypatch, capsys):
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert cli.main(["feedback", str(marked.root)]) == 1
    said = "".join(capsys.readouterr())
    assert said.count("The disk is full") == 1
    assert "run the same command again" in said


def test_the_gradebook_is_not_opened_once_more_for_each_learner(marked, monkeypatch):
    opened, real = [], gradebook.opened
    monkeypatch.setattr(gradebook, "opened", lambda url: opened.append(url) or real(url))
    writing.run(marked)
    for_two = len(opened)
    shutil.rmtree(marked.submitted / "bo")
    assert len(writing.run(marked).written) == 1
    assert len(opened) == 2 * for_two


def test_what_late_work_loses_is_taken_off_and_said(marked):
    mark_by_hand(marked, "ada.l", 12)
    settings = marked.root / "place-kit.toml"
    told = settings.read_text("utf-8")
    told = told.replace("[deadlines]", f'[deadlines]\n"{ASSIGNMENT}" = 2001-01-01')
    told = told.replace('policy = "none"', 'policy = "capped"')
    settings.write_text(told, "utf-8")
    pages = {}
    writing.run(marked, each=lambda one, page: pages.update({one.learner.id: page}))
    ada = pages["ada.l"]
    needed = 0.6 * FULL + 0.7 * 12  # what a pass needs
    assert (ada.points, ada.verdict.outcome) == (pytest.approx(needed), "passed")
    html = (marked.feedback / "ada.l" / ASSIGNMENT / "cases.html").read_text("utf-8")
    lost = number(FULL + 12 - needed)
    assert f"Taken off, because it came late</dt><dd>{lost}</dd>" in html
    settings.write_text(told.replace('"capped"', '"not accepted"'), "utf-8")
    writing.run(marked, each=lambda one, page: pages.update({one.learner.id: page}))
    assert pages["ada.l"].verdict.words == "Not passed. The work came after the deadline."


def test_marks_read_together_are_the_marks_read_one_by_one(marked):
    mark_by_hand(marked, "ada.l", 9, "Well asked.")
    with gradebook.opened(marked.db_url) as book:
        together = gradebook.scores_in(book, ASSIGNMENT, "cases")
        ada = book.find_submission_notebook("cases", ASSIGNMENT, "ada.l")
        by_row = {one.name: (one.score, one.max_score) for one in ada.grades}
    for learner in ("ada.l", "bo"):
        alone = gradebook.scores(marked.db_url, ASSIGNMENT, "cases", learner)
        assert together[learner] == alone
    assert {n: (s.points, s.out_of) for n, s in together["ada.l"].items()} == by_row
    assert together["ada.l"]["rubric"].comment == "Well asked."
    assert together["ada.l"]["rubric"].is_task


def test_an_assignment_that_is_none_is_told(marked):
    with pytest.raises(PlaceKitError, match="There is: 03_cases"):
        writing.run(marked, assignment="nothing")


def test_a_fault_in_marking_reaches_the_page(marked):
    path = marked.autograded / "ada.l" / ASSIGNMENT / "cases.ipynb"
    path.chmod(0o644)
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] == "mark-choice":
            cell["outputs"] = []
    path.write_text(json.dumps(notebook), "utf-8")
    writing.run(marked)
    page = (marked.feedback / "ada.l" / ASSIGNMENT / "cases.html").read_text("utf-8")
    assert "a fault of the course, and not yours" in page
