"""A year in a made-up place: decisions that lead to one another, and what comes of each.

The scenario is data (``content/activities/year.toml``). Reading it checks the story as well as
the words: every decision can be reached, every choice leads on, points stay on their scale on
every path, each bad turn names its pitfall, and one sound choice is defeated by what lies beyond
the place, where the right move is to ask for government's help.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import add
from typing import Any, Final, Literal

from place_kit.facts.loader import load as load_facts
from place_kit.facts.model import Facts, Option, Question
from place_kit.facts.parsing import parsed
from place_kit.facts.problems import ContentError, Problem
from place_kit.facts.reading import BAD, Reader, Shape, id_of
from place_kit.problems import PlaceKitError

SET: Final = "05_principles_pitfalls"
FILE: Final = "activities/year.toml"
DECEMBER: Final = "december"
UNDECIDED: Final = "undecided"
"""The option that takes a decision back: an answer is never deleted."""
LARGEST_EFFECT: Final = 4

MeterId = Literal["trust", "reach", "budget"]
METERS: Final[tuple[MeterId, ...]] = ("trust", "reach", "budget")


@dataclass(frozen=True, slots=True)
class Points:
    """Points on each meter, or a change of them. Illustrative: nobody measured them."""

    trust: int = 0
    reach: int = 0
    budget: int = 0

    def __add__(self, other: Points) -> Points:
        return Points(*(getattr(self, each) + getattr(other, each) for each in METERS))

    def of(self, meter: MeterId) -> int:
        """The points on one meter."""
        return int(getattr(self, meter))


@dataclass(frozen=True, slots=True)
class Meter:
    """What is counted, in points."""

    id: MeterId
    title: str
    meaning: str
    start: int


@dataclass(frozen=True, slots=True)
class Expectation:
    """What somebody expects of the year: met by points in December, or beyond what can be done."""

    who: Literal["you", "others"]
    text: str
    meter: MeterId | None = None
    least: int = 0
    beyond: str = ""

    def met(self, at_last: Points) -> bool:
        """Whether it is met with these points in December."""
        return self.meter is not None and at_last.of(self.meter) >= self.least


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose. `effect` comes at once; `later`, told by `december`, at the end."""

    id: str
    decision: str
    text: str
    turn: Literal["open", "sound", "pitfall"]
    next: str
    outcome: str
    pitfall: str = ""
    principle: str = ""
    effect: Points = Points()
    december: str = ""
    later: Points = Points()
    expectation: Expectation | None = None
    defeated: str = ""
    seeks_government: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A moment of the year at which something is chosen."""

    id: str
    month: str
    title: str
    story: tuple[str, ...]
    choices: tuple[Choice, ...]

    def choice(self, id: str) -> Choice:
        """The choice with that id."""
        for each in self.choices:
            if each.id == id:
                return each
        raise PlaceKitError(f"The decision “{self.title}” has no choice “{id}”.")


@dataclass(frozen=True, slots=True)
class NamedPath:
    """A whole year that could have been, to compare with."""

    id: str
    title: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A decision that was made: what was chosen, and the points after it."""

    decision: Decision
    choice: Choice
    after: Points


@dataclass(frozen=True)
class Path:
    """A year as far as it has gone."""

    start: Points
    steps: tuple[Step, ...]
    now: Decision | None

    @property
    def complete(self) -> bool:
        """Whether it is December."""
        return self.now is None

    @cached_property
    def points(self) -> Points:
        """The points now; in December with what comes back then."""
        last = self.steps[-1].after if self.steps else self.start
        if self.complete:
            for step in self.steps:
                last += step.choice.later
        return last

    @property
    def pitfalls(self) -> tuple[Step, ...]:
        """The steps that were bad turns."""
        return tuple(step for step in self.steps if step.choice.turn == "pitfall")


