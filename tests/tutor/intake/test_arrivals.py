import io
import os
import zipfile

import pytest

from place_kit.tutor.intake import arrivals
from tests.tutor.course import ASSIGNMENT, answer_file, hand_in, right

links = pytest.mark.skipif(os.name == "nt", reason="links need special rights on Windows")


def zipped(contents, compression=zipfile.ZIP_DEFLATED):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", compression) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return raw.getvalue()


def read(inbox):
    return {one.source: one for one in arrivals.read(inbox) if one.kind != "zip"}


def problem_of(inbox, source):
    return read(inbox)[source].problem


def test_a_single_file_can_be_the_inbox(tmp_path):
    (tmp_path / "a.json").write_bytes(b"{}")
    (one,) = arrivals.read(tmp_path / "a.json")
    assert (one.source, one.raw, one.problem) == ("a.json", b"{}", "")


def test_a_folder_of_a_learning_platform_is_read_at_any_depth(inbox):
    place = inbox / "Ada Lovelace_4711_assignsubmission_file_"
    place.mkdir()
    (place / "03_cases__ada.l.json").write_bytes(hand_in())
    assert [one.raw for one in arrivals.read(inbox)] == [hand_in()]


def test_rubbish_of_computers_is_passed_over_and_strangers_are_told(inbox):
    for name in (".DS_Store", "Thumbs.db", "._a.json"):
        (inbox / name).write_bytes(b"x")
    (inbox / "cv.docx").write_bytes(b"x")
    (inbox / "cases.ipynb").write_bytes(b"x")
    assert set(read(inbox)) == {"cv.docx", "cases.ipynb"}
    assert "the answers are not in it" in problem_of(inbox, "cases.ipynb")


@pytest.mark.parametrize("stamp", [b"2026-11-20 09:00:00.000000 UTC", None, b"rubbish"])
def test_nbgraders_folders_say_whose_answers_they_are(inbox, stamp):
    place = inbox / "Ada.L" / ASSIGNMENT
    place.mkdir(parents=True)
    (place / "answers.json").write_bytes(answer_file(right()))
    (place / "cases.ipynb").write_bytes(b"never opened")
    if stamp:
        (place / "timestamp.txt").write_bytes(stamp)
    (one,) = arrivals.read(inbox)
    assert (one.kind, one.learner, one.assignment) == ("submission", "ada.l", ASSIGNMENT)
    assert (one.time is not None) == (stamp is not None and stamp != b"rubbish")


def test_the_exchanges_folders_say_it_in_one_name(inbox):
    place = inbox / f"ada+{ASSIGNMENT}+2026-11-20 09:00:00.000000 UTC+a1b2"
    place.mkdir()
    (place / "answers.json").write_bytes(b"{}")
    (one,) = arrivals.read(inbox)
    assert (one.learner, one.assignment, one.time.hour) == ("ada", ASSIGNMENT, 9)


@links
def test_links_to_files_and_folders_are_refused(inbox, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.json").write_bytes(hand_in())
    (inbox / "file.json").symlink_to(secret / "a.json")
    (inbox / "folder").symlink_to(secret)
    assert all("link" in one.problem and not one.raw for one in arrivals.read(inbox))


def test_too_large_a_file_is_refused(inbox):
    (inbox / "big.json").write_bytes(b" " * (arrivals.MAX_JSON + 1))
    assert "larger than" in problem_of(inbox, "big.json")


def test_folders_have_an_end(inbox):
    place = inbox
    for _ in range(12):
        place = place / "d"
        place.mkdir()
    (one,) = arrivals.read(inbox)
    assert "folders deep" in one.problem


def test_a_zip_is_kept_whole_and_its_members_are_read(inbox):
    raw = zipped({"a/x.json": b"{}", "__MACOSX/a/._x.json": b"", "ada/03_cases/answers.json": b"1"})
    (inbox / "all.zip").write_bytes(raw)
    whole, first, second = arrivals.read(inbox)
    assert (whole.kind, whole.raw) == ("zip", raw)
    assert (first.raw, first.in_zip) == (b"{}", True)
    assert (second.kind, second.learner, second.in_zip) == ("submission", "ada", True)


def test_a_zip_in_a_zip_is_read_and_a_third_is_not(inbox):
    inner = zipped({"deep.zip": zipped({"x.json": b"{}"}), "y.json": b"{}"})
    (inbox / "all.zip").write_bytes(zipped({"one.zip": inner}))
    found = read(inbox)
    assert found["all.zip > one.zip > y.json"].raw == b"{}"
    assert "zip inside a zip" in found["all.zip > one.zip > deep.zip"].problem


@pytest.mark.parametrize(
    "name", ["../x.json", "/x.json", "a/../../x.json", "..\\x.json", "C:x.json"]
)
def test_a_name_that_leads_outside_is_refused(inbox, name):
    (inbox / "all.zip").write_bytes(zipped({name: b"{}"}))
    (one,) = read(inbox).values()
    assert "outside" in one.problem


def test_a_link_in_a_zip_is_refused(inbox):
    info = zipfile.ZipInfo("x.json")
    info.external_attr = 0o120777 << 16
    (inbox / "all.zip").write_bytes(zipped({info: b"/etc/passwd"}))
    assert "link" in problem_of(inbox, "all.zip > x.json")


def test_a_zip_bomb_is_read_no_further_than_the_limit(inbox):
    (inbox / "all.zip").write_bytes(zipped({"x.json": b"\0" * 50_000_000}))
    assert (inbox / "all.zip").stat().st_size < 100_000
    one = read(inbox)["all.zip > x.json"]
    assert "larger than" in one.problem
    assert one.raw == b""


def test_a_zip_that_lies_about_sizes_gains_nothing(inbox):
    raw = bytearray(zipped({"x.json": b"\0" * 5_000_000}))
    directory = raw.rindex(b"PK\x01\x02")
    raw[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    (inbox / "all.zip").write_bytes(raw)
    one = read(inbox)["all.zip > x.json"]
    assert len(one.raw) <= arrivals.MAX_JSON
    assert one.problem


def test_too_many_members_are_refused_together_with_those_of_inner_zips(inbox, monkeypatch):
    monkeypatch.setattr(arrivals, "MAX_MEMBERS", 200)
    inner = zipped({f"{number}.json": b"{}" for number in range(150)})
    (inbox / "all.zip").write_bytes(zipped({"a.zip": inner, "b.zip": inner}))
    assert "holds more than" in problem_of(inbox, "all.zip > b.zip")


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 rubbish", b"x" * 100])
def test_what_is_not_a_zip_is_refused(inbox, raw):
    (inbox / "all.zip").write_bytes(raw)
    (one,) = read(inbox).values()
    assert "not a zip" in one.problem
