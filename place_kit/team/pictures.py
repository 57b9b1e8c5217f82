"""The room's pictures, as cards: every dot, median, quartiles, n. Pure: a pool in, cards out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from textwrap import wrap

from place_kit import facts
from place_kit.facts.activities import wheel as wheels
from place_kit.facts.model import Question
from place_kit.show import template, wheel_spread, words
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Bar, Box, Drawing, Mark, Shape, Words, lines
from place_kit.show.wheel_spread import Spot, number
from place_kit.team.pool import FEWEST, Line, Pooled, Spread, Text

DOTS, HALF, MEDIAN = (
    template.KIND_COLOURS["activity"],
    template.KIND_TINTS["cost"],
    template.KIND_COLOURS["cost"],
)
LETTERS, LINE, DOT, STEP = 34, 18, 11, 12
ROWS = 10
"""Rows of dots at most: beyond that a dot stands for several people, and the picture says so."""

IN_A_ROW = 20
MOST_TEXTS = 40
SOURCE = "the team’s own answers, pooled. No name came with them."
_ROUNDS = ("Round one", "Round two")


@dataclass(frozen=True, slots=True)
class Picture:
    """A card and the name of its files."""

    name: str
    card: Card


def pictures(pooled: Pooled) -> tuple[Picture, ...]:
    """All pictures of a pool, the widest disagreement first; none where there are too few."""
    if not pooled.enough:
        return ()
    spreads = [
        Picture(f"{place:02}-{line.id.partition('.')[2].replace('.', '-')}", spread(line))
        for place, line in enumerate(pooled.lines, start=1)
    ]
    found = [Picture("overview", overview(pooled)), *spreads]
    if pooled.wheel:
        found.append(Picture("place-wheel", place_wheel(pooled)))
    for question in pooled.session.questions:
        texts = (pooled.texts or {}).get(question.id, {})
        if any(texts.values()):
            found.append(
                Picture(
                    question.id.partition(".")[2],
                    said(question, texts, pooled.session.name(question.id)),
                )
            )
    return tuple(found)


# --- all lines, one below the other -------------------------------------------------------


def overview(pooled: Pooled) -> Card:
    """Show how much the team disagrees on each line, the most first."""
    title = "Where we disagree most"
    rows = [(line, line.first) for line in pooled.lines]
    rows_shown = [(line, spread) for line, spread in rows if spread is not None]
    if not rows_shown:
        return Card(title, f"No question was answered by {words.count(FEWEST)} people or more.")
    shapes: list[Shape] = []
    y = 0.0
    for line, spread in rows_shown:
        for part in lines(line.title, LETTERS):
            shapes.append(Words(0, y + LINE / 2, part, "left", bold=True))
            y += LINE
        note = f"{_share(spread)}, n = {spread.n}{_camps_note(spread)}"
        shapes.append(Words(0, y + LINE / 2, note, "left", colour=template.QUIET))
        y += LINE + 3
        shapes.append(Box(0, 100, y, y + 14, fill=template.TRACK))
        if spread.disagreement:
            shapes.append(Bar(100 * spread.disagreement, y + 7, 14, DOTS, f"{line.text}: {note}"))
        y += 14 + 12
    first, spread = rows_shown[0]
    camps = [line for line, spread in rows_shown if spread.camps]
    said = [f"The widest disagreement: “{first.title}” ({_share(spread)})."]
    if camps:
        said.append(f"Two camps on {words.count(len(camps))} of {len(rows_shown)}.")
    return Card(
        title,
        " ".join(said),
        "Bars of disagreement, from 0 (all alike) to 1 (as far apart as can be). "
        + "; ".join(f"{line.title}: {_share(spread)}" for line, spread in rows_shown)
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
                for line, spread in rows_shown
            ),
        ),
        Drawing(y, tuple(shapes)),
        SOURCE,
    )


# --- one line -----------------------------------------------------------------------------


def spread(line: Line) -> Card:
    """Show every answer to a line, round one beside round two."""
    shown = [(name, spread) for name, spread in zip(_ROUNDS, line.rounds, strict=True) if spread]
    draw = _rating if line.scale else _choice
    return Card(
        title=line.title,
        takeaway=f"{line.question.prompt} {_takeaway(line, shown)}",
        alt=_alt(line, shown),
        table=_table(line, shown),
        drawing=draw(line, shown),
        source=SOURCE,
    )


Shown = Sequence[tuple[str, Spread]]


def _rating(line: Line, shown: Shown) -> Drawing:
    assert line.scale is not None
    columns = len(line.values)
    across = 4 if columns <= 5 else 3
    pitch = 100 / columns / (across + 0.4)
    most = max(max(spread.counts) for _, spread in shown)
    each = ceil(most / (across * ROWS))
    shapes, y = _heading(line)
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
    for text, kind in legend:
        shapes += _key(kind, y)
        shapes.append(Words(9, y, text, "left", colour=template.QUIET))
        y += LINE
    return Drawing(y, tuple(shapes))


def _heading(line: Line) -> tuple[list[Shape], float]:
    """What was asked, so that the picture can travel alone."""
    shapes: list[Shape] = []
    y = 0.0
    for text, bold in (
        (line.question.prompt, not line.item),
        (line.text if line.item else "", True),
    ):
        for part in lines(text, LETTERS) if text else ():
            colour = template.INK if bold else template.QUIET
            shapes.append(Words(0, y + LINE / 2, part, "left", bold=bold, colour=colour))
            y += LINE
    return shapes, y


def _key(kind: str, y: float) -> list[Shape]:
    if kind == "half":
        return [Box(1, 7, y - 5, y + 5, fill=HALF, line=MEDIAN)]
    symbol, colour = ("circle", DOTS) if kind == "dot" else ("diamond", MEDIAN)
    return [Mark(4, y, symbol, colour, kind, DOT)]


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


def _choice(line: Line, shown: Shown) -> Drawing:
    most = max(max(spread.counts) for _, spread in shown)
    each = ceil(most / (IN_A_ROW * ROWS))
    shapes, y = _heading(line)
    y += 8
    for place, value in enumerate(line.values):
        for part in lines(value.text, LETTERS):
            shapes.append(Words(0, y + LINE / 2, part, "left", bold=True))
            y += LINE
        for name, spread in shown:
            many = spread.counts[place]
            note = f"{name}: {many} of {spread.n}"
            shapes.append(Words(0, y + LINE / 2, note, "left", colour=template.QUIET))
            y += LINE + 2
            dots = ceil(many / each)
            for dot in range(dots):
                row, column = divmod(dot, IN_A_ROW)
                x = (column + 0.5) * 100 / IN_A_ROW
                shapes.append(Mark(x, y + 7 + row * STEP, "circle", DOTS, note, DOT))
            y += 4 + STEP * ceil(dots / IN_A_ROW)
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
