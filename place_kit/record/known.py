"""What a learner's answers say already, so that the record does not ask it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from place_kit import facts
from place_kit.answers import days, progress, store, trial, values
from place_kit.answers.places import FEEDBACK
from place_kit.facts.model import Module, Question
from place_kit.problems import PlaceKitError
from place_kit.record import badge, signing

SET = "record"
PLAN = "07_place_and_plan.my_plan"


class LacksError(PlaceKitError):
    """A file that cannot be made yet.

    Parameters
    ----------
    why
        What there is not yet, and when there will be.
    lacks
        What is still missing, a line each.
    """

    def __init__(self, why: str, lacks: Iterable[str]) -> None:
        super().__init__("\n".join([f"{why} Still missing:", *(f"- {line}" for line in lacks)]))
        self.why = why


@dataclass(frozen=True, slots=True)
class Reflection:
    """What a learner wrote in a module, and when (UTC)."""

    module: Module
    prompt: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Intention:
    """Something a learner means to do at work; `module` is None for a step of their plan."""

    action: str
    module: Module | None = None
    date: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """All that goes into a record.

    `own` holds what the learner filled in for it: ``about_me.name``, ``learned``.
    `notes` say which answers could not be read, and why; `badge` what a signed badge that came
    back with the feedback says of itself.
    """

    modules: tuple[progress.ModuleProgress, ...]
    reflections: tuple[Reflection, ...]
    intentions: tuple[Intention, ...]
    own: Mapping[str, str]
    notes: tuple[str, ...] = ()
    badge: str = ""

    @property
    def begun(self) -> tuple[progress.ModuleProgress, ...]:
        """The modules with at least one answer."""
        return tuple(each for each in self.modules if each.answered)

    @property
    def done(self) -> tuple[progress.ModuleProgress, ...]:
        """The modules in which every question has an answer."""
        return tuple(each for each in self.modules if each.state == "done")

    @property
    def dates(self) -> tuple[str, str]:
        """When the first and the last answer were given, in UTC; empty if there is none."""
        first = min((each.first_at for each in self.begun), default="")
        return first, max((each.last_at for each in self.begun), default="")

    @property
    def minutes(self) -> int:
        """The minutes of the modules done, by the syllabus: nobody's time was measured."""
        return sum(each.module.minutes for each in self.done)


def read(folder: Path) -> Known:
    """Read a learner's folder; nothing in it is changed.

    Raises
    ------
    PlaceKitError
        If there is no course in it.
    """
    notes: list[str] = []
    done = progress.of(folder)
    own: dict[str, str] = {}
    reflections: list[Reflection] = []
    intentions: list[Intention] = []
    for each in done.modules:
        for question, value, at in _answers(each.module.id, folder, notes):
            if question.kind == "reflect" and value.strip():
                reflections.append(Reflection(each.module, question.prompt, value, at))
            elif question.id == PLAN:
                intentions += _steps(value)
            if question.id == trial.WENT:
                own["impact"] = value.strip()
    if done.trial:
        modules = {each.module.id: each.module for each in done.modules}
        intentions.insert(0, _tried(done.trial, modules.get(done.trial.module)))
    for question, value, _ in _answers(SET, folder, notes):
        name = question.id.removeprefix(f"{SET}.")
        if question.kind == "plan":
            for row in value[:1]:
                own |= {f"{name}.{part}": text.strip() for part, text in row.items()}
        elif value.strip():
            own[name] = value.strip()
    signed = _badge(folder, own.get("about_me.name", ""), notes)
    return Known(
        done.modules,
        tuple(reflections),
        tuple(intentions),
        own,
        tuple(notes),
        signed,
    )


def _badge(folder: Path, name: str, notes: list[str]) -> str:
    """What a badge in ``feedback/`` says, if it is this learner's and unchanged."""
    for path in sorted((folder / FEEDBACK).rglob("*.jwt")):
        try:
            with signing.installed():
                raw = store.read_plain_file(path, badge.MAX_BYTES) or b""
                found = badge.verify(raw, name=name)
        except PlaceKitError as error:
            notes.append(f"The badge {path.name} is left out. {error}")
            continue
        return (
            f"A signed badge belongs to this page: {path.name}, issued by {found.issuer} on "
            f"{days.of(found.issued.isoformat())}. The page itself proves nothing; the badge can "
            "be verified by anybody, offline, with “place-kit badge verify” and the issuer’s "
            f"public key, whose fingerprint is {found.fingerprint}."
        )
    return ""


def _answers(name: str, folder: Path, notes: list[str]) -> Iterator[tuple[Question, Any, str]]:
    try:
        answers = store.look(name, store.file_for(name, folder / "course"))
    except PlaceKitError as error:
        notes.append(f"The answers of {name} could not be read, so they are not in here. {error}")
        return
    for question in facts.questions_of(name):
        entry = answers.entries.get(question.id)
        if entry is None or entry.value is None:
            continue
        try:
            yield question, values.check(question, entry.value), entry.at
        except PlaceKitError:
            notes.append(
                f"An answer of an older course ({question.id}) does not fit its question any "
                "more, so it is not in here. It stays in your answer file."
            )


def _tried(chosen: trial.Trial, module: Module | None) -> Intention:
    more = "; ".join(
        f"{label}: {text}"
        for label, text in (("with", chosen.with_whom), ("worth it if", chosen.sign))
        if text
    )
    return Intention(chosen.action, module, chosen.date, more)


def _steps(rows: list[dict[str, str]]) -> Iterator[Intention]:
    for row in rows:
        if row.get("action", "").strip():
            more = "; ".join(
                f"{label}: {days.of(said) if name == 'review' else said}"
                for name, label in (
                    ("owner", "owner"),
                    ("first_step", "first step"),
                    ("measure", "measure"),
                    ("review", "looked at again"),
                )
                if (said := row.get(name, "").strip())
            )
            yield Intention(row["action"].strip(), None, row.get("date", ""), more)
