"""A year of decisions: what came of each, and trust, reach and budget over the months.

The points are illustrative, and every picture of them says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from place_kit.facts.activities.year import (
    METERS,
    Choice,
    Decision,
    Meter,
    Path,
    Points,
    Step,
    Year,
)
from place_kit.facts.model import Facts
from place_kit.show import template, words
from place_kit.show._html import EMPTY, Html, items, join, pairs, tag
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Box, Drawing, Mark, Shape, Words
from place_kit.show.evidence import cited
from place_kit.show.lookup import find

ILLUSTRATIVE: Final = (
    "Illustrative: these points are made up, to show what a choice may gain and cost."
)
SOURCE: Final = "a made-up year, written for this course. The points are illustrative."
DECEMBER: Final = "December"
LIMITS: Final = "bailey-2012"

# Two hues that every eye tells apart; bars and diamonds tell them apart without any.
MINE: Final = template.KIND_COLOURS["activity"]
OTHER: Final = template.KIND_COLOURS["cost"]
HIGH = 84
"""The height of the full scale, in pixels."""
SYMBOLS: Final[Mapping[str, str]] = {"sound": "circle", "pitfall": "triangle-up"}
TURNS: Final[Mapping[str, str]] = {
    "open": "No right or wrong",
    "sound": "A sound turn",
    "pitfall": "A pitfall",
}


def picture(year: Year, path: Path, other: Path | None = None, other_title: str = "") -> Card:
    """Draw a year's points month by month; beside it another year, if there is one.

    Parameters
    ----------
    year
        The scenario.
    path
        The year, as far as it has gone: bars.
    other, other_title
        A year to compare it with: diamonds.
    """
    shapes, height = _shapes(year, path, other, other_title)
    against = f" and “{other_title}”" if other else ""
    return Card(
        title=f"Your year in {year.place}{against} (illustrative)",
        takeaway=f"{_takeaway(year, path, other, other_title)} {ILLUSTRATIVE}",
        alt=_alt(year, path, other, other_title),
        table=_table(year, path, other, other_title),
        drawing=Drawing(height, shapes),
        source=SOURCE,
    )


def story(decision: Decision) -> Html:
    """Write what leads up to a decision."""
    return join(tag("p", each) for each in decision.story)


def outcome(known: Facts, step: Step) -> Html:
    """Write what came of a choice, and which principle or pitfall was at work."""
    choice = step.choice
    return join(
        (
            tag("p", tag("strong", f"{step.decision.month}. You chose: "), choice.text),
            tag("p", choice.outcome),
            _why(known, choice),
            tag("p", _change(choice.effect), class_="pk-soft") if _change(choice.effect) else EMPTY,
        )
    )


def december(known: Facts, year: Year, path: Path) -> Html:
    """Write how a year ended: what came back, and whose expectations were met."""
    back = [
        f"{step.choice.december} {_change(step.choice.later)}".strip()
        for step in path.steps
        if step.choice.december
    ]
    back += [
        f"{step.decision.month}, “{step.choice.text}” {step.choice.defeated}"
        for step in path.steps
        if step.choice.defeated
    ]
    expected = [step.choice.expectation for step in path.steps if step.choice.expectation]
    met = (
        (
            "You hoped for this" if each.who == "you" else "Others expected this",
            join(
                (
                    f"{each.text} ",
                    tag("strong", "Met." if each.met(path.points) else "Not met."),
                    f" {each.beyond or _where(year, path, each.meter)}",
                )
            ),
        )
        for each in expected
    )
    pitfalls = dict.fromkeys(step.choice.pitfall for step in path.pitfalls)
    titles = [find(known.pitfalls, id, "pitfall").title.lower() for id in pitfalls]
    named = f": {words.together(titles)}" if titles else ""
    many = words.sentence(words.count(len(path.pitfalls)))
    return join(
        (
            tag("p", "What comes back in December", class_="pk-label") if back else EMPTY,
            items(back),
            tag("p", "What was expected", class_="pk-label"),
            pairs(met),
            tag("p", f"{many} of your turns met a pitfall{named}."),
        )
    )


def every_decision(known: Facts, year: Year) -> Card:
    """Return the whole scenario as a table, for a page on which nobody can play."""
    rows = tuple(
        (
            decision.month,
            f"{' '.join(decision.story)} {decision.title}",
            choice.text,
            " ".join(
                filter(
                    None,
                    (
                        choice.outcome,
                        choice.defeated,
                        _change(choice.effect),
                        f"In December: {choice.december}" if choice.december else "",
                    ),
                )
            ),
            _named(known, choice),
        )
        for decision in year.decisions.values()
        for choice in decision.choices
    )
    caption = f"A year in {year.place}: every decision, and what comes of each choice"
    columns = ("Month", "Decision", "Choice", "What comes of it", "Pitfall or principle")
    table = Table(caption, columns, rows)
    return Card(title=caption, takeaway=ILLUSTRATIVE, table=table, body=table.html(), source=SOURCE)


# --- words ----------------------------------------------------------------------------------------


def _why(known: Facts, choice: Choice) -> Html:
    parts = []
    if choice.principle:
        principle = find(known.principles, choice.principle, "principle")
        parts.append(tag("p", tag("strong", "A principle at work. "), principle.statement))
    if choice.pitfall:
        pitfall = find(known.pitfalls, choice.pitfall, "pitfall")
        parts.append(tag("p", tag("strong", f"A pitfall: {pitfall.title}.")))
        parts.append(tag("p", tag("strong", "Remedy. "), pitfall.remedy))
    if choice.seeks_government:
        said = "Sometimes government’s help is needed. The booklet says so, and cites"
        parts.append(tag("p", f"{said} {cited(known, [LIMITS])}."))
    return join(parts)


def _named(known: Facts, choice: Choice) -> str:
    if choice.pitfall:
        return f"Pitfall: {find(known.pitfalls, choice.pitfall, 'pitfall').title}"
    if choice.principle:
        return f"Principle: {find(known.principles, choice.principle, 'principle').statement}"
    return TURNS["open"]


def _change(points: Points) -> str:
    """Write a change of points: "Trust +1, budget −3."."""
    said = [
        f"{meter} {'+' if points.of(meter) > 0 else '−'}{abs(points.of(meter))}"
        for meter in METERS
        if points.of(meter)
    ]
    return f"{words.sentence(', '.join(said))}." if said else ""


def _where(year: Year, path: Path, meter: str | None) -> str:
    found = {each.id: each for each in year.meters}
    for each in METERS:
        if each == meter:
            return f"{found[each].title} stands at {path.points.of(each)} of {year.scale}."
    return ""


def _takeaway(year: Year, path: Path, other: Path | None, other_title: str) -> str:
    now = [f"{meter.title.lower()} {path.points.of(meter.id)}" for meter in year.meters]
    month = DECEMBER if path.now is None else path.now.month
    parts = [f"In {month}, out of {year.scale}: {words.together(now)}."]
    if other is None:
        return parts[0]
    differences = [
        f"{abs(by)} {'more' if by > 0 else 'less'} {meter.title.lower()}"
        for meter in year.meters
        if (by := path.points.of(meter.id) - other.points.of(meter.id))
    ]
    against = words.together(differences) or "the same points"
    parts.append(f"Against “{other_title}”, this year ends with {against}.")
    return " ".join(parts)


def _alt(year: Year, path: Path, other: Path | None, other_title: str) -> str:
    months = _by_month(year, path)
    compared = _by_month(year, other) if other else {}
    parts = [
        f"Three rows of bars, one bar for each month so far, on a scale from 0 to {year.scale}."
    ]
    if other:
        parts.append(f"A diamond in each month stands for “{other_title}”.")
    for meter in year.meters:
        values = [f"{month} {points.of(meter.id)}" for month, points in months.items()]
        begun = f"{meter.title} begins at {meter.start}"
        parts.append(f"{begun}: {', '.join(values)}." if values else f"{begun}.")
        if compared:
            others = [f"{month} {points.of(meter.id)}" for month, points in compared.items()]
            parts.append(f"The diamonds: {', '.join(others)}.")
    return " ".join(parts)


def _table(year: Year, path: Path, other: Path | None, other_title: str) -> Table:
    titles = ", ".join(meter.title.lower() for meter in year.meters)
    points = f"{words.sentence(titles)} (of {year.scale})"
    columns: tuple[str, ...] = ("When", "What was chosen", points)
    ways = [path]
    if other:
        columns += (f"{other_title}: what was chosen", f"{other_title}: {titles}")
        ways.append(other)
    rows = [("Start", *[cell for way in ways for cell in ("", _three(way.start))])]
    for number in range(max(len(way.steps) for way in ways)):
        cells: list[str] = []
        month = ""
        for way in ways:
            step = way.steps[number] if number < len(way.steps) else None
            month = month or (step.decision.month if step else "")
            cells += [_chosen(step), _three(step.after)] if step else ["", ""]
        rows.append((month, *cells))
    if any(way.complete for way in ways):
        ends = [cell for way in ways for cell in ("", _three(way.points) if way.complete else "")]
        rows.append((DECEMBER, *ends))
    return Table(f"A year in {year.place}, decision by decision", columns, tuple(rows))


def _chosen(step: Step) -> str:
    turn = "" if step.choice.turn == "open" else f" ({TURNS[step.choice.turn].lower()})"
    return f"{step.choice.text}{turn}"


def _three(points: Points) -> str:
    return ", ".join(str(points.of(meter)) for meter in METERS)


# --- the drawing ----------------------------------------------------------------------------------


def _by_month(year: Year, path: Path) -> dict[str, Points]:
    """The points after each month so far; December's last."""
    found = {step.decision.month: step.after for step in path.steps}
    return found | ({DECEMBER: path.points} if path.complete else {})


