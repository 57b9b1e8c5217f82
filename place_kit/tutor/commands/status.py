"""``place-kit status``."""

from __future__ import annotations

from pathlib import Path

from place_kit.tutor.commands._console import console, say, table
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.words import count


def status(folder: Path | None = None) -> int:
    """Say who has handed in what, and what is still to do."""
    from place_kit.tutor.desk import extensions, gradebook, settings, stopped
    from place_kit.tutor.intake import taking
    from place_kit.tutor.marking import autograde

    out = console()
    place = MarkingFolder.open(folder)
    people = gradebook.roster(place)
    notebooks = place.notebooks()
    marked, waiting = autograde.marked(place), gradebook.waiting(place)
    halted = stopped.stopped(place)

    def state(learner: str, assignment: str) -> str:
        if not (place.submitted / learner / assignment).is_dir():
            return "not handed in"
        if (learner, assignment) in halted:
            return "marking stopped"
        if (learner, assignment) not in marked:
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
        table(out, ("Learner", "Name", *notebooks), rows)
    else:
        say(out, "Nobody is on the roster: place-kit tutor --roster FILE adds learners.")
    told = settings.read(place)
    for (learner, assignment), until in extensions.granted(place).items():
        say(out, f"Extension: {learner} has until {told.say_time(until)} for {assignment}.")
    held = len(taking.held(place))
    if held:
        words = "waits in held/" if held == 1 else "wait in held/"
        say(out, f"{count(held, 'hand-in')} {words}, with the reason beside it.", "yellow")
    return 0
