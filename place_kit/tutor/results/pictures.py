"""The tutor's pictures of a cohort, as cards. Pure: numbers in, a `Card` out.

Every picture says of how many it speaks. Of fewer than `cohort.FEW` no per cent is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from place_kit.show import template
from place_kit.show import words as said
from place_kit.show._html import EMPTY, Html, details, items, join, tag
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Bar, Box, Drawing, Shape, Words, lines
from place_kit.tutor.feedback.rubric import LEVELS
from place_kit.tutor.results.cohort import DEEDS, FEW, Part, Result
from place_kit.tutor.results.grades import Grade, Outcome, Sheet
from place_kit.tutor.results.reading import Picture
from place_kit.tutor.words import clean, count, number

BAR, LINE, GAP, LETTERS = 18, 17, 14, 34
"""The height of a bar, of a line of words above it, the space below, and letters to a line."""
COLOUR = template.KIND_COLOURS["activity"]
SOURCE = "the gradebook and the marked exercises of this folder, as they are now."
FEW_SAID = (
    f"Of fewer than {said.count(FEW)}, a share says little, and a count can point to a person."
)
HARD = 0.6
"""Below this share of the points a question is named as hard."""

_STATES: dict[str, Outcome] = {
    "Not handed in": "not handed in",
    "Waiting for a mark": "waiting",
    "Passed": "passed",
    "Not passed yet": "not yet",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A bar with its words: `share` from 0 to 1, None where there is nothing to draw."""

    label: str
    share: float | None
    text: str


# --- who has handed in --------------------------------------------------------------------


def handed_in(sheets: Sequence[Sheet], *, names: bool = False) -> Card:
    """Show for each assignment how many have handed in, and how far the marking is."""
    title = "Hand-ins, by exercise"
    people = max((sheet.learners for sheet in sheets), default=0)
    if not people:
        return Card(title, "Nobody is on the roster yet: 'place-kit tutor . --roster FILE' helps.")
    begun = [sheet for sheet in sheets if sheet.handed_in]
    heading = "How many have handed in"
    rows = [_row(sheet.title, sheet.handed_in, people) for sheet in sheets]
    return Card(
        title,
        _handed_in_said(begun, people),
        _alt(heading, rows),
        Table(
            f"Hand-ins of {count(people, 'learner')}",
            ("Exercise", "Handed in", *_STATES, "Stopped"),
            tuple(
                (
                    sheet.title,
                    str(sheet.handed_in),
                    *(str(len(sheet.having(outcome))) for outcome in _STATES.values()),
                    str(sheet.stopped),
                )
                for sheet in sheets
            ),
        ),
        _drawing(heading, rows),
        SOURCE,
        _who(begun) if names else EMPTY,
    )


def _handed_in_said(begun: Sequence[Sheet], people: int) -> str:
    if not begun:
        return f"Nothing has been handed in yet, by {count(people, 'learner')} on the roster."
    waiting = sum(len(sheet.having("waiting")) for sheet in begun)
    stopped = sum(sheet.stopped for sheet in begun)
    parts = [f"{sheet.title}: {sheet.handed_in} of {people} have handed in" for sheet in begun]
    sentences = ["; ".join(parts) + "."]
    sentences.append(
        f"{count(waiting, 'hand-in')} {_verb(waiting)} for a mark."
        if waiting
        else "All of them are marked."
    )
    if stopped:
        sentences.append(f"The marking of {stopped} is stopped: no picture below counts them.")
    return " ".join([*sentences, *([FEW_SAID] if people < FEW else [])])


def _verb(number: int) -> str:
    return "waits" if number == 1 else "wait"


def _who(sheets: Sequence[Sheet]) -> Html:
    """The names, by exercise: who is missing, who waits, and who has not passed yet."""
    parts = [
        details(f"{sheet.title}: {heading.lower()} ({len(named)})", items(named))
        for sheet in sheets
        for heading, outcome in _STATES.items()
        if outcome != "passed" and (named := [_name(grade) for grade in sheet.having(outcome)])
    ]
    return tag("div", *parts, class_="pk-part")


