"""A plan as a timeline: when each step is due and looked at again, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from place_kit.answers import days
from place_kit.show import template, words
from place_kit.show._html import EMPTY, Html, items, join, tag
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Box, Drawing, Line, Mark, Shape, Words, lines

#: What a step cannot do without; and what makes it better.
NEEDED = {"owner": "an owner’s role", "date": "a date", "measure": "a measure"}
WANTED = {"first_step": "a first small step", "review": "a day to look again"}
SHAPED = "residents"
"""The answer that says that residents have shaped the plan."""

LETTERS, NOTE_LETTERS, WORD = 29, 34, 24
LABEL, NOTE, TRACK = 18, 16, 30
LEFT, RIGHT = 4, 96
DUE, REVIEW = template.KIND_COLOURS["process"], template.KIND_COLOURS["outcome"]
LACK = template.KIND_COLOURS["cost"]

DRAFT = ("Draft", "until residents have shaped it")
SHAPED_SAID = ("Shaped with residents", "by your own account")
HEAD = 44


@dataclass(frozen=True, slots=True)
class _Step:
    """One row of the plan, read: dates that are no dates are None."""

    number: int
    action: str
    owner: str
    first_step: str
    measure: str
    due: date | None
    review: date | None
    lacks: tuple[str, ...]
    wants: tuple[str, ...]


def timeline(rows: Sequence[Mapping[str, str]], today: date, shaped: str = "") -> Card:
    """Draw the steps of a plan in order of their dates; name what is missing.

    Parameters
    ----------
    rows
        The plan's rows, as they were answered.
    today
        The day to draw as today.
    shaped
        The answer to who has shaped the plan.
    """
    steps = _read(rows)
    if not steps:
        return Card(
            title="Your plan as a timeline",
            takeaway="Nothing is planned yet. Write a first step above, and it appears here.",
        )
    state = SHAPED_SAID if shaped == SHAPED else DRAFT
    return Card(
        title="Your plan as a timeline",
        takeaway=_takeaway(steps, shaped),
        alt=_alt(steps, today, state),
        table=Table(
            f"The plan. {' '.join(state)}",
            ("Step", "Owner", "By when", "First small step", "Measure", "Look again"),
            tuple(
                (
                    f"{step.number}. {step.action or 'No words yet'}",
                    step.owner or "missing",
                    days.said(step.due) if step.due else "missing",
                    step.first_step or "open",
                    step.measure or "missing",
                    days.said(step.review) if step.review else "open",
                )
                for step in steps
            ),
        ),
        drawing=_drawing(steps, today, state),
        source="your own answers.",
        body=_to_mend(steps, today),
    )


# --- reading -------------------------------------------------------------------------------


def _read(rows: Sequence[Mapping[str, str]]) -> list[_Step]:
    """Read the rows that say something: dated ones first, by date."""
    steps = [
        _step(number, row)
        for number, row in enumerate(rows, start=1)
        if any(text.strip() for text in row.values())
    ]
    return sorted(steps, key=lambda step: (step.due is None, step.due or date.max, step.number))


def _step(number: int, row: Mapping[str, str]) -> _Step:
    text = {name: " ".join(value.split()) for name, value in row.items()}
    due, review = _day(text.get("date", "")), _day(text.get("review", ""))
    there = {name: bool(text.get(name)) for name in (*NEEDED, *WANTED)}
    there |= {"date": due is not None, "review": review is not None}
    return _Step(
        number,
        text.get("action", ""),
        text.get("owner", ""),
        text.get("first_step", ""),
        text.get("measure", ""),
        due,
        review,
        tuple(said for name, said in NEEDED.items() if not there[name]),
        tuple(said for name, said in WANTED.items() if not there[name]),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# --- the drawing ---------------------------------------------------------------------------


def _drawing(steps: Sequence[_Step], today: date, state: tuple[str, str]) -> Drawing:
    begin, end = _span(steps, today)
    scale = _Scale(begin, (end - begin).days)
    shapes: list[Shape] = [
        Box(0, 100, 0, HEAD, fill=template.PAPER, dash="dash" if state == DRAFT else "solid"),
        Words(50, 14, state[0], bold=True),
        Words(50, 31, state[1], size=12),
    ]
    top = HEAD + 12.0
    for step in steps:
        drawn, top = _lane(step, top, scale, today)
        shapes += drawn
    return Drawing(top + 76, (*shapes, *_foot(top, begin, end)))


def _foot(top: float, begin: date, end: date) -> list[Shape]:
    key = top + 42
    return [
        Line(LEFT, top, RIGHT, top, width=1),
        Words(0, top + 14, days.short(begin), anchor="left", size=12, colour=template.QUIET),
        Words(100, top + 14, days.short(end), anchor="right", size=12, colour=template.QUIET),
        Mark(3, key, "circle", DUE, "By when", 12),
        Words(8, key, "by when", anchor="left", size=12),
        Mark(53, key, "diamond-open", REVIEW, "Look again", 11),
        Words(58, key, "look again", anchor="left", size=12),
        Mark(3, key + 22, "triangle-up", LACK, "Missing", 12),
        Words(8, key + 22, "missing", anchor="left", size=12),
        Line(53, key + 13, 53, key + 31),
        Words(58, key + 22, "today", anchor="left", size=12),
    ]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a day lies across the page."""

    begin: date
    days: int

    def at(self, day: date) -> float:
        return LEFT + (RIGHT - LEFT) * (day - self.begin).days / self.days


