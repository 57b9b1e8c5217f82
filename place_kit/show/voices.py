"""Who is heard, and what then comes first: everyone's scores as dots, unheard ones left open.

The people and their scores are made up. What the picture says is worked out from them, so
that the words are right whatever stands in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from types import MappingProxyType

from place_kit.facts.activities.voices import Idea, Person, Voices
from place_kit.show import template, words
from place_kit.show._html import join, tag
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Box, Drawing, Mark, Shape, Words
from place_kit.show.lookup import find

SPEAK: Mapping[str, str] = MappingProxyType(
    {
        "any": "Everyone, however readily they speak up",
        "readily": "Only those who speak up readily",
        "seldom": "Only those who seldom speak up",
    }
)
ENGAGED: Mapping[str, str] = MappingProxyType(
    {
        "any": "Everyone, engaged so far or not",
        "yes": "Only those who are engaged already",
        "no": "Only those who are not engaged so far",
    }
)
SOURCE = "Made-up people and made-up scores, for illustration. No real place was asked."

HEARD, NOT_HEARD, MET = (
    template.KIND_COLOURS["activity"],
    template.LINE,
    template.KIND_COLOURS["cost"],
)
AVERAGE = template.INK
DOT, ACROSS, PITCH, STEP = 10, 3, 4.2, 13
"""The size of a dot; how many stand side by side; how far apart, in per cent and in pixels."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An idea among some people: its place (shared where the averages are the same)."""

    idea: Idea
    place: int
    average: Fraction


def heard(voices: Voices, speak: str, engaged: str) -> tuple[Person, ...]:
    """Give the people who are heard; both conditions must hold."""
    speaks: dict[str, Callable[[Person], bool]] = {
        "any": lambda _: True,
        "readily": lambda person: person.willing >= voices.readily,
        "seldom": lambda person: person.willing <= voices.seldom,
    }
    takes_part: dict[str, Callable[[Person], bool]] = {
        "any": lambda _: True,
        "yes": lambda person: person.engaged,
        "no": lambda person: not person.engaged,
    }
    first, second = find(speaks, speak, "choice"), find(takes_part, engaged, "choice")
    return tuple(person for person in voices.people if first(person) and second(person))


def ranking(voices: Voices, people: Sequence[Person]) -> tuple[Ranked, ...]:
    """Rank the ideas by the average of these people's scores, the highest first."""
    means = {
        idea.id: Fraction(sum(person.scores[at] for person in people), len(people))
        for at, idea in enumerate(voices.ideas)
    }
    ranked = (
        Ranked(idea, 1 + sum(mean > means[idea.id] for mean in means.values()), means[idea.id])
        for idea in voices.ideas
    )
    return tuple(sorted(ranked, key=lambda each: each.place))


def dots(voices: Voices, speak: str = "any", engaged: str = "any", met: str = "") -> Card:
    """Draw everyone's scores; the ideas stand in the order that those who are heard give them.

    Parameters
    ----------
    speak, engaged
        Who is heard: keys of `SPEAK` and of `ENGAGED`.
    met
        The id of a person to meet, or nobody.
    """
    people = heard(voices, speak, engaged)
    person = find({each.id: each for each in voices.people}, met, "person") if met else None
    title = f"{voices.place}: “{voices.asked}”"
    if not people:
        return Card(title, "Nobody is heard now, so nothing can be ranked. Choose more people.")
    now, all_ = ranking(voices, people), ranking(voices, voices.people)
    unheard = [each for each in voices.people if each not in people]
    shapes, height = _shapes(voices, now, all_, people, person)
    return Card(
        title=title,
        takeaway=" ".join(
            filter(None, (_takeaway(now, all_, people, unheard, voices), _meeting(person, people)))
        ),
        alt=_alt(voices, now, people, unheard),
        table=_table(voices, now, all_, unheard),
        drawing=Drawing(height, shapes),
        source=SOURCE,
    )


def printed(voices: Voices) -> Card:
    """Give the order of the ideas for each choice of who is heard, and everyone's scores."""
    rows = []
    for speak, speaks in SPEAK.items():
        for engaged, takes_part in ENGAGED.items():
            some = heard(voices, speak, engaged)
            order = _order(ranking(voices, some)) if some else "Nobody is left to be heard."
            rows.append((f"{speaks}. {takes_part}.", str(len(some)), order))
    orders = Table(
        "The order of the ideas, by who is heard",
        ("Who is heard", "People", "Order, with averages"),
        tuple(rows),
    )
    everyone = Table(
        "The made-up people and their scores",
        ("Person", "Speaks up", "Engaged already", *(idea.name for idea in voices.ideas)),
        tuple(
            (
                f"{each.name}, {each.about}: “{each.says}”",
                _speaks(voices, each),
                "yes" if each.engaged else "not so far",
                *map(str, each.scores),
            )
            for each in voices.people
        ),
    )
    every = ranking(voices, voices.people)
    return Card(
        title=f"{voices.place}: “{voices.asked}”",
        takeaway=_takeaway(every, every, voices.people, [], voices),
        table=orders,
        body=join((orders.html(), tag("div", everyone.html(), class_="pk-part"))),
        source=SOURCE,
    )


