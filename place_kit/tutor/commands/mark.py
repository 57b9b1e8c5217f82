"""``place-kit mark``."""

from __future__ import annotations

from pathlib import Path

from place_kit.tutor.commands._console import console, progress, say, table
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.words import count, listed, number


def mark(folder: Path | None = None) -> int:
    """Mark by rule what is new, and list what waits for the tutor."""
    from place_kit.tutor.marking import autograde

    out = console()
    place = MarkingFolder.open(folder)
    with progress(out, "Marking") as told:
        run = autograde.run(place, told)
    for moved in run.moved:
        where = moved.now_at.relative_to(place.root)
        say(out, f"{moved.what} was moved to {where}: {moved.reason}.", "yellow")
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
        table(out, ("Learner", "Assignment", "By rule", "Not answered"), rows)
    for failed in run.failed:
        words = f"Not marked: {failed.assignment} of {failed.learner}. {failed.reason}."
        say(out, words, "red")
    say(
        out,
        f"{len(run.marked)} marked, {len(run.failed)} not, {run.unchanged} as they were.",
    )
    if run.stopped:
        names = ", ".join(f"{assignment} of {learner}" for learner, assignment in run.stopped)
        say(out, f"Stopped, and left out: {names}.", "yellow")
    if run.failed:
        say(out, f"Nothing is lost. The details are in {place.root / 'mark.log'}.")
    if run.waiting:
        names = listed([learner for learner, _ in run.waiting])
        say(
            out,
            f"{count(len(run.waiting), 'script')} to mark by the rubric: {names}. "
            "'place-kit tutor' here opens Formgrader for that.",
        )
    return int(bool(run.failed or run.moved))
