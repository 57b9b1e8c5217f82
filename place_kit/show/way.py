"""Where the reader is in the course: a path of modules, what is handed in, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from urllib.parse import quote

from place_kit.answers import days
from place_kit.answers.progress import ExerciseProgress, ModuleProgress, Progress, State
from place_kit.show import template, words
from place_kit.show._html import EMPTY, Html, items, join, tag
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Box, Drawing, Line, Mark, Shape, Words, lines

DONE, AHEAD = template.KIND_COLOURS["process"], "#c5ced4"
PATH, TEXT = 3, 10
"""Where the path runs, and where the words beside it begin."""
TITLE, BAR, NOTE, GAP = 20, 8, 17, 30
LETTERS = 36
"""As many as fit into a line on a phone."""

STATES: dict[State, str] = {
    "not begun": "not begun",
    "under way": "under way",
    "done": "done",
}


def progress(found: Progress, today: date) -> Card:
    """Draw how far the reader is, and say what comes next."""
    if not found.begun:
        return Card(
            title="Where you are",
            takeaway="At the beginning: nothing is answered yet. Read on from here.",
            body=_notes(found),
            level=2,
        )
    return Card(
        title="Where you are",
        takeaway=takeaway(found),
        alt=_alt(found),
        table=_table(found),
        drawing=_drawing(found),
        source="your own answers. Minutes are the course’s estimate: nobody measures your time.",
        body=join((_next(found, today), _notes(found))),
        level=2,
    )


def takeaway(found: Progress) -> str:
    """Say how far the reader is, in two or three sentences."""
    done, of = len(found.done), len(found.modules)
    way = sum(each.state == "under way" for each in found.modules)
    if done == of:
        said = [f"All {words.count(of)} modules are done."]
    else:
        first = f"{words.sentence(words.count(done))} of {words.count(of)} modules "
        first += "is done" if done == 1 else "are done"
        said = [first + (f", and {words.count(way)} under way." if way else ".")]
        said.append(f"That is about {found.minutes} of {found.minutes_in_all} minutes.")
    handed = [each for each in found.exercises if each.handed_in]
    if handed:
        passed = sum(bool(each.feedback and each.feedback.passed) for each in handed)
        noun = "exercise is" if len(handed) == 1 else "exercises are"
        last = f"{words.sentence(words.count(len(handed)))} {noun} handed in"
        said.append(last + (f", and {words.count(passed)} passed." if passed else "."))
    return " ".join(said)


def exercise(each: ExerciseProgress | None) -> str:
    """Say how an exercise stands; nothing where there is nothing to say yet."""
    if each is None:
        return ""
    if (back := each.feedback) and not each.again:
        passed = {True: ", passed", False: ", not passed yet", None: ""}[back.passed]
        return f"{back.points:g} of {back.of:g} points{passed}"
    if each.handed_in:
        day = days.local(each.handed_in)
        handed = "handed in again" if each.again else "handed in"
        return f"{handed} on {days.short(day)}" if day else handed
    if each.state == "done":
        return "answered, not handed in"
    return f"{each.answered} of {each.of} answered" if each.answered else ""


def state(each: ModuleProgress) -> str:
    """Say how a module stands."""
    if each.state == "under way":
        return f"{each.answered} of {each.of} answered"
    return STATES[each.state] if each.here else "coming later"


def _exercises(found: Progress) -> dict[str, ExerciseProgress]:
    return {each.module.id: each for each in found.exercises}


def _drawing(found: Progress) -> Drawing:
    exercises = _exercises(found)
    rows: list[Shape] = []
    stops: list[tuple[float, ModuleProgress]] = []
    y = 12.0
    for each in found.modules:
        stops.append((y, each))
        rows += [
            Words(TEXT, y, each.module.title, anchor="left", bold=True),
            Words(100, y, _short(each), anchor="right", size=12, colour=template.QUIET),
        ]
        y += TITLE
        share = min(1, each.answered / each.of) if each.of else 0
        rows.append(Box(TEXT, 100, y - BAR / 2, y + BAR / 2, template.TRACK, AHEAD))
        if share:
            end = TEXT + (100 - TEXT) * share
            rows.append(Box(TEXT, end, y - BAR / 2, y + BAR / 2, DONE, DONE))
        if said := exercise(exercises.get(each.module.id)):
            y += 3
            for line in lines(f"Exercise: {said}", LETTERS):
                y += NOTE
                rows.append(Words(TEXT, y, line, "left", size=12, colour=template.QUIET))
        y += GAP
    path = [
        Line(PATH, upper, PATH, lower, colour=DONE if above.state == "done" else AHEAD, width=3)
        for (upper, above), (lower, _) in pairwise(stops)
    ]
    # Paper first, so that the path does not run through a ring.
    papers = [Mark(PATH, at, "circle", template.PAPER, "Stop", 18) for at, _ in stops]
    marks = [mark for at, each in stops for mark in _stop(at, each)]
    return Drawing(y - GAP + 10, (*path, *papers, *rows, *marks))


def _short(each: ModuleProgress) -> str:
    """What stands beside a title, where there is little room; an empty ring says the rest."""
    if each.state == "under way":
        return f"{each.answered} of {each.of}"
    return "done" if each.state == "done" else "" if each.here else "later"


def _stop(y: float, each: ModuleProgress) -> Iterator[Shape]:
    """A stop on the path: full when done, half full when under way, empty when not begun."""
    if each.state == "done":
        yield Mark(PATH, y, "circle", DONE, "Done", 18)
    elif each.state == "under way":
        yield Mark(PATH, y, "circle-open", DONE, "Under way", 18)
        yield Mark(PATH, y, "circle", DONE, "Under way", 8)
    else:
        yield Mark(PATH, y, "circle-open", template.LINE, "Not begun", 18)


def _alt(found: Progress) -> str:
    exercises = _exercises(found)
    rows = []
    for each in found.modules:
        said = exercise(exercises.get(each.module.id))
        rows.append(f"{each.module.title}: {state(each)}" + (f"; exercise: {said}" if said else ""))
    return (
        f"A path with {words.count(len(found.modules))} stops, one for each module, each with a "
        f"bar that fills as its questions are answered. {'. '.join(rows)}."
    )


def _table(found: Progress) -> Table:
    exercises = _exercises(found)
    return Table(
        "How far you are, module by module",
        ("Module", "Questions", "Minutes", "Exercise"),
        tuple(
            (
                each.module.title,
                state(each),
                f"{each.minutes} of {each.module.minutes}",
                exercise(exercises.get(each.module.id))
                or ("not begun" if each.module.assignment else "none"),
            )
            for each in found.modules
        ),
    )


def _next(found: Progress, today: date) -> Html:
    parts = []
    if found.trial and found.trial.has_passed(today) and not found.told:
        said = "The day of what you chose to try at work has passed. Further down this page you "
        parts.append(tag("p", said + "can say how it went."))
    step = found.next
    if step is None:
        parts.append(tag("p", "You have been all the way through. Well done, and thank you."))
    else:
        href = "../" + quote(step.page)
        label = tag("strong", "Next: ")
        parts.append(
            tag("p", join((label, tag("a", step.says, href=href.replace("../course/", "")))))
        )
    return join(parts)


def _notes(found: Progress) -> Html:
    return items(found.notes, class_="pk-soft") if found.notes else EMPTY
