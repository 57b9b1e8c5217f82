"""The hand-in: one file with the answers to one assignment and who gives them."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import place_kit
from place_kit.answers import store
from place_kit.answers.files import HOME, home_of
from place_kit.problems import PlaceKitError

FORMAT = "place-kit hand-in"
VERSION = 1
MAX_BYTES = store.MAX_BYTES + 2_000
_LEARNER = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
_ASSIGNMENT = re.compile(r"[0-9]{2}_[a-z0-9_]{1,60}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class HandInError(PlaceKitError):
    """A hand-in that cannot be made or read."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """What a hand-in holds, checked: names are safe in a path, answers have our shape."""

    assignment: str
    learner: str
    made: str
    answers: store.Answers


def learner_id(typed: str) -> str:
    """The learner's id as file and gradebook write it: ``Ada L.`` becomes ``ada-l``.

    Raises
    ------
    HandInError
        If nothing usable is left.
    """
    plain = unicodedata.normalize("NFKD", typed).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9._-]+", "-", plain.lower()).strip("-._")[:64].rstrip("-._")
    if not _LEARNER.fullmatch(name):
        raise HandInError(
            "Please give the name or number your tutor knows you by. "
            "It needs at least one letter from a to z or one digit."
        )
    return name


def file_name(assignment: str, learner: str) -> str:
    """The name of a hand-in's file: ``03_cases__ada-l.json``."""
    return f"{assignment}__{learner}.json"


def make(assignment: str, learner: str, answers: store.Answers) -> bytes:
    """The bytes of a hand-in.

    Parameters
    ----------
    assignment
        For example ``03_cases``.
    learner
        As typed; see `learner_id`.
    answers
        The assignment's answers.
    """
    # Only what is to be marked: earlier answers, and how often one was saved, stay at home.
    latest = {
        name: store.Entry(one.value, one.revision, saves=1, at=one.at)
        for name, one in answers.entries.items()
    }
    data = {
        "format": FORMAT,
        "version": VERSION,
        "assignment": assignment,
        "learner": learner_id(learner),
        "made": store.now(),
        "course": place_kit.__version__,
        "answers": store.to_json(store.Answers(answers.set, latest)),
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8")


def parse(raw: bytes) -> HandIn:
    """Read a hand-in somebody sent. Nothing in it is trusted.

    Raises
    ------
    HandInError
        With the reason, in words for the tutor's table and the learner's e-mail.
    """
    if len(raw) > MAX_BYTES:
        raise HandInError(f"it is larger than {MAX_BYTES:,} bytes")
    try:
        data = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise HandInError("it is not readable as JSON") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise HandInError("it is not a hand-in file of this course")
    if data.get("version") != VERSION:
        raise HandInError(
            f"it is of version {str(data.get('version'))[:20]}, and this course reads "
            f"version {VERSION}: update the course"
        )
    assignment = _field(data, "assignment", _ASSIGNMENT)
    learner = _field(data, "learner", _LEARNER)
    made = _field(data, "made", _TIME)
    try:
        answers = store.from_json(data.get("answers"), assignment + store.GRADED)
    except store.AnswerFileError as error:
        raise HandInError(f"its answers cannot be used: {error}") from None
    return HandIn(assignment, learner, made, answers)


def _field(data: dict[str, Any], name: str, form: re.Pattern[str]) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise HandInError(f"it does not say its {name} in a form we know")
    return value


def folder_for(notebook_folder: Path) -> Path:
    """Where hand-ins are put: the learner's ``hand-in`` folder, or beside the notebook."""
    home = home_of(notebook_folder)
    return home / "hand-in" if home else notebook_folder


def recall(notebook_folder: Path) -> str:
    """The learner's name as last given, or nothing."""
    home = home_of(notebook_folder)
    if home is None:
        return ""
    try:
        raw = store.read_plain_file(home / HOME / "learner.json", 1_000)
        name = json.loads(raw or b"{}").get("learner", "")
    except (PlaceKitError, ValueError, AttributeError):
        return ""  # only a convenience: the learner types it again
    return name if isinstance(name, str) else ""


def remember(notebook_folder: Path, learner: str) -> None:
    """Keep the learner's name for the next hand-in, on this machine only."""
    home = home_of(notebook_folder)
    if home is not None:
        raw = json.dumps({"learner": learner}, ensure_ascii=False).encode("utf-8")
        store.write_whole(home / HOME / "learner.json", raw)
