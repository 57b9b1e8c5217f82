"""How much one phone may ask for, and a log that says what was refused and never to whom."""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

Clock = Callable[[], float]

REMEMBERED: Final = 4_096
"""As many callers as a limit remembers at once; the longest silent is forgotten first."""


class Limit:
    """A bucket for each caller: `burst` at once, then `rate` a second.

    A bucket that nobody has taken from for a while is full again, so it need not be remembered.
    """

    def __init__(self, burst: float, rate: float, clock: Clock = time.monotonic) -> None:
        self._burst, self._rate, self._clock = burst, rate, clock
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def allows(self, caller: Hashable) -> bool:
        """Take one from the caller's bucket; False where it is empty."""
        left = self.left(caller)
        allowed = left >= 1
        self._buckets[caller] = (left - allowed, self._clock())
        self._buckets.move_to_end(caller)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return allowed

    def left(self, caller: Hashable) -> float:
        """How much is in the caller's bucket."""
        now = self._clock()
        left, since = self._buckets.get(caller, (self._burst, now))
        return min(self._burst, left + (now - since) * self._rate)


class Log:
    """What was refused: each kind said at once, then no more than every `pause` seconds.

    It is given the kind alone. So nobody's address, code or words can get into it.
    """

    def __init__(
        self, say: Callable[[str], None], pause: float = 10, clock: Clock = time.monotonic
    ) -> None:
        self.refused: Counter[str] = Counter()
        self._say, self._pause, self._clock = say, pause, clock
        self._said: dict[str, tuple[float, int]] = {}

    def refuse(self, kind: str) -> None:
        """Count a refusal, and say it unless it was said just now."""
        self.refused[kind] += 1
        now, count = self._clock(), self.refused[kind]
        when, before = self._said.get(kind, (now - self._pause, 0))
        if now - when < self._pause:
            return
        self._said[kind] = (now, count)
        more = f" ({count - before} times)" if count - before > 1 else ""
        self._say(f"Refused: {kind}{more}. The session goes on.")
