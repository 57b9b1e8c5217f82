"""What the reader has answered so far, for the pictures that follow it."""

from __future__ import annotations

from typing import Any

from place_kit.answers import values
from place_kit.ask._kept import kept
from place_kit.facts.model import Question
from place_kit.problems import PlaceKitError


def answered(question: Question) -> Any:
    """Return the answer kept, or None: also for one that no longer fits the question."""
    value, _ = kept(question)
    if value is None:
        return None
    try:
        return values.check(question, value)
    except PlaceKitError:
        return None
