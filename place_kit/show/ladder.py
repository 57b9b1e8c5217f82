"""The ladder of participation, which fills with the practices that a reader puts on it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from place_kit.facts.activities.ladder import Ladder, Practice, Who
from place_kit.facts.model import Entry, Facts
from place_kit.show import template, words
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Box, Drawing, Mark, Shape, Words, lines
from place_kit.show.evidence import cited
from place_kit.show.lookup import find

LINE, LETTERS = 19, 30
"""The height of a line of words, and how many letters fit beside the marks on a phone."""

WHO: Mapping[Who, str] = MappingProxyType(
    {
        "citizens": "citizens",
        "together": "both together",
        "organisation": "the organisation",
    }
)
_SYMBOLS: Mapping[Who, tuple[str, str]] = MappingProxyType(
    {
        "citizens": ("circle", template.KIND_COLOURS["activity"]),
        "together": ("diamond", template.KIND_COLOURS["outcome"]),
        "organisation": ("circle-open", template.LINE),
    }
)
_OPEN = "Not on the ladder yet"
_COURSE = template.KIND_COLOURS["process"]


def ladder(
    facts: Facts, activity: Ladder, placed: Mapping[str, str], *, checked: bool = False
) -> Card:
    """Draw the ladder with each practice on the rung that the reader chose.

    Parameters
    ----------
    placed
        The reader's answer: a rung's id for each practice placed so far.
    checked
        Whether the reader stands by it. Only then is the course's own view drawn beside it.
    """
    framework = find(facts.frameworks, activity.framework, "framework")
    course = {item.id: item.right or "" for item in facts.questions[activity.question].items}
    rungs = tuple(reversed(framework.entries))
    titles = {rung.id: rung.title for rung in rungs}
    shapes, height = _shapes(activity, rungs, placed, course if checked else {})
    columns = ["Practice", "Who set the agenda", "Who decided", "Your rung"]
    columns += ["The course’s rung"] if checked else []
    rows = []
    for each in activity.practices:
        row = [each.name, WHO[each.agenda], WHO[each.decided]]
        row.append(titles.get(placed.get(each.id, ""), _OPEN))
        row += [titles[course[each.id]]] if checked else []
        rows.append(tuple(row))
    return Card(
        title=f"Your ladder: {words.count(len(activity.practices))} practices, "
        f"{words.count(len(rungs))} rungs",
        takeaway=_takeaway(activity, rungs, placed, course, checked),
        alt=_alt(activity, rungs, placed, course if checked else {}),
        table=Table("Each practice and its rung", tuple(columns), tuple(rows)),
        drawing=Drawing(height, shapes),
        source=f"The rungs: {cited(facts, framework.references)}. The practices are made up.",
    )


# --- in words -----------------------------------------------------------------------------


def _takeaway(
    activity: Ladder,
    rungs: tuple[Entry, ...],
    placed: Mapping[str, str],
    course: Mapping[str, str],
    checked: bool,
) -> str:
    on = [each for each in activity.practices if each.id in placed]
    if not on:
        return "Your ladder is still empty. Place a practice in the form, and it appears here."
    parts = [f"You have placed {_of(len(on), activity)}."]
    if checked:
        order = [rung.id for rung in rungs]
        steps = [abs(order.index(placed[each.id]) - order.index(course[each.id])) for each in on]
        same, next_door = steps.count(0), steps.count(1)
        parts.append(
            f"{words.sentence(words.count(same))} of them {_stand(same)} where the course puts "
            "them."
        )
        if next_door:
            parts.append(
                f"{words.sentence(words.count(next_door))} {_stand(next_door)} one rung away, "
                "which can be a fair debate."
            )
    power = {rung.id for rung in rungs if rung.group == rungs[0].group}
    below = [each for each in on if placed[each.id] not in power]
    alone = sum(each.decided == "organisation" for each in below)
    if below:
        every = "all" if alone == len(below) else words.count(alone)
        parts.append(
            f"You put {words.count(len(below))} below “{rungs[0].group.lower()}”. The "
            f"organisation decided alone in {every} of those."
        )
    return " ".join(parts)


def _of(count: int, activity: Ladder) -> str:
    total = len(activity.practices)
    if count == total:
        return f"all {words.count(total)} practices"
    return f"{words.count(count)} of {words.count(total)} practices"


def _stand(count: int) -> str:
    return "stands" if count == 1 else "stand"


def _alt(
    activity: Ladder,
    rungs: tuple[Entry, ...],
    placed: Mapping[str, str],
    course: Mapping[str, str],
) -> str:
    parts = [f"A ladder of {words.count(len(rungs))} rungs. From the top:"]
    for rung in rungs:
        here = [each.name for each in activity.practices if placed.get(each.id) == rung.id]
        parts.append(f"{rung.title} ({rung.group.lower()}): {', '.join(here) or 'empty'}.")
        for each in _elsewhere(activity, rung, placed, course):
            parts.append(f"The course puts “{each.name}” here.")
    open_ = [each.name for each in activity.practices if each.id not in placed]
    if open_:
        parts.append(f"{_OPEN}: {', '.join(open_)}.")
    return " ".join(parts)


def _elsewhere(
    activity: Ladder, rung: Entry, placed: Mapping[str, str], course: Mapping[str, str]
) -> list[Practice]:
    """The practices that the course puts on this rung, and the reader on another."""
    return [
        each
        for each in activity.practices
        if each.id in placed and placed[each.id] != rung.id and course.get(each.id) == rung.id
    ]


# --- in shapes ----------------------------------------------------------------------------


def _shapes(
    activity: Ladder,
    rungs: tuple[Entry, ...],
    placed: Mapping[str, str],
    course: Mapping[str, str],
) -> tuple[tuple[Shape, ...], float]:
    shapes, y = _legend()
    top = y
    for rung, before in zip(rungs, (None, *rungs), strict=False):
        if before is None or rung.group != before.group:
            shapes.append(Words(5, y + 14, rung.group, "left", 12, colour=template.QUIET))
            y += 22
        shapes.append(Words(5, y + 12, rung.title, "left", 14, bold=True))
        y += 24
        for each in activity.practices:
            if placed.get(each.id) == rung.id:
                drawn, y = _practice(each, y)
                shapes += drawn
        for each in _elsewhere(activity, rung, placed, course):
            for line in lines(f"Our view: {each.name}", LETTERS):
                shapes.append(Words(20, y + 8, line, "left", colour=_COURSE))
                y += LINE
        # The rung itself, which what stands on it rests on.
        shapes.append(Box(0, 100, y + 2, y + 6, fill=template.LINE, line=template.LINE, width=0))
        y += 16
    shapes += [
        Box(x, x + 1.6, top, y + 6, fill=template.LINE, line=template.LINE, width=0)
        for x in (0.0, 98.4)
    ]
    y += 20
    open_ = [each for each in activity.practices if each.id not in placed]
    if open_:
        shapes.append(Words(5, y + 8, _OPEN, "left", 14, bold=True))
        y += 24
        for each in open_:
            drawn, y = _practice(each, y)
            shapes += drawn
    return tuple(shapes), y + 4


def _legend() -> tuple[list[Shape], float]:
    shapes: list[Shape] = [
        Words(0.5, 10, "First sign: who set the agenda.", "left", 12),
        Words(0.5, 27, "Second sign: who decided.", "left", 12),
    ]
    places = ((2, 46), (40, 46), (2, 64))
    for (x, y), (who, (symbol, colour)) in zip(places, _SYMBOLS.items(), strict=True):
        shapes.append(Mark(x, y, symbol, colour, WHO[who], 11))
        shapes.append(Words(x + 4.5, y, WHO[who], "left", 12))
    return shapes, 82


def _practice(each: Practice, y: float) -> tuple[list[Shape], float]:
    """Draw a practice with its two signs; return also where the next line begins."""
    shapes: list[Shape] = []
    for x, (asked, who) in zip(
        (7.5, 14.5),
        (("set the agenda", each.agenda), ("decided", each.decided)),
        strict=True,
    ):
        symbol, colour = _SYMBOLS[who]
        shapes.append(Mark(x, y + 8, symbol, colour, f"{each.name}: {WHO[who]} {asked}", 11))
    for line in lines(each.name, LETTERS):
        shapes.append(Words(20, y + 8, line, "left"))
        y += LINE
    return shapes, y
