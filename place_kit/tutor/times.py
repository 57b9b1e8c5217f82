"""Times of arrival, as nbgrader writes them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from place_kit.problems import PlaceKitError

_NBGRADER = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?( UTC)?")


def to_nbgrader(time: datetime) -> str:
    """What nbgrader's ``timestamp.txt`` holds."""
    return time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")


def from_nbgrader(text: str) -> datetime:
    """The time in a ``timestamp.txt`` somebody sent.

    Raises
    ------
    PlaceKitError
        If it is not a time in nbgrader's own form.
    """
    text = text.strip()
    if not _NBGRADER.fullmatch(text):
        raise PlaceKitError("its timestamp.txt does not hold a time")
    try:
        return datetime.fromisoformat(text.removesuffix(" UTC")).replace(tzinfo=UTC)
    except ValueError:
        raise PlaceKitError("its timestamp.txt does not hold a time") from None


def nbgrader_time(text: str) -> str:
    """The same time, written anew."""
    return to_nbgrader(from_nbgrader(text))


def to_made(time: datetime) -> str:
    """A time as hand-ins write it: to the second."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
