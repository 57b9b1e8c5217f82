"""Feedback that came back: the few facts a feedback page carries for the learner's own record.

The page holds them in its head, where they run nothing and show nothing::

    <meta name="place-kit-feedback" content='{"assignment": "03_cases", "points": 31.5,
      "of": 50, "passed": true, "level": 2, "at": "2026-11-28T10:00:00Z"}'>

A learner can have changed the page, and a stranger can have made it: what is read here is
shown as text, and proves nothing.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from place_kit.answers.files import read_plain_file
from place_kit.problems import PlaceKitError

NAME = "place-kit-feedback"
"""The page's `meta` of this name carries the facts (or any element of this id, as its text)."""

FOLDER = "feedback"
"""Where a learner puts the pages that come back."""

MAX_BYTES = 5_000_000
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Returned:
    """What a tutor's feedback says of one hand-in.

    `passed` and `level` (of the reflection, 0 to 3) are None where nothing is said; `at` is
    when the attempt was made (UTC), as its hand-in says it.
    """

    assignment: str
    points: float
    of: float
    passed: bool | None = None
    level: int | None = None
    at: str = ""


def to_json(returned: Returned) -> str:
    """The facts as a page carries them."""
    return json.dumps(asdict(returned), ensure_ascii=False)


def parse(page: str) -> Returned | None:
    """Read the facts from a page's HTML; None where it carries none that make sense."""
    found = _Finder()
    try:
        found.feed(page)
        data = json.loads(found.text)
        return _checked(data)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def read(folder: Path) -> dict[str, Returned]:
    """The newest feedback of each assignment, from the pages in a folder and those below it."""
    newest: dict[str, Returned] = {}
    for path in sorted(folder.rglob("*.htm*"))[:_MOST]:
        try:
            raw = read_plain_file(path, MAX_BYTES)
        except PlaceKitError:
            continue  # a link, or not for us to read
        if raw is None or len(raw) > MAX_BYTES:
            continue
        one = parse(raw.decode("utf-8", "replace"))
        if one:
            newest[one.assignment] = max(newest.get(one.assignment, one), one, key=_order)
    return newest


def _order(one: Returned) -> tuple[str, bool]:
    """By the attempt; of the same one, what says whether it passed comes after what does not."""
    return one.at, one.passed is not None


def _checked(data: Any) -> Returned:
    one = Returned(
        **{field.name: data[field.name] for field in fields(Returned) if field.name in data}
    )
    numbers = (one.points, one.of)
    good = (
        isinstance(one.assignment, str)
        and all(type(each) in (int, float) and math.isfinite(each) for each in numbers)
        and 0 <= one.points <= one.of
        and (one.passed is None or type(one.passed) is bool)
        and (one.level is None or (type(one.level) is int and 0 <= one.level <= 3))
        and isinstance(one.at, str)
    )
    if not good:
        raise ValueError("not what a feedback page carries")
    return replace(one, assignment=one.assignment[:80], at=one.at[:40])


class _Finder(HTMLParser):
    """Finds the text that carries the facts, wherever in the page it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("name") == NAME:
            self.text = self.text or given.get("content") or ""
        elif given.get("id") == NAME and not self.text:
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.text += data
