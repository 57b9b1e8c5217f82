"""Many team files into one picture in numbers. Pure: entries in, counts out, nobody in sight.

Nothing is worked out from fewer than `FEWEST` people: not a round, not a line, not a change
between the rounds. Texts come in only where their author ticked them, shuffled for each
question by itself, so that two texts of one person cannot be put together by their places.

How much a team disagrees is one number from 0 (all gave the same answer) to 1 (half at each
end of the scale; or, of a choice, evenly spread over all options). Of a rating it is Blair and
Lacy's 1 - l² (2000): how far apart two people picked at random are, on average. Of a choice it
is the index of qualitative variation (Agresti and Agresti 1978): how often two people picked at
random chose differently. Both read a scale as an order; neither needs its steps to be equal.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Final

from place_kit.facts.model import Question, Scale
from place_kit.team.entry import Entry
from place_kit.team.session import ROUNDS, Session

FEWEST: Final = 5
"""With fewer people than this nothing is shown."""

CAMPS_SAID: Final = (
    "Two camps are flagged where two answers have a fifth of the people or more each, are at "
    "least half of the scale apart, and an answer between them was given at most half as often "
    "as either, with a third of the people or more on each side of it. Of a choice: where two "
    "options have a third or more each. In a small team this can be chance: it is a reason to "
    "ask, no more."
)


@dataclass(frozen=True, slots=True)
class Value:
    """Something that could be answered: a step of a scale, or an option."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Spread:
    """How a round answered one line: `counts` follow the line's values.

    `median` and `quartiles` are None for a choice, which has no order. Quartiles are
    interpolated between the answers on either side (Hyndman and Fan's type 7, the usual one of
    spreadsheets). `camps` holds the places of two values, or nothing.
    """

    counts: tuple[int, ...]
    median: float | None
    quartiles: tuple[float, float] | None
    disagreement: float
    camps: tuple[int, int] | None

    @property
    def n(self) -> int:
        """How many answered."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was asked: a line of a rating, or a choice. `name` is the question's.

    `rounds` holds a spread for each round, None where fewer than five answered. `moved` says
    how many of those who answered in both rounds went up, stayed and went down (of a choice:
    nobody goes up or down, so those who changed stand first and the last is 0).
    """

    question: Question
    name: str
    item: str
    text: str
    scale: Scale | None
    values: tuple[Value, ...]
    rounds: tuple[Spread | None, ...]
    moved: tuple[int, int, int] | None = None

    @property
    def id(self) -> str:
        """The question's id, and the item's where it has items."""
        return f"{self.question.id}.{self.item}" if self.item else self.question.id

    @property
    def title(self) -> str:
        """What it is about, in a line: “Readiness: I myself”."""
        return f"{self.name}: {self.text}" if self.item else self.name

    @property
    def first(self) -> Spread | None:
        """The first round there is to show."""
        return next((spread for spread in self.rounds if spread), None)


@dataclass(frozen=True, slots=True)
class Text:
    """A text that may be shown, and how many wrote it."""

    text: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Pooled:
    """What a team answered.

    `people` counts those who answered, for each round; `enough` is False where no round has
    five, and then all the rest is empty. `lines` come with the widest disagreement first; `wheel`
    follows the themes, and `after`, which says how the session was, its questions. `texts` are by
    question, then by field (nothing where a question has no fields). `replaced` counts files that
    a later one of the same person took the place of.
    """

    session: Session
    people: tuple[int, ...]
    replaced: int = 0
    lines: tuple[Line, ...] = ()
    wheel: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()
    texts: Mapping[str, Mapping[str, tuple[Text, ...]]] | None = None

    @property
    def enough(self) -> bool:
        """Whether there is anything to show."""
        return max(self.people) >= FEWEST


def pool(
    entries: Iterable[Entry], session: Session, *, chance: random.Random | None = None
) -> Pooled:
    """Pool the entries of a session.

    Parameters
    ----------
    entries
        Team files as `entry.parse` gives them, in the order they arrived: of two with the same
        code and round, the later is taken.
    session
        What was asked.
    chance
        What shuffles; by default the system's own, which nobody can foresee.
    """
    latest: dict[tuple[str, int], Entry] = {}
    came = 0
    for entry in entries:
        came += 1
        latest[entry.code, entry.round] = entry
    rounds = [
        {code: entry for (code, number), entry in latest.items() if number == round}
        for round in ROUNDS
    ]
    people = tuple(map(len, rounds))
    replaced = came - len(latest)
    if max(people) < FEWEST:
        return Pooled(session, people, replaced)
    shown = [each if len(each) >= FEWEST else {} for each in rounds]
    lines = [
        line
        for question in session.questions
        if question.kind in ("rate", "choose_one")
        for line in _lines(question, session.name(question.id), shown)
        if line.first
    ]
    wheel = tuple(line for line in lines if line.question.id == session.wheel)
    after = tuple(line for line in lines if line.question.id in session.after)
    apart = {session.wheel, *session.after}
    others = [line for line in lines if line.question.id not in apart]
    others.sort(key=lambda line: -line.first.disagreement if line.first else 0)
    shuffle = chance or random.SystemRandom()
    texts = {
        question.id: _texts(question, shown, shuffle)
        for question in session.questions
        if question.kind in ("plan", "reflect")
    }
    return Pooled(session, people, replaced, tuple(others), wheel, after, texts)


# --- counts -------------------------------------------------------------------------------


