"""A kept answer, read without changing anything: for printing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from place_kit.answers import store
from place_kit.facts.model import Question
from place_kit.problems import PlaceKitError


def kept(question: Question, path: Path | None = None) -> tuple[Any, str]:
    """The answer kept for a question, or None; and what the reader must know.

    Whoever prints a notebook only looks: a damaged file stays where it is.
    """
    try:
        return store.look(question.set, path).value(question.id), ""
    except PlaceKitError as error:
        return None, f"The answer file could not be read: {error}"
