"""Dates as people read them."""

from __future__ import annotations

from datetime import date


def day(at: str) -> str:
    """``1 December 2026`` for ``2026-12-01`` and for a time of that day (UTC).

    What is no date stays as it was written.
    """
    try:
        read = date.fromisoformat(at[:10])
    except ValueError:
        return at
    return f"{read.day} {read:%B %Y}"


def span(first: str, last: str) -> str:
    """From the one to the other, or the one day."""
    return day(first) if first[:10] == last[:10] else f"{day(first)} to {day(last)}"
