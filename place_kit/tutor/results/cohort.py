"""What a cohort found hard, as counts. Pure functions: marks in, a picture in numbers out.

No name comes in and none goes out. What was not answered is counted apart from what was
wrong, and every share says of how many.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from place_kit.facts.model import QuestionKind
from place_kit.marking import Mark, MarkedItem
from place_kit.tutor.words import clean

FEW = 5
"""With fewer than this, a share says little, and a count may point to a person."""

TURNED, LEFT_OUT, CHOSEN = DEEDS = ("the other way round", "left out", "chosen")
"""What was done where there is no other answer to name."""

_NOT_GIVEN = ("", "not chosen")
_PAIR = re.compile(r"(“.*”) before (“.*”)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of an assignment, and the cell of the notebook that marks it."""

    cell: str
    name: str
    prompt: str
    kind: QuestionKind | None
    out_of: float


@dataclass(frozen=True, slots=True)
class Script:
    """What one submission holds by rule: points and marks, by the cell's name."""

    points: Mapping[str, float]
    marks: Mapping[str, Mark]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a question, such as an item to sort.

    `answer` is what was answered where it was right, as far as anybody did; `instead` what was
    answered where it was not, with how often, most often first. `chosen` is set for the options
    of which several may be chosen.
    """

    label: str
    right: int = 0
    partly: int = 0
    wrong: int = 0
    missing: int = 0
    instead: tuple[tuple[str, int], ...] = ()
    answer: str = ""
    chosen: int | None = None

    @property
    def n(self) -> int:
        """How many answered the question."""
        return self.right + self.partly + self.wrong + self.missing


@dataclass(frozen=True, slots=True)
class Result:
    """How a question went.

    `points` is what those who answered have earned together; `unread` counts submissions in
    which the question could not be marked by rule.
    """

    asked: Asked
    points: float = 0.0
    answered: int = 0
    missing: int = 0
    unread: int = 0
    parts: tuple[Part, ...] = ()

    @property
    def share(self) -> float | None:
        """Points earned, as a share of all there were for those who answered."""
        there_were = self.answered * self.asked.out_of
        return self.points / there_were if there_were else None


@dataclass(frozen=True, slots=True)
class Levels:
    """How many reflections are at each level of the rubric, and how many wait for a mark."""

    counts: Mapping[int, int] = field(default_factory=dict)
    waiting: int = 0

    @property
    def marked(self) -> int:
        return sum(self.counts.values())


def levels(found: Iterable[int | None], numbers: Iterable[int]) -> Levels:
    """Count levels; None is a reflection that waits for its mark.

    Examples
    --------
    >>> levels([2, None, 2], range(4)).counts
    {0: 0, 1: 0, 2: 2, 3: 0}
    """
    counted = Counter(found)
    return Levels({number: counted[number] for number in numbers}, counted[None])


def results(asked: Iterable[Asked], scripts: Sequence[Script]) -> tuple[Result, ...]:
    """Say how each question went."""
    return tuple(_result(each, scripts) for each in asked)


def _result(asked: Asked, scripts: Sequence[Script]) -> Result:
    held = [one for one in scripts if asked.cell in one.points]
    marks = [one.marks[asked.cell] for one in held if asked.cell in one.marks]
    given = [mark for mark in marks if _is_answered(mark)]
    points = [
        one.points[asked.cell]
        for one in held
        if asked.cell in one.marks and _is_answered(one.marks[asked.cell])
    ]
    return Result(
        asked,
        sum(points),
        len(given),
        len(marks) - len(given),
        len(held) - len(marks),
        _parts(asked.kind, given),
    )


def _is_answered(mark: Mark) -> bool:
    return any(item.given not in _NOT_GIVEN for item in mark.items)


def _parts(kind: QuestionKind | None, marks: Sequence[Mark]) -> tuple[Part, ...]:
    if not marks:
        return ()
    if kind == "choose_several":
        return _options(marks)
    if kind == "order":
        return tuple(_pair(items) for items in _by_id(marks).values())
    if kind in ("classify", "match"):
        return tuple(_part(items[0].label, items) for items in _by_id(marks).values())
    # One choice, or one number: the part is the whole.
    items = [item for mark in marks for item in mark.items[:1]]
    return (_part(items[0].label, items),)


def _by_id(marks: Iterable[Mark]) -> dict[str, list[MarkedItem]]:
    found: dict[str, list[MarkedItem]] = {}
    for mark in marks:
        for item in mark.items:
            found.setdefault(item.id, []).append(item)
    return found


def _part(label: str, items: Sequence[MarkedItem]) -> Part:
    given = [item for item in items if item.given not in _NOT_GIVEN]
    verdicts = Counter(item.verdict for item in given)
    not_right = Counter(clean(item.given, 300) for item in given if item.verdict != "Right")
    return Part(
        label,
        verdicts["Right"],
        verdicts["Partly right"],
        verdicts["Not quite"],
        len(items) - len(given),
        tuple(sorted(not_right.items(), key=lambda pair: (-pair[1], pair[0]))),
        next((item.given for item in given if item.verdict == "Right"), ""),
    )


def _pair(items: Sequence[MarkedItem]) -> Part:
    """Two neighbours of the right order."""
    right = [item for item in items if item.verdict == "Right"]
    label = right[0].label if right else _PAIR.sub(r"\2 before \1", items[0].label)
    return _either(label, len(right), len(items) - len(right), TURNED)


def _options(marks: Sequence[Mark]) -> tuple[Part, ...]:
    """Each option of "choose several": to leave out a wrong one is right.

    A mark names what was chosen, and never what was missed: that is known only of options
    which somebody else chose. Those that nobody chose are counted together.
    """
    items = _by_id(marks)
    missed = len(items.pop("", []))
    parts = []
    for chosen in items.values():
        label, count, others = chosen[0].label.rstrip("."), len(chosen), len(marks) - len(chosen)
        if chosen[0].out_of > 0:
            parts.append(_either(f"{label} (right)", count, others, LEFT_OUT, count))
            missed -= others
        else:
            parts.append(_either(f"{label} (not right)", others, count, CHOSEN, count))
    if hidden := missed // len(marks):
        words = "1 right option" if hidden == 1 else f"{hidden} right options"
        parts.append(_either(f"{words} that nobody chose", 0, len(marks), LEFT_OUT, 0))
    return tuple(parts)


def _either(label: str, right: int, wrong: int, instead: str, chosen: int | None = None) -> Part:
    slips = ((instead, wrong),) if wrong else ()
    return Part(label, right=right, wrong=wrong, instead=slips, chosen=chosen)
