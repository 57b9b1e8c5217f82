import os

import pytest

from place_kit.tutor.intake import guard, taking
from tests.tutor.course import ASSIGNMENT, answer_file, hand_in, right

links = pytest.mark.skipif(os.name == "nt", reason="links need special rights on Windows")


@pytest.fixture
def place(marking):
    taking.take_all(marking, [taking.Arrival("a", hand_in())])
    return marking.submitted / "ada.l" / ASSIGNMENT


def moved(marking):
    return {one.what: one for one in guard.clear_submitted(marking)}


def test_what_the_intake_wrote_is_left_alone(marking, place):
    before = {path: path.read_bytes() for path in place.iterdir()}
    assert moved(marking) == {}
    assert {path: path.read_bytes() for path in place.iterdir()} == before


def test_a_stray_file_and_folder_are_moved_to_held(marking, place):
    (place / "place_kit.py").write_text("boom")
    (place / "place_kit").mkdir()
    found = moved(marking)
    assert len(found) == 2
    assert found[f"submitted/ada.l/{ASSIGNMENT}/place_kit.py"].now_at.read_text() == "boom"
    assert sorted(path.name for path in place.iterdir()) == [
        "answers.json",
        "cases.ipynb",
        "timestamp.txt",
    ]


def test_another_notebook_is_moved_and_ours_put_back(marking, place):
    (place / "cases.ipynb").write_text("{}")
    (one,) = moved(marking).values()
    assert "not the notebook we released" in one.reason
    assert (place / "cases.ipynb").read_bytes() == marking.notebooks()[ASSIGNMENT].read_bytes()


def test_answers_changed_by_hand_are_moved_and_what_fits_stays(marking, place):
    (place / "answers.json").write_bytes(answer_file({**right(), "x": 1}))
    (one,) = moved(marking).values()
    assert "changed by hand" in one.reason
    assert moved(marking) == {}


@pytest.mark.parametrize("content", [None, b"{", b"x" * 2_000_000])
def test_a_submission_without_usable_answers_is_moved_whole(marking, place, content):
    (place / "answers.json").unlink()
    if content:
        (place / "answers.json").write_bytes(content)
    (one,) = moved(marking).values()
    assert one.what == f"submitted/ada.l/{ASSIGNMENT}"
    assert not place.exists()


def test_a_time_that_is_none_is_moved(marking, place):
    (place / "timestamp.txt").write_text("yesterday")
    assert list(moved(marking)) == [f"submitted/ada.l/{ASSIGNMENT}/timestamp.txt"]


@links
def test_links_are_moved_and_never_followed(marking, place, tmp_path):
    (tmp_path / "secret").write_text("secret")
    (place / "answers.json").unlink()
    (place / "answers.json").symlink_to(tmp_path / "secret")
    (marking.submitted / "bo").symlink_to(tmp_path)
    assert len(moved(marking)) == 2
    assert (tmp_path / "secret").read_text() == "secret"
    assert list(marking.submitted.rglob("*")) == [marking.submitted / "ada.l"]


def test_strangers_and_unknown_assignments_are_moved(marking, place):
    (marking.submitted / "nobody" / ASSIGNMENT).mkdir(parents=True)
    (marking.submitted / "ada.l" / "ps1").mkdir()
    (marking.submitted / "note.txt").write_text("x")
    assert sorted(moved(marking)) == [
        "submitted/ada.l/ps1",
        "submitted/nobody",
        "submitted/note.txt",
    ]
