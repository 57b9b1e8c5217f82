"""The one thing to try at work: chosen once, and revised as the modules go on.

Each module asks for it under its own id, with an example of its own; the answers are
versions of one thing. The one changed last is the trial, whichever module it was changed in.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from place_kit import facts
from place_kit.answers import days, store, values
from place_kit.facts.model import Question
from place_kit.problems import PlaceKitError

NAME = "try_at_work"
WENT = "00_welcome.trial_went"
"""The question how it went, which is asked when the day has passed."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a learner chose to try, as it was put in one module.

    `module` is that module's id and `at` when it was last changed there (UTC); `entry` is
    the saved answer itself, and `course` the folder of the modules.
    """

    module: str
    action: str
    with_whom: str
    date: str
    sign: str
    at: str
    entry: store.Entry
    course: Path = Path()

    @property
    def day(self) -> datetime.date | None:
        """The day it is to be tried by; None where there is none."""
        try:
            return datetime.date.fromisoformat(self.date)
        except ValueError:
            return None

    def has_passed(self, today: datetime.date) -> bool:
        """Whether its day is over."""
        return self.day is not None and self.day < today


def is_trial(question: Question) -> bool:
    """Whether a question asks for the one thing to try."""
    return question.id.endswith(f".{NAME}") and question.kind == "plan"


def history(course: Path) -> tuple[Trial, ...]:
    """How the trial was put in one module after another, oldest first.

    Parameters
    ----------
    course
        The folder of the modules' notebooks.
    """
    return tuple(sorted(_all(course), key=lambda one: (one.at, one.module)))


def current(course: Path) -> Trial | None:
    """The trial as it stands: how it was last put; None if there is none yet."""
    return next(reversed(history(course)), None)


def is_told(one: Trial | None) -> bool:
    """Whether the learner has said how the trial went, on its day or after."""
    if one is None or one.day is None:
        return False
    question = facts.question(WENT)
    try:
        answers = store.look(question.set, store.file_for(question.set, one.course))
    except PlaceKitError:
        return False
    entry = answers.entries.get(WENT)
    said = days.local(entry.at) if entry and entry.value else None
    return said is not None and said >= one.day


def _all(course: Path) -> Iterator[Trial]:
    for question in facts.load().questions.values():
        if not is_trial(question):
            continue
        try:
            answers = store.look(question.set, store.file_for(question.set, course))
            entry = answers.entries.get(question.id)
            rows = values.check(question, entry.value) if entry else []
        except PlaceKitError:
            continue  # the module's own form says what is wrong with its answers
        if entry and values.anything(rows):
            row = {id: " ".join(text.split()) for id, text in rows[0].items()}
            said = (row.get(name, "") for name in ("action", "with_whom", "date", "sign"))
            action, with_whom, day, sign = said
            yield Trial(question.set, action, with_whom, day, sign, entry.at, entry, course)
