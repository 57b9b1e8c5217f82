"""How willing people are, as the reader sees it, beside how the reader knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from place_kit.facts.model import Question
from place_kit.show import words
from place_kit.show.card import Card, Table
from place_kit.show.placing import Ends, Point, whole

ENDS = Ends(
    left=("Not at all", "willing"),
    right=("Very", "willing"),
    low="I guessed",
    high="They told me, or I saw it",
)
GUESS, KNOWN = 2, 4

#: Names for the picture, where there is little room.
SHORT = {
    "me": "I myself",
    "colleagues": "Colleagues",
    "managers": "Managers",
    "partners": "Partners",
    "supported": "Those we support",
    "residents": "Other residents",
}

Which = Literal["all", "guessed", "known"]


def willing(
    question: Question, rated: Mapping[str, int], known: Mapping[str, int], which: str = "all"
) -> Card:
    """Draw every role that was rated, or only those the reader guessed at or knows of."""
    points = [
        Point(number, SHORT.get(item.id, item.text), rated.get(item.id), known.get(item.id))
        for number, item in enumerate(question.items, start=1)
    ]
    shown = [each for each in points if which == "all" or _is(each, which)]
    return Card(
        title="How willing, and how you know",
        takeaway=_takeaway(points, shown, which),
        alt=_alt(shown),
        table=Table(
            "Your ratings, from 1 to 5",
            ("Role", "How willing", "How you know"),
            tuple((each.name, _given(each.x), _given(each.y)) for each in shown or points),
        ),
        drawing=whole(shown, ENDS),
        source="your own answers. They say how it looks to you, and no more.",
    )


def _is(point: Point, which: str) -> bool:
    if point.y is None or point.x is None:
        return False
    return point.y <= GUESS if which == "guessed" else point.y >= KNOWN


def _takeaway(points: list[Point], shown: list[Point], which: str) -> str:
    placed = [each for each in points if each.placed]
    if not placed:
        return "Nothing is rated yet. Answer the two questions above: each role then appears."
    if not shown:
        return "You rated nobody in this way."
    guessed = [each for each in placed if _is(each, "guessed")]
    low = [each for each in placed if _is(each, "known") and (each.x or 0) <= GUESS]
    said = [f"You have rated {words.count(len(placed))} of {words.count(len(points))} roles."]
    if guessed and which != "known":
        said.append(f"Mostly a guess: {_listed(guessed)}. Ask before you build on it.")
    if low and which != "guessed":
        said.append(
            f"Told you no, or nearly: {_listed(low)}. They may have a reason worth hearing."
        )
    if not guessed and which == "all":
        said.append("You guessed at none of them.")
    return " ".join(said)


def _listed(points: list[Point]) -> str:
    return words.together([each.name for each in points])


def _alt(points: list[Point]) -> str:
    placed = "; ".join(
        f"{each.number} {each.name}, {each.x} across and {each.y} up"
        for each in points
        if each.placed
    )
    return (
        "A map of five by five fields. Across, from 1 to 5: not at all willing, to very willing. "
        "Up, from 1 to 5: I guessed, to they told me. "
        f"{f'Placed: {placed}.' if placed else 'Nothing is placed.'}"
    )


def _given(value: int | None) -> str:
    return "Open" if value is None else str(value)
