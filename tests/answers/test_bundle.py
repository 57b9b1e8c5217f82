"""One file to move with: the same work makes the same bytes, and a stranger's file does nothing."""

from __future__ import annotations

import io
import json
import stat
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from place_kit.answers import bundle, handin, journal
from place_kit.answers.bundle import Bundle, BundleError
from place_kit.answers.entries import Answers, Entry

SET = "99_try"
ENTRY = Entry(
    "I thought: Ãŋ 🌍 \u202eabc",
    1,
    3,
    "2026-01-02T00:00:00Z",
    kept=(("x", "2026-01-01T00:00:00Z"),),
)
HAND_IN = handin.make("99_try", "ada-l", Answers("99_try.graded", {"99_try.graded.a": ENTRY}))
FULL = Bundle(
    {
        SET: Answers(SET, {f"{SET}.a": ENTRY}),
        "99_try.graded": Answers("99_try.graded", {"99_try.graded.a": ENTRY}),
    },
    {SET: {f"{SET}.a": (("earlier", "2025-01-01T00:00:00Z"),)}},
    {"99_try__ada-l.json": HAND_IN},
    "ada-l",
)


def test_what_is_written_is_read_back_and_the_same_work_makes_the_same_bytes():
    raw = bundle.make(FULL)
    assert bundle.parse(raw) == FULL
    assert bundle.make(bundle.parse(raw)) == raw


def test_it_holds_no_notebook_and_any_unzipper_reads_it():
    with zipfile.ZipFile(io.BytesIO(bundle.make(FULL))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "manifest.json",
            "answers/99_try.graded.json",
            "answers/99_try.json",
            "hand-in/99_try__ada-l.json",
            "journal/99_try.json",
            "learner.json",
        ]


def test_reading_and_writing_needs_no_compiled_package():
    code = (
        "import sys; from place_kit.answers import bundle as b; b.parse(b.make(b.Bundle())); "
        "print(sorted(name for name in sys.modules if name.split('.')[0] in "
        "('zmq', 'rpds', 'jsonschema', 'anywidget', 'ipywidgets', 'cryptography', 'filelock')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


# --- what somebody made up ------------------------------------------------------------------------


def packed(inside, **manifest):
    """An export made by hand: its list fits, unless it is told otherwise."""
    import hashlib

    digests = {name: hashlib.sha256(raw).hexdigest() for name, raw in inside.items()}
    head = {"format": bundle.FORMAT, "version": 1, "course": "0.1.0", "files": digests}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(head | manifest))
        for name, raw in inside.items():
            archive.writestr(name, raw)
    return made.getvalue()


def answer_file(**changes):
    one = {"revision": 1, "saves": 1, "latest": {"value": "x", "at": "2026-01-01T00:00:00Z"}}
    head = {"format": "place-kit answers", "version": 1, "set": SET, "answers": {f"{SET}.a": one}}
    return json.dumps(head | changes).encode()


@pytest.mark.parametrize(
    "name",
    [
        "../answers/99_try.json",
        "answers/../../x.json",
        "/answers/99_try.json",
        "answers\\99_try.json",
        "answers/99_try.json/",
        "answers/99_TRY.json",
        "answers/con.json",
        "course/00_welcome.ipynb",
        "hand-in/../x__y.json",
        "answers/99_try.json\x00.txt",
        "answers/99_try.json\n",
        ".place-kit/manifest.json",
    ],
)
def test_a_name_of_another_kind_is_refused(name):
    with pytest.raises(BundleError, match=r"never does|damaged"):
        bundle.parse(packed({name: answer_file()}))


def test_a_link_in_it_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo("answers/99_try.json")
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(BundleError, match="never does"):
        bundle.parse(made.getvalue())


def test_a_bomb_is_left_alone_when_it_has_grown_too_large():
    bomb = packed({"answers/99_try.json": b" " * 50_000_000})
    assert len(bomb) < 60_000
    with pytest.raises(BundleError, match="too large"):
        bundle.parse(bomb)
    many = packed({f"journal/{number:02}_try.json": b" " * 19_000_000 for number in range(5)})
    with pytest.raises(BundleError, match="too large"):
        bundle.parse(many)


