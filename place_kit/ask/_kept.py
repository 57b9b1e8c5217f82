"""A kept answer, read without changing anything: for printing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from place_kit.answers import store
from place_kit.facts.model import Question
from place_kit.problems import PlaceKitError


def kept(question: Question, path: Path | None = None) -> tuple[Any, str]:
    """The answer kept for a question, or None; and what the reader must know.

    Unlike `AnswerFile.read` this never moves a damaged file aside: whoever prints or marks
    a notebook only looks.
    """
    path = path or store.file_for(question.set)
    try:
        raw = store.read_plain_file(path, store.MAX_BYTES)
        if raw is None:
            return None, ""
        return store.parse(raw, question.set).value(question.id), ""
    except PlaceKitError as error:
        return None, f"The answer file could not be read: {error}"