def _shapes(
    year: Year, path: Path, other: Path | None, other_title: str
) -> tuple[tuple[Shape, ...], float]:
    months = (*year.months, DECEMBER)
    shapes: list[Shape] = []
    y = 0.0
    for meter in year.meters:
        drawn, y = _panel(year, meter, months, y, path, other)
        shapes += drawn
    drawn, y = _turns(months, y, path, other)
    shapes += drawn
    drawn, y = _legend(y, year.scale, other_title if other else "")
    return (*shapes, *drawn), y


def _panel(
    year: Year, meter: Meter, months: tuple[str, ...], top: float, path: Path, other: Path | None
) -> tuple[list[Shape], float]:
    """Draw one meter's bars from `top`; return also where the next may begin."""
    upper, lower = top + 26, top + 26 + HIGH
    shapes: list[Shape] = [
        Words(0, top + 12, f"{meter.title}: {meter.meaning}", anchor="left", size=12, bold=True)
    ]
    mine = _by_month(year, path)
    others = _by_month(year, other) if other else {}

    def at(value: int) -> float:
        return lower - HIGH * value / year.scale

    for number, month in enumerate(months):
        x0, x1, middle = _column(number, len(months))
        shapes.append(Box(x0, x1, upper, lower, fill=template.TRACK, width=0))
        if month in mine:
            value = mine[month].of(meter.id)
            shapes.append(Box(x0, x1, at(value), lower, fill=MINE, line=MINE, width=0))
            shapes.append(Words(middle, lower + 24, str(value), bold=True, colour=MINE))
        if month in others:
            value = others[month].of(meter.id)
            label = f"{meter.title} in {month} in the other year"
            # A light diamond below, so that the dark one is seen on a bar too.
            shapes.append(Mark(middle, at(value), "diamond", template.PAPER, label, size=17))
            shapes.append(Mark(middle, at(value), "diamond", OTHER, label, size=11))
            shapes.append(Words(middle, lower + 40, str(value), colour=OTHER))
        shapes.append(Words(middle, lower + 9, month[:3], size=11, colour=template.QUIET))
    begun = at(meter.start)
    shapes.append(Box(0, 100, begun - 0.75, begun + 0.75, fill=template.INK, width=0))
    shapes.append(Box(0, 100, lower, lower + 1, fill=template.LINE, width=0))
    return shapes, lower + (58 if other else 42)


