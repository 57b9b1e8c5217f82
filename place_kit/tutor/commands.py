"""What ``place-kit tutor``, ``collect``, ``mark``, ``feedback`` and ``status`` do and say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from place_kit.problems import PlaceKitError
from place_kit.tutor.marking_folder import MarkingFolder
from place_kit.tutor.words import clean, count, number

if TYPE_CHECKING:
    from rich.console import Console


def make(folder: Path | None, roster: Path | None = None) -> int:
    """Make a marking folder, or bring one up to date.

    Returns
    -------
    int
        0 when all went well, 1 when something is to be looked at. So do all here.
    """
    from place_kit.tutor import folder as making

    console = _console()
    made = making.make(folder or MarkingFolder.open().root, roster)
    for line in made.done or ["All is as it was."]:
        _say(console, line)
    for line in made.problems:
        _say(console, line, "yellow")
    contact = made.folder.safeguarding_contact()
    if not contact:
        _say(
            console,
            "No safeguarding contact is named yet: write one into place-kit.toml there. "
            "Learners see it on their feedback.",
            "yellow",
        )
    _say(console, f"Next: cd {made.folder.root}, then place-kit collect INBOX.")
    return int(bool(made.problems))


def collect(inbox: Path, folder: Path | None = None) -> int:
    """Take in what learners handed in, and say of each file what became of it."""
    from place_kit.tutor import intake

    console = _console()
    place = MarkingFolder.open(folder)
    taken = intake.collect(inbox, place.root)
    if taken:
        rows = [
            (one.source, one.outcome, f"{one.learner} {one.assignment}".strip(), one.reason)
            for one in taken
        ]
        _table(console, ("File", "Outcome", "Whose", "Why"), rows)
    outcomes = [one.outcome for one in taken]
    sums = [f"{outcomes.count(name)} {name}" for name in dict.fromkeys(outcomes)]
    _say(console, f"{count(len(taken), 'file')}: {', '.join(sums) or 'nothing to take'}.")
    for assignment, people in intake.missing(place).items():
        if people:
            more = f" and {len(people) - 20} more" if len(people) > 20 else ""
            names = ", ".join(people[:20])
            _say(console, f"Still to hand in {assignment}: {names}{more}.")
    _say(console, f"All of this is in {place.root / 'collected.csv'}, too.")
    return int("held" in outcomes or "refused" in outcomes)


def mark(folder: Path | None = None) -> int:
    """Mark by rule what is new, and list what waits for the tutor."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from place_kit.tutor import autograde

    console = _console()
    place = MarkingFolder.open(folder)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Marking", total=None)

        def progress(done: int, of: int, name: str) -> None:
            words = f"Marking {min(done + 1, of)} of {of}"
            bar.update(task, completed=done, total=of, description=words)

        run = autograde.run(place, progress)
    for moved in run.moved:
        where = moved.now_at.relative_to(place.root)
        _say(console, f"{moved.what} was moved to {where}: {moved.reason}.", "yellow")
    if run.marked:
        rows = [
            (
                one.learner,
                one.assignment,
                f"{number(one.points)} of {number(one.out_of)}",
                str(one.unanswered) if one.unanswered else "",
            )
            for one in run.marked
        ]
        _table(console, ("Learner", "Assignment", "By rule", "Not answered"), rows)
    for failed in run.failed:
        words = f"Not marked: {failed.assignment} of {failed.learner}. {failed.reason}."
        _say(console, words, "red")
    _say(
        console,
        f"{len(run.marked)} marked, {len(run.failed)} not, {run.unchanged} as they were.",
    )
    if run.failed:
        _say(console, f"Nothing is lost. The details are in {place.root / 'mark.log'}.")
    if run.waiting:
        names = ", ".join(learner for learner, _ in run.waiting[:20])
        more = f" and {len(run.waiting) - 20} more" if len(run.waiting) > 20 else ""
        _say(
            console,
            f"{count(len(run.waiting), 'script')} to mark by the rubric: {names}{more}. "
            "Start 'jupyter lab' here and open Formgrader from the Nbgrader menu.",
        )
    return int(bool(run.failed or run.moved))


def feedback(folder: Path | None = None) -> int:
    """Write the feedback page of every submission that is marked by rule."""
    from place_kit.tutor import autograde, gradebook, nbgrader_run

    console = _console()
    place = MarkingFolder.open(folder)
    written, failed = [], 0
    with place.locked():
        todo = [one for one in autograde.submissions(place) if autograde.is_marked(place, *one)]
        not_marked = len(autograde.submissions(place)) - len(todo)
        api: Any = nbgrader_run.api(nbgrader_run.config_of(place)) if todo else None
        for learner, assignment in todo:
            answer = api.generate_feedback(assignment, learner, force=True)
            if answer["success"]:
                written.append((learner, assignment))
            else:
                failed += 1
                why = nbgrader_run.reason(answer)
                _say(console, f"No feedback for {learner}, {assignment}: {why}.", "red")
    unfinished = len(gradebook.waiting(place).intersection(written))
    _say(console, f"{count(len(written), 'page')} written to {place.feedback}.")
    if unfinished:
        words = "what was written is 'not marked yet': mark it, then run this again"
        _say(console, f"In {unfinished} of them, {words}.")
    if not_marked:
        _say(console, f"{count(not_marked, 'submission')} left out: run 'place-kit mark' first.")
    return int(bool(failed or not_marked))


def status(folder: Path | None = None) -> int:
    """Say who has handed in what, and what is still to do."""
    from place_kit.tutor import autograde, gradebook

    console = _console()
    place = MarkingFolder.open(folder)
    people = gradebook.roster(place)
    notebooks = place.notebooks()
    waiting = gradebook.waiting(place)

    def state(learner: str, assignment: str) -> str:
        if not (place.submitted / learner / assignment).is_dir():
            return "not handed in"
        if not autograde.is_marked(place, learner, assignment):
            return "handed in, to mark"
        if (learner, assignment) in waiting:
            return "marked by rule, rubric to do"
        page = place.feedback / learner / assignment / f"{notebooks[assignment].stem}.html"
        return "marked, feedback written" if page.is_file() else "marked"

    rows = [
        (one.id, one.name if one.name != one.id else "", *(state(one.id, a) for a in notebooks))
        for one in people.values()
    ]
    if rows:
        _table(console, ("Learner", "Name", *notebooks), rows)
    else:
        _say(console, "Nobody is on the roster: place-kit tutor . --roster FILE adds learners.")
    held = len(list(place.held.glob("*__*.json")))
    if held:
        words = "waits in held/" if held == 1 else "wait in held/"
        _say(console, f"{count(held, 'hand-in')} {words}: not on the roster.", "yellow")
    return 0


def _console() -> Console:
    try:
        from rich.console import Console
    except ImportError:
        raise PlaceKitError(
            "The tutor's commands need more than is installed here. "
            "Run: pip install 'place-kit[tutor]'"
        ) from None
    return Console(highlight=False, soft_wrap=True)


def _say(console: Console, text: str, style: str = "") -> None:
    # markup=False: a name like [bold] is a name.
    console.print(text, style=style or None, markup=False)


def _table(console: Console, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table: Any = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(cell, 300)) for cell in row))
    console.print(table, soft_wrap=False)
