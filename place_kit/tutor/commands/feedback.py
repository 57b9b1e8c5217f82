"""``place-kit feedback``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from place_kit.tutor.commands._console import console, say
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.words import count


def feedback(folder: Path | None = None) -> int:
    """Write the feedback page of every submission that is marked by rule."""
    from place_kit.tutor.desk import gradebook, late, nbgrader_run, stopped
    from place_kit.tutor.marking import autograde

    out = console()
    place = MarkingFolder.open(folder)
    written, failed = [], 0
    with place.locked():
        late.apply_deadlines(place)
        late.apply_penalties(place)
        halted = stopped.stopped(place).keys()
        todo = sorted(autograde.marked(place) - halted)
        not_marked = len(set(autograde.submissions(place)) - halted) - len(todo)
        api: Any = nbgrader_run.api(nbgrader_run.config_of(place)) if todo else None
        for learner, assignment in todo:
            answer = api.generate_feedback(assignment, learner, force=True)
            if answer["success"]:
                written.append((learner, assignment))
            else:
                failed += 1
                why = nbgrader_run.reason(answer)
                say(out, f"No feedback for {learner}, {assignment}: {why}.", "red")
    unfinished = len(gradebook.waiting(place).intersection(written))
    say(out, f"{count(len(written), 'page')} written to {place.feedback}.")
    if unfinished:
        words = "what was written is 'not marked yet': mark it, then run this again"
        say(out, f"In {unfinished} of them, {words}.")
    if not_marked:
        say(out, f"{count(not_marked, 'submission')} left out: run 'place-kit mark' first.")
    return int(bool(failed or not_marked))
