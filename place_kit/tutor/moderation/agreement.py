"""How far two tutors agree: counts, and a coefficient where there are enough scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 30
"""Fewer scripts give no coefficient: one more disagreement would move it too far to mean much.

COSMIN's checklist in its four-point form (Terwee and others, Quality of Life Research 21, 2012)
calls a sample of fewer than 30 poor.
"""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of how many scripts two levels are the same, next to each other, or further apart."""

    exact: int
    one_apart: int
    further: int
    kappa: float | None = None

    @property
    def scripts(self) -> int:
        return self.exact + self.one_apart + self.further


def agreement(pairs: Sequence[tuple[int, int]]) -> Agreement:
    """Count how two tutors' levels agree; with enough scripts, say it as one number, too.

    Examples
    --------
    >>> agreement([(2, 2), (2, 1), (0, 3)])
    Agreement(exact=1, one_apart=1, further=1, kappa=None)
    """
    apart = Counter(min(abs(first - second), 2) for first, second in pairs)
    kappa = weighted_kappa(pairs) if len(pairs) >= ENOUGH else None
    return Agreement(apart[0], apart[1], apart[2], kappa)


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Cohen's kappa with quadratic weights (J. Cohen, Psychological Bulletin 70, 1968).

    One minus the squared distance of the pairs, over what it would be by chance. 1 is full
    agreement, 0 what chance gives. None where both gave one and the same level throughout:
    chance would agree as well.

    Examples
    --------
    >>> weighted_kappa([(0, 0), (3, 3)])
    1.0
    """
    firsts, seconds = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    observed = len(pairs) * sum((one - two) ** 2 for one, two in pairs)
    by_chance = sum(
        many * more * (one - two) ** 2
        for one, many in firsts.items()
        for two, more in seconds.items()
    )
    return 1 - observed / by_chance if by_chance else None
