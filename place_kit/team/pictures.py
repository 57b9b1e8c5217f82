"""The room's pictures, as cards: every dot, median, quartiles, n. Pure: a pool in, cards out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil
from textwrap import wrap

from place_kit import facts
from place_kit.facts.activities import wheel as wheels
from place_kit.facts.model import Question
from place_kit.show import template, wheel_spread, words
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Bar, Box, Drawing, Mark, Shape, Words, lines
from place_kit.show.wheel_spread import Spot, number
from place_kit.team.pool import Line, Pooled, Spread, Text

DOTS, HALF, MEDIAN = (
    template.KIND_COLOURS["activity"],
    template.KIND_TINTS["cost"],
    template.KIND_COLOURS["cost"],
)
LETTERS, LINE, DOT, STEP = 34, 18, 11, 12
PRINTED = 72
"""Letters to a line on paper, where there is more room than on a phone."""

ROWS = 10
"""Rows of dots at most: beyond that a dot stands for several people, and the picture says so."""

IN_A_ROW, BESIDE = 10, 54
"""Dots in a row of a choice, and where they begin: beside their words, in per cent."""

A_SHEET = {LETTERS: 4, PRINTED: 6}
"""Lines of the overview to a picture: few, so that it can be read from the back of a room."""

MOST_TEXTS = 40
SOURCE = "the team’s own answers, pooled. No name came with them."
_ROUNDS = ("Round one", "Round two")


@dataclass(frozen=True, slots=True)
class Picture:
    """A card and the name of its files."""

    name: str
    card: Card


def pictures(pooled: Pooled) -> tuple[Picture, ...]:
    """All pictures of a pool; none where there are too few."""
    return (*answers(pooled), *evaluation(pooled))


def answers(pooled: Pooled, letters: int = LETTERS) -> tuple[Picture, ...]:
    """What was answered, the widest disagreement first, then the wheel and what was written."""
    found = [*overview(pooled.lines, letters)]
    for place, line in enumerate(pooled.lines, start=1):
        name = f"{place:02}-{line.id.partition('.')[2].replace('.', '-')}"
        found.append(Picture(name, spread(line, letters)))
    if pooled.wheel:
        found.append(Picture("place-wheel", place_wheel(pooled)))
    return (*found, *_texts(pooled, after=False))


def evaluation(pooled: Pooled, letters: int = LETTERS) -> tuple[Picture, ...]:
    """How the session was: a strip for each thing that was rated, and what was written."""
    found = [
        Picture(id.partition(".")[2], how_it_was(tuple(rated), letters))
        for id, rated in groupby(pooled.after, lambda line: line.question.id)
    ]
    return (*found, *_texts(pooled, after=True))


def _texts(pooled: Pooled, *, after: bool) -> Iterator[Picture]:
    for question in pooled.session.questions:
        texts = (pooled.texts or {}).get(question.id, {})
        if any(texts.values()) and after == (question.id in pooled.session.after):
            name = pooled.session.name(question.id)
            yield Picture(question.id.partition(".")[2], said(question, texts, name))


# --- all lines, one below the other -------------------------------------------------------


def overview(ranked: Sequence[Line], letters: int = LETTERS) -> Iterator[Picture]:
    """Show how much the team disagrees on each line, the most first, a few to a picture."""
    rows = [(line, spread) for line in ranked if (spread := line.first)]
    sheets = ceil(len(rows) / A_SHEET[letters])
    for at in range(sheets):
        start, end = (part * len(rows) // sheets for part in (at, at + 1))
        name = f"overview-{at + 1}" if at else "overview"
        yield Picture(name, _ranks(rows[start:end], start + 1, letters))


def _ranks(rows: Sequence[tuple[Line, Spread]], place: int, letters: int) -> Card:
    """Show some of the lines; `place` is the first one's among all."""
    shapes: list[Shape] = []
    y = 0.0
    for line, spread in rows:
        for part in lines(line.title, letters):
            shapes.append(Words(0, y + LINE / 2, part, "left", bold=True))
            y += LINE
        note = f"{_share(spread)}, n = {spread.n}{_camps_note(spread)}"
        shapes.append(Words(0, y + LINE / 2, note, "left", colour=template.QUIET))
        y += LINE + 3
        shapes.append(Box(0, 100, y, y + 14, fill=template.TRACK))
        if spread.disagreement:
            shapes.append(Bar(100 * spread.disagreement, y + 7, 14, DOTS, f"{line.text}: {note}"))
        y += 14 + 12
    first, spread = rows[0]
    widest = "The widest disagreement" if place == 1 else "The widest of these"
    said = [f"{widest}: “{first.title}” ({_share(spread)})."]
    camps = [line for line, spread in rows if spread.camps]
    if camps:
        said.append(f"Two camps on {words.count(len(camps))} of these {words.count(len(rows))}.")
    last = place + len(rows) - 1
    return Card(
        "Where we disagree most" if place == 1 else f"Where we disagree: places {place} to {last}",
        " ".join(said),
        "Bars of disagreement, from 0 (all alike) to 1 (as far apart as can be). "
        + "; ".join(f"{line.title}: {_share(spread)}" for line, spread in rows)
        + ".",
        Table(
            "Disagreement from 0 to 1, of the first round with answers enough",
            ("Asked", "Disagreement", "Median", "Middle half", "n", "Two camps"),
            tuple(
                (
                    line.title,
                    f"{spread.disagreement:.2f}",
                    _median(spread),
                    _half(spread),
                    str(spread.n),
                    _camps(line, spread) or "no",
                )
                for line, spread in rows
            ),
        ),
        Drawing(y, tuple(shapes)),
        SOURCE,
    )


