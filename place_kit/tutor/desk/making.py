"""Make a marking folder, or bring one up to date."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import place_kit
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import (
    backups,
    course_files,
    expectations,
    gradebook,
    nbgrader_run,
    roster,
    settings,
)
from place_kit.tutor.desk.marking_folder import CONFIG, COURSE_ID, SETTINGS, MarkingFolder
from place_kit.tutor.files import same_bytes, write_whole
from place_kit.tutor.words import count, listed, utc_stamp

_GITIGNORE = "# This folder holds personal data. None of it belongs in git.\n*\n"

_TOLD = settings.Words()
_SETTINGS = f"""\
# Settings of this marking folder. Change what you like; place-kit never writes here again.
# Then run 'place-kit tutor' on this folder: it checks them, and renews for-learners/.
course = "{place_kit.__version__}"

# The time zone of the deadlines below, by its name in the world's list of zones.
timezone = "Europe/London"

[safeguarding]
# Who to turn to if a piece of work discloses harm or unsafe practice. Learners see this on
# their feedback page. For example: contact = "A. Person, 01234 567890"
contact = ""

[passing]
# What passes: this share of the points by rule, and this level of the reflection (0 to 3).
# Each exercise tells learners 0.6 (60 %) and 2. If you change it here, tell them.
by_rule = 0.6
level = 2

[deadlines]
# One line for each assignment: a date and time, or a date, which lasts until its end.
#   "03_cases" = 2026-12-01T17:00:00
#   "04_power" = 2026-12-15
# An assignment without a line here keeps the due date that Formgrader shows.
# Write "none" (with the quotation marks) to take a deadline away.

[late]
# What work loses that comes after the deadline: one of
#   "none"             nothing
#   "points per day"   points_per_day for each day that has begun
#   "capped"           it can pass, and earns no more points than a pass needs
#   "not accepted"     it does not count
# Nothing is lost within the grace, in minutes. 'place-kit extend' gives one learner more time.
policy = "none"
grace_minutes = 0
points_per_day = 0

[terms]
# What learners are told, in your own words. An empty text is left out.
# How often they may hand in again, and until when:
resubmission = "{_TOLD.resubmission}"
# Whom they turn to if they disagree with a mark, and how:
appeals = "{_TOLD.appeals}"
# What help is fine, software included, and that it must be said:
help = "{_TOLD.help}"
# A spoken reflection, as an adjustment:
spoken = "{_TOLD.spoken}"
"""

_CONFIG = f'''\
"""nbgrader's configuration for this marking folder, written by place-kit.

Your own settings (late penalties, an exchange, ...) go into own_config.py beside this file.
Classes are named as text on purpose: where place_kit is not installed nbgrader stops,
rather than run what a learner sent.
"""

from pathlib import Path

import nbgrader

import place_kit.tutor.desk

c = get_config()  # noqa: F821
here = Path(__file__).resolve().parent

c.CourseDirectory.root = str(here)
c.CourseDirectory.db_url = "sqlite:///" + str(here / "gradebook.db").replace("%", "%25")
c.CourseDirectory.course_id = "{COURSE_ID}"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.AssignLatePenalties.plugin_class = "place_kit.tutor.desk.late.LatePolicy"

if (here / "own_config.py").exists():
    load_subconfig("own_config.py", path=str(here))  # noqa: F821

# What follows keeps learners' files from being opened or run. It stands last.
c.Autograde.exporter_class = "place_kit.tutor.marking.nbgrader_side.OwnNotebook"
c.Autograde.autograde_preprocessors = [
    "place_kit.tutor.marking.nbgrader_side.OwnExecute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.GenerateFeedback.exporter_class = "place_kit.tutor.feedback.exporter.FeedbackPage"
c.GenerateFeedback.preprocessors = []
c.ExchangeFactory.collect = "place_kit.tutor.intake.exchange.Collect"
c.ZipCollectApp.extractor_plugin = "place_kit.tutor.marking.nbgrader_side.UsePlaceKitCollect"

# A submission's page in formgrader: nbgrader's own, laid out for reading, with names as text,
# and without what it asks of other machines.
templates = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
c.HTMLExporter.template_name = "marking"
c.HTMLExporter.extra_template_basedirs = [
    str(Path(place_kit.tutor.desk.__file__).with_name("formgrader")),
    str(templates),
]
c.HTMLExporter.extra_template_paths = [str(templates)]
'''

_README = """\
This is a marking folder for the course on place-based working. It is a complete nbgrader
course: every nbgrader command works here as nbgrader documents it. It holds personal data:
keep it where only tutors can read it, and out of git.

  place-kit tutor --roster FILE     add learners from a CSV file, or take a newer course
  place-kit collect INBOX           take hand-ins: files, zips, folders
  place-kit mark                    mark by rule
  place-kit tutor                   open Formgrader: marks for what was written
  place-kit moderate                have some marked a second time, by somebody else
  place-kit feedback                write the feedback pages
  place-kit return                  put together what goes back: folders, drafts, a mail merge
  place-kit grades                  the grades, for Moodle, Canvas, Brightspace or a spreadsheet
  place-kit cohort                  how the group did: a page, and the notebook cohort.ipynb
  place-kit status                  who has handed in what, and what is still to do
  place-kit extend LEARNER ASSIGNMENT --days 7   more time for one learner
  place-kit stop LEARNER ASSIGNMENT              where work discloses harm: it is not marked
  place-kit remove LEARNER                       erase somebody's work for good
  place-kit restore                              put a backup of the gradebook back

