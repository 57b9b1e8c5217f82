"""What goes back to learners: each gets their own, whole, and nobody gets what is not ready."""

import csv
import io
from email import message_from_bytes, policy

import pytest

from place_kit.tutor import commands
from place_kit.tutor.desk import gradebook, stopped
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.feedback import returning
from place_kit.tutor.feedback.returning import COLUMNS, MERGE
from tests.tutor.course import ASSIGNMENT
from tests.tutor.feedback.conftest import all_files, contents, mark_by_hand

pytestmark = pytest.mark.slow
PAGE = f"feedback-{ASSIGNMENT}.html"


@pytest.fixture
def both(marked):
    mark_by_hand(marked, "ada.l", 9, "Well asked.")
    mark_by_hand(marked, "bo", 5)
    return marked


def merge(folder):
    text = (folder.returns / MERGE).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def draft(folder, learner):
    raw = (folder.returns / "drafts" / f"{learner}.eml").read_bytes()
    return message_from_bytes(raw, policy=policy.default)


def test_each_learner_has_a_folder_with_their_own_page_alone(both):
    made = returning.run(both)
    assert sorted(contents(both.returns)) == [
        "drafts/ada.l.eml",
        "drafts/bo.eml",
        f"learners/ada.l/{PAGE}",
        f"learners/bo/{PAGE}",
        MERGE,
    ]
    for learner, other in (("ada.l", "Bo Ek"), ("bo", "Ada Lovelace")):
        page = (both.returns / "learners" / learner / PAGE).read_text("utf-8")
        assert other not in page
        assert page == (both.feedback / learner / ASSIGNMENT / "cases.html").read_text("utf-8")
    assert made.left_out == []


def test_the_merge_file_has_a_row_for_each_learner_and_assignment(both):
    returning.run(both, pdf=True)
    ada, bo = merge(both)
    assert tuple(ada) == COLUMNS
    assert (ada["email"], ada["first_name"], ada["last_name"]) == (
        "ada@example.org",
        "Ada",
        "Lovelace",
    )
    assert (ada["assignment"], ada["title"]) == (ASSIGNMENT, "Five cases")
    assert ada["level"] == "level 2 of 3, Reflection"
    assert ada["outcome"] == "Passed."
    assert "level 1" in bo["outcome"]
    assert (bo["email"], bo["since_last_time"]) == ("", "new")
    for row, suffix in ((ada, ".html"), (bo, ".html")):
        assert row["attachment"].endswith(f"{row['learner']}/{PAGE}")
        assert (both.returns / "learners" / row["learner"] / PAGE).samefile(row["attachment"])
        assert row["attachment_pdf"] == row["attachment"].replace(suffix, ".pdf")


def test_a_draft_is_unsent_and_brings_the_page_and_no_mark_in_its_words(both):
    returning.run(both)
    ada = draft(both, "ada.l")
    assert (ada["X-Unsent"], ada["To"]) == ("1", "Ada Lovelace <ada@example.org>")
    assert ada["Subject"] == "Your feedback: Five cases"
    said = ada.get_body().get_content()
    assert said.startswith("Hello Ada,")
    assert "points" not in said
    (page,) = ada.iter_attachments()
    assert page.get_filename() == PAGE
    assert page.get_content_type() == "text/html"
    raw = (both.returns / "learners" / "ada.l" / PAGE).read_bytes()
    assert page.get_payload(decode=True) == raw
    assert draft(both, "bo")["To"] is None


def test_what_is_not_all_marked_does_not_go_back(marked, capsys):
    mark_by_hand(marked, "ada.l", 9)
    assert commands.give_back(marked.root) == 1
    said = capsys.readouterr().out
    assert "1 page for 1 learner" in said
    assert "Not ready: 03_cases of bo. What was written has no mark yet." in said
    assert [row["learner"] for row in merge(marked)] == ["ada.l"]
    assert not (marked.returns / "learners" / "bo").exists()


def test_what_is_stopped_never_goes_back_nor_what_was_put_together_before(both, capsys):
    returning.run(both)
    stopped.stop(both, "ada.l", ASSIGNMENT, by="T. Utor")
    assert not both.returns.exists()
    assert commands.give_back(both.root) == 0
    assert "marking is stopped: 03_cases of ada.l." in capsys.readouterr().out
    assert not any("ada" in name for name in contents(both.returns))
    assert [row["learner"] for row in merge(both)] == ["bo"]


def test_what_was_returned_unmarked_goes_back_and_says_so(both):
    mark_by_hand(both, "bo", None, "Returned unmarked: blur the post.")
    returning.run(both)
    bo = merge(both)[1]
    assert bo["level"] == "returned unmarked"
    assert bo["outcome"].startswith("Returned unmarked: a person could be known")


def test_a_second_run_tells_what_is_new_from_what_was_there(both):
    returning.run(both)
    before = contents(both.returns)
    mark_by_hand(both, "bo", 9)
    returning.run(both)
    assert [row["since_last_time"] for row in merge(both)] == ["as before", "changed"]
    after = contents(both.returns)
    assert after["drafts/ada.l.eml"] == before["drafts/ada.l.eml"]
    assert after["drafts/bo.eml"] != before["drafts/bo.eml"]


def test_a_run_that_fails_leaves_what_was_there(both, monkeypatch):
    returning.run(both)
    before = all_files(both.returns)

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(returning, "_merge", full)
    with pytest.raises(OSError, match="No space"):
        returning.run(both)
    assert all_files(both.returns) == before
    assert [path.name for path in both.workshop.glob("tmp*")] == []


NAMES = (
    ("Zoë", "Ó Súilleabháin"),
    ("Łucja", "Żółć"),
    ("محمد", "العربي"),
    ("淑芬", "林"),
    ("=HYPERLINK(1)", "+cmd|' /C calc'!A0"),
    ('A, "B"\r\nBcc: all@example.org', "<script>"),
    ("", ""),
)


@pytest.mark.parametrize(("first", "last"), NAMES)
def test_names_of_any_script_and_any_malice_stay_names(both, first, last):
    one = Learner("ada.l", first, last, "ada@example.org")
    gradebook.enrol(both, [one])
    returning.run(both)
    row = merge(both)[0]
    assert row["email"] == "ada@example.org"
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    if first.isalpha():
        assert (row["first_name"], row["last_name"]) == (first, last)
        assert draft(both, "ada.l")["To"].addresses[0].display_name == f"{first} {last}"
    ada = draft(both, "ada.l")
    assert ada["Bcc"] is None
    assert ada["X-Unsent"] == "1"


@pytest.mark.parametrize("email", ["not an address", "a@b@c", "x\r\nBcc: y@example.org", "@", " "])
def test_what_is_no_address_is_not_written_to(both, email):
    gradebook.enrol(both, [Learner("ada.l", "Ada", "L", email)])
    returning.run(both)
    ada = draft(both, "ada.l")
    assert (ada["To"], ada["Bcc"]) == (None, None)


def test_one_assignment_can_be_put_together_alone(both):
    assert [one.assignment for one in returning.run(both, assignment=ASSIGNMENT).returned] == [
        ASSIGNMENT,
        ASSIGNMENT,
    ]


def test_whose_address_is_not_known_is_said(both, capsys):
    assert commands.give_back(both.root) == 0
    said = capsys.readouterr().out
    assert "No e-mail address is known of bo." in said
    assert "Since the last time: 2 new." in said
