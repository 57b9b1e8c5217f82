"""Marking with real nbgrader: what honest learners get, and what hostile files do not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from place_kit.tutor import commands
from place_kit.tutor.desk import backups, gradebook, nbgrader_run, stopped
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.files import NoRoomError
from place_kit.tutor.intake import taking
from place_kit.tutor.marking import autograde
from place_kit.tutor.marking.engine import Engine
from tests.tutor.course import (
    ASSIGNMENT,
    CHOICE,
    CLASSIFY,
    CLASSIFY_KEY,
    FULL,
    REFLECT,
    SECRET,
    hand_in,
    right,
)

pytestmark = [
    pytest.mark.slow,
    # One of the hostile notebooks holds a cell twice.
    pytest.mark.filterwarnings("ignore::nbformat.warnings.DuplicateCellId"),
]

HALF = {**right(), CLASSIFY.id: dict(list(CLASSIFY_KEY.items())[:2])}
del HALF[CHOICE.id]


def nbgrader(folder: MarkingFolder, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as a tutor types it, from another folder's point of view or not."""
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder.root,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def marks(folder: MarkingFolder, learner: str) -> dict[str, tuple[float, bool, bool]]:
    scores = gradebook.scores(folder.db_url, ASSIGNMENT, "cases", learner)
    return {name: (one.points, one.by_hand, one.waiting) for name, one in scores.items()}


def mark_by_hand(folder: MarkingFolder, learner: str, points: float, comment: str = "") -> None:
    with gradebook.opened(folder.db_url) as book:
        grade = book.find_grade("rubric", "cases", ASSIGNMENT, learner)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment("rubric", "cases", ASSIGNMENT, learner).manual_comment = comment
        book.db.commit()


def take(folder: MarkingFolder, *raws: bytes) -> list[str]:
    taken = taking.take_all(
        folder, [taking.Arrival(f"{n}.json", raw) for n, raw in enumerate(raws)]
    )
    return [one.outcome for one in taken]


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, pristine: Path) -> MarkingFolder:
    """Two honest hand-ins, marked by `place-kit mark`. Tests take copies, or only look."""
    root = tmp_path_factory.mktemp("marked") / "marking"
    shutil.copytree(pristine, root)
    folder = MarkingFolder.open(root)
    assert take(folder, hand_in(), hand_in("bo", HALF)) == ["taken", "taken"]
    run = autograde.run(folder)
    assert [(one.learner, one.points, one.out_of) for one in run.marked] == [
        ("ada.l", FULL, FULL),
        ("bo", 2, FULL),
    ]
    assert run.failed == []
    assert run.waiting == [("ada.l", ASSIGNMENT), ("bo", ASSIGNMENT)]
    return folder


@pytest.fixture
def copy(marked: MarkingFolder, tmp_path: Path) -> MarkingFolder:
    shutil.copytree(marked.root, tmp_path / "marking")
    return MarkingFolder.open(tmp_path / "marking")


def test_missing_answers_are_told_apart_from_wrong_ones(copy):
    shutil.rmtree(copy.autograded / "bo")
    (one,) = autograde.run(copy).marked
    assert (one.learner, one.unanswered) == (
        "bo",
        len(CLASSIFY_KEY) - 2 + 1 + len(_other_questions()),
    )


def _other_questions() -> list[int]:
    from place_kit.answers import values
    from tests.tutor.course import QUESTIONS

    others = [one for one in QUESTIONS if one.id not in right()]
    return [part for one in others for part in range(values.missing(one, None))]


def test_marking_again_marks_nothing_again(copy):
    before = {path: path.read_bytes() for path in copy.autograded.rglob("*") if path.is_file()}
    run = autograde.run(copy)
    assert (run.marked, run.failed, run.unchanged) == ([], [], 2)
    assert {p: p.read_bytes() for p in copy.autograded.rglob("*") if p.is_file()} == before