# --- one line -----------------------------------------------------------------------------


def spread(line: Line, letters: int = LETTERS) -> Card:
    """Show every answer to a line, round one beside round two."""
    shown = [(name, spread) for name, spread in zip(_ROUNDS, line.rounds, strict=True) if spread]
    draw = _rating if line.scale else _choice
    return Card(
        title=line.title,
        takeaway=f"{line.question.prompt} {_takeaway(line, shown)}",
        alt=_alt(line, shown),
        table=_table(line, shown),
        drawing=draw(line, shown, letters),
        source=SOURCE,
    )


Shown = Sequence[tuple[str, Spread]]


def _rating(line: Line, shown: Shown, letters: int) -> Drawing:
    assert line.scale is not None
    columns = len(line.values)
    across = 4 if columns <= 5 else 3
    pitch = 100 / columns / (across + 0.4)
    most = max(max(spread.counts) for _, spread in shown)
    each = ceil(most / (across * ROWS))
    shapes, y = _heading(line, letters)
    for name, spread in shown:
        shapes.append(Words(0, y + 14, _strip(name, spread), "left", colour=template.QUIET))
        rows = ceil(ceil(max(spread.counts) / each) / across)
        base = y + 28 + STEP * rows
        for place, many in enumerate(spread.counts):
            middle = _x(place, columns)
            label = f"{name}: {line.values[place].text}, {many}"
            for dot in range(ceil(many / each)):
                row, column = divmod(dot, across)
                x = middle + (column - (across - 1) / 2) * pitch
                shapes.append(Mark(x, base - 8 - row * STEP, "circle", DOTS, label, DOT))
        shapes.append(Box(0, 100, base, base + 1.5, fill=template.LINE, width=0))
        shapes += [
            Words(_x(place, columns), base + 14, value.text, bold=place in (spread.camps or ()))
            for place, value in enumerate(line.values)
        ]
        shapes += _box(line, spread, base + 32)
        y = base + 44
    low, high = line.scale.low_label, line.scale.high_label
    shapes += [
        Words(0, y + 8, f"{line.scale.low}: {low.lower()}", "left", colour=template.QUIET),
        Words(100, y + 8, f"{line.scale.high}: {high.lower()}", "right", colour=template.QUIET),
    ]
    y += 30
    people = "one person" if each == 1 else f"up to {each} people"
    legend: tuple[tuple[str, str], ...] = ((f"a dot: {people}", "dot"),)
    legend += (("the middle half of the answers", "half"), ("the middle one (median)", "median"))
    across = letters == PRINTED
    for x, (text, kind) in zip((0, 31, 71) if across else (0, 0, 0), legend, strict=True):
        shapes += _key(kind, x, y)
        shapes.append(Words(x + 9, y, text, "left", colour=template.QUIET))
        y += 0 if across else LINE
    return Drawing(y + LINE * across, tuple(shapes))