@dataclass(frozen=True)
class Year:
    """The scenario."""

    place: str
    start: str
    scale: int
    meters: tuple[Meter, ...]
    decisions: Mapping[str, Decision]
    paths: tuple[NamedPath, ...]

    @property
    def months(self) -> tuple[str, ...]:
        """The months in which something is decided, in order."""
        return tuple(dict.fromkeys(each.month for each in self.decisions.values()))

    @property
    def points(self) -> Points:
        """The points that the year begins with."""
        return Points(**{meter.id: meter.start for meter in self.meters})

    @cached_property
    def length(self) -> int:
        """How many decisions a year has."""
        return len(self.walk(self.named(self.paths[0].id)).steps)

    def named(self, id: str) -> Mapping[str, str]:
        """The choices of a named path, by decision."""
        for path in self.paths:
            if path.id == id:
                return _chosen(self.decisions, self.start, path.choices)
        raise PlaceKitError(f"There is no year “{id}” to compare with.")

    def walk(self, chosen: Mapping[str, str]) -> Path:
        """Follow what was chosen, by decision, from January as far as it goes."""
        steps: list[Step] = []
        points, at = self.points, self.start
        while at != DECEMBER:
            decision = self.decisions[at]
            found = {each.id: each for each in decision.choices}.get(chosen.get(at, UNDECIDED))
            if found is None:
                return Path(self.points, tuple(steps), decision)
            points += found.effect
            steps.append(Step(decision, found, points))
            at = found.next
        return Path(self.points, tuple(steps), None)

    def question(self, decision: Decision, number: int) -> Question:
        """The question a decision is kept as, in the learner's year of that number."""
        options = [Option(each.id, each.text) for each in decision.choices]
        return Question(
            id=f"{SET}.year{number}_{decision.id}",
            set=SET,
            graded=False,
            revision=1,
            kind="choose_one",
            prompt=decision.title,
            options=(*options, Option(UNDECIDED, "Not decided yet")),
        )


@lru_cache(maxsize=1)
def load() -> Year:
    """Give the scenario of the course, read once from the package.

    Raises
    ------
    ContentError
        With every mistake.
    """
    return read(files("place_kit").joinpath("content", *FILE.split("/")), load_facts())


def read(file: Traversable, known: Facts) -> Year:
    """Read a scenario; `known` has the pitfalls and principles that it may name.

    Raises
    ------
    ContentError
        With every mistake.
    """
    problems: list[Problem] = []
    raw = parsed(file, FILE, tomllib.loads, problems)
    if raw is not BAD:
        year = _read(raw, Reader(FILE, problems, known=_names(raw, known)))
        if year and not problems:
            _check(year, Reader(FILE, problems), known)
        if year and not problems:
            return year
    raise ContentError(problems)


def _names(raw: Mapping[str, Any], known: Facts) -> dict[str, frozenset[str]]:
    listed = raw.get("decision")
    names = {
        "pitfall": frozenset(known.pitfalls),
        "principle": frozenset(known.principles),
    }
    if isinstance(listed, list):
        names["start"] = frozenset(map(id_of, listed))
        names["next"] = names["start"] | {DECEMBER}
    return names


def _read(raw: Any, reader: Reader) -> Year | None:
    shape: Shape = {
        "place": (str, False),
        "start": (str, False),
        "scale": (int, False),
        "meter": (tuple[Meter, ...], False),
        "decision": (tuple[Decision, ...], False),
        "path": (tuple[NamedPath, ...], False),
    }
    # A meter's start is a number, so the ids that a start may be are for the year's alone.
    meters = Reader(reader.file, reader.problems, "meter")
    found = meters.read(tuple[Meter, ...], raw.get("meter", []))
    parts = reader.keys(
        {name: how for name, how in shape.items() if name != "meter"},
        {name: value for name, value in raw.items() if name != "meter"},
    )
    if parts is BAD or found is BAD:
        return None
    return Year(
        place=parts["place"],
        start=parts["start"],
        scale=parts["scale"],
        meters=found,
        decisions={each.id: each for each in parts["decision"]},
        paths=parts["path"],
    )