def _turns(
    months: tuple[str, ...], top: float, path: Path, other: Path | None
) -> tuple[list[Shape], float]:
    """Draw a row of symbols: which turns were sound, and which met a pitfall."""
    shapes: list[Shape] = [
        Words(0, top + 12, "Turns, month by month", anchor="left", size=12, bold=True)
    ]
    y = top + 36
    for way, colour in ((path, MINE), (other, OTHER)):
        if way is None:
            continue
        for step in way.steps:
            turn = step.choice.turn
            if turn in SYMBOLS:
                middle = _column(months.index(step.decision.month), len(months))[2]
                label = f"{step.decision.month}: {TURNS[turn].lower()}"
                shapes.append(Mark(middle, y, SYMBOLS[turn], colour, label))
        y += 22
    return shapes, y + 4


def _legend(top: float, scale: int, other_title: str) -> tuple[list[Shape], float]:
    shapes: list[Shape] = [
        Mark(3, top + 8, SYMBOLS["sound"], template.INK, "a sound turn", size=12),
        Words(7, top + 8, "a sound turn", anchor="left", size=12),
        Mark(43, top + 8, SYMBOLS["pitfall"], template.INK, "a pitfall", size=12),
        Words(47, top + 8, "a pitfall", anchor="left", size=12),
        Words(0, top + 28, "Thin line: where the year began.", anchor="left", size=12),
        Words(0, top + 46, f"Full height: {scale} points.", anchor="left", size=12),
    ]
    bottom = top + 58
    if other_title:
        shapes += [
            Box(1.5, 4.5, top + 60, top + 70, fill=MINE, line=MINE),
            Words(7, top + 65, "this year", anchor="left", size=12),
            Mark(3, top + 85, "diamond", OTHER, "the other year", size=11),
            Words(7, top + 85, other_title, anchor="left", size=12),
        ]
        bottom = top + 97
    return shapes, bottom


def _column(number: int, of: int) -> tuple[float, float, float]:
    wide = 100 / of
    return number * wide + 1.2, (number + 1) * wide - 1.2, (number + 0.5) * wide