def _span(steps: Sequence[_Step], today: date) -> tuple[date, date]:
    dates = [day for step in steps for day in (step.due, step.review) if day] + [today]
    begin, end = min(dates), max(dates)
    # A month at least, so that two days do not fill the page.
    return begin, max(end, begin + timedelta(days=28))


def _lane(step: _Step, top: float, scale: _Scale, today: date) -> tuple[list[Shape], float]:
    """Draw one step from `top`; return also where the next may begin."""
    shapes: list[Shape] = []
    y = top + 10
    label = _cut(f"{step.number}. {step.action or 'No words yet'}", LETTERS, 3)
    for line in label:
        shapes.append(Words(0, y, line, anchor="left", bold=True))
        y += LABEL
    facts = [step.owner, f"by {days.said(step.due)}" if step.due else ""]
    for line in _cut(" · ".join(filter(None, facts)), NOTE_LETTERS, 2):
        shapes.append(Words(0, y, line, anchor="left", size=12, colour=template.QUIET))
        y += NOTE
    if step.lacks:
        shapes.append(Mark(3, y, "triangle-up", LACK, f"Step {step.number} lacks", 11))
        for line in lines(f"Missing: {words.together(step.lacks)}", NOTE_LETTERS - 4):
            shapes.append(Words(7, y, line, anchor="left", size=12))
            y += NOTE
    y += 8
    shapes += _track(step, y, scale, today)
    return shapes, y + TRACK


def _track(step: _Step, y: float, scale: _Scale, today: date) -> list[Shape]:
    now = scale.at(today)
    shapes: list[Shape] = [
        Line(LEFT, y, RIGHT, y, colour="#c5ced4", width=1),
        Line(now, y - 9, now, y + 9),
    ]
    if step.due and step.review:
        shapes.append(Line(scale.at(step.due), y, scale.at(step.review), y, colour=DUE, width=3))
    if step.due:
        label = f"Step {step.number}, by {days.said(step.due)}"
        shapes.append(Mark(scale.at(step.due), y, "circle", DUE, label, 14))
    if step.review:
        label = f"Step {step.number}, look again on {days.said(step.review)}"
        shapes.append(Mark(scale.at(step.review), y, "diamond-open", REVIEW, label, 13))
    return shapes


def _cut(text: str, letters: int, most: int) -> tuple[str, ...]:
    """Break a text into at most so many lines, and say with dots that there is more."""
    short = " ".join(word if len(word) <= WORD else f"{word[: WORD - 1]}…" for word in text.split())
    broken = lines(short, letters)
    if len(broken) <= most:
        return broken
    kept = short
    while len(lines(f"{kept} …", letters)) > most:
        kept = kept.rpartition(" ")[0]
    return lines(f"{kept} …", letters)


# --- the words -----------------------------------------------------------------------------


def _takeaway(steps: Sequence[_Step], shaped: str) -> str:
    count, ready = len(steps), sum(not step.lacks for step in steps)
    needed = words.together(list(NEEDED.values()))
    if ready == count:
        said = [f"{'Your step' if count == 1 else 'Each step'} has {needed}."]
    else:
        said = []
        if ready:
            said.append(
                f"{words.sentence(words.count(ready))} of {words.count(count)} steps "
                f"{'has' if ready == 1 else 'have'} {needed}."
            )
        said += [
            f"Step {step.number} lacks {words.together(step.lacks)}."
            for step in sorted(steps, key=lambda step: step.number)
            if step.lacks
        ]
    if shaped == SHAPED:
        said.append("By your account, residents have shaped it. Ask whether they would say so.")
    else:
        said.append("It is a draft until residents have shaped it.")
    return " ".join(said)


def _alt(steps: Sequence[_Step], today: date, state: tuple[str, str]) -> str:
    rows = []
    for step in steps:
        when = f"by {days.said(step.due)}" if step.due else "no date"
        again = f", look again on {days.said(step.review)}" if step.review else ""
        lacks = f", missing: {words.together(step.lacks)}" if step.lacks else ""
        rows.append(f"Step {step.number}, {step.action or 'no words yet'}: {when}{again}{lacks}.")
    return f"A timeline headed “{' '.join(state)}”. Today is {days.said(today)}. " + " ".join(rows)


def _to_mend(steps: Sequence[_Step], today: date) -> Html:
    """Say what else could be better: it is not needed, and not drawn."""
    found = list(_hints(steps, today))
    if not found:
        return EMPTY
    return join((tag("p", "Worth another look", class_="pk-label"), items(found)))


def _hints(steps: Sequence[_Step], today: date) -> Iterable[str]:
    for said in WANTED.values():
        without = _numbers(step for step in steps if said in step.wants)
        if without:
            steps_said = "Step" if len(without) == 1 else "Steps"
            yield f"{steps_said} {words.together(without)} could do with {said}."
    for step in steps:
        if step.due and step.due < today:
            yield f"The date of step {step.number} is past. Is it done, or does it move?"
        if step.due and step.review and step.review < step.due:
            yield f"Step {step.number} is looked at again before it is due. Is that meant?"


def _numbers(steps: Iterable[_Step]) -> list[str]:
    return [str(number) for number in sorted(step.number for step in steps)]