def _name(grade: Grade) -> Html:
    learner = grade.learner
    # Names run either way; the number beside one must not be turned with it.
    return join((tag("bdi", clean(learner.name)), f" ({learner.id})"))


# --- which questions were hard ------------------------------------------------------------


def questions(picture: Picture) -> Card:
    """Show the share of points earned in each question by those who answered it."""
    title = "How each question went"
    results = [result for result in picture.results if _held(result)]
    if not results:
        return Card(title, _nothing(picture.sheet))
    heading = "Points earned by those who answered"
    rows = [_Row(result.asked.name, result.share, _points(result)) for result in results]
    return Card(
        title,
        _questions_said(results),
        _alt(heading, rows),
        Table(
            "Points by question, of those who answered it",
            ("Question", "Points earned", "Answered", "Not answered", "Not readable"),
            tuple(
                (
                    result.asked.name,
                    _points(result),
                    str(result.answered),
                    str(result.missing),
                    str(result.unread),
                )
                for result in results
            ),
        ),
        _drawing(heading, rows),
        SOURCE,
    )


def _held(result: Result) -> int:
    return result.answered + result.missing + result.unread


def _nothing(sheet: Sheet) -> str:
    if waiting := len(sheet.having("waiting")):
        return (
            f"{count(waiting, 'hand-in')} {_verb(waiting)} to be marked by rule: run "
            "'place-kit mark', then look again."
        )
    return "Nobody has handed this in yet."


def _points(result: Result) -> str:
    if result.share is None:
        return "nobody answered"
    if result.answered < FEW:
        mean = number(result.points / result.answered)
        return f"mean {mean} of {number(result.asked.out_of)}, n = {result.answered}"
    return f"{result.share:.0%} of points, n = {result.answered}"


def _questions_said(results: Sequence[Result]) -> str:
    answered = [result for result in results if result.share is not None]
    if not answered:
        return "Handed in, and no question was answered."
    hard = sorted(
        (result.share or 0.0, at)
        for at, result in enumerate(results)
        if result.share is not None and result.share < HARD
    )
    named = [f"“{results[at].asked.name}” ({_points(results[at])})" for _, at in hard[:3]]
    sentences = (
        [f"Hardest: {said.together(named)}."]
        if named
        else [f"In every question, those who answered earned {HARD:.0%} of the points or more."]
    )
    missing = max(results, key=lambda result: result.missing)
    if missing.missing:
        sentences.append(
            f"Most often left open: “{missing.asked.name}”, by {missing.missing} of "
            f"{_held(missing)}. What is left open is not counted as wrong here."
        )
    if max(result.answered for result in results) < FEW:
        sentences.append(FEW_SAID)
    return " ".join(sentences)


# --- what was chosen instead --------------------------------------------------------------


def answers(picture: Picture) -> tuple[Card, ...]:
    """Show each question in its parts, and what was chosen most where it was not right."""
    return tuple(_answers(result) for result in picture.results if result.parts)


def _answers(result: Result) -> Card:
    if len(result.parts) == 1:
        heading, rows = "How many gave each answer", _choices(result.parts[0])
    elif result.asked.kind == "choose_several":
        heading = "How many chose each option"
        rows = [_row(part.label, part.chosen or 0, part.n) for part in result.parts]
    else:
        heading = "How many have each part right"
        rows = [_row(part.label, part.right, part.n) for part in result.parts]
    return Card(
        result.asked.name,
        _answers_said(result),
        _alt(heading, rows),
        Table(
            f"“{result.asked.prompt}” Of {result.answered} who answered",
            ("Part", "Right", "Chosen instead", "Partly right", "Not right", "Left open"),
            tuple(
                (
                    part.label,
                    str(part.right),
                    _instead(part),
                    *map(str, (part.partly, part.wrong, part.missing)),
                )
                for part in result.parts
            ),
        ),
        _drawing(heading, rows),
        SOURCE,
    )


def _choices(part: Part) -> list[_Row]:
    """What was chosen, or which numbers were given: the right one first."""
    right = [(f"{part.answer} (right)", part.right)] if part.right else []
    return [_row(text, times, part.n) for text, times in (*right, *part.instead)]


