"""Which scripts are marked twice: some at random, and each that lies on a border."""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Collection
from dataclasses import dataclass

from place_kit.tutor.feedback.rubric import LEVELS

AT_LEAST = 2
"""Drawn at random where there are that many: one script shows nothing."""
FIRST_NUMBER, LAST_NUMBER = 10_000, 99_999


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A piece of writing that a first tutor has marked."""

    learner: str
    cell: str
    points: float
    out_of: float

    @property
    def whose(self) -> tuple[str, str]:
        return self.learner, self.cell


def on_a_border(points: float, out_of: float) -> bool:
    """Whether points lie between two levels: no level of the rubric gives them.

    The first tutor could not decide. A plain level 2 is the pass mark itself, yet no border;
    those are met in what is drawn at random.

    Examples
    --------
    >>> on_a_border(13, 20), on_a_border(14, 20), on_a_border(15, 20)
    (True, False, True)
    """
    return not any(math.isclose(points, level.share * out_of, abs_tol=1e-6) for level in LEVELS)


def size(number: int, percent: float) -> int:
    """How many of `number` scripts are drawn at random.

    Examples
    --------
    >>> [size(number, 10) for number in (0, 1, 5, 40, 41)]
    [0, 1, 2, 4, 5]
    """
    return min(number, max(AT_LEAST, math.ceil(number * percent / 100)))


def at_random(
    pieces: Collection[Piece], before: Collection[tuple[str, str]], *, percent: float, seed: str
) -> set[tuple[str, str]]:
    """Draw at random, keeping what was drawn before and adding only what is missing.

    Chance is a digest of the seed and whose piece it is, so that a draw can be repeated
    anywhere, and does not turn on who else has handed in.
    """
    here = {piece.whose for piece in pieces}
    drawn = here.intersection(before)
    others = sorted(here - drawn, key=lambda whose: _chance(seed, *whose))
    return drawn | set(others[: max(0, size(len(here), percent) - len(drawn))])


def number(seed: str, whose: tuple[str, str], taken: Collection[int]) -> int:
    """A number for a script that says nothing of whose it is, and that no other script has."""
    for turn in itertools.count():
        found = FIRST_NUMBER + _chance(seed, *whose, str(turn)) % (LAST_NUMBER - FIRST_NUMBER + 1)
        if found not in taken:
            return found
    raise AssertionError  # count() has no end


def _chance(*words: str) -> int:
    return int.from_bytes(hashlib.sha256("\n".join(words).encode()).digest()[:8], "big")
