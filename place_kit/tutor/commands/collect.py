"""``place-kit collect``."""

from __future__ import annotations

from pathlib import Path

from place_kit.tutor.commands._console import console, say, table
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.words import clean, count, listed


def collect(inbox: Path, folder: Path | None = None, learner: str = "") -> int:
    """Take in what learners handed in, and say of each file what became of it."""
    from rich.text import Text

    from place_kit.tutor.desk import gradebook
    from place_kit.tutor.intake import taking

    out = console()
    place = MarkingFolder.open(folder)
    with out.status("Reading the inbox") as status:

        def progress(done: int, name: str) -> None:
            status.update(Text(f"Taking in file {done}: {clean(name, 60)}"))

        taken = taking.collect(inbox, place.root, learner, progress)
    if taken:
        rows = [
            (one.source, one.outcome, f"{one.learner} {one.assignment}".strip(), one.reason)
            for one in taken
        ]
        table(out, ("File", "Outcome", "Whose", "Why"), rows)
    outcomes = [one.outcome for one in taken]
    sums = [f"{outcomes.count(name)} {name}" for name in dict.fromkeys(outcomes)]
    say(out, f"{count(len(taken), 'file')}: {', '.join(sums) or 'nothing to take'}.")
    everybody = len(gradebook.roster(place))
    missing = taking.missing(place)
    for assignment, people in missing.items():
        if 0 < len(people) < everybody:
            say(out, f"Still to hand in {assignment}: {listed(people)}.")
    none = [assignment for assignment, people in missing.items() if len(people) == everybody > 0]
    if none:
        say(out, f"Nobody has handed in yet: {listed(none)}.")
    say(out, f"All of this is in {taking.COLLECTED} and {taking.MISSING} in {place.root}, too.")
    return int("held" in outcomes or "refused" in outcomes)
