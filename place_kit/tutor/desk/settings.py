"""What a course owes its learners, as the tutor set it in ``place-kit.toml``.

A file of an older marking folder has fewer sections: what is not there has its default, and
the defaults are what each exercise says under "How it is marked".
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from place_kit.answers import days
from place_kit.facts.parsing import parsed
from place_kit.facts.problems import Problem
from place_kit.facts.reading import BAD, Reader, shown
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.marking_folder import SETTINGS, MarkingFolder
from place_kit.tutor.words import clean, count, number

LEVEL_SHARES = (0.0, 0.4, 0.7, 1.0)
"""What the levels of a reflection earn of its points."""
TOP_LEVEL = len(LEVEL_SHARES) - 1
Policy = Literal["none", "points per day", "capped", "not accepted"]
Terms = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a piece of work has passed, and why, in words for the learner."""

    outcome: Literal["passed", "not yet", "waiting"]
    words: str


@dataclass(frozen=True, slots=True)
class Passing:
    """What passes: a share of the points by rule, and a level of the rubric."""

    by_rule: float = 0.6
    level: int = 2

    @property
    def words(self) -> str:
        """What passes, as a sentence."""
        share = f"{number(100 * self.by_rule)} % of the points that are checked by rule"
        return f"To pass, you need at least {share}, and level {self._level} in the reflection."

    def verdict(
        self, by_rule: float, by_rule_of: float, level: int | None, *, accepted: bool = True
    ) -> Verdict:
        """Say whether work has passed.

        Parameters
        ----------
        by_rule, by_rule_of
            The points by rule, and how many there were to earn.
        level
            The level of the reflection; None while no tutor has marked it.
        accepted
            False where the work came too late to count.

        Examples
        --------
        >>> Passing().verdict(18, 30, 2).outcome
        'passed'
        >>> Passing().verdict(17, 30, 3).words
        'Not passed yet. You have 17 of the 18 points by rule that you need.'
        """
        needed = self.by_rule * by_rule_of
        enough = by_rule >= needed - 1e-9
        short = f"You have {number(by_rule)} of the {number(needed)} points by rule that you need."
        if not accepted:
            return Verdict("not yet", "Not passed. The work came after the deadline.")
        if level is None:
            so_far = "You have the points by rule that you need." if enough else short
            return Verdict("waiting", f"Your reflection is not marked yet. {so_far}")
        if enough and level >= self.level:
            return Verdict("passed", "Passed.")
        low = f"Your reflection is at level {level}, and needs level {self._level}."
        reasons = [*([] if enough else [short]), *([low] if level < self.level else [])]
        return Verdict("not yet", " ".join(("Not passed yet.", *reasons)))

    @property
    def _level(self) -> str:
        return f"{self.level} or above" if self.level < TOP_LEVEL else str(self.level)


@dataclass(frozen=True, slots=True)
class Late:
    """What a late hand-in loses."""

    policy: Policy = "none"
    grace_minutes: int = 0
    points_per_day: float = 0.0

    @property
    def words(self) -> str:
        """The policy, in words for the learner."""
        grace = f"You have {count(self.grace_minutes, 'minute')} of grace. "
        start = grace if self.grace_minutes and self.policy != "none" else ""
        loss = {
            "none": "Nothing is taken off work that comes late.",
            "points per day": f"Late work loses {number(self.points_per_day)} points for each day "
            "that has begun. That does not change whether it passes.",
            "capped": "Late work can pass, and earns no more points than a pass needs.",
            "not accepted": "Late work does not count.",
        }
        ask = "If you need more time, ask your tutor before the deadline."
        return f"{start}{loss[self.policy]} {ask}"


