"""How a team session runs: its rules, its roles, and a plan by the minute for each length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from place_kit.facts import loader
from place_kit.facts.activities._file import checked, ids
from place_kit.facts.model import Entry
from place_kit.facts.reading import Reader, Shape
from place_kit.problems import PlaceKitError


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a session. `room` is for all to see, `do` and `say` are the facilitator's."""

    id: str
    title: str
    who: str
    room: tuple[str, ...]
    do: tuple[str, ...]
    say: str


@dataclass(frozen=True, slots=True)
class Timed:
    """A step's place in a plan, by its id, and how long it takes there."""

    part: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A session of some length."""

    id: str
    minutes: int
    about: str
    steps: tuple[Timed, ...]


@dataclass(frozen=True, slots=True)
class TeamPlans:
    """All that a facilitator needs to run a session. `step` and `plan` are by id."""

    prework: str
    draft: str
    absent: str
    rules: tuple[str, ...]
    few: str
    references: tuple[str, ...]
    roles: tuple[Entry, ...]
    step: Mapping[str, Step]
    plan: Mapping[str, Plan]

    def steps_of(self, plan: Plan) -> Iterator[tuple[Step, int, int]]:
        """Give a plan's steps in order, each with the minute it starts at and its minutes."""
        at = 0
        for timed in plan.steps:
            yield self.step[timed.part], at, timed.minutes
            at += timed.minutes

    def lasting(self, minutes: int) -> Plan:
        """Give the plan of a length.

        Raises
        ------
        PlaceKitError
            If there is none, with those that there are.
        """
        plan = self.plan.get(str(minutes))
        if plan is None:
            raise PlaceKitError(
                f"There is no plan for {minutes} minutes. There is: {', '.join(self.plan)}."
            )
        return plan


_SHAPE: Final[Shape] = {
    "prework": (str, False),
    "draft": (str, False),
    "absent": (str, False),
    "rules": (tuple[str, ...], False),
    "few": (str, False),
    "references": (tuple[str, ...], False),
    "role": (tuple[Entry, ...], False),
    "step": (tuple[Step, ...], False),
    "plan": (tuple[Plan, ...], False),
}


@lru_cache(maxsize=1)
def load() -> TeamPlans:
    """Give the plans of the course, read once from the package."""
    return read(files("place_kit").joinpath("content", "team_plans.toml"))


def read(file: Traversable) -> TeamPlans:
    """Read a file of plans.

    Raises
    ------
    ContentError
        With every mistake: minutes that do not add up, a step that is not there.
    """
    known = frozenset(loader.load().references)
    parts = checked(
        file,
        lambda raw: {"references": known, "part": ids(raw, "step")},
        lambda at, raw: at.keys(_SHAPE, raw),
        _check,
        "content",
    )
    return TeamPlans(
        roles=parts.pop("role"),
        step={each.id: each for each in parts.pop("step")},
        plan={each.id: each for each in parts.pop("plan")},
        **parts,
    )


def _check(parts: Mapping[str, Any], at: Reader) -> None:
    used = set()
    for plan in parts["plan"]:
        here = at.at("plan").at(plan.id)
        if plan.id != str(plan.minutes):
            here.at("id").say(f"must be the plan’s minutes, “{plan.minutes}”.")
        for timed in plan.steps:
            used.add(timed.part)
            if timed.minutes < 1:
                here.at(timed.part).say(f"takes {timed.minutes} minutes; at least one is needed.")
        total = sum(timed.minutes for timed in plan.steps)
        if total != plan.minutes:
            here.say(f"has steps of {total} minutes in all, and says {plan.minutes}.")
    for step in parts["step"]:
        if step.id not in used:
            at.at("step").at(step.id).say("is in no plan.")
