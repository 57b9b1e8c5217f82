"""What the course knows, as frozen dataclasses. Data only: nothing here reads a file.

Every text is the course's own wording. `references` hold ids of `Reference`;
`certainty` says how far a statement can be trusted:

``booklet``
    the booklet of 2015 reports it, and nothing else was found;
``public``
    found in another public source as well;
``unconfirmed``
    inferred, or known to the authors, and still to be checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Certainty = Literal["booklet", "public", "unconfirmed"]
ClaimKind = Literal["activity", "process", "cost", "outcome"]
Finding = Literal["reported", "early", "unclear", "not_reported"]
Unit = Literal["count", "percent", "pounds", "months", "years"]
QuestionKind = Literal[
    "choose_one",
    "choose_several",
    "classify",
    "match",
    "order",
    "rate",
    "number",
    "reflect",
    "plan",
]

CLAIM_KINDS: tuple[ClaimKind, ...] = ("activity", "process", "cost", "outcome")


@dataclass(frozen=True, slots=True)
class Reference:
    """A work cited. `csl` is its CSL-JSON entry; `number` its place in the booklet's list."""

    id: str
    text: str
    csl: Mapping[str, Any] = field(repr=False)
    number: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts. `of` is its base, empty where the source does not state it."""

    id: str
    value: float
    unit: Unit
    label: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a source says of a case, and what kind of evidence it is."""

    id: str
    case: str
    kind: ClaimKind
    finding: Finding
    text: str
    certainty: Certainty
    references: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Since:
    """What has happened since the booklet, with its source and how sure we are."""

    text: str
    certainty: Certainty
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    title: str
    short: str
    place: str
    led_by: str
    period: str
    aims: tuple[str, ...]
    achieved: tuple[str, ...]
    fell_short: tuple[str, ...]
    references: tuple[str, ...]
    claims: tuple[Claim, ...]
    note: str = ""
    since: tuple[Since, ...] = ()

    def claims_of(self, kind: ClaimKind) -> tuple[Claim, ...]:
        """The claims of one kind, in the order of the data."""
        return tuple(claim for claim in self.claims if claim.kind == kind)


@dataclass(frozen=True, slots=True)
class Principle:
    """A principle by its statement; `heading` is what the booklet prints above it."""

    id: str
    number: int
    heading: str
    statement: str
    example: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pitfall:
    id: str
    number: int
    title: str
    text: str
    remedy: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReflectiveQuestion:
    id: str
    number: int
    subject: str
    text: str
    module: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a framework: a rung, a step, a standard. `group` is its heading, if any."""

    id: str
    title: str
    text: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """A method or framework the course teaches: its parts in order, and where it comes from."""

    id: str
    title: str
    text: str
    certainty: Certainty
    references: tuple[str, ...]
    entries: tuple[Entry, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip or trap of the source: what is printed, what the course does, and why."""

    id: str
    printed: str
    course: str
    why: str
    certainty: Certainty
    cases: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """A part of the booklet's wider argument."""

    id: str
    title: str
    text: str
    references: tuple[str, ...]
    certainty: Certainty = "booklet"


@dataclass(frozen=True, slots=True)
class Term:
    id: str
    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a choice. `right` and `reason` are None and empty in a graded question."""

    id: str
    text: str
    right: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be classified, matched, ordered or rated; `right` is a category's id."""

    id: str
    text: str
    right: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating scale from `low` to `high` in whole steps, with words at both ends."""

    low: int
    high: int
    low_label: str
    high_label: str


class Slip(NamedTuple):
    """A likely wrong number (as text) and the reason why somebody arrives at it."""

    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class NumberKey:
    """The right number (as text, exact) and the reasons for it and for likely slips."""

    right: str
    reason: str
    slips: tuple[Slip, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class PlanField:
    id: str
    label: str
    type: Literal["text", "date"] = "text"
    help: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of any kind. `id` is whole (``03_cases.denominator``); ids are for ever.

    `set` is everything before the last dot and says which answer file holds the
    answer. `revision` grows when the words change and the meaning does not. An `open`
    choice has no right answer: no key and no reasons, so nothing to check. One for `later`
    waits for its time, so a module is done without it. `about` names the content it
    practises or examines: ``cases.bradford``, ``pitfalls.power``.
    """

    id: str
    set: str
    graded: bool
    revision: int
    kind: QuestionKind
    prompt: str
    help: str = ""
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()
    categories: tuple[Option, ...] = ()
    right_order: tuple[str, ...] = ()
    scale: Scale | None = None
    unit: str = ""
    number: NumberKey | None = None
    fields: tuple[PlanField, ...] = ()
    max_rows: int = 6
    prompts: tuple[str, ...] = ()
    aim_words: int = 0
    open: bool = False
    later: bool = False
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the syllabus (`course/modules.toml`)."""

    id: str
    number: int
    title: str
    minutes: int
    outcomes: tuple[str, ...]
    questions: tuple[str, ...] = ()
    assignment: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything under `place_kit/content`, by id, in the order of the files."""

    cases: Mapping[str, Case]
    principles: Mapping[str, Principle]
    pitfalls: Mapping[str, Pitfall]
    reflective_questions: Mapping[str, ReflectiveQuestion]
    frameworks: Mapping[str, Framework]
    corrections: Mapping[str, Correction]
    arguments: Mapping[str, Argument]
    glossary: Mapping[str, Term]
    references: Mapping[str, Reference]
    questions: Mapping[str, Question]

    def claims(self) -> Iterator[Claim]:
        """Every claim of every case."""
        for case in self.cases.values():
            yield from case.claims
