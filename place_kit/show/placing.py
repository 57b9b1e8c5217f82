"""A map of five by five fields on which a reader places things, and a small one of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from place_kit.show import template
from place_kit.show.drawing import Box, Drawing, Mark, Shape, Words

STEPS = 5
LEAST_ROW, POINT, GAP = 44, 24, 28
LEFT, RIGHT = 0.8, 99.2
WIDE = (RIGHT - LEFT) / STEPS
LEGEND_ROW = 26

FRAME = template.KIND_COLOURS["process"]
TINT = template.KIND_TINTS["process"]
INSIDE, OUTSIDE = template.KIND_COLOURS["activity"], template.KIND_COLOURS["cost"]


@dataclass(frozen=True, slots=True)
class Point:
    """Something to place; `x` and `y` run from 1 to 5, or are None where it is still open."""

    number: int
    name: str
    x: int | None
    y: int | None

    @property
    def placed(self) -> bool:
        """Whether it has its place both across and up."""
        return self.x is not None and self.y is not None


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the map: a range across and a range up."""

    x0: int
    x1: int
    y0: int
    y1: int

    def holds(self, point: Point) -> bool:
        """Whether a placed point lies in it."""
        return (
            point.x is not None
            and point.y is not None
            and self.x0 <= point.x <= self.x1
            and self.y0 <= point.y <= self.y1
        )


@dataclass(frozen=True, slots=True)
class Ends:
    """Short words for the four ends of the map; two lines each for left and right."""

    left: tuple[str, str]
    right: tuple[str, str]
    low: str
    high: str


def whole(points: Sequence[Point], ends: Ends, span: Span | None = None) -> Drawing:
    """Draw one map with every point by its number, and the numbers' names below."""
    fields: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for point in points:
        if point.x is not None and point.y is not None:
            fields[point.x, point.y].append(point)
    shapes: list[Shape] = [Words(50, 10, f"↑ {ends.high}", size=12, bold=True)]
    tops = {STEPS + 1: 22.0}  # the lower edge of a row is the upper edge of the one below it
    for y in range(STEPS, 0, -1):
        most = max((len(fields[x, y]) for x in range(1, STEPS + 1)), default=0)
        tops[y] = tops[y + 1] + max(LEAST_ROW, (most + 1) // 2 * GAP + 8)
    shapes += [
        Box(_edge(x), _edge(x + 1), tops[y + 1], tops[y])
        for y in range(STEPS, 0, -1)
        for x in range(1, STEPS + 1)
    ]
    if span is not None:
        edges = (_edge(span.x0), _edge(span.x1 + 1), tops[span.y1 + 1], tops[span.y0])
        shapes.append(Box(*edges, fill=TINT, line=FRAME, dash="dash", width=3))
    for (x, y), here in fields.items():
        middle = (tops[y + 1] + tops[y]) / 2
        shapes += _in_field(here, _edge(x) + WIDE / 2, middle)
    bottom = tops[1]
    shapes.append(Words(50, bottom + 12, f"↓ {ends.low}", size=12, bold=True))
    shapes += _sides(ends, bottom + 34)
    legend = bottom + 78
    shapes += _names(points, legend)
    height: float = legend + (len(points) + 1) // 2 * LEGEND_ROW
    if span is not None:
        shapes += _frame(height + 12)
        height += 26
    return Drawing(height, tuple(shapes))


def small(points: Sequence[Point], spans: Sequence[Span], ends: Ends) -> Drawing:
    """Draw a small map for each point, with its span: two maps a row."""
    shapes: list[Shape] = [
        *_sides(ends, 8),
        Words(50, 44, f"↑ {ends.high}", size=12, bold=True),
        Words(50, 61, f"↓ {ends.low}", size=12, bold=True),
        *_frame(88),
        Mark(4.4, 110, "circle", INSIDE, "You, in the range"),
        Words(10.6, 110, "You, in the range", "left", 12),
        Mark(4.4, 132, "diamond", OUTSIDE, "You, outside the range"),
        Words(10.6, 132, "You, outside the range", "left", 12),
    ]
    top, row, tall = 154.0, 20.0, 126.0
    wide = 45.6
    for place, (point, span) in enumerate(zip(points, spans, strict=True)):
        x0 = LEFT if place % 2 == 0 else RIGHT - wide
        y0 = top + place // 2 * tall + 18
        step = wide / STEPS
        y1 = y0 + STEPS * row
        shapes.append(Words(x0, y0 - 10, f"{point.number} {point.name}", "left", 12, bold=True))
        shapes.append(Box(x0, x0 + wide, y0, y1, fill=template.TRACK))
        edges = (
            x0 + (span.x0 - 1) * step,
            x0 + span.x1 * step,
            y1 - span.y1 * row,
            y1 - (span.y0 - 1) * row,
        )
        shapes.append(Box(*edges, fill=TINT, line=FRAME, dash="dash", width=2))
        if point.x is not None and point.y is not None:
            inside = span.holds(point)
            shapes.append(
                Mark(
                    x0 + (point.x - 0.5) * step,
                    y1 - (point.y - 0.5) * row,
                    "circle" if inside else "diamond",
                    INSIDE if inside else OUTSIDE,
                    f"{point.name}: you",
                )
            )
    return Drawing(top + (len(points) + 1) // 2 * tall, tuple(shapes))


def _sides(ends: Ends, top: float) -> Iterator[Shape]:
    """Say what left and right mean, in two lines each."""
    yield Words(LEFT, top, f"← {ends.left[0]}", "left", 12, bold=True)
    yield Words(LEFT, top + 15, ends.left[1], "left", 12, bold=True)
    yield Words(RIGHT, top, f"{ends.right[0]} →", "right", 12, bold=True)
    yield Words(RIGHT, top + 15, ends.right[1], "right", 12, bold=True)


def _frame(y: float) -> Iterator[Shape]:
    """Say what the frame means."""
    yield Box(LEFT, 8, y - 8, y + 8, TINT, FRAME, "dash", 2)
    yield Words(10.6, y, "The course’s range", "left", 12)


def _edge(x: int) -> float:
    return LEFT + (x - 1) * WIDE


def _in_field(here: Sequence[Point], x: float, y: float) -> Iterator[Shape]:
    """Lay points that share a field side by side, two a line."""
    lines = (len(here) + 1) // 2
    for place, point in enumerate(here):
        alone = place == len(here) - 1 and place % 2 == 0
        across = 0.0 if alone else (-4.7 if place % 2 == 0 else 4.7)
        down = (place // 2 - (lines - 1) / 2) * GAP
        yield from _numbered(point, x + across, y + down)


def _numbered(point: Point, x: float, y: float) -> Iterator[Shape]:
    yield Mark(x, y, "circle", INSIDE, point.name, POINT)
    yield Words(x, y, str(point.number), size=12, bold=True, colour=template.PAPER)


def _names(points: Iterable[Point], top: float) -> Iterator[Shape]:
    """Name the numbers: a placed one in its circle, an open one by its number alone."""
    for place, point in enumerate(points):
        x = 4.4 if place % 2 == 0 else 54.4
        y = top + place // 2 * LEGEND_ROW + 12
        if point.placed:
            yield from _numbered(point, x, y)
        else:
            yield Words(x, y, str(point.number), size=12)
        colour = template.INK if point.placed else template.QUIET
        yield Words(x + 6.2, y, point.name, "left", 12, colour=colour)
