"""What a feedback page says in sentences of its own, for every format alike."""

from __future__ import annotations

from dataclasses import dataclass

from place_kit.tutor.feedback.page import Page, Part, out_of, points
from place_kit.tutor.words import number

CLOSING = (
    "Points checked by rule come from fixed rules, the same for everybody. If you think that one "
    "is wrong, or if anything here is unclear, ask your tutor."
)
NOTHING_WRITTEN = (
    "You did not write anything here. If you did, tell your tutor, for nothing arrived. "
    "If you left it open, you can write it when you hand in again."
)
SET_BY_TUTOR = "Your tutor set the points of this question."
_OPEN = {
    "waiting": "Not marked yet",
    "returned": "Returned unmarked",
    "fault": "Could not be marked",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """What has happened to a part that has no mark like others, and what to do."""

    happened: str = ""
    to_do: str = ""
    steps: tuple[str, ...] = ()


def total(page: Page) -> str:
    """What was earned altogether."""
    earned, of = number(page.points), number(out_of(page.parts))
    return f"{earned} of {of} points" if page.settled else f"{earned} points so far, of {of}"


def sums(page: Page) -> tuple[tuple[str, str], ...]:
    """What the points are made of."""
    parts = (("Checked by rule", page.by_rule), ("Marked by your tutor", page.by_rubric))
    told = tuple((label, _of_some(some)) for label, some in parts if some)
    late = (("Taken off, because it came late", number(page.lost)),) if page.lost else ()
    return told + late


def _of_some(parts: tuple[Part, ...]) -> str:
    """What some parts earned together."""
    of = number(out_of(parts))
    if any(part.settled for part in parts):
        return f"{number(points(parts))} of {of}"
    yet = "" if any(part.state == "returned" for part in parts) else " yet"
    return f"not marked{yet}, of {of}"


def standing(page: Page) -> tuple[tuple[str, Part | None], ...]:
    """What is still open, as sentences, each with the part that says more."""
    told: list[tuple[str, Part | None]] = []
    if page.returned:
        what = "what you wrote" if len(page.returned) == 1 else "some of what you wrote"
        more = "Further down it says why, and what to do."
        told.append((f"Your tutor sent {what} back unmarked. {more}", page.returned[0]))
    if any(part.state == "waiting" for part in page.parts):
        what = "what you wrote" if len(page.by_rubric) == 1 else "all that you wrote"
        told.append(
            (f"Your tutor has not marked {what} yet. Those points are still to come.", None)
        )
    faults = [part for part in page.parts if part.state == "fault"]
    if faults:
        what = "One question" if len(faults) == 1 else f"{len(faults)} questions"
        words = f"{what} could not be marked. The points are not lost: it says what to do."
        told.append((words, faults[0]))
    return tuple(told)


def got(part: Part) -> str:
    """What a part earned, or why it has no points yet."""
    earned = f"{number(part.points)} of {number(part.out_of)}"
    return earned if part.settled else _OPEN[part.state]


def advice(page: Page, part: Part) -> Advice:
    """What to say of a part that is not marked like others."""
    if part.state == "fault":
        return Advice(
            "This question could not be marked by rule. That is a fault of the course, and not "
            "yours.",
            f"tell your tutor that “{page.name_of(part)}” could not be marked. They can read your "
            "answer, and give its points by hand. You need not answer again.",
        )
    if part.state == "returned":
        return Advice(
            "Your tutor sent this piece back unmarked, because a person could be known from it. "
            "That happens easily, and nothing is lost. What you wrote is not repeated here, so "
            "that it goes no further.",
            "change it, and hand in again.",
            (
                "Open the exercise in your course. Your text is there as you left it.",
                "Change what could point to a person: a name, a place, a date, a rare detail, or "
                "a role in a small team. You may change details, as long as what you learned "
                "stays true.",
                "Press “Make my hand-in file”, and send the new file to your tutor. It is then "
                "marked like any other.",
            ),
        )
    if not part.answered and not part.by_rubric and not part.set_by_tutor:
        return Advice(
            to_do="if you did answer it, tell your tutor, for no answer arrived. If you left it "
            "open, you can answer it when you hand in again."
        )
    return Advice()


def module(page: Page) -> str:
    """The module to go back to, by its number and title."""
    return f"module {page.module.number}, {page.module.title}" if page.module else ""


def under(part: Part) -> str:
    """The headings of the module to go back to: ``under “Why now?”``."""
    return f"under {' and '.join(f'“{one}”' for one in part.revisit)}" if part.revisit else ""


def again(page: Page, part: Part) -> str:
    """Where to look again, as a sentence; empty where there is no need."""
    if not page.module or part not in page.to_revisit:
        return ""
    return f"To look at again: {', '.join(filter(None, (module(page), under(part))))}."


def how_to_open(page: Page) -> tuple[str, ...]:
    """How to open the module, step by step; nothing where there is none."""
    if not page.module:
        return ()
    return (
        "Start the course as you did before (the command is place-kit learn). It opens on its "
        "welcome page.",
        f"In the list of modules choose {page.module.number}. {page.module.title}. Its file is "
        f"{page.module.id}.ipynb, in the folder “course” of your course folder.",
        "Look for the heading that is named here. You can try the questions there as often as "
        "you like.",
    )