def test_plain_nbgrader_gives_the_same_marks(copy):
    before = {learner: marks(copy, learner) for learner in ("ada.l", "bo")}
    shutil.rmtree(copy.autograded)
    with gradebook.opened(copy.db_url) as book:
        for learner in before:
            book.remove_submission(ASSIGNMENT, learner)
    done = nbgrader(copy, "autograde", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    assert {learner: marks(copy, learner) for learner in before} == before


def test_marking_without_running_is_refused(copy):
    """``nbgrader autograde --no-execute`` would give full marks to everybody."""
    config = nbgrader_run.config_of(copy)
    config.Execute.enabled = config.ClearOutput.enabled = False
    result = nbgrader_run.api(config).autograde(ASSIGNMENT, "bo", force=True)
    assert not result["success"]
    assert "Leave the option out" in nbgrader_run.reason(result)


def test_marks_given_by_hand_stay_and_a_new_text_asks_for_another_look(copy):
    mark_by_hand(copy, "ada.l", 8)
    same_text = {**right(), CHOICE.id: CHOICE.options[1].id}
    assert take(copy, hand_in(given=same_text, made="2026-11-21T08:00:00Z")) == ["replaced"]
    assert [one.learner for one in autograde.run(copy).marked] == ["ada.l"]
    assert marks(copy, "ada.l")["rubric"] == (8, True, False)
    assert marks(copy, "ada.l")["mark-choice"][0] == 0
    new_text = {**same_text, REFLECT.id: "Something else."}
    (taken,) = taking.take_all(
        copy, [taking.Arrival("x", hand_in(given=new_text, made="2026-11-22T08:00:00Z"))]
    )
    assert "has changed since it was marked" in taken.reason
    assert marks(copy, "ada.l")["rubric"] == (8, True, True)


def test_one_bad_submission_does_not_stop_the_rest(copy, monkeypatch, capsys):
    shutil.rmtree(copy.autograded)
    mark_one = Engine.mark

    def fails(engine, learner):
        if learner == "ada.l":
            raise ValueError("\x1b[31mbroken")
        return mark_one(engine, learner)

    monkeypatch.setattr(Engine, "mark", fails)
    assert commands.mark(copy.root) == 1
    said = capsys.readouterr().out
    assert "Not marked: 03_cases of ada.l. ValueError: " in said
    assert "\x1b" not in said
    assert "1 marked, 1 not, 0 as they were." in said
    assert "Traceback" in (copy.root / "mark.log").read_text()
    assert [*(path.name for path in copy.autograded.iterdir())] == ["bo"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, NoRoomError])
def test_a_run_that_is_stopped_goes_on_where_it_was(copy, monkeypatch, stop):
    before = {learner: marks(copy, learner) for learner in ("ada.l", "bo")}
    shutil.rmtree(copy.autograded)
    with gradebook.opened(copy.db_url) as book:
        for learner in before:
            book.remove_submission(ASSIGNMENT, learner)
    put_in_place = Engine._put_in_place

    def stops(engine, built, place):
        if place.parent.name == "bo":
            raise stop
        put_in_place(engine, built, place)

    with monkeypatch.context() as patched:
        patched.setattr(Engine, "_put_in_place", stops)
        with pytest.raises(stop):
            autograde.run(copy)
    assert [path.name for path in copy.autograded.iterdir()] == ["ada.l"]
    assert [one.learner for one in autograde.run(copy).marked] == ["bo"]
    assert {learner: marks(copy, learner) for learner in before} == before
    assert not [*copy.workshop.glob("tmp*")]


def test_a_full_disk_ends_the_run_in_words(copy, monkeypatch):
    from sqlalchemy.exc import OperationalError

    def full(*_):
        raise OperationalError("UPDATE", {}, Exception("database or disk is full"))

    shutil.rmtree(copy.autograded)
    monkeypatch.setattr(Engine, "mark", full)
    with pytest.raises(NoRoomError, match="The disk is full"):
        autograde.run(copy)


def test_work_that_is_stopped_is_marked_by_nobody(copy, capsys):
    stopped.stop(copy, "bo", ASSIGNMENT, by="A tutor")
    shutil.rmtree(copy.autograded)
    run = autograde.run(copy)
    assert [one.learner for one in run.marked] == ["ada.l"]
    assert (run.stopped, run.waiting) == ([("bo", ASSIGNMENT)], [("ada.l", ASSIGNMENT)])
    done = nbgrader(copy, "autograde", ASSIGNMENT, "--student=bo", "--force")
    assert done.returncode == 1
    assert "Its marking is stopped" in done.stderr
    assert not (copy.autograded / "bo" / ASSIGNMENT / "cases.ipynb").exists()
    assert commands.mark(copy.root) == 0
    assert "Stopped, and left out: 03_cases of bo." in capsys.readouterr().out


def test_each_run_that_marks_begins_with_a_backup(copy):
    before = backups.listed(copy)
    shutil.rmtree(copy.autograded)
    autograde.run(copy)
    (new,) = [one for one in backups.listed(copy) if one not in before]
    autograde.run(copy)
    assert backups.listed(copy) == [new, *before]


def test_what_a_gradebook_does_not_hold_is_marked_again(copy):
    """As after a gradebook from a backup was put back."""
    with gradebook.opened(copy.db_url) as book:
        book.remove_submission(ASSIGNMENT, "bo")
    assert [one.learner for one in autograde.run(copy).marked] == ["bo"]