def _lines(question: Question, name: str, rounds: Sequence[Mapping[str, Entry]]) -> Iterable[Line]:
    if question.kind == "choose_one":
        values = tuple(Value(option.id, option.text) for option in question.options)
        places = {value.id: place for place, value in enumerate(values)}
        given = [
            {
                code: places[entry.answers[question.id]]
                for code, entry in each.items()
                if question.id in entry.answers
            }
            for each in rounds
        ]
        yield _line(question, name, "", question.prompt, values, given)
        return
    assert question.scale is not None
    low, high = question.scale.low, question.scale.high
    values = tuple(Value(str(step), str(step)) for step in range(low, high + 1))
    ratings: list[dict[str, Mapping[str, int]]] = [
        {
            code: entry.answers[question.id]
            for code, entry in each.items()
            if question.id in entry.answers
        }
        for each in rounds
    ]
    for item in question.items:
        given = [
            {code: rating[item.id] - low for code, rating in each.items() if item.id in rating}
            for each in ratings
        ]
        yield _line(question, name, item.id, item.text, values, given)


def _line(
    question: Question,
    name: str,
    item: str,
    text: str,
    values: tuple[Value, ...],
    given: Sequence[Mapping[str, int]],
) -> Line:
    spreads = tuple(
        spread_of(Counter(each.values()), len(values), question.scale)
        if len(each) >= FEWEST
        else None
        for each in given
    )
    before, after = given
    both = before.keys() & after.keys()
    moved = None
    if len(both) >= FEWEST:
        up = sum(after[code] > before[code] for code in both)
        down = sum(after[code] < before[code] for code in both)
        same = len(both) - up - down
        moved = (up, same, down) if question.scale else (up + down, same, 0)
    return Line(question, name, item, text, question.scale, values, spreads, moved)


def spread_of(counted: Mapping[int, int], size: int, scale: Scale | None) -> Spread:
    """How answers are spread.

    Parameters
    ----------
    counted
        How often each place was answered, from 0; at least one answer.
    size
        How many places there are.
    scale
        The scale, or None where the places have no order.
    """
    counts = tuple(counted.get(place, 0) for place in range(size))
    if scale is None:
        return Spread(counts, None, None, _of_choices(counts), _two_options(counts))
    below = list(accumulate(counts))
    low, middle, high = (scale.low + _quantile(below, Fraction(part, 4)) for part in (1, 2, 3))
    return Spread(
        counts,
        float(middle),
        (float(low), float(high)),
        _of_ratings(counts),
        _two_peaks(counts),
    )


def _quantile(below: Sequence[int], share: Fraction) -> Fraction:
    """Type 7 of Hyndman and Fan, from cumulative counts: exact, and quick for many answers."""
    at = share * (below[-1] - 1)
    lower = at.numerator // at.denominator
    one, other = _ranked(below, lower), _ranked(below, min(lower + 1, below[-1] - 1))
    return one + (at - lower) * (other - one)


def _ranked(below: Sequence[int], rank: int) -> int:
    return next(place for place, many in enumerate(below) if many > rank)


def _of_ratings(counts: Sequence[int]) -> float:
    n, steps = sum(counts), len(counts) - 1
    below = accumulate(counts[:-1])
    return 4 * sum(many * (n - many) for many in below) / (n * n * steps)


def _of_choices(counts: Sequence[int]) -> float:
    n, options = sum(counts), len(counts)
    alike = sum(many * many for many in counts)
    return (n * n - alike) * options / (n * n * (options - 1))


def _two_peaks(counts: Sequence[int]) -> tuple[int, int] | None:
    """The two answers that make camps (`CAMPS_SAID`), the fullest where there are several."""
    n, size = sum(counts), len(counts)
    best: tuple[int, tuple[int, int]] | None = None
    for one in range(size):
        for other in range(one + 1, size):
            less = min(counts[one], counts[other])
            parted = 2 * (other - one) >= size - 1 and any(
                2 * counts[valley] <= less
                and 3 * sum(counts[:valley]) >= n
                and 3 * sum(counts[valley + 1 :]) >= n
                for valley in range(one + 1, other)
            )
            both = counts[one] + counts[other]
            if 5 * less >= n and parted and (best is None or both > best[0]):
                best = both, (one, other)
    return best[1] if best else None


def _two_options(counts: Sequence[int]) -> tuple[int, int] | None:
    large = [place for place, many in enumerate(counts) if many and 3 * many >= sum(counts)]
    return (large[0], large[1]) if len(large) == 2 else None


# --- texts --------------------------------------------------------------------------------


def _texts(
    question: Question, rounds: Sequence[Mapping[str, Entry]], chance: random.Random
) -> Mapping[str, tuple[Text, ...]]:
    """What may be shown, each person's latest; the same words once, with how many wrote them."""
    latest = {
        code: entry.answers[question.id]
        for each in rounds
        for code, entry in each.items()
        if question.id in entry.show
    }
    if question.kind == "reflect":
        return {"": _merged(latest.values(), chance)}
    return {
        field.id: _merged(
            (row[field.id] for rows in latest.values() for row in rows if field.id in row), chance
        )
        for field in question.fields
    }


def _merged(texts: Iterable[str], chance: random.Random) -> tuple[Text, ...]:
    many: Counter[str] = Counter()
    written: dict[str, str] = {}
    for text in texts:
        key = text.casefold().strip(" .")
        many[key] += 1
        written.setdefault(key, text)
    merged = [Text(written[key], times) for key, times in many.items()]
    chance.shuffle(merged)
    return tuple(merged)
