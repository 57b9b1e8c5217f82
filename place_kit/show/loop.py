"""The six steps of contribution analysis as a ring, since the last may lead round again."""

from __future__ import annotations

from place_kit.facts.model import Facts
from place_kit.show import template, words
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Box, Drawing, Line, Mark, Shape, Words, lines
from place_kit.show.evidence import cited
from place_kit.show.lookup import find

FRAMEWORK = "contribution_analysis"

LEFT, RIGHT = (0.5, 42.5), (57.5, 99.5)
LETTERS = 15
LEADING = 17
GAP = 42
AGAIN = "and round again"
ACCENT = template.KIND_COLOURS["process"]


def contribution_loop(facts: Facts) -> Card:
    """Draw the steps clockwise: down on the right, and up again on the left."""
    method = find(facts.frameworks, FRAMEWORK, "framework")
    steps = method.entries
    titles = [entry.title for entry in steps]
    return Card(
        title=f"{method.title}, a loop of {words.count(len(steps))} steps",
        takeaway=(
            "Each step prepares the next. After the last one you may go round again, or back to "
            "any step that needs it."
        ),
        alt=(
            f"{words.sentence(words.count(len(steps)))} boxes in a ring, joined by arrows that go "
            "round clockwise: "
            + "; ".join(f"{number}, {title}" for number, title in enumerate(titles, 1))
            + f". From the last an arrow leads to the first: {AGAIN}."
        ),
        table=Table(
            "The steps in order",
            ("Step", "What you do"),
            tuple(
                (f"{number}. {entry.title}", entry.text) for number, entry in enumerate(steps, 1)
            ),
        ),
        drawing=_drawing(titles),
        source=f"{cited(facts, method.references)}. The ring is our own drawing.",
    )


def _drawing(titles: list[str]) -> Drawing:
    """Lay the first step at the top left, the rest clockwise; an odd one out leaves a space."""
    rows = (len(titles) + 1) // 2
    right = titles[1 : rows + 1]
    spots = [(LEFT, 0), *((RIGHT, row) for row in range(len(right)))]
    spots += [(LEFT, row) for row in range(len(titles) - len(right) - 1, 0, -1)]
    texts = [lines(title, LETTERS) for title in titles]
    height = 37 + LEADING * max(map(len, texts))
    tops = [1 + row * (height + GAP) for row in range(rows)]
    shapes: list[Shape] = []
    for number, ((side, row), text) in enumerate(zip(spots, texts, strict=True), 1):
        shapes += _step(number, side, tops[row], height, text)
    shapes += _across(tops[0] + height / 2, "triangle-right")
    shapes += _across(tops[-1] + height / 2, "triangle-left")
    for upper in range(rows - 1):
        top, bottom = tops[upper] + height, tops[upper + 1]
        shapes += _along(RIGHT, top, bottom, "triangle-down")
        shapes += _along(LEFT, top, bottom, "triangle-up")
    middle = tops[0] + height + GAP / 2
    shapes.append(
        Words(12, middle, AGAIN, anchor="left", size=12, colour=template.QUIET),
    )
    return Drawing(tops[-1] + height + 1, tuple(shapes))


def _step(
    number: int, side: tuple[float, float], top: float, height: float, text: tuple[str, ...]
) -> list[Shape]:
    x = sum(side) / 2
    first = top + 36
    return [
        Box(*side, top, top + height, fill=template.TRACK),
        Words(x, top + 16, str(number), size=15, bold=True, colour=ACCENT),
        *(Words(x, first + LEADING * each, line) for each, line in enumerate(text)),
    ]


def _across(y: float, symbol: str) -> list[Shape]:
    head = RIGHT[0] - 3 if symbol == "triangle-right" else LEFT[1] + 3
    return [
        Line(LEFT[1] + 2, y, RIGHT[0] - 2, y),
        Mark(head, y, symbol, template.LINE, "leads to", size=14),
    ]


def _along(side: tuple[float, float], top: float, bottom: float, symbol: str) -> list[Shape]:
    x = side[0] + 6
    head = bottom - 8 if symbol == "triangle-down" else top + 8
    return [
        Line(x, top + 6, x, bottom - 6),
        Mark(x, head, symbol, template.LINE, "leads to", size=14),
    ]
