"""``place-kit return``."""

from __future__ import annotations

from pathlib import Path

from place_kit.tutor.commands._console import console, progress, say
from place_kit.tutor.commands.feedback import tell_left_out
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.words import count, listed


def give_back(folder: Path | None = None, *, assignment: str = "", pdf: bool = False) -> int:
    """Put together what goes back to each learner, ready to send."""
    from place_kit.tutor.feedback import returning

    out = console()
    place = MarkingFolder.open(folder)
    with place.locked(), progress(out, "Page") as update:
        made = returning.run(place, assignment=assignment, pdf=pdf, progress=update)
    learners = len({one.learner.id for one in made.returned})
    pages = count(len(made.returned), "page")
    say(out, f"{pages} for {count(learners, 'learner')}, in {place.returns}.")
    if made.returned:
        told = [one.since_last_time for one in made.returned]
        sums = [f"{told.count(name)} {name}" for name in dict.fromkeys(told)]
        say(out, f"Since the last time: {', '.join(sums)}. Only these pages are in the folder now.")
        say(
            out,
            "To send them: open a file of drafts/ in your e-mail program and press Send; or use "
            f"{returning.MERGE} with its mail merge; or hand over the folders in learners/.",
        )
    nobody = sorted({one.learner.id for one in made.returned if not one.learner.email})
    if nobody:
        say(out, f"No e-mail address is known of {listed(nobody)}.", "yellow")
    for assignment, reason in dict.fromkeys((one.assignment, one.reason) for one in made.left_out):
        whose = [
            one.learner.id
            for one in made.left_out
            if (one.assignment, one.reason) == (assignment, reason)
        ]
        say(out, f"Not ready: {assignment} of {listed(whose)}. {reason}", "yellow")
    tell_left_out(out, made.run)
    return int(bool(made.left_out or made.run.failed or made.run.not_marked))