# --- the story itself --------------------------------------------------------------------------


def _check(year: Year, at: Reader, known: Facts) -> None:
    if tuple(meter.id for meter in year.meters) != METERS:
        at.at("meter").say(f"must list {', '.join(METERS)}, in this order.")
        return
    for choice in _all_choices(year):
        _check_choice(choice, at.at("decision").at(choice.decision).at(choice.id))
    order = _in_order(year, at)
    if order is None:
        return
    _check_length(order, at)
    states = _states(year, order)
    _check_range(year, states, at)
    _check_expectations(year, states[DECEMBER], at)
    _check_beyond_reach(year, at)
    _check_coverage(year, at, known)
    if not year.paths:
        at.at("path").say("must name a year or more to compare with.")
    for path in year.paths:
        _check_path(year, path, at.at("path").at(path.id))


def _all_choices(year: Year) -> Iterator[Choice]:
    return (choice for decision in year.decisions.values() for choice in decision.choices)


def _check_choice(choice: Choice, at: Reader) -> None:
    for turn, name in (("pitfall", "pitfall"), ("sound", "principle")):
        named = bool(getattr(choice, name))
        if choice.turn == turn and not named:
            at.at(name).say(f"is missing: a turn that is {turn} names it.")
        if choice.turn != turn and named:
            at.at(name).say(f"does not belong to a turn that is {choice.turn}.")
    for name in ("effect", "later"):
        for meter in METERS:
            if abs(getattr(choice, name).of(meter)) > LARGEST_EFFECT:
                at.at(name).at(meter).say(f"must lie within ±{LARGEST_EFFECT}.")
    if choice.later != Points() and not choice.december:
        at.at("december").say("is missing: what comes back later must be told.")
    expected = choice.expectation
    if expected and (expected.meter is None) != bool(expected.beyond):
        at.at("expectation").say("must have either a meter or what puts it beyond reach.")


def _in_order(year: Year, at: Reader) -> list[Decision] | None:
    """Every decision after all that lead to it; None, with the reasons, if there is no order."""
    reached, waiting = {year.start}, [year.start]
    while waiting:
        for choice in year.decisions[waiting.pop()].choices:
            if choice.next != DECEMBER and choice.next not in reached:
                reached.add(choice.next)
                waiting.append(choice.next)
    for id in year.decisions.keys() - reached:
        at.at("decision").at(id).say("is never reached.")
    before = {
        id: {each.decision for each in _all_choices(year) if each.next == id} & reached
        for id in reached
    }
    order: list[str] = []
    while ready := [id for id in year.decisions if id in reached and before[id] <= set(order)]:
        if not (new := [id for id in ready if id not in order]):
            break
        order += new
    for id in sorted(reached - set(order)):
        at.at("decision").at(id).say("lies on a way that goes round in a circle.")
    if len(order) < len(year.decisions):
        return None
    return [year.decisions[id] for id in order]


def _check_length(order: Iterable[Decision], at: Reader) -> None:
    """A reader is told how many decisions there are, so every way has as many."""
    before: dict[str, set[int]] = {}
    for decision in order:
        steps = before.setdefault(decision.id, {0})
        for choice in decision.choices:
            before.setdefault(choice.next, set()).update(number + 1 for number in steps)
    for id, numbers in before.items():
        if len(numbers) > 1:
            at.at("decision").at(id).say("is reached after more decisions on one way than another.")


_State = tuple[tuple[int, ...], tuple[int, ...], tuple[str, ...]]
"""Points now, points still to come, and the decisions that set an expectation, with the choice."""


