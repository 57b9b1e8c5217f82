"""How far a learner is in each module, from their answer files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from place_kit import facts
from place_kit.answers import store, values
from place_kit.facts.model import Module, Question
from place_kit.problems import PlaceKitError

State = Literal["not begun", "under way", "done"]


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """How many questions of a module are answered, and when first and last (UTC)."""

    module: Module
    answered: int
    of: int
    first_at: str
    last_at: str

    @property
    def state(self) -> State:
        """A module is done when every question of it has an answer."""
        if self.of and self.answered >= self.of:
            return "done"
        return "under way" if self.answered else "not begun"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a learner is in the course."""

    modules: tuple[ModuleProgress, ...]


def of(folder: Path) -> Progress:
    """Count how far the learner of a folder is.

    Raises
    ------
    PlaceKitError
        If there is no course in it.
    """
    syllabus = folder / "course" / "modules.toml"
    if not syllabus.is_file():
        raise PlaceKitError(
            f"There is no course in {folder}. Name the folder that place-kit learn made."
        )
    return Progress(tuple(_count(each, folder) for each in facts.read_syllabus(syllabus)))


def _count(module: Module, folder: Path) -> ModuleProgress:
    asked = facts.questions_of(module.id)
    try:
        answers = store.look(module.id, store.file_for(module.id, folder / "course"))
    except PlaceKitError:  # said by whoever reads the answers themselves
        answers = store.Answers(module.id)
    entries = answers.entries.values()
    times = sorted(filter(None, (at for one in entries for at in (one.first_at, one.at))))
    return ModuleProgress(
        module,
        sum(_answered(each, answers.value(each.id)) for each in asked),
        len(asked),
        *((times[0], times[-1]) if times else ("", "")),
    )


def _answered(question: Question, value: Any) -> bool:
    if value is None:
        return False
    try:
        value = values.check(question, value)
    except PlaceKitError:
        return False
    if question.kind == "plan":
        return any(text.strip() for row in value for text in row.values())
    return bool(value.strip() if isinstance(value, str) else value)
