"""``place-kit feedback``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from place_kit.tutor.commands._console import console, progress, say
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.words import count, listed

if TYPE_CHECKING:
    from rich.console import Console

    from place_kit.tutor.feedback import writing
    from place_kit.tutor.feedback.page import Page


def feedback(folder: Path | None = None, *, pdf: bool = False) -> int:
    """Write the feedback page of every submission that is marked by rule."""
    from place_kit.tutor.feedback import writing

    out = console()
    place = MarkingFolder.open(folder)
    unfinished = 0

    def look(written: writing.Written, page: Page) -> None:
        nonlocal unfinished
        unfinished += bool(page.waiting)

    with place.locked(), progress(out, "Page") as update:
        run = writing.run(place, pdf=pdf, each=look, progress=update)
    new = sum(one.new for one in run.written)
    same = len(run.written) - new
    before = f" {count(same, 'page is', 'pages are')} as before." if same else ""
    say(out, f"{count(new, 'page')} written to {place.feedback}.{before}")
    if unfinished:
        words = "not all is marked yet: mark it, then run this again"
        say(out, f"In {unfinished} of them, {words}.")
    tell_left_out(out, run)
    return int(bool(run.failed or run.not_marked))


def tell_left_out(out: Console, run: writing.Run) -> None:
    """Say which submissions have no page, and why."""
    for learner, assignment, why in run.failed:
        say(out, f"No feedback for {learner}, {assignment}: {why}.", "red")
    if run.stopped:
        names = listed([f"{assignment} of {learner}" for learner, assignment in run.stopped])
        say(out, f"Left out, because marking is stopped: {names}.", "yellow")
    if run.not_marked:
        many = count(len(run.not_marked), "submission")
        say(out, f"{many} left out: run 'place-kit mark' first.")
