"""The whole catalogue of `hostile`, through intake, marking, feedback and exports at once."""

from __future__ import annotations

import csv
import json
import os
import shutil
import stat
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from place_kit.documents.sheet import FORMULA_STARTS
from place_kit.tutor import commands
from place_kit.tutor.desk import gradebook, roster
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.desk.roster import Learner, Roster
from place_kit.tutor.intake import taking
from place_kit.tutor.intake.taking import Taken
from place_kit.tutor.marking import autograde
from tests.tutor.course import (
    ASSIGNMENT,
    CLASSIFY,
    CLASSIFY_KEY,
    FULL,
    REFLECT,
    answer_file,
    hand_in,
    right,
)
from tests.tutor.hostile import ARRIVALS, BESIDE, TEXTS, Trap

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="links and pipes need special rights on Windows"),
]
SECRET = "the-secret-of-somebody-else"
HALF = {CLASSIFY.id: dict([*CLASSIFY_KEY.items()][:2]), REFLECT.id: "Honest."}


@dataclass
class Done:
    """What became of it all."""

    folder: MarkingFolder
    trap: Trap
    taken: tuple[Taken, ...]
    run: autograde.Run
    around: dict[str, bytes]
    around_before: dict[str, bytes]

    def of(self, name: str) -> list[Taken]:
        return [one for one in self.taken if one.source.startswith(f"{name}/")]


def snapshot(root: Path, without: Path) -> dict[str, bytes]:
    """Everything in a folder, as it is: bytes of files, aims of links."""
    found = {}
    for path in root.rglob("*"):
        if without == path or without in path.parents:
            continue
        kind = path.lstat().st_mode
        content = path.read_bytes() if stat.S_ISREG(kind) else b""
        found[path.relative_to(root).as_posix()] = (
            str(path.readlink()).encode() if stat.S_ISLNK(kind) else content
        )
    return found


def ids(prefix: str, catalogue: dict) -> dict[str, str]:
    return {name: f"{prefix}{number:02}" for number, name in enumerate(catalogue)}


SENT, INSIDE, PLANTED = ids("sent", ARRIVALS), ids("inside", BESIDE), ids("planted", BESIDE)
WRITING = ids("text", TEXTS)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, pristine: Path) -> Done:
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(pristine, root / "marking")
    folder = MarkingFolder.open(root / "marking")
    trap = Trap(root / "canary", root / "elsewhere" / "secret.json")
    trap.secret.parent.mkdir()
    trap.secret.write_text(f'{{"secret": "{SECRET}"}}')
    gradebook.enrol(
        folder, [Learner(one) for many in (SENT, INSIDE, PLANTED) for one in many.values()]
    )
    # Names as nbgrader's own commands would take them: as they are.
    named = {name: text.encode("utf-8", "replace").decode() for name, text in TEXTS.items()}
    gradebook.enrol(
        folder, [Learner(WRITING[n], text, text, text, text) for n, text in named.items()]
    )
    for platform, own in (("Canvas", "ID"), ("Brightspace", "OrgDefinedId")):
        names = ("Student", "SIS User ID", "SIS Login ID", "Section", "Username", "Last Name")
        columns = {
            WRITING[one]: {own: f"#{number}", **dict.fromkeys(names, text)}
            for number, (one, text) in enumerate(named.items())
        }
        roster.keep_platform_columns(folder, Roster((), (), platform, columns))
    inbox = root / "inbox"
    for name, sent in ARRIVALS.items():
        (inbox / name).mkdir(parents=True)
        sent(inbox / name, SENT[name], trap)
    released = folder.notebooks()[ASSIGNMENT].read_bytes()
    for name, beside in BESIDE.items():
        place = inbox / name / INSIDE[name] / ASSIGNMENT
        place.mkdir(parents=True)
        (place / "answers.json").write_bytes(answer_file(right()))
        (place / "cases.ipynb").write_bytes(released)
        beside(place, trap)
    for name, text in TEXTS.items():
        raw = hand_in(WRITING[name], {**right(), REFLECT.id: "HERE"})
        raw = raw.replace(b'"HERE"', json.dumps(text).encode("ascii"))  # half a pair, too
        (inbox / f"{WRITING[name]}.json").write_bytes(raw)
    honest = {"ada.l": right(), "bo": HALF, **{one: right() for one in PLANTED.values()}}
    for learner, given in honest.items():
        (inbox / f"honest {learner}.json").write_bytes(hand_in(learner, given))
    before = snapshot(root, folder.root)
    taken = taking.collect(inbox, folder.root)
    for name, beside in BESIDE.items():
        beside(folder.submitted / PLANTED[name] / ASSIGNMENT, trap)
    run = autograde.run(folder)
    with gradebook.opened(folder.db_url) as book:
        for name, text in named.items():
            comment = book.find_comment("rubric", "cases", ASSIGNMENT, WRITING[name])
            comment.manual_comment = "".join(filter(str.isprintable, text))  # the tutor's own
            grade = book.find_grade("rubric", "cases", ASSIGNMENT, WRITING[name])
            grade.manual_score, grade.needs_manual_grade = 8, False
        book.db.commit()
    commands.feedback(folder.root)
    for platform in ("plain", "moodle", "canvas", "brightspace"):
        commands.grades(folder.root, platform)
    commands.collect(inbox, folder.root)
    commands.status(folder.root)
    return Done(folder, trap, taken, run, snapshot(root, folder.root), before)