# --- in words -----------------------------------------------------------------------------


def rounded(average: Fraction) -> str:
    """Write an average with one decimal, half up."""
    exact = Decimal(average.numerator) / Decimal(average.denominator)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def _takeaway(
    now: Sequence[Ranked],
    all_: Sequence[Ranked],
    people: Sequence[Person],
    unheard: Sequence[Person],
    voices: Voices,
) -> str:
    first, last = _best(now), _worst(now)
    who = f"{len(people)} of {len(voices.people)} people are" if unheard else "Everyone is"
    parts = [
        f"{who} heard. First: {_names(first)} ({rounded(first[0].average)} of "
        f"{voices.scale.high} on average). Last: {_names(last)} ({rounded(last[0].average)})."
    ]
    if not unheard:
        return parts[0]
    everyones, hindmost = _best(all_), _worst(all_)
    if _order_ids(now) == tuple(reversed(_order_ids(all_))):
        parts.append("With everyone heard it is the other way round, from first to last.")
    elif _ids(first) == _ids(everyones):
        parts.append("With everyone heard, the same comes first.")
    else:
        parts.append(f"With everyone heard, first comes {_names(everyones)}.")
        if _ids(last) == _ids(everyones):
            parts.append("It is last here.")
        elif _ids(first) == _ids(hindmost):
            parts.append("Here, what would be last comes first.")
    theirs = {each.idea.id: each for each in ranking(voices, unheard)}
    gave = rounded(theirs[first[0].idea.id].average)
    whom = "The one person" if len(unheard) == 1 else f"The {len(unheard)} people"
    verb = "is" if len(unheard) == 1 else "are"
    parts.append(f"{whom} who {verb} not heard gave {_names(first[:1])} {gave}.")
    return " ".join(parts)


def _meeting(person: Person | None, people: Sequence[Person]) -> str:
    if person is None:
        return ""
    here = "is heard here" if person in people else "is not heard here"
    return (
        f"The triangles are the scores of {person.name} ({person.about}): “{person.says}” "
        f"{person.name} {here}."
    )


def _alt(
    voices: Voices, now: Sequence[Ranked], people: Sequence[Person], unheard: Sequence[Person]
) -> str:
    scores = range(voices.scale.low, voices.scale.high + 1)
    lines = [
        f"One row of dots for each idea, a dot for each person, at the score that they gave, from "
        f"{voices.scale.low} ({voices.scale.low_label}) to {voices.scale.high} "
        f"({voices.scale.high_label}). {len(people)} dots in each row are filled: heard. "
        f"{len(unheard)} are open: not heard. A diamond marks the average of those heard."
    ]
    for each in now:
        at = voices.ideas.index(each.idea)
        counts = (
            f"{sum(one.scores[at] == score for one in people)} at {score}" for score in scores
        )
        lines.append(
            f"Place {each.place}, {each.idea.name.lower()}: those heard stand "
            f"{words.together(list(counts))}; average {rounded(each.average)}."
        )
    return " ".join(lines)


def _table(
    voices: Voices, now: Sequence[Ranked], all_: Sequence[Ranked], unheard: Sequence[Person]
) -> Table:
    everyone = {each.idea.id: each for each in all_}
    others = {each.idea.id: each for each in ranking(voices, unheard)} if unheard else {}
    return Table(
        "Places and averages, by who is heard",
        (
            "Idea",
            "Place, those heard",
            "Average, those heard",
            "Average, those not heard",
            "Place, everyone",
            "Average, everyone",
        ),
        tuple(
            (
                f"{each.idea.name}. {each.idea.text}",
                str(each.place),
                rounded(each.average),
                rounded(others[each.idea.id].average) if others else "nobody",
                str(everyone[each.idea.id].place),
                rounded(everyone[each.idea.id].average),
            )
            for each in now
        ),
    )


def _best(ranked: Sequence[Ranked]) -> list[Ranked]:
    return [each for each in ranked if each.place == 1]


def _worst(ranked: Sequence[Ranked]) -> list[Ranked]:
    return [each for each in ranked if each.average == ranked[-1].average]


