"""``place-kit remove``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from place_kit.problems import PlaceKitError
from place_kit.tutor.commands._console import console, say
from place_kit.tutor.desk.marking_folder import MarkingFolder


def remove(
    learner: str, folder: Path | None = None, *, assignment: str = "", sure: bool = False
) -> int:
    """Erase a learner's work for good, after asking."""
    from place_kit.tutor.removing import everywhere

    out = console()
    place = MarkingFolder.open(folder)
    had_results = (place.root / "results").is_dir()
    what = f"{learner}'s work on {assignment}" if assignment else f"everything of {learner}"
    if not sure:
        say(out, f"This erases {what} for good: hand-ins, attempts, marks, feedback and backups.")
        _ask(learner)
    done = everywhere.remove(place, learner, assignment)
    say(out, f"Erased: {what}. removed.log says that it happened, and not whose it was.")
    if had_results:
        say(out, "results/ is empty: 'place-kit grades' and 'place-kit cohort' fill it anew.")
    if not assignment:
        say(out, "They are off the roster. A roster file that still names them adds them again.")

    def tell(words: str, paths: Sequence[Path]) -> None:
        if paths:
            say(out, words, "yellow")
            for path in paths:
                say(out, f"  {path.relative_to(place.root)}")

    tell(
        "These were erased as a whole, since they could not be read: what was taken from them for "
        "others is in submitted/ all the same.",
        done.whole,
    )
    tell("These copies of the gradebook were damaged, and were erased as a whole:", done.lost)
    tell("Nobody can tell whose these are. Look at them, and delete theirs:", done.unknown)
    tell("A line that they wrote still stands in these. Look at them:", done.left)
    say(
        out,
        "Out of our reach: the inbox it came from, e-mails, feedback that was sent, copies of "
        "this folder, and the learner's own computer.",
    )
    return int(bool(done.unknown or done.left))


def _ask(learner: str) -> None:
    try:
        typed = input(f"Type {learner} to go on, or press Enter to stop: ")
    except EOFError:
        typed = ""
    if typed.strip() != learner:
        raise PlaceKitError(
            "Nothing was erased. Type the learner's id to confirm; in a script, use --yes."
        )