# --- hostile files -----------------------------------------------------------------------

MODULES = (
    "place_kit.py",
    "place_kit/__init__.py",
    "pathlib.py",
    "json.py",
    "ipykernel_launcher.py",
    "ipykernel/__init__.py",
    "IPython/__init__.py",
    "sitecustomize.py",
    "usercustomize.py",
    "ipython_config.py",
    "ipython_kernel_config.py",
    "jupyter_config.py",
    "nbgrader_config.py",
    "profile_default/startup/00.py",
    ".ipython/profile_default/startup/00.py",
    "evil.pth",
    "traitlets.so",
)


def shooting(canary: Path) -> str:
    """Code that leaves a file behind when it is run."""
    return f"import os; os.close(os.open({str(canary)!r}, os.O_CREAT))"


def plant_modules(folder: MarkingFolder, learner: str, canary: Path) -> None:
    """Files that Python, IPython or Jupyter might load from the folder they run in."""
    for name in MODULES:
        path = folder.submitted / learner / ASSIGNMENT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shooting(canary))


def plant(folder: MarkingFolder, learner: str, canary: Path) -> None:
    """Everything at once beside an honest learner's answers, as if put there by hand."""
    plant_modules(folder, learner, canary)
    place, shot = folder.submitted / learner / ASSIGNMENT, shooting(canary)
    notebook = nbformat.read(place / "cases.ipynb", as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(shot, id="extra"))
    notebook.cells.append(notebook.cells[4].copy())  # a grade id twice
    notebook.metadata["kernelspec"] = {"name": "evil", "display_name": "e", "language": "sh"}
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution"]
        cell.metadata.pop("deletable", None)
        if cell.get("id", "").startswith("mark-"):
            cell.metadata["nbgrader"].update(points=999, locked=False, solution=True)
            cell.source = shot
    nbformat.write(notebook, place / "cases.ipynb")
    (place / "evil.ipynb").write_bytes((place / "cases.ipynb").read_bytes())


def test_these_files_would_run_under_stock_nbgrader(copy, tmp_path):
    """The trap is sharp: without our settings, what a learner sent is run."""
    plant_modules(copy, "ada.l", tmp_path / "canary")
    config = nbgrader_run.config_of(copy)
    del config.Autograde
    nbgrader_run.api(config).autograde(ASSIGNMENT, "ada.l", force=True)
    assert (tmp_path / "canary").exists()


@pytest.mark.parametrize("by", ["nbgrader", "place-kit"])
def test_nothing_that_lies_in_submitted_is_run_or_changes_a_mark(copy, tmp_path, by):
    honest = {learner: marks(copy, learner) for learner in ("ada.l", "bo")}
    canary = tmp_path / "canary"
    for learner in honest:
        plant(copy, learner, canary)
    shutil.rmtree(copy.autograded)
    if by == "nbgrader":
        done = nbgrader(copy, "autograde", ASSIGNMENT, "--force")
        assert done.returncode == 0, done.stderr
    else:
        run = autograde.run(copy)
        assert run.failed == []
        assert len(run.moved) > 2 * 10
    assert not canary.exists()
    assert {learner: marks(copy, learner) for learner in honest} == honest
    for learner in honest:
        assert sorted(path.name for path in (copy.autograded / learner / ASSIGNMENT).iterdir()) == [
            "answers.json",
            "cases.ipynb",
            "timestamp.txt",
        ]


@pytest.mark.skipif(os.name == "nt", reason="links need special rights on Windows")
def test_a_link_to_a_secret_is_never_marked_nor_shown_by_plain_nbgrader(copy, tmp_path):
    (tmp_path / "secret").write_text("the secret")
    for learner, name in (("ada.l", "answers.json"), ("bo", "cases.ipynb")):
        place = copy.submitted / learner / ASSIGNMENT
        (place / name).unlink()
        (place / name).symlink_to(tmp_path / "secret")
    shutil.rmtree(copy.autograded)
    done = nbgrader(copy, "autograde", ASSIGNMENT)
    assert done.returncode == 1
    assert "links are never followed" in done.stderr
    assert [path.name for path in copy.autograded.iterdir() if any(path.iterdir())] == ["bo"]
    read = [path.read_text() for path in copy.autograded.rglob("*") if path.is_file()]
    assert not any("the secret" in text for text in read)