def _names(ranked: Iterable[Ranked]) -> str:
    return words.together([f"“{each.idea.name}”" for each in ranked])


def _ids(ranked: Iterable[Ranked]) -> set[str]:
    return {each.idea.id for each in ranked}


def _order_ids(ranked: Sequence[Ranked]) -> tuple[str, ...]:
    return tuple(each.idea.id for each in ranked)


def _order(ranked: Sequence[Ranked]) -> str:
    return ", ".join(f"{each.idea.name} ({rounded(each.average)})" for each in ranked)


def _speaks(voices: Voices, person: Person) -> str:
    if person.willing >= voices.readily:
        return "readily"
    return "seldom" if person.willing <= voices.seldom else "when asked"


# --- in shapes ----------------------------------------------------------------------------


def _shapes(
    voices: Voices,
    now: Sequence[Ranked],
    all_: Sequence[Ranked],
    people: Sequence[Person],
    met: Person | None,
) -> tuple[tuple[Shape, ...], float]:
    everyone = {each.idea.id: each.place for each in all_}
    shapes: list[Shape] = [
        Mark(2, 10, "circle", HEARD, "Heard", DOT),
        Words(6, 10, "heard", "left", 12),
        Mark(32, 10, "circle-open", NOT_HEARD, "Not heard", DOT - 1),
        Words(36, 10, "not heard", "left", 12),
        Mark(2, 29, "diamond", AVERAGE, "Average of those heard", DOT - 1),
        Words(6, 29, "average of those heard", "left", 12),
    ]
    scores = range(voices.scale.low, voices.scale.high + 1)
    y = 44.0
    for each in now:
        title = f"{each.place}. {each.idea.name}: {rounded(each.average)}"
        shapes.append(Words(0.5, y + 10, title, "left", bold=True))
        if everyone[each.idea.id] != each.place:
            note = f"With everyone heard: place {everyone[each.idea.id]}"
            shapes.append(Words(0.5, y + 28, note, "left", 12, colour=template.QUIET))
        base = y + 38 + STEP * _rows(voices)
        shapes += _dots(voices, voices.ideas.index(each.idea), base, people, met)
        # A line to stand on.
        shapes.append(Box(0, 100, base, base + 1.5, fill=template.LINE, width=0))
        shapes += [
            Words(_x(voices, score), base + 20, str(score), size=12, colour=template.QUIET)
            for score in scores
        ]
        said = f"{each.idea.name}: average {rounded(each.average)}"
        shapes.append(Mark(_x(voices, each.average), base, "diamond", AVERAGE, said, 12))
        y = base + 36
    low = f"{voices.scale.low} = {voices.scale.low_label}"
    high = f"{voices.scale.high} = {voices.scale.high_label}"
    shapes += [
        Words(0.5, y + 4, low, "left", 12, colour=template.QUIET),
        Words(99.5, y + 4, high, "right", 12, colour=template.QUIET),
    ]
    return tuple(shapes), y + 14


def _dots(
    voices: Voices, at: int, base: float, people: Sequence[Person], met: Person | None
) -> list[Shape]:
    """Stack the dots of one idea, those heard below, so that they can be compared at a glance."""
    shapes: list[Shape] = []
    for score in range(voices.scale.low, voices.scale.high + 1):
        here = [each for each in voices.people if each.scores[at] == score]
        here.sort(key=lambda each: each not in people)
        for number, each in enumerate(here):
            row, column = divmod(number, ACROSS)
            x = _x(voices, score) + (column - (ACROSS - 1) / 2) * PITCH
            y = base - 12 - row * STEP
            said = f"{each.name}: {score}, {'heard' if each in people else 'not heard'}"
            open_ = "" if each in people else "-open"
            if each == met:
                shapes.append(Mark(x, y, f"triangle-up{open_}", MET, said, DOT + 2))
            else:
                colour = HEARD if each in people else NOT_HEARD
                size = DOT if each in people else DOT - 1
                shapes.append(Mark(x, y, f"circle{open_}", colour, said, size))
    return shapes


def _rows(voices: Voices) -> int:
    """How many rows of dots the fullest column needs: the same for every choice."""
    most = max(
        sum(person.scores[at] == score for person in voices.people)
        for at in range(len(voices.ideas))
        for score in range(voices.scale.low, voices.scale.high + 1)
    )
    return -(-most // ACROSS)


def _x(voices: Voices, score: float | Fraction) -> float:
    """Give a score's place across, in per cent: each whole score has a column of its own."""
    columns = voices.scale.high - voices.scale.low + 1
    return float(score - voices.scale.low + Fraction(1, 2)) * 100 / columns