def test_there_are_more_than_forty_of_them():
    assert len(ARRIVALS) + len(BESIDE) + len(TEXTS) > 100


def test_nothing_that_was_sent_is_run(done):
    assert not done.trap.canary.exists()


def test_nothing_outside_the_marking_folder_has_changed(done):
    assert done.around == done.around_before


def test_the_secret_of_somebody_else_is_in_no_file(done):
    for path in done.folder.root.rglob("*"):
        # Hard links put there by hand are the tutor's own file by another name.
        if path.is_file() and not path.is_symlink() and path.stat().st_nlink == 1:
            assert SECRET.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("name", ARRIVALS)
def test_each_arrival_ends_as_something_with_a_reason(done, name):
    told = done.of(name)
    assert told or name in ("a zip of many",)
    for one in told:
        assert one.outcome in ("taken", "held", "refused", "duplicate")
        assert one.reason or one.outcome == "taken"
        assert one.source.isprintable()
        assert one.reason.isprintable()


TAKEN = {
    "a thousand answers", "NaN", "Infinity", "a huge number", "a huge exponent", "half a pair",
    "a list for an option", "a text for a list", "a list for a text", "true for a number",
    "prototype", "a time to come", "odd names in a zip", "a forged time", "names in an e-mail",
    "deep answer",
}  # fmt: skip


@pytest.mark.parametrize("name", ARRIVALS)
def test_what_is_taken_is_only_what_fits_the_questions(done, name):
    outcomes = {one.outcome for one in done.of(name)}
    assert ("taken" in outcomes) <= (name in TAKEN)
    place = done.folder.submitted / SENT[name]
    assert place.exists() == ("taken" in outcomes)


def test_submitted_and_autograded_hold_three_plain_files_each(done):
    for step in (done.folder.submitted, done.folder.autograded):
        for learner in step.iterdir():
            names = sorted(path.name for path in (learner / ASSIGNMENT).iterdir())
            assert names == ["answers.json", "cases.ipynb", "timestamp.txt"]


def test_honest_marks_are_what_they_would_be_alone(done):
    assert done.run.failed == []
    points = {one.learner: one.points for one in done.run.marked}
    assert points["ada.l"] == FULL
    assert points["bo"] == 2
    assert {points[one] for one in (*INSIDE.values(), *PLANTED.values())} == {FULL}
    assert {points[one] for one in WRITING.values()} == {FULL}
    assert all(value <= FULL for value in points.values())


def test_an_answer_that_does_not_fit_earns_nothing(done):
    for name in ("NaN", "true for a number", "a list for an option"):
        found = gradebook.scores(done.folder.db_url, ASSIGNMENT, "cases", SENT[name])
        assert found["mark-choice"].points == 0


class Page(HTMLParser):
    """What a page could do: tags that run, handlers, and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "form", "base", "link", "svg", "img"):
            self.bad.append(tag)
        for name, value in attrs:
            address = name in ("href", "src", "action", "formaction", "srcset")
            if name.startswith("on") or (address and not (value or "").startswith("#")):
                self.bad.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("name", TEXTS)
def test_a_feedback_page_shows_hostile_words_as_words(done, name):
    raw = (done.folder.feedback / WRITING[name] / ASSIGNMENT / "cases.html").read_bytes()
    page = Page()
    page.feed(raw.decode("utf-8"))
    assert page.bad == []
    assert not set(raw) & ({*range(32)} - {9, 10, 13})


def test_no_cell_of_any_table_is_a_formula(done):
    tables = [*done.folder.root.glob("*.csv"), *(done.folder.root / "results").glob("*.csv")]
    assert len(tables) >= 6
    for path in tables:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert cells
        assert [one for one in cells if one.startswith(FORMULA_STARTS) and one != "-"] == []