def _heading(line: Line, letters: int) -> tuple[list[Shape], float]:
    """What was asked, so that the picture can travel alone."""
    shapes: list[Shape] = []
    y = 0.0
    for text, bold in (
        (line.question.prompt, not line.item),
        (line.text if line.item else "", True),
    ):
        for part in lines(text, letters) if text else ():
            colour = template.INK if bold else template.QUIET
            shapes.append(Words(0, y + LINE / 2, part, "left", bold=bold, colour=colour))
            y += LINE
    return shapes, y


def _key(kind: str, x: float, y: float) -> list[Shape]:
    if kind == "half":
        return [Box(x + 1, x + 7, y - 5, y + 5, fill=HALF, line=MEDIAN)]
    symbol, colour = ("circle", DOTS) if kind == "dot" else ("diamond", MEDIAN)
    return [Mark(x + 4, y, symbol, colour, kind, DOT)]


def _box(line: Line, spread: Spread, y: float) -> Iterator[Shape]:
    """The middle half and the median, below the numbers they are read against."""
    if spread.quartiles is None or spread.median is None or line.scale is None:
        return
    columns, low = len(line.values), line.scale.low
    left, right = (_x(quartile - low, columns) for quartile in spread.quartiles)
    # A middle half that is all one answer still has a width to be seen by.
    yield Box(left - 1, right + 1, y - 6, y + 6, fill=HALF, line=MEDIAN)
    label = f"Median {number(spread.median)}"
    yield Mark(_x(spread.median - low, columns), y, "diamond", MEDIAN, label, DOT)


def _choice(line: Line, shown: Shown, letters: int) -> Drawing:
    most = max(max(spread.counts) for _, spread in shown)
    each = ceil(most / (IN_A_ROW * ROWS))
    shapes, y = _heading(line, letters)
    y += 8
    for place, value in enumerate(line.values):
        for part in lines(value.text, letters):
            shapes.append(Words(0, y + LINE / 2, part, "left", bold=True))
            y += LINE
        for name, spread in shown:
            many = spread.counts[place]
            note = f"{name}: {many} of {spread.n}"
            shapes.append(Words(0, y + LINE / 2, note, "left", colour=template.QUIET))
            dots = ceil(many / each)
            for dot in range(dots):
                row, column = divmod(dot, IN_A_ROW)
                x = BESIDE + (column + 0.5) * (100 - BESIDE) / IN_A_ROW
                shapes.append(Mark(x, y + LINE / 2 + row * STEP, "circle", DOTS, note, DOT))
            y += max(LINE + 2, 6 + STEP * ceil(dots / IN_A_ROW))
        y += 8
    if each > 1:
        shapes.append(Words(0, y + 8, f"a dot: up to {each} people", "left"))
        y += LINE
    return Drawing(y, tuple(shapes))


def _x(place: float, columns: int) -> float:
    return (place + 0.5) * 100 / columns


def _strip(name: str, spread: Spread) -> str:
    return f"{name}, n = {spread.n}{_camps_note(spread)}"


def _camps_note(spread: Spread) -> str:
    return ": two camps" if spread.camps else ""


def _share(spread: Spread) -> str:
    return f"disagreement {spread.disagreement:.2f}"


def _median(spread: Spread) -> str:
    return "none" if spread.median is None else number(spread.median)


def _half(spread: Spread) -> str:
    if spread.quartiles is None:
        return "none"
    low, high = map(number, spread.quartiles)
    return f"{low} to {high}"


def _camps(line: Line, spread: Spread) -> str:
    if spread.camps is None:
        return ""
    one, other = (line.values[place].text for place in spread.camps)
    return f"{one} and {other}" if line.scale else f"“{one}” and “{other}”"


def _takeaway(line: Line, shown: Shown) -> str:
    said = []
    for name, spread in shown:
        if spread.median is None:
            most = max(spread.counts)
            top = [
                f"“{value.text}”"
                for value, many in zip(line.values, spread.counts, strict=True)
                if many == most
            ]
            said.append(f"{name}: most often {words.together(top)}, {most} of {spread.n}.")
        else:
            said.append(
                f"{name}: the middle answer is {_median(spread)}, and half of {spread.n} answers "
                f"lie from {_half(spread)}."
            )
        if spread.camps:
            said.append(f"There are two camps: {_camps(line, spread)}.")
    if line.moved:
        up, same, down = line.moved
        both = f"Of {up + same + down} who answered both rounds,"
        said.append(
            f"{both} {up} went up, {same} stayed and {down} went down."
            if line.scale
            else f"{both} {up} changed and {same} stayed."
        )
    return " ".join(said)


