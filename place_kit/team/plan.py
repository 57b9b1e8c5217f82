"""What the scribe of a session wrote down: the session, its actions, how it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from place_kit import facts
from place_kit.answers import reminder, store, values
from place_kit.answers.entries import Answers
from place_kit.show.words import together

SET: Final = "team_plan"
SHAPED: Final = "residents"
"""The answer that says that residents have shaped the plan."""
FOLLOW_UP: Final = timedelta(days=30)
_ASKED: Final = ("session", "actions", "shaped", "evaluation")
_NEEDED: Final = {
    "owner": "an owner’s role",
    "date": "a day",
    "first_step": "a first step",
    "measure": "how you will all know",
    "review": "a day to look again",
}


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A plan as it was written. `day` is the session's, None where it is not given.

    `about` and `evaluation` are by field; `shaped` is the id of the answer to who shaped it.
    `left_out` holds the questions whose answers no longer fit them. `at` is when any of it last
    changed (UTC), `saves` how often.
    """

    about: Mapping[str, str]
    actions: Sequence[Mapping[str, str]]
    shaped: str
    evaluation: Mapping[str, str]
    day: date | None
    at: str
    saves: int
    left_out: Sequence[str] = ()

    @property
    def draft(self) -> bool:
        """Whether it is still a draft: until residents have shaped it."""
        return self.shaped != SHAPED

    @property
    def follow_up(self) -> date | None:
        """When to look again."""
        return self.day + FOLLOW_UP if self.day else None

    def lacks(self) -> tuple[str, ...]:
        """What is missing, a sentence each."""
        found = []
        for number, row in enumerate(self.actions, start=1):
            missing = [words for field, words in _NEEDED.items() if not row.get(field)]
            if missing:
                found.append(f"Action {number} still lacks {together(missing)}.")
        if not self.actions:
            found.append("No action is written down yet.")
        if self.day is None:
            found.append("The day of the session is missing, so there is no follow-up yet.")
        found += [
            f"The answer to “{prompt}” was left out: it was given to an earlier form of the "
            "question, and does not fit it now. It is still kept. Please answer again."
            for prompt in self.left_out
        ]
        return tuple(found)


def read(folder: Path) -> TeamPlan:
    """Read the plan from a course folder; nothing in it is changed.

    Raises
    ------
    PlaceKitError
        If the answers cannot be read.
    """
    answers = store.look(SET, store.file_for(SET, folder / "course"))
    left_out: list[str] = []
    given = {name: _value(answers, name, left_out) for name in _ASKED}
    about = _row(given["session"])
    return TeamPlan(
        about,
        tuple(map(_stripped, given["actions"] or ())),
        given["shaped"] or "",
        _row(given["evaluation"]),
        _day(about.get("date", "")),
        max((entry.at for entry in answers.entries.values()), default=""),
        sum(entry.saves for entry in answers.entries.values()),
        tuple(left_out),
    )


def calendar(plan: TeamPlan, folder: Path) -> bytes | None:
    """The follow-up as a calendar file; None where the session has no day."""
    if plan.day is None or plan.follow_up is None:
        return None
    told = [
        f"{number}. {row.get('action', '')} ({row.get('owner') or 'no owner yet'})"
        for number, row in enumerate(plan.actions, start=1)
    ]
    return reminder.whole_day(
        f"place-kit:team:{folder.absolute()}:{plan.day}",
        plan.follow_up,
        ("Team session, 30 days on", plan.about.get("team") or "our plan"),
        [
            "What was done? What was not, and why? What did residents say?",
            *told,
            "Then tell residents what came of it.",
        ],
        at=plan.at,
        sequence=plan.saves,
    )


def _value(answers: Answers, name: str, left_out: list[str]) -> Any:
    """An answer that fits its question, or None: one of an older course is noted as left out."""
    question = facts.question(f"{SET}.{name}")
    value = answers.value(question.id)
    try:
        return None if value is None else values.check(question, value)
    except values.AnswerError:
        left_out.append(question.prompt)
        return None


def _row(rows: Sequence[Mapping[str, str]] | None) -> Mapping[str, str]:
    return _stripped(rows[0]) if rows else {}


def _stripped(row: Mapping[str, str]) -> Mapping[str, str]:
    return {field: text.strip() for field, text in row.items() if text.strip()}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