Formgrader notes that there is no exchange: that is as it should be, unless your JupyterHub
has one. Hand-ins come in by place-kit collect, and place-kit return puts together what goes back.

received/   every file as it came     held/       what waits for you, with the reason
submitted/  what is marked            attempts/   earlier attempts
autograded/ marked copies             feedback/   the pages
return/     what goes back, put together anew by each 'place-kit return'
for-learners/ what learners can expect, to send or print
backups/    the gradebook, before each marking run and before a newer course was taken
results/    grades and the page of the group
moderation/ second marks, and how what differed was settled
roster.json what your learning platform asks for when it takes in the grades
"""


@dataclass(slots=True)
class Made:
    """What `make` did, as sentences, and what somebody must look at."""

    folder: MarkingFolder
    done: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def make(folder: Path, roster_file: Path | None, solutions: Path | None = None) -> Made:
    """Make the marking folder, or bring it up to date. Marks already given never change.

    Parameters
    ----------
    folder
        A new or empty folder outside any repository, or a marking folder.
    roster_file
        A CSV file of learners, or a platform's export; see `place_kit.tutor.desk.roster`.
    solutions
        The instructor's notebooks; by default the checkout's.

    Raises
    ------
    PlaceKitError
        If the folder cannot be one, with the reason and what to do.
    """
    root = _allowed(folder)
    if (root / SETTINGS).exists():
        settings.read(MarkingFolder(root))  # what is wrong there is told before anything is done
    solutions = solutions or course_files.solutions()
    # Read first: a mistyped name must not leave a half-made folder.
    people = roster.read(roster_file) if roster_file else None
    made = Made(MarkingFolder(root))
    _write_own_files(made)
    with made.folder.locked():
        for source in sorted(path for path in solutions.iterdir() if path.is_dir()):
            if not source.name.startswith((".", "_")):
                _take_assignment(made, source)
        if people is not None:
            _enrol(made, people)
        _apply_settings(made)
        backups.make(made.folder)
    return made


def _apply_settings(made: Made) -> None:
    from place_kit.tutor.desk import late  # it loads nbgrader, which may be missing

    late.apply_deadlines(made.folder)
    late.apply_penalties(made.folder)
    if expectations.write(made.folder):
        made.done.append("Wrote for-learners/: what they can expect. Send it, or print it.")


def _allowed(folder: Path) -> Path:
    root = folder.expanduser().resolve()
    for place in (root, *root.parents):
        if (place / ".git").exists() or place == course_files.PACKAGE:
            raise PlaceKitError(
                f"{root} lies inside the repository {place}. A marking folder holds personal data, "
                "which must not get into a repository: choose a folder outside it."
            )
    if any(sign in str(root) for sign in "[]*?"):
        raise PlaceKitError(
            f"The path {root} has a square bracket, a star or a question mark in it, and nbgrader "
            "takes these for a pattern. Choose another name."
        )
    if root.exists() and not root.is_dir():
        raise PlaceKitError(f"{root} is a file. Name a new folder.")
    if root.is_dir() and not (root / SETTINGS).exists() and any(root.iterdir()):
        raise PlaceKitError(
            f"{root} holds other things already. Name a new or an empty folder for marking."
        )
    return root


def _write_own_files(made: Made) -> None:
    root = made.folder.root
    new = not (root / SETTINGS).exists()
    try:
        root.mkdir(parents=True, exist_ok=True)
        if new:
            root.chmod(0o700)  # personal data: nobody else on this machine reads it
    except OSError as error:
        raise PlaceKitError(
            f"{root} could not be made ({error.strerror}). Choose a folder you may write to."
        ) from error
    write_whole(root / ".gitignore", _GITIGNORE.encode())
    write_whole(root / "README.txt", _README.encode())
    config = root / CONFIG
    if config.exists() and not same_bytes(config, _CONFIG.encode()):
        kept = config.rename(config.with_name(f"{CONFIG}.until-{utc_stamp()}"))
        made.done.append(
            f"Renewed {CONFIG}; the one before is kept as {kept.name}. "
            "Settings of your own belong in own_config.py."
        )
    if not config.exists():
        write_whole(config, _CONFIG.encode())
    for name in ("solutions", "exercises", "submitted", "received", "held"):
        (root / name).mkdir(exist_ok=True)
    if new:
        write_whole(root / SETTINGS, _SETTINGS.encode())
        made.done.append(f"Made a marking folder in {root}.")


def _take_assignment(made: Made, source: Path) -> None:
    """Give the folder one assignment; an older version is replaced only if that is safe."""
    assignment, folder = source.name, made.folder
    notebooks = sorted(source.glob("*.ipynb"))
    if len(notebooks) != 1:
        raise PlaceKitError(f"{source} must hold exactly one notebook, and holds {len(notebooks)}.")
    raw = notebooks[0].read_bytes()
    mine = folder.solutions / assignment / notebooks[0].name
    released = folder.exercises / assignment / notebooks[0].name
    if released.exists() and same_bytes(mine, raw):
        return
    if not released.exists():
        first = not folder.gradebook.exists()
        write_whole(mine, raw)
        try:
            nbgrader_run.generate(nbgrader_run.config_of(folder), assignment)
        except BaseException:
            if first:  # a gradebook that is half made would be taken for a whole one
                folder.gradebook.unlink(missing_ok=True)
            raise
        made.done.append(f"Took assignment {assignment}.")
        return
    trial = folder.workshop / "trial"
    shutil.rmtree(trial, ignore_errors=True)
    try:
        write_whole(trial / "solutions" / assignment / mine.name, raw)
        nbgrader_run.generate(nbgrader_run.bare_config(trial), assignment)
        new_release = (trial / "exercises" / assignment / mine.name).read_bytes()
    finally:
        shutil.rmtree(trial, ignore_errors=True)
    same = same_bytes(released, new_release)
    handed_in = any(folder.submitted.glob(f"*/{assignment}"))
    if not same and (handed_in or gradebook.has_submissions(folder, assignment)):
        made.problems.append(
            f"Assignment {assignment} was left as it is: the course has a newer one with other "
            "questions or words, and learners have handed this one in. To use the newer one, "
            "make a new marking folder for the next group."
        )
        return
    _replace_assignment(folder, assignment, mine, raw)
    made.done.append(
        f"Took a newer {assignment}: "
        + (
            "what learners see is the same, the marking is newer. Marks given before stay; "
            "to renew them, delete a learner's folder in autograded/ and mark again."
            if same
            else "nobody had handed it in yet."
        )
    )


def _replace_assignment(folder: MarkingFolder, assignment: str, mine: Path, raw: bytes) -> None:
    # A failed run of nbgrader removes the released notebook: everything is put back.
    backup = folder.root / "backups" / utc_stamp()
    backup.mkdir(parents=True, exist_ok=True)
    released = folder.exercises / assignment
    shutil.copytree(mine.parent, backup / "solutions")
    shutil.copytree(released, backup / "exercises")
    shutil.copyfile(folder.gradebook, backup / "gradebook.db")
    try:
        # First, so that a run that is killed here leaves nothing to take for the newer release.
        (released / mine.name).unlink()
        write_whole(mine, raw)
        nbgrader_run.generate(nbgrader_run.config_of(folder), assignment)
    except BaseException:
        shutil.copytree(backup / "solutions", mine.parent, dirs_exist_ok=True)
        shutil.copytree(backup / "exercises", released, dirs_exist_ok=True)
        shutil.copyfile(backup / "gradebook.db", folder.gradebook)
        raise


def _enrol(made: Made, people: roster.Roster) -> None:
    before = gradebook.roster(made.folder)
    roster.keep_platform_columns(made.folder, people)
    gradebook.enrol(made.folder, people.learners)
    after = gradebook.roster(made.folder)
    new = [one.id for one in people.learners if one.id not in before]
    changed = [one.id for one in before.values() if one != after[one.id]]
    absent = sorted(before.keys() - {one.id for one in people.learners})
    source = f", as {people.platform} exports it," if people.platform else ""
    made.done.append(
        f"The roster{source} has {count(len(people.learners), 'learner')}, {len(new)} of them "
        "new here."
    )
    if changed:
        made.done.append(f"Corrected a name, an e-mail address or a number: {listed(changed)}.")
    if absent:
        made.done.append(f"Kept, though not in this file: {listed(absent)}.")
    made.problems.extend(people.problems)
    emails = {one.email.lower(): one.id for one in before.values() if one.email}
    for id in new:
        known = emails.get(after[id].email.lower())
        if known in absent:
            made.problems.append(
                f"{id} is new here and has the e-mail address of {known}, who is not in this file. "
                f"If they are one person, their id has changed: give them the id {known} in the "
                "roster, or their earlier work stays apart."
            )