def _alt(line: Line, shown: Shown) -> str:
    rounds = []
    for name, spread in shown:
        counts = ", ".join(
            f"{value.text}: {many}" for value, many in zip(line.values, spread.counts, strict=True)
        )
        middle = "" if spread.median is None else f"; median {_median(spread)}"
        half = "" if spread.quartiles is None else f", middle half {_half(spread)}"
        rounds.append(f"{_strip(name, spread)}. {counts}{middle}{half}.")
    return f"A dot for each answer. {' '.join(rounds)}"


def _table(line: Line, shown: Shown) -> Table:
    rows = [
        (value.text, *(str(spread.counts[place]) for _, spread in shown))
        for place, value in enumerate(line.values)
    ]
    if line.scale:
        rows.append(("Median", *(_median(spread) for _, spread in shown)))
        rows.append(("Middle half", *(_half(spread) for _, spread in shown)))
    rows.append(("Disagreement", *(f"{spread.disagreement:.2f}" for _, spread in shown)))
    rows.append(("Answers (n)", *(str(spread.n) for _, spread in shown)))
    return Table("How many gave each answer", ("Answer", *(name for name, _ in shown)), tuple(rows))


# --- how it was ---------------------------------------------------------------------------


def how_it_was(rated: Sequence[Line], letters: int = LETTERS) -> Card:
    """Show what was asked after the talk: a strip for each line of one question."""
    if not rated[0].scale:
        return spread(rated[0], letters)
    whole = replace(rated[0], text=rated[0].question.prompt, item="")
    shown = [(line.text, found) for line in rated if (found := line.first)]
    return Card(
        title=whole.name,
        takeaway=f"{whole.text} {_takeaway(whole, shown)}",
        alt=_alt(whole, shown),
        table=_table(whole, shown),
        drawing=_rating(whole, shown, letters),
        source=SOURCE,
    )


# --- the wheel, and what was written ------------------------------------------------------


def place_wheel(pooled: Pooled) -> Card:
    """Show the team's place wheel with its spread."""
    spots = {
        line.item: Spot(spread.counts, spread.median, spread.quartiles)
        for line in pooled.wheel
        if (spread := line.first) and spread.median is not None and spread.quartiles is not None
    }
    return wheel_spread.spread(facts.load(), wheels.load(), spots)


def said(question: Question, texts: Mapping[str, Sequence[Text]], name: str) -> Card:
    """Show what was ticked to be shown, merged: a map by field, or a list."""
    fields = [(field.id, field.label) for field in question.fields] or [("", question.prompt)]
    shapes: list[Shape] = []
    y = 0.0
    for id, label in fields:
        for part in lines(label, LETTERS):
            shapes.append(Words(0, y + LINE / 2, part, "left", bold=True))
            y += LINE
        y += 4
        given = texts.get(id, ())
        for text in given[:MOST_TEXTS]:
            y = _slip(shapes, _written(text), y)
        if len(given) > MOST_TEXTS:
            y = _slip(shapes, f"and {len(given) - MOST_TEXTS} more, in the table", y)
        if not given:
            y = _slip(shapes, "nothing was ticked to be shown", y)
        y += 10
    rows = [
        (label, text.text, str(text.count)) for id, label in fields for text in texts.get(id, ())
    ]
    return Card(
        title=name,
        takeaway=f"{question.prompt} {len(rows)} shown: only what its author ticked, in no order. "
        "Nobody’s name came with it.",
        alt=" ".join(
            f"{label.rstrip('?.')}: "
            f"{'; '.join(map(_written, texts.get(id, ()))) or 'nothing to show'}."
            for id, label in fields
        ),
        table=Table(
            "What was written, and by how many", ("About", "Text", "Written by"), tuple(rows)
        ),
        drawing=Drawing(y, tuple(shapes)),
        source=SOURCE,
    )


def _slip(shapes: list[Shape], text: str, y: float) -> float:
    """Draw a slip of paper with a text on it; a word too long for it is broken."""
    parts = wrap(text, LETTERS) or [""]
    height = LINE * len(parts) + 8
    shapes.append(Box(0, 100, y, y + height, fill=template.KIND_TINTS["activity"], line=DOTS))
    shapes += [Words(2, y + 4 + LINE * (at + 0.5), part, "left") for at, part in enumerate(parts)]
    return y + height + 5


def _written(text: Text) -> str:
    return f"{text.text} (× {text.count})" if text.count > 1 else text.text
