"""A whole day as a calendar file (iCalendar), with a reminder: the trial at work, a follow-up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from textwrap import shorten
from uuid import NAMESPACE_URL, uuid5

from place_kit.answers.trial import Trial
from place_kit.problems import PlaceKitError

NAME = "trial-at-work.ics"
EARLY = timedelta(hours=-15)
"""The reminder: at nine in the morning of the day before."""


def calendar(trials: tuple[Trial, ...]) -> bytes:
    """Write a calendar file.

    Parameters
    ----------
    trials
        How the trial was put, oldest first, as `trial.history` gives it. The last one counts.
        It is one thing for each course folder, so that a calendar knows a later file for the
        same entry, and puts it in the place of the earlier one.

    Raises
    ------
    PlaceKitError
        If nothing is chosen yet, or no day.
    """
    if not trials:
        raise PlaceKitError(
            "There is nothing to put into a calendar yet. Each module ends by asking for one "
            "thing to try at work: choose one, with a day."
        )
    last = trials[-1]
    if last.day is None:
        raise PlaceKitError(
            "What you chose to try at work has no day yet. Add one in the module where you "
            "chose it, then make the calendar file."
        )
    title = shorten(last.action, 80, placeholder=" …") or "my one thing"
    return whole_day(
        f"place-kit:{last.course.absolute()}",
        last.day,
        ("Try at work", title),
        lines(last),
        at=last.at,
        sequence=sum(one.entry.saves for one in trials),
    )


def whole_day(
    key: str, day: date, title: tuple[str, str], told: Iterable[str], *, at: str, sequence: int
) -> bytes:
    """Write one whole day as a calendar file, with a reminder the morning before.

    Parameters
    ----------
    key
        What makes it the same entry when it is written again.
    day, title, told
        When; what to do and with what; and what there is to know, a line each.
    at, sequence
        When it was last changed (UTC), and how often.
    """
    from icalendar import Alarm, Calendar, Event

    what, which = title
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, key)))
    event.add("dtstamp", _time(at))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{what}: {which}")
    event.add("description", "\n".join(told))
    event.add("sequence", sequence)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Tomorrow, {what[0].lower()}{what[1:]}: {which}")
    alarm.add("trigger", EARLY)
    event.add_component(alarm)
    made = Calendar()
    made.add("prodid", "-//place-kit//Place-based working//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add_component(event)
    return bytes(made.to_ical())


def lines(trial: Trial) -> list[str]:
    """What there is to know on the day, a line each."""
    told = (("What", trial.action), ("With", trial.with_whom), ("Worth it if", trial.sign))
    return [
        *(f"{name}: {text}" for name, text in told if text),
        "When the day has passed, the course asks you how it went: open it and go to Welcome.",
    ]


def _time(at: str) -> datetime:
    try:
        return datetime.fromisoformat(at)
    except ValueError:
        raise PlaceKitError(
            "The answer file does not say when you wrote this. Change it once more where you "
            "wrote it, then make the calendar file."
        ) from None
