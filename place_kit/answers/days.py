"""Days: which one a time belongs to, and how people write it.

What is kept says its time in UTC. What a person reads says their own day: the one their
diary has, and the one a supervisor would ask about.
"""

from __future__ import annotations

from datetime import date, datetime


def local(at: str) -> date | None:
    """The day of a time in UTC, where the learner is; a day itself as it is; None if neither."""
    try:
        return datetime.fromisoformat(at).astimezone().date()
    except (ValueError, OverflowError, OSError):  # the last two: a year no clock knows
        return None


def said(day: date) -> str:
    """Write a day as people do: ``3 November 2026``."""
    return f"{day.day} {day:%B} {day.year}"


def short(day: date) -> str:
    """Write a day where there is little room: ``3 Nov 2026``."""
    return f"{day.day} {day:%b} {day.year}"


def of(at: str) -> str:
    """Write the day of a time, where the learner is; what is no time, as it was written."""
    day = local(at)
    return said(day) if day else at


def span(first: str, last: str) -> str:
    """From the one to the other, or the one day."""
    begin, end = of(first), of(last)
    return begin if begin == end else f"{begin} to {end}"
