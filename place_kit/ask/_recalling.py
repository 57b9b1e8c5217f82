"""Spaced recall: which questions of earlier modules to ask again, and as what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from place_kit import marking
from place_kit.answers import values
from place_kit.answers.store import Answers
from place_kit.ask._spec import has_check
from place_kit.facts.model import Question
from place_kit.problems import PlaceKitError

MANY = 6
"""Questions of more parts than this are exercises, too long to begin a module with."""


def chosen(
    module: str, questions: Iterable[Question], answers: Mapping[str, Answers], count: int = 3
) -> tuple[Question, ...]:
    """The questions to ask again at the start of a module.

    Those asked here before stay. Then those this learner got wrong at first come first, then
    those they got right, then those not answered yet; among equals, from as many modules as
    there are, in an order that is always the same.

    Parameters
    ----------
    module
        The module that begins, such as ``04_power``.
    questions
        All there are; only practice of earlier modules, after Welcome, is taken.
    answers
        The answers of each set, by its name.
    count
        How many to choose.

    Returns
    -------
    tuple of Question
        Copies that belong to `module`: the earlier answers stay as they are, and each is
        asked afresh.
    """
    begun = answers[module].entries if module in answers else {}
    need = {
        one: -1 if _recalled(one, module).id in begun else _need(one, answers)
        for one in questions
        if _can_be_recalled(one, module)
    }
    fit = sorted(need, key=lambda one: (need[one], sha256((module + one.id).encode()).digest()))
    taken: list[Question] = []
    while fit and len(taken) < count:
        used = {one.set for one in taken}
        equal = [one for one in fit if need[one] == need[fit[0]]]
        taken.append(next((one for one in equal if one.set not in used), equal[0]))
        fit.remove(taken[-1])
    return tuple(_recalled(one, module) for one in taken)


def _recalled(question: Question, module: str) -> Question:
    """The same question, asked afresh and kept with the answers of `module`."""
    return replace(question, id=f"{module}.recall__{question.id.replace('.', '__')}", set=module)


def _can_be_recalled(question: Question, module: str) -> bool:
    return (
        has_check(question) and "00" < question.set[:2] < module[:2] and len(question.items) <= MANY
    )


def _need(question: Question, answers: Mapping[str, Answers]) -> int:
    """0 for a question first got wrong, 1 for one got right, 2 for one not answered."""
    entry = answers[question.set].entries.get(question.id) if question.set in answers else None
    if entry is None or not entry.first_at:
        return 2
    try:
        first = values.check(question, entry.first)
    except PlaceKitError:
        return 2  # of an older revision, with other options
    return int(marking.practise(question, first).all_right)
