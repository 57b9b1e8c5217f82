"""What the benchmarks share: alternate two things in one run, and quote ratios of medians."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass

SAID_AS = {"s": (1e3, "ms"), "B": (1e-6, "MB")}
"""How a figure is printed, by its unit."""


@dataclass(frozen=True)
class Comparison:
    """Ours beside theirs, as medians in `unit`; `target` is the ratio allowed."""

    what: str
    ours: float
    theirs: float
    target: float
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    def line(self) -> str:
        """One line of a report."""
        verdict = "meets" if self.ratio <= self.target else "MISSES"
        scale, unit = SAID_AS[self.unit]
        return (
            f"{self.what}: {self.ratio:.2f} x ({scale * self.ours:.1f} {unit} against "
            f"{scale * self.theirs:.1f} {unit}); {verdict} its target of {self.target} x"
        )


def compare(
    what: str,
    ours: Callable[[], float],
    theirs: Callable[[], float],
    *,
    target: float,
    times: int,
) -> Comparison:
    """Run both in turn, once to warm up and then `times` times, and take the medians.

    Parameters
    ----------
    ours, theirs
        Do the thing once and return the seconds it took.
    """
    pairs = [(ours(), theirs()) for _ in range(times + 1)][1:]
    return Comparison(
        what,
        statistics.median(ours for ours, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
        target,
    )