def _states(year: Year, order: Iterable[Decision]) -> dict[str, set[_State]]:
    """Every state in which each decision, and December, can be reached."""
    begin = tuple(year.points.of(meter) for meter in METERS)
    states: dict[str, set[_State]] = {year.start: {(begin, (0, 0, 0), ())}}
    for decision in order:
        for choice in decision.choices:
            # Plain tuples: there are thousands, and a reader waits for this.
            effect, later = (
                [points.of(meter) for meter in METERS] for points in (choice.effect, choice.later)
            )
            expects = (f"{decision.id}.{choice.id}",) if choice.expectation else ()
            states.setdefault(choice.next, set()).update(
                (tuple(map(add, now, effect)), tuple(map(add, due, later)), expected + expects)
                for now, due, expected in states[decision.id]
            )
    return states


def _check_range(year: Year, states: Mapping[str, set[_State]], at: Reader) -> None:
    for id, reached in states.items():
        points = {now for now, _, _ in reached}
        if id == DECEMBER:
            points |= {tuple(map(add, now, due)) for now, due, _ in reached}
        for meter, found in zip(METERS, zip(*points, strict=True), strict=True):
            if min(found) < 0 or max(found) > year.scale:
                at.at("decision").at(id).say(
                    f"can be reached with {meter} between {min(found)} and {max(found)}; "
                    f"it must stay between 0 and {year.scale}."
                )


def _check_expectations(year: Year, ends: set[_State], at: Reader) -> None:
    """Whatever may be expected is met by some who expect it, and missed by others."""
    for choice in _all_choices(year):
        expected, name = choice.expectation, f"{choice.decision}.{choice.id}"
        if expected is None or expected.beyond:
            continue
        met = {
            expected.met(Points(*map(add, now, due))) for now, due, named in ends if name in named
        }
        if len(met) < 2:
            at.at("decision").at(choice.decision).at(choice.id).at("expectation").say(
                "must be met on some ways and missed on others."
            )


def _check_beyond_reach(year: Year, at: Reader) -> None:
    defeated = [choice for choice in _all_choices(year) if choice.defeated]
    if len(defeated) != 1:
        at.at("decision").say(f"must have one choice that is defeated; {len(defeated)} are.")
    for choice in defeated:
        here = at.at("decision").at(choice.decision).at(choice.id)
        if choice.turn != "sound":
            here.at("defeated").say("belongs to a sound choice: it was not a mistake.")
        then = year.decisions[choice.next].choices if choice.next != DECEMBER else ()
        if sum(each.seeks_government for each in then) != 1:
            here.at("next").say("must lead to where one choice seeks government’s help.")
    for choice in _all_choices(year):
        if choice.seeks_government and choice.turn != "sound":
            at.at("decision").at(choice.decision).at(choice.id).say("seeks help, so it is sound.")


def _check_coverage(year: Year, at: Reader, known: Facts) -> None:
    for name, wanted in (("pitfall", known.pitfalls), ("principle", known.principles)):
        named = {getattr(choice, name) for choice in _all_choices(year)}
        for id in wanted.keys() - named:
            at.at("decision").say(f"never meets the {name} {id}.")
    who = {each.expectation.who for each in _all_choices(year) if each.expectation}
    if who != {"you", "others"}:
        at.at("decision").say("must set what you expect, and what others do.")


def _check_path(year: Year, path: NamedPath, at: Reader) -> None:
    walked = year.walk(_chosen(year.decisions, year.start, path.choices))
    if not walked.complete or len(walked.steps) != len(path.choices):
        where = walked.now.id if walked.now else DECEMBER
        at.at("choices").say(f"do not lead from January to December: they come to {where}.")


def _chosen(
    decisions: Mapping[str, Decision], start: str, choices: Iterable[str]
) -> dict[str, str]:
    """What is chosen at each decision, from choices in their order."""
    chosen: dict[str, str] = {}
    at = start
    for id in choices:
        if at == DECEMBER:
            break
        chosen[at] = id
        found = [each for each in decisions[at].choices if each.id == id]
        if not found:
            break
        at = found[0].next
    return chosen
