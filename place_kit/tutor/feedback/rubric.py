"""The rubric for what is written: four levels, after Kember and colleagues, and REFLECT."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the rubric, in words for the learner."""

    number: int
    share: float  # of the points of the piece, from which on it is this level
    name: str
    text: str
    next_step: str


LEVELS = (
    Level(
        0,
        0.0,
        "Non-reflective",
        "The piece tells or repeats what happened, without a link to your own work.",
        "Choose one thing you did yourself, and say what you thought then and what you think now.",
    ),
    Level(
        1,
        0.4,
        "Understanding",
        "The idea is right, and the example is a general one. Nothing is questioned yet.",
        "Take an example from your own practice, with the evidence you have for it, and ask how "
        "someone else would see it.",
    ),
    Level(
        2,
        0.7,
        "Reflection",
        "You look into your own practice with evidence, see it from another point of view, and "
        "name a change that can be made.",
        "Ask what you took for granted, who was not heard, and how you would know that the change "
        "worked.",
    ),
    Level(
        3,
        1.0,
        "Critical reflection",
        "You test your own assumptions and the part power plays, bring in people who are not "
        "heard, weigh other ways and evidence against, and name a change together with how its "
        "effect will be known.",
        "Try the change, and come back to this page to see what happened.",
    ),
)


def level_of(points: float, out_of: float) -> Level:
    """The highest level whose share of the points is reached.

    Mark schemes give 0, 40, 70 and 100 % of a piece's points for the four levels; a number
    between two of them has not reached the higher.

    Examples
    --------
    >>> level_of(14, 20).name
    'Reflection'
    >>> level_of(13, 20).name
    'Understanding'
    """
    share = points / out_of if out_of > 0 else 0.0
    return [level for level in LEVELS if share >= level.share - 1e-9 or level.number == 0][-1]


def points_of(level: int, out_of: float) -> float:
    """What a level earns of a piece's points.

    Examples
    --------
    >>> [points_of(level, 20) for level in range(4)]
    [0.0, 8.0, 14.0, 20.0]
    """
    return round(LEVELS[level].share * out_of, 6)