def test_too_many_files_are_refused():
    with pytest.raises(BundleError, match="more than 500"):
        bundle.parse(packed({f"x{number}": b"" for number in range(600)}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_given_twice_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for _ in range(2):
            archive.writestr("answers/99_try.json", answer_file())
    with pytest.raises(BundleError, match="twice"):
        bundle.parse(made.getvalue())


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (answer_file(version=2), "newer version"),
        (answer_file(version=0), "damaged"),
        (answer_file(set="98_other"), "damaged"),
        (
            answer_file(answers={"98_other.a": json.loads(answer_file())["answers"]["99_try.a"]}),
            "elsewhere",
        ),
        (answer_file(answers={"99_try.a": 1}), "damaged"),
        (answer_file().replace(b"2026-01-01T00:00:00Z", b"9"), "damaged"),
        (answer_file().replace(b'"x"', b'"\\ud800"'), "cannot be written"),
        (b"[" * 100_000, "damaged"),
        (b"\xff", "damaged"),
    ],
)
def test_an_answer_file_that_is_not_in_order_stops_it_all_and_says_why(raw, words):
    with pytest.raises(BundleError, match=words):
        bundle.parse(packed({"answers/99_try.json": raw}))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": 2}, "newer version"),
        ({"version": 0}, "damaged"),
        ({"set": "98_other"}, "damaged"),
        ({"versions": {"99_try.a": [{"value": "x", "at": "9"}]}}, "damaged"),
        ({"versions": {"98_other.a": []}}, "elsewhere"),
    ],
)
def test_earlier_versions_that_are_not_in_order_stop_it_all_and_say_why(change, words):
    whole = json.loads(journal.dump("99_try", {})) | change
    with pytest.raises(BundleError, match=words):
        bundle.parse(packed({"journal/99_try.json": json.dumps(whole).encode()}))


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ({"version": 2}, "newer version"),
        ({"version": True}, "damaged"),
        ({"format": "another"}, "not an export"),
        ({"files": {}}, "damaged"),
        ({"course": 1}, "damaged"),
    ],
)
def test_a_list_of_files_that_is_not_in_order_is_refused(manifest, words):
    with pytest.raises(BundleError, match=words):
        bundle.parse(packed({"answers/99_try.json": answer_file()}, **manifest))


def test_a_hand_in_of_another_is_refused():
    with pytest.raises(BundleError, match="another"):
        bundle.parse(packed({"hand-in/99_try__bob.json": HAND_IN}))


@pytest.mark.parametrize("raw", [b"", b"PK", b"hello", zipfile.ZipFile.__doc__.encode()])
def test_another_file_is_no_export(raw):
    with pytest.raises(BundleError, match="not an export"):
        bundle.parse(raw)


WHOLE = bundle.make(FULL)


@settings(deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_one_changed_byte_is_found_or_changes_nothing(place, by):
    changed = bytearray(WHOLE)
    changed[place] ^= by
    with suppress(BundleError):
        assert bundle.parse(bytes(changed)) == FULL


@settings(deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_a_file_cut_short_is_refused(length):
    with pytest.raises(BundleError):
        bundle.parse(WHOLE[:length])


# --- two answers to one question ------------------------------------------------------------------

times = st.integers(1, 9).map(lambda number: f"2026-01-0{number}T00:00:00Z")
words = st.sampled_from(["a", "b", "c", "d"])
kept = st.lists(st.tuples(words, times), max_size=2).map(tuple)
first = st.one_of(st.just((None, "")), st.tuples(words, times))


@st.composite
def entries(draw):
    value, (first_value, first_at) = draw(words), draw(first)
    return Entry(
        value,
        1,
        draw(st.integers(1, 5)),
        draw(times),
        first_value,
        first_at,
        draw(st.booleans()),
        draw(kept),
    )


def said(*entries):
    everything = set()
    for one in entries:
        everything |= {one.value, one.first, *(value for value, _ in one.kept)}
    return everything - {None}


@settings(deadline=None)
@given(entries(), entries())
def test_the_later_is_the_latest_and_nothing_said_is_lost(mine, theirs):
    both = bundle.merge(mine, theirs)
    assert both.at == max(mine.at, theirs.at)
    assert said(both) == said(mine, theirs)
    assert both.first_at == min(filter(None, (mine.first_at, theirs.first_at)), default="")


@settings(deadline=None)
@given(entries(), entries())
def test_merging_again_changes_nothing(mine, theirs):
    both = bundle.merge(mine, theirs)
    assert bundle.merge(both, theirs) == both
    assert bundle.merge(mine, mine) == mine
    assert bundle.merge(both, both) == both


@settings(deadline=None)
@given(entries(), entries())
def test_an_open_window_is_told_of_what_came_in(mine, theirs):
    both = bundle.merge(mine, theirs)
    assert (both == mine) or both.saves > max(mine.saves, theirs.saves)
    assert bundle.merge(replace(mine, saves=0), theirs).value == both.value
