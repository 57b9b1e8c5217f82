"""The vignette map: a reader's own places for the stories, and the course's ranges beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from place_kit.facts.activities.lens import Lens, Range, Vignette
from place_kit.show import words
from place_kit.show._html import pairs
from place_kit.show.card import Card, Table
from place_kit.show.placing import Ends, Point, Span, small, whole

ENDS = Ends(
    left=("Services or", "government decide"),
    right=("People of", "the place decide"),
    low="What is lacking",
    high="What there is",
)
SOURCE = (
    "made-up stories, and the course’s own reasoning. The map is a tool for thinking; no study "
    "stands behind it."
)

Answers = Mapping[str, Mapping[str, int]]
"""The saved ratings, by the id of their question."""


Stories = Sequence[Vignette]


def stories(lens: Lens, round: str = "") -> Stories:
    """Return the stories of a round, or all."""
    return tuple(one for one in lens.vignettes.values() if round in ("", one.told_in))


def point(lens: Lens, story: Vignette, answers: Answers) -> Point:
    """Return where the reader has placed a story."""
    asked = lens.rounds[story.told_in]
    x = answers.get(asked.who, {}).get(story.id)
    y = answers.get(asked.start, {}).get(story.id)
    return Point(lens.number(story.id), story.short, x, y)


def span(story: Vignette) -> Span:
    """Return where the course would place a story."""
    return Span(story.who.low, story.who.high, story.start.low, story.start.high)


def own(lens: Lens, answers: Answers, told: Stories) -> Card:
    """Draw the reader's own points alone."""
    points = [point(lens, one, answers) for one in told]
    return Card(
        title="Your map",
        takeaway=_own_takeaway(points),
        alt=_map_in_words(points),
        table=Table(
            "Where you placed each story, from 1 to 5",
            ("Story", lens.axes["who"].title, lens.axes["start"].title),
            tuple(
                (f"{each.number} {one.title}", _given(each.x), _given(each.y))
                for one, each in zip(told, points, strict=True)
            ),
        ),
        drawing=whole(points, ENDS),
        source=f"your answers; {SOURCE}",
    )


def reasoned(lens: Lens, answers: Answers, told: Stories) -> Card:
    """Draw a small map of each story: the reader's point, and the course's range."""
    points = [point(lens, one, answers) for one in told]
    spans = [span(one) for one in told]
    return Card(
        title="Your map, with the course’s ranges",
        takeaway=_reasoned_takeaway(points, spans),
        alt=_reasoned_alt(points, told),
        table=_reasons(lens, told, points),
        drawing=small(points, spans, ENDS),
        source=f"your answers; {SOURCE}",
    )


def story(lens: Lens, id: str, answers: Answers, *, with_reasons: bool) -> Card:
    """Draw the map of one story: its words, or the course's range and reasoning."""
    told = lens.vignettes[id]
    placed = point(lens, told, answers)
    if not with_reasons:
        return replace(
            own(lens, answers, [told]), title=f"{placed.number}. {told.title}", takeaway=told.text
        )
    return Card(
        title=f"{placed.number}. {told.title}",
        takeaway=(
            f"{told.text} We would call this “{told.called}”. Our reasons stand below the picture."
        ),
        alt=_reasoned_alt([placed], [told]),
        table=_reasons(lens, [told], [placed]),
        drawing=whole([placed], ENDS, span(told)),
        source=f"your answers; {SOURCE}" if placed.placed else SOURCE,
        body=pairs(
            (
                (f"Who decides: {_range(told.who)} on a scale of 5", told.who.reason),
                (f"What it starts from: {_range(told.start)} on a scale of 5", told.start.reason),
                ("Where others may differ", told.differ),
            )
        ),
    )


def printed(lens: Lens, answers: Answers, told: Stories) -> Card:
    """Return the stories with the course's reasoning as a table, for a page without controls."""
    table = _reasons(lens, told, [point(lens, one, answers) for one in told])
    return Card(title="", takeaway="", alt=table.caption, table=table, body=table.html())


def _own_takeaway(points: list[Point]) -> str:
    placed = [each for each in points if each.placed]
    if not placed:
        return "Nothing is placed yet. Answer the two questions above: each story then appears."
    across = [each.x or 0 for each in placed]
    left, right = sum(x < 3 for x in across), sum(x > 3 for x in across)
    said = [
        f"{words.count(left)} to the left, where services or government decide",
        f"{words.count(len(placed) - left - right)} in the middle",
        f"{words.count(right)} to the right, where people of the place decide",
    ]
    start = f"You have placed {words.count(len(placed))} of {words.count(len(points))}."
    return f"{start} You put {words.together(said)}."


def _reasoned_takeaway(points: list[Point], spans: list[Span]) -> str:
    outside = [
        f"{each.name} ({each.number})"
        for each, its in zip(points, spans, strict=True)
        if each.placed and not its.holds(each)
    ]
    placed = sum(each.placed for each in points)
    if not placed:
        return "These are the course’s ranges. Place the stories yourself, and your points appear."
    if not outside:
        said = f"All {words.count(placed)} that you placed lie" if placed > 1 else "Your point lies"
        return f"{said} in the course’s range. Where a range is wide, fair people differ."
    return (
        f"{words.sentence(words.count(placed - len(outside)))} of the {words.count(placed)} that "
        f"you placed lie in the course’s range. Outside: {words.together(outside)}. Outside is "
        "not wrong. Choose the story to see our reasons, and weigh them against yours."
    )


def _reasons(lens: Lens, told: Stories, points: list[Point]) -> Table:
    who, start = lens.axes["who"], lens.axes["start"]
    return Table(
        f"Your places and the course’s ranges. {who.title}: 1 is “{who.low}”, 5 is “{who.high}”. "
        f"{start.title}: 1 is “{start.low}”, 5 is “{start.high}”.",
        (
            "Story",
            f"{who.title}: you",
            f"{who.title}: the course",
            f"{start.title}: you",
            f"{start.title}: the course",
            "We would call it",
            "Where others may differ",
        ),
        tuple(
            (
                f"{each.number} {one.title}",
                _given(each.x),
                f"{_range(one.who)}. {one.who.reason}",
                _given(each.y),
                f"{_range(one.start)}. {one.start.reason}",
                one.called,
                one.differ,
            )
            for one, each in zip(told, points, strict=True)
        ),
    )


def _map_in_words(points: list[Point]) -> str:
    placed = "; ".join(
        f"{each.number} {each.name}, {each.x} across and {each.y} up"
        for each in points
        if each.placed
    )
    return (
        "A map of five by five fields. Across, from 1 to 5: services or government decide, to "
        "people of the place decide. Up, from 1 to 5: what is lacking, to what there is. "
        f"{f'Placed: {placed}.' if placed else 'Nothing is placed yet.'}"
    )


def _reasoned_alt(points: list[Point], told: Stories) -> str:
    said = " ".join(
        f"{each.number} {each.name}: the course, {_range(one.who)} across and "
        f"{_range(one.start)} up; you, {f'{each.x} and {each.y}' if each.placed else 'open'}."
        for one, each in zip(told, points, strict=True)
    )
    return (
        "A map of each story, five by five fields: who decides across, what it starts from up. "
        f"A frame is the course’s range. {said}"
    )


def _range(range: Range) -> str:
    return str(range.low) if range.low == range.high else f"{range.low} to {range.high}"


def _given(value: int | None) -> str:
    return "Open" if value is None else str(value)