def _instead(part: Part, most: int = 4) -> str:
    named = [f"{text}: {times}" for text, times in part.instead[:most]]
    others = sum(times for _, times in part.instead[most:])
    return "; ".join([*named, *([f"others: {others}"] if others else [])])


def _answers_said(result: Result) -> str:
    slips = [(times, part, text) for part in result.parts for text, times in part.instead]
    if slips:
        times, part, text = max(slips, key=lambda slip: slip[0])
        whole = len(result.parts) == 1
        what = _quoted(text) if whole else f"{_quoted(text)} for {_quoted(part.label)}"
        sentence = (
            f"Most often {text}: {_quoted(part.label)}, {times} of {part.n}."
            if text in DEEDS
            else f"Most often given, and not right: {what}, {times} of {part.n}."
        )
    elif any(part.missing for part in result.parts):
        sentence = "Nothing that was given is wrong; parts were left open."
    else:
        sentence = f"All {result.answered} who answered have all of it right."
    few = [FEW_SAID] if result.answered < FEW else []
    return " ".join([sentence, *few])


def _quoted(text: str) -> str:
    return text if text.startswith("“") else f"“{text.rstrip('.')}”"


# --- reflections --------------------------------------------------------------------------


def levels(picture: Picture) -> Card:
    """Show how many reflections are at each level of the rubric."""
    found, sheet = picture.levels, picture.sheet
    title = "Reflections, by level"
    waits = f"{count(found.waiting, 'reflection')} {_verb(found.waiting)} for your mark."
    if not found.marked:
        return Card(title, waits if found.waiting else _nothing(sheet))
    heading = "How many reflections are at each level"
    rows = [
        _row(f"{level.number}. {level.name}", found.counts[level.number], found.marked)
        for level in LEVELS
    ]
    most = max(LEVELS, key=lambda level: found.counts[level.number])
    sentences = [
        f"{count(found.marked, 'reflection')} marked; the most, "
        f"{found.counts[most.number]}, are at level {most.number} ({most.name.lower()})."
    ]
    if found.waiting:
        sentences.append(waits)
    if found.marked < FEW:
        sentences.append(FEW_SAID)
    return Card(
        title,
        " ".join(sentences),
        _alt(heading, rows),
        Table(
            f"Levels of {count(found.marked, 'reflection')}",
            ("Level", "Reflections", "What it means"),
            tuple(
                (f"{level.number}. {level.name}", str(found.counts[level.number]), level.text)
                for level in LEVELS
            ),
        ),
        _drawing(heading, rows),
        SOURCE,
    )


# --- bars ---------------------------------------------------------------------------------


def _row(label: str, some: int, n: int) -> _Row:
    return _Row(label, some / n, _share(some, n))


def _share(some: int, n: int) -> str:
    return f"{some} of {n}" + (f" ({some / n:.0%})" if n >= FEW else "")


def _alt(heading: str, rows: Iterable[_Row]) -> str:
    bars = "; ".join(f"{row.label.rstrip('.')}: {row.text}" for row in rows)
    return f"{heading}, as bars. {bars}."


def _drawing(heading: str, rows: Sequence[_Row]) -> Drawing:
    shapes: list[Shape] = [
        Words(0, LINE / 2, heading, anchor="left", size=12, colour=template.QUIET)
    ]
    y = float(LINE + GAP / 2)
    for row in rows:
        for line in lines(row.label, LETTERS):
            shapes.append(Words(0, y + LINE / 2, line, anchor="left", bold=True))
            y += LINE
        shapes.append(Words(0, y + LINE / 2, row.text, anchor="left", colour=template.QUIET))
        y += LINE + 4
        shapes.append(Box(0, 100, y, y + BAR, fill=template.TRACK))
        if row.share:
            value = 100 * min(1.0, row.share)
            shapes.append(Bar(value, y + BAR / 2, BAR, COLOUR, f"{row.label}: {row.text}"))
        y += BAR + GAP
    return Drawing(y, tuple(shapes))