def test_zip_collect_stops_before_it_unpacks_anything(copy):
    from nbgrader.apps.zipcollectapp import ZipCollectApp

    app = ZipCollectApp(config=nbgrader_run.config_of(copy))
    with pytest.raises(SystemExit, match="place-kit collect"):
        app.init_plugins()


# --- feedback ----------------------------------------------------------------------------


def test_feedback_is_our_page_from_either_command(copy):
    mark_by_hand(copy, "ada.l", 9, "You asked <b>and</b> listened.")
    assert commands.feedback(copy.root) == 0
    ours = {path: path.read_bytes() for path in copy.feedback.rglob("*.html")}
    assert len(ours) == 2
    page = (copy.feedback / "ada.l" / ASSIGNMENT / "cases.html").read_text(encoding="utf-8")
    for words in (
        "Ada Lovelace",
        f"{FULL + 9} of {FULL + 12} points",
        "Level 2 of 3",
        REFLECT.prompt,
    ):
        assert words in page
    assert "&lt;b&gt;and&lt;/b&gt;" in page
    assert SECRET not in page.replace(f"{SECRET} {CHOICE.options[0].id}", "")
    assert "Not marked yet" in (copy.feedback / "bo" / ASSIGNMENT / "cases.html").read_text("utf-8")
    done = nbgrader(copy, "generate_feedback", ASSIGNMENT, "--force")
    assert done.returncode == 0, done.stderr
    assert {path: path.read_bytes() for path in copy.feedback.rglob("*.html")} == ours


def test_formgraders_buttons_go_the_same_way(copy, tmp_path):
    """They call `NbGraderAPI` with the folder's configuration and one setting of their own."""
    honest = marks(copy, "ada.l")
    plant(copy, "ada.l", tmp_path / "canary")
    config = nbgrader_run.config_of(copy)
    config.HTMLExporter.template_name = "formgrade"
    api = nbgrader_run.api(config)
    assert api.autograde(ASSIGNMENT, "ada.l", force=True, create=True)["success"]
    assert api.generate_feedback(ASSIGNMENT, force=True)["success"]
    assert not (tmp_path / "canary").exists()
    assert marks(copy, "ada.l") == honest
    page = (copy.feedback / "ada.l" / ASSIGNMENT / "cases.html").read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="en-GB">')


def test_feedback_of_what_is_not_marked_is_left_out_and_said(copy, capsys):
    take(copy, hand_in("cy"))
    assert commands.feedback(copy.root) == 1
    assert "1 submission left out" in capsys.readouterr().out


@pytest.mark.browser
@pytest.mark.parametrize("width", [1000, 340])
def test_the_feedback_page_has_no_barriers(copy, browser, width):
    from axe_playwright_python.sync_playwright import Axe

    mark_by_hand(copy, "ada.l", 8, "Well asked.")
    assert commands.feedback(copy.root) == 0
    for learner in ("ada.l", "bo"):
        page = browser.new_page(viewport={"width": width, "height": 800})
        asked = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto((copy.feedback / learner / ASSIGNMENT / "cases.html").as_uri())
        assert len(asked) == 1
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["impact"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


# --- nbgrader's exchange -----------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="nbgrader has no exchange on Windows")
def test_nbgraders_collect_goes_through_the_intake(marking, tmp_path):
    from tests.tutor.course import answer_file

    inbound = tmp_path / "exchange" / "place-based-working" / "inbound"
    (marking.root / "own_config.py").write_text(
        f"c = get_config()\nc.Exchange.root = {str(tmp_path / 'exchange')!r}\n"
    )

    def submit(learner, time, contents):
        place = inbound / f"{learner}+{ASSIGNMENT}+{time} UTC+abc"
        for name, raw in contents.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(raw)

    good = {"answers.json": answer_file(right()), "place_kit.py": b"x", "cases.ipynb": b"x"}
    submit("ada.l", "2026-11-20 09:00:00", {**good, "timestamp.txt": b"2026-11-20 09:00:00 UTC"})
    # Bo sends in answers as Cy, too.
    submit(
        "bo",
        "2026-11-20 09:00:00",
        {f"cy/{ASSIGNMENT}/answers.json": b"x", "cy.json": hand_in("cy")},
    )
    submit("eve", "2026-11-20 09:00:00", good)
    done = nbgrader(marking, "collect", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in marking.submitted.iterdir()] == ["ada.l"]
    assert sorted(path.name for path in (marking.submitted / "ada.l" / ASSIGNMENT).iterdir()) == [
        "answers.json",
        "cases.ipynb",
        "timestamp.txt",
    ]
    assert "held" in done.stderr
    assert [path.name for path in marking.held.glob("*.json")] == [f"{ASSIGNMENT}__eve.json"]
