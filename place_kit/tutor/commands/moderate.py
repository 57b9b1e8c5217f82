"""``place-kit moderate``."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from place_kit.problems import PlaceKitError
from place_kit.tutor.commands._console import console, say, table
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.moderation.agreement import ENOUGH
from place_kit.tutor.words import clean, count, number

if TYPE_CHECKING:
    from rich.console import Console

    from place_kit.tutor.moderation.agreement import Agreement
    from place_kit.tutor.moderation.moderating import Drawn, Report, Result


def moderate(
    folder: Path | None = None,
    *,
    assignment: str | None = None,
    percent: float = 10,
    seed: str = "",
) -> int:
    """Draw scripts for second marking, and say what to give to the second tutor."""
    from place_kit.tutor.moderation import moderating

    out = console()
    place = MarkingFolder.open(folder)
    known = place.notebooks()
    if assignment is not None and assignment not in known:
        raise PlaceKitError(
            f"There is no assignment {clean(assignment, 40)} here. There is: {', '.join(known)}."
        )
    if not 0 <= percent <= 100:
        raise PlaceKitError("--sample is how many of 100 scripts to draw: from 0 to 100.")
    with place.locked():
        for name in [assignment] if assignment else moderating.assignments(place):
            _say_drawn(out, name, moderating.draw(place, name, percent=percent, seed=seed), place)
    if not any((place.root / "moderation").glob("*/key.json")):
        words = "Nothing is marked by the rubric yet, so there is nothing to mark a second time."
        say(out, f"{words} 'place-kit tutor' opens Formgrader for the first marks.")
    return 0


def _say_drawn(out: Console, assignment: str, drawn: Drawn, place: MarkingFolder) -> None:
    if not drawn.marked and not drawn.at_random + drawn.border:
        return
    say(
        out,
        f"{assignment}: of {count(drawn.marked, 'marked script')}, {drawn.at_random} at random "
        f"and {drawn.border} on a border between two levels; {drawn.new} of these new.",
    )
    if drawn.waiting:
        first = count(drawn.waiting, "script")
        say(out, f"{first} to be marked first: draw again then, and some may be added.", "yellow")
    if drawn.sheet:
        inside = drawn.moderation.for_second.relative_to(place.root)
        say(out, f"Give the second tutor the folder {inside}, and nothing else: what lies beside")
        say(out, "it says whose each script is. They fill in " + drawn.sheet.name + ". Then:")
        say(out, f"  place-kit moderate --read {drawn.sheet.name} --by 'THEIR NAME'")


def read_second_marks(folder: Path | None, file: Path, *, by: str | None = None) -> int:
    """Take in a second tutor's sheet, and show how the two tutors' marks agree."""
    from place_kit.tutor.moderation import moderating

    place = MarkingFolder.open(folder)
    with place.locked():
        result = moderating.read(place, file, by=_name(by))
    return _say_result(console(), result, "read")


def settle(folder: Path | None, file: Path, *, by: str | None = None) -> int:
    """Put the settled levels into the gradebook."""
    from place_kit.tutor.moderation import moderating

    place = MarkingFolder.open(folder)
    with place.locked():
        result = moderating.settle(place, file, by=_name(by))
    changed = sum(report.taken for report in result.reports)
    outcome = _say_result(console(), result, "settled")
    if changed:
        say(console(), "Run 'place-kit feedback' to renew the pages of those learners.")
    return outcome


def _name(by: str | None) -> str:
    try:
        return clean(by or getpass.getuser(), 80)
    except (OSError, KeyError, ImportError):  # an account without a name
        raise PlaceKitError("Say who marked: add --by 'A NAME'.") from None


def _say_result(out: Console, result: Result, what: str) -> int:
    for problem in result.problems:
        say(out, problem, "yellow")
    for report in result.reports:
        _say_report(out, report, what)
    if not result.reports:
        say(out, "There is no line in this sheet for a script that was drawn here.")
    return int(bool(result.problems))


def _say_report(out: Console, report: Report, what: str) -> None:
    done = f"{count(report.taken, 'script')} {what} now"
    to_come = f", {report.to_come} without a second mark" if report.to_come else ""
    say(out, f"{report.moderation.assignment}: {done}{to_come}.")
    rows = [
        (
            str(one.script.number),
            one.script.learner,
            f"{one.first} ({number(one.first_points)} of {number(one.out_of)})",
            str(one.second),
            "to settle" if one.to_settle else "as agreed" if one.settled is None else "settled",
            "" if one.settled is None else str(one.settled),
            clean(one.comment, 60),
        )
        for one in report.compared
    ]
    if rows:
        headings = ("Script", "Learner", "First", "Second", "", "Settled", "Second says")
        table(out, headings, rows)
    for line in _agreement("At random", report.at_random):
        say(out, line)
    for line in _agreement("On a border", report.border):
        say(out, line)
    if 0 < report.at_random.scripts < ENOUGH:
        say(out, f"No coefficient: {ENOUGH} scripts at random are needed for it to mean something.")
    if report.to_settle:
        say(
            out,
            f"{count(len(report.to_settle), 'script')} to settle: talk, write the level and why "
            f"into {report.moderation.settle}, then place-kit moderate --settle on that file.",
        )


def _agreement(name: str, found: Agreement) -> Iterable[str]:
    if found.scripts:
        yield (
            f"{name}, {count(found.scripts, 'script')}: the same level {found.exact}, "
            f"one level apart {found.one_apart}, more {found.further}."
        )
    if found.kappa is not None:
        yield f"Quadratic weighted kappa: {found.kappa:.2f} (1 is full agreement, 0 is chance)."
