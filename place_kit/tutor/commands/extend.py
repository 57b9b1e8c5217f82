"""``place-kit extend``."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from place_kit.problems import PlaceKitError
from place_kit.tutor.commands._console import console, say
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.words import clean


def extend(
    learner: str,
    assignment: str,
    folder: Path | None = None,
    *,
    until: str = "",
    days: int = 0,
    take_back: bool = False,
) -> int:
    """Give one learner more time for one assignment, or take that back."""
    from place_kit.tutor.desk import late, settings

    out = console()
    place = MarkingFolder.open(folder)
    told = settings.read(place)
    with place.locked():
        if take_back:
            late.take_back(place, learner, assignment)
            say(out, f"{learner} has the same deadline for {assignment} as everybody again.")
        else:
            end = told.moment(_date(until)) if until else None
            given = late.grant(place, learner, assignment, until=end, days=days)
            say(out, f"{learner} has until {told.say_time(given)} for {assignment}.")
    say(out, "What is marked already has been brought up to date. For a page that was written")
    say(out, "before, run 'place-kit feedback' again.")
    return 0


def _date(typed: str) -> datetime | date:
    try:
        return date.fromisoformat(typed) if len(typed) == 10 else datetime.fromisoformat(typed)
    except ValueError:
        raise PlaceKitError(
            f"{clean(typed, 40)} is not a date we can read. "
            "Write it as 2026-12-08, or with a time as 2026-12-08T17:00."
        ) from None
