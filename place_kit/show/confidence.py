"""How sure the reader felt before the course and after it, line by line."""

from __future__ import annotations

from collections.abc import Mapping

from place_kit.facts.model import Question
from place_kit.show import template, words
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Drawing, Line, Mark, Shape, Words, lines

LETTERS, LABEL, TRACK = 34, 17, 32
FIRST, LAST = 8, 92
BEFORE, AFTER = template.KIND_COLOURS["cost"], template.KIND_COLOURS["activity"]

NO_BEFORE = (
    "There is no rating from the module Welcome in this folder, so there is nothing to compare "
    "with. You can still rate yourself there, but it would be how you feel now."
)


def confidence(question: Question, before: Mapping[str, int], after: Mapping[str, int]) -> Card:
    """Draw each line's rating before and after, on the scale of the question.

    Parameters
    ----------
    question
        The question that was asked twice.
    before, after
        Ratings by item, as far as there are any.
    """
    if not before and not after:
        return Card(title="Before and after", takeaway=f"Rate the lines above first. {NO_BEFORE}")
    return Card(
        title="How sure you felt, before and after",
        takeaway=_takeaway(question, before, after),
        alt=_alt(question, before, after),
        table=Table(
            "Your ratings, from 1 to 5",
            ("I could…", "Before", "After"),
            tuple(
                (item.text, _given(before, item.id), _given(after, item.id))
                for item in question.items
            ),
        ),
        drawing=_drawing(question, before, after),
        source="your own answers. They say how sure you feel, not how well you do it.",
    )


def _drawing(question: Question, before: Mapping[str, int], after: Mapping[str, int]) -> Drawing:
    assert question.scale is not None
    low, high = question.scale.low, question.scale.high

    def across(rating: int) -> float:
        return FIRST + (LAST - FIRST) * (rating - low) / (high - low)

    shapes: list[Shape] = [
        Mark(4, 10, "circle-open", BEFORE, "Before", 15),
        Words(9, 10, "before", anchor="left"),
        Mark(43, 10, "circle", AFTER, "After", 11),
        Words(48, 10, "after", anchor="left"),
    ]
    y = 34.0
    for item in question.items:
        for line in lines(item.text, LETTERS):
            shapes.append(Words(0, y, line, anchor="left", bold=True, size=12))
            y += LABEL
        y += 6
        shapes.append(Line(FIRST, y, LAST, y, colour="#c5ced4", width=1))
        shapes += [
            Line(across(step), y - 4, across(step), y + 4, colour="#c5ced4", width=1)
            for step in range(low, high + 1)
        ]
        one, other = before.get(item.id), after.get(item.id)
        if one is not None and other is not None and one != other:
            shapes.append(Line(across(one), y, across(other), y, colour=template.INK, width=2))
        if one is not None:
            shapes.append(Mark(across(one), y, "circle-open", BEFORE, f"Before: {one}", 19))
        if other is not None:
            shapes.append(Mark(across(other), y, "circle", AFTER, f"After: {other}", 12))
        y += TRACK
    ends = (
        Words(0, y, f"{low}: {question.scale.low_label.lower()}", anchor="left", size=12),
        Words(100, y, f"{high}: {question.scale.high_label.lower()}", anchor="right", size=12),
    )
    return Drawing(y + 12, (*shapes, *ends))


def _takeaway(question: Question, before: Mapping[str, int], after: Mapping[str, int]) -> str:
    if not before:
        return NO_BEFORE
    if not after:
        return "Here is where you started. Rate the lines above, and today’s ratings join them."
    both = [item.id for item in question.items if item.id in before and item.id in after]
    if not both:
        return "No line has both ratings yet."
    rose = sum(after[id] > before[id] for id in both)
    fell = sum(after[id] < before[id] for id in both)
    same = len(both) - rose - fell
    parts = [
        f"{words.count(number)} {verb}"
        for number, verb in ((rose, "rose"), (fell, "fell"), (same, "stayed the same"))
        if number
    ]
    noun = "line" if len(both) == 1 else "lines"
    said = [f"Of {words.count(len(both))} {noun} rated twice, {words.together(parts)}."]
    if fell:
        said.append(
            "A fall can be progress: perhaps you now see more of what the task asks of you."
        )
    said.append("It shows how sure you feel. It does not show whether the course caused it.")
    return " ".join(said)


def _alt(question: Question, before: Mapping[str, int], after: Mapping[str, int]) -> str:
    rows = "; ".join(
        f"{item.text}: before {_given(before, item.id)}, after {_given(after, item.id)}"
        for item in question.items
    )
    return f"A line from 1 to 5 for each of {words.count(len(question.items))} ratings. {rows}."


def _given(ratings: Mapping[str, int], id: str) -> str:
    return str(ratings[id]) if id in ratings else "open"