@dataclass(frozen=True, slots=True)
class Safeguarding:
    """Whom to turn to where a piece of work discloses harm."""

    contact: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What the tutor promises, in their own words. An empty text is left out."""

    resubmission: str = "You may hand in again after feedback."
    appeals: str = "If you disagree with a mark, ask for a second tutor."
    help: str = (
        "Help from a colleague or from software is fine. "
        "Say in one line, at the end of your reflection, what you used."
    )
    spoken: str = "You may ask to speak your reflection instead of writing it."


@dataclass(frozen=True, slots=True)
class Settings:
    """All that is set in a marking folder. `deadlines` are in UTC, by assignment.

    A deadline of None takes away the one that the gradebook has.
    """

    course: str = ""
    timezone: str = "Europe/London"
    safeguarding: Safeguarding = field(default_factory=Safeguarding)
    passing: Passing = field(default_factory=Passing)
    late: Late = field(default_factory=Late)
    terms: Words = field(default_factory=Words)
    deadlines: Mapping[str, datetime | None] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def contact(self) -> str:
        """The safeguarding contact; empty if none is named."""
        return self.safeguarding.contact

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that deadlines are written and shown in."""
        return ZoneInfo(self.timezone)

    def verdict(
        self, by_rule: float, by_rule_of: float, level: int | None, *, accepted: bool = True
    ) -> Verdict:
        """Say whether work has passed; see `Passing.verdict`."""
        return self.passing.verdict(by_rule, by_rule_of, level, accepted=accepted)

    def say_time(self, moment: datetime) -> str:
        """A moment as people say it: ``Tuesday 1 December 2026, 17:00 (Europe/London)``."""
        here = moment.astimezone(self.zone)
        return f"{here:%A} {days.said(here)}, {here:%H:%M} ({self.timezone})"

    def moment(self, given: datetime | date) -> datetime:
        """A date and time as written by the tutor, in UTC; a date lasts until its end."""
        if not isinstance(given, datetime):
            given = datetime.combine(given, time(23, 59, 59))
        if given.tzinfo is not None:
            return given.astimezone(UTC)
        # An hour that comes twice, or never, when clocks change: the later is meant.
        both = (given.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        return max(both)


def read(folder: MarkingFolder) -> Settings:
    """The settings of a marking folder.

    Raises
    ------
    PlaceKitError
        With everything that is wrong in the file.
    """
    problems: list[Problem] = []
    reader = Reader(SETTINGS, problems, given={"deadlines": MappingProxyType({})})
    raw = parsed(folder.root / SETTINGS, SETTINGS, tomllib.loads, problems)
    settings = Settings()
    if raw is not BAD:
        dates = raw.pop("deadlines", {})
        settings = reader.read(Settings, raw)
        # What is wrong elsewhere must not hide a mistake in a date.
        whole = Settings() if settings is BAD else settings
        zone_is_known = _check(whole, reader)
        known = folder.notebooks().keys()
        found = _deadlines(whole if zone_is_known else Settings(), dates, known, reader)
        settings = replace(whole, deadlines=MappingProxyType(found))
    if problems:
        listed = "\n".join(f"- {problem}" for problem in problems)
        raise PlaceKitError(
            f"The settings in {folder.root / SETTINGS} cannot be used. Correct them, then run the "
            f"same command again:\n{listed}"
        )
    return settings


def _check(settings: Settings, reader: Reader) -> bool:
    """Note what the types cannot say; returns whether the time zone is known."""
    passing, late = settings.passing, settings.late
    if not 0 <= passing.by_rule <= 1:
        reader.at("passing.by_rule").say("must be a share from 0 to 1, such as 0.6 for 60 %.")
    if not 0 <= passing.level <= TOP_LEVEL:
        reader.at("passing.level").say(f"must be a level from 0 to {TOP_LEVEL}.")
    if late.grace_minutes < 0:
        reader.at("late.grace_minutes").say("must not be less than 0.")
    per_day = late.policy == "points per day"
    if late.points_per_day < 0 or (per_day and not late.points_per_day):
        reader.at("late.points_per_day").say("must be more than 0, such as 2 or 0.5.")
    try:
        return bool(settings.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        reader.at("timezone").say(
            f"is {shown(settings.timezone)}, which is no time zone we know. "
            "Names look like Europe/London."
        )
        return False


def _deadlines(
    settings: Settings, dates: Any, known: Collection[str], reader: Reader
) -> dict[str, datetime | None]:
    reader = reader.at("deadlines")
    if not isinstance(dates, Mapping):
        reader.say(f"must be a section, [deadlines]; it is {shown(dates)}.")
        return {}
    found: dict[str, datetime | None] = {}
    for assignment, given in dates.items():
        here = reader.at(clean(assignment, 40))
        if known and assignment not in known:
            here.say(f"is no assignment here. There is: {', '.join(known)}.")
        if given == "none":
            found[assignment] = None
        elif isinstance(given, date):
            try:
                found[assignment] = settings.moment(given)
            except OverflowError:
                here.say("is too near the beginning or the end of time.")
        else:
            here.say(
                "must be a date and time such as 2026-12-01T17:00:00, or a date such as "
                f"2026-12-01, without quotation marks; it is {shown(given)}."
            )
    return found


def for_learners(settings: Settings, assignment: str = "", until: datetime | None = None) -> Terms:
    """What learners are told: headings, each with its text. What is not set is left out.

    Parameters
    ----------
    settings
        The folder's settings.
    assignment
        Whose deadline to tell; by default none is told.
    until
        The learner's own deadline, where an extension was granted.

    Examples
    --------
    >>> [heading for heading, _ in for_learners(Settings())][:2]
    ['What passes', 'If you are late']
    """
    due = settings.deadlines.get(assignment)
    deadline = settings.say_time(due) if due else ""
    if until:
        own = f"Your deadline, with your extension: {settings.say_time(until)}."
        deadline = f"{own} Without it: {deadline}." if deadline else own
    terms, contact = settings.terms, settings.contact
    worry = "If this work has raised a worry about somebody’s safety, yours or another’s, turn to: "
    told = (
        ("What passes", settings.passing.words),
        ("Your deadline", deadline),
        ("If you are late", settings.late.words),
        ("Handing in again", terms.resubmission),
        ("If you disagree with a mark", terms.appeals),
        ("Help that is fine", terms.help),
        ("Speaking instead of writing", terms.spoken),
        ("If somebody may not be safe", f"{worry}{contact}" if contact else ""),
    )
    return tuple((heading, text) for heading, text in told if text)


def missing(settings: Settings, assignments: Iterable[str]) -> tuple[str, ...]:
    """What learners cannot be told yet, as sentences for the tutor."""
    said = []
    if not settings.contact:
        said.append(
            "No safeguarding contact is named yet: write one into place-kit.toml, under "
            "[safeguarding]. Learners see it on their feedback."
        )
    assignments = list(assignments)
    without = [one for one in assignments if one not in settings.deadlines]
    if without:
        whose = "yet" if without == assignments else f"for {', '.join(without)}"
        said.append(
            f"No deadline is set {whose}: write it into place-kit.toml, under [deadlines], such "
            f'as "{without[0]}" = 2026-12-01T17:00:00.'
        )
    empty = [one.name for one in fields(Words) if not getattr(settings.terms, one.name)]
    if empty:
        said.append(f"Learners are told nothing about {', '.join(empty)}: see [terms] there.")
    return tuple(said)
