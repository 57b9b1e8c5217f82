"""What is kept of a moderation: the key to whose script is whose, and its history."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from place_kit.answers import store
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.files import NotPlainError, read_plain, write_whole

MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Script:
    """A piece of writing under its number. `digest` is of what was written when it was drawn.

    `replaced` tells that the learner has handed in other words since: the number is not used
    again, and the new words are a script of their own.
    """

    number: int
    learner: str
    cell: str
    at_random: bool
    border: bool
    digest: str
    drawn: str
    replaced: bool = False

    @property
    def whose(self) -> tuple[str, str]:
        return self.learner, self.cell


@dataclass(frozen=True, slots=True)
class Second:
    """A second tutor's mark beside the first's, as it was read."""

    script: int
    first: int
    first_points: float
    second: int
    comment: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Settled:
    """The level two tutors settled on, and what led to it."""

    script: int
    first: int
    second: int
    settled: int
    points: float
    reason: str
    by: str
    at: str


class Moderation:
    """The moderation of one assignment, in ``moderation/ASSIGNMENT/`` of a marking folder."""

    def __init__(self, folder: MarkingFolder, assignment: str) -> None:
        self.folder = folder
        self.assignment = assignment
        self.place = folder.root / "moderation" / assignment
        self.for_second = self.place / "for-second-tutor"
        self.key = self.place / "key.json"
        self.history = self.place / "history.json"
        self.settle = self.place / "settle.csv"

    def scripts(self) -> dict[int, Script]:
        """Every script ever drawn, by its number."""
        held = _read(self.key, {"scripts": []})
        return {one.number: one for one in _all(Script, self.key, held["scripts"])}

    def seed(self) -> str:
        """The seed of the first draw; empty before it."""
        return str(_read(self.key, {}).get("seed", ""))

    def keep(self, seed: str, scripts: Iterable[Script]) -> None:
        """Write the key."""
        kept = [asdict(one) for one in sorted(scripts, key=lambda one: one.number)]
        _write(self.key, {"assignment": self.assignment, "seed": seed, "scripts": kept})

    def seconds(self) -> dict[int, Second]:
        """The latest second mark of every script that has one."""
        return {one.script: one for one in self._events("second", Second)}

    def settled(self) -> dict[int, Settled]:
        """What every script that is settled was settled on."""
        return {one.script: one for one in self._events("settled", Settled)}

    def add(self, events: Iterable[Second | Settled]) -> None:
        """Add to the history; what stands in it is never changed."""
        new = [
            {"what": "second" if isinstance(one, Second) else "settled", **asdict(one)}
            for one in events
        ]
        if new:
            _write(self.history, [*_read(self.history, []), *new])

    def silence(self, scripts: Collection[int]) -> None:
        """Erase the words about some scripts: all that is ever taken out of the history."""
        words = {"comment": "", "reason": ""}
        held = [
            {name: words.get(name, cell) for name, cell in one.items()}
            if one.get("script") in scripts
            else one
            for one in _read(self.history, [])
        ]
        if held:
            _write(self.history, held)

    def _events(self, what: str, kind: Any) -> Iterator[Any]:
        held = [one for one in _read(self.history, []) if one.get("what") == what]
        yield from _all(
            kind,
            self.history,
            ({name: cell for name, cell in one.items() if name != "what"} for one in held),
        )


def moderations(folder: MarkingFolder) -> list[Moderation]:
    """Every moderation that has begun in a folder."""
    found = sorted(folder.root.glob("moderation/*/key.json"))
    return [Moderation(folder, path.parent.name) for path in found]


def now() -> str:
    """The time, as the history writes it."""
    return store.now()


def _read(path: Path, empty: Any) -> Any:
    if not path.exists():
        return empty
    try:
        held = json.loads(read_plain(path, MAX_BYTES))
        if isinstance(held, type(empty)):
            return held
    except (NotPlainError, ValueError):
        pass
    raise _damaged(path)


def _all(kind: Any, path: Path, held: Iterable[Mapping[str, Any]]) -> list[Any]:
    try:
        return [kind(**one) for one in held]
    except TypeError:
        raise _damaged(path) from None


def _damaged(path: Path) -> PlaceKitError:
    return PlaceKitError(
        f"{path} cannot be read, and without it nobody can say which script is whose. Put a copy "
        f"of it back in its place. If there is none, move {path.parent} away and draw anew."
    )


def _write(path: Path, held: Any) -> None:
    write_whole(path, json.dumps(held, ensure_ascii=False, indent=1).encode("utf-8"))
