"""How far a learner is, as their folder tells it, and the same said in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from place_kit.answers import days, reminder, trial
from place_kit.answers.files import write_whole
from place_kit.answers.progress import (
    ExerciseProgress,
    ModuleProgress,
    Progress,
    State,
    Step,
    of,
)
from place_kit.learner import DEFAULT_FOLDER
from place_kit.learner import folder as folders
from place_kit.show import way

__all__ = [
    "ExerciseProgress",
    "ModuleProgress",
    "Progress",
    "State",
    "Step",
    "lines",
    "of",
    "tell",
]


def tell(folder: Path | None = None, *, ics: Path | None = None) -> int:
    """Print how far the learner is; write their trial at work as a calendar file if asked to.

    Parameters
    ----------
    folder
        The learner's folder (default: the one around here, or ``~/place-based-working``).
    ics
        The calendar file to write.

    Returns
    -------
    int
        0.
    """
    chosen = folder or folders.find_root(Path.cwd()) or Path(DEFAULT_FOLDER).expanduser()
    found = of(chosen.resolve())
    for line in lines(found, date.today()):
        print(line)
    if ics:
        raw = reminder.calendar(trial.history(found.folder / "course"))
        write_whole(ics.absolute(), raw)
        print(f"Your calendar file: {ics}")
    return 0


def lines(found: Progress, today: date) -> Iterator[str]:
    """Say how far the learner is, a line each."""
    exercises = {each.module.id: each for each in found.exercises}
    width = max(len(each.module.title) for each in found.modules)
    yield way.takeaway(found) if found.begun else "Nothing is answered yet."
    yield ""
    for each in found.modules:
        said = way.exercise(exercises.get(each.module.id))
        tail = f"; exercise: {said}" if said else ""
        yield f"  {each.module.title:{width}}  {way.state(each)}{tail}"
    yield ""
    yield "Minutes are the course’s estimate: nobody measures your time."
    if found.trial:
        day = f", by {days.said(found.trial.day)}" if found.trial.day else ""
        yield f"To try at work{day}: {found.trial.action}"
        if found.trial.has_passed(today) and not found.told:
            yield "Its day has passed. On the page Welcome you can say how it went."
    yield f"Next: {found.next.says}" if found.next else "You have been all the way through."
    yield from found.notes
