"""The made-up town of module 2: whom one can meet, and the assets that they know of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from place_kit.facts import loader
from place_kit.facts.activities._file import Known, checked, ids
from place_kit.facts.reading import Reader, shown

FILE = "town.toml"

AssetType = Literal[
    "individuals", "associations", "institutions", "physical", "exchange", "stories"
]
Side = Literal["left", "right"]
Standing = Literal["agreed", "not_asked", "not_yet"]
"""All have agreed; somebody was not asked; all were asked, and not all said yes."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Somebody to meet, and which assets one then knows of. `near` is easy to reach."""

    id: str
    name: str
    role: str
    hours: int
    near: bool
    shows: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Asset:
    """Something to build on. `listed`: the council's list holds it already."""

    id: str
    name: str
    type: AssetType
    side: Side
    row: int
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody says when asked about a link."""

    who: str
    answer: Literal["yes", "not_yet"]
    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two assets that fit together, what that makes possible, and who has to agree.

    One that nobody has to agree to was there before.
    """

    id: str
    letter: str
    left: str
    right: str
    possible: str
    consent: tuple[Consent, ...]
    helps: str = ""

    def standing(self, met: Collection[str]) -> Standing:
        """Say how the link stands for somebody who has met these people.

        Examples
        --------
        >>> link = Link("a", "A", "x", "y", "Tea.", (Consent("innes", "yes", "Yes."),))
        >>> link.standing([]), link.standing(["innes"])
        ('not_asked', 'agreed')
        """
        if any(each.who not in met for each in self.consent):
            return "not_asked"
        return "agreed" if all(each.answer == "yes" for each in self.consent) else "not_yet"


@dataclass(frozen=True, slots=True)
class Need:
    """A need of the town; `stays` says what no link can do about it."""

    id: str
    name: str
    text: str
    stays: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of people to set beside one's own."""

    id: str
    name: str
    meets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """All of the file, in its own order."""

    name: str
    hours: int
    note: str
    kinds: str
    references: tuple[str, ...]
    conversation: tuple[Conversation, ...]
    asset: tuple[Asset, ...]
    link: tuple[Link, ...]
    need: tuple[Need, ...]
    choice: tuple[Choice, ...]

    def met(self, ids: Iterable[str]) -> tuple[Conversation, ...]:
        """Return those of these ids whom one can meet, in the town's order, each once."""
        wanted = set(ids)
        return tuple(each for each in self.conversation if each.id in wanted)

    def seen(self, met: Iterable[str]) -> frozenset[str]:
        """Return the assets one knows of: the listed ones, and what these people show."""
        listed = {each.id for each in self.asset if each.listed}
        return frozenset(listed.union(*(each.shows for each in self.met(met))))

    def links(self, met: Iterable[str]) -> tuple[Link, ...]:
        """Return the links that can be thought of: both their ends are known."""
        seen = self.seen(met)
        return tuple(each for each in self.link if {each.left, each.right} <= seen)


@lru_cache(maxsize=1)
def load() -> Town:
    """Give the town of the course, read once from the package.

    Raises
    ------
    ContentError
        With every mistake.
    """
    return read(files("place_kit").joinpath("content", "activities", FILE))


def read(file: Traversable) -> Town:
    """Read a file such as ``content/activities/town.toml``.

    Raises
    ------
    ContentError
        With every mistake of the file.
    """
    references = frozenset(loader.load().references)

    def known(raw: Mapping[str, Any]) -> Known:
        assets, people = ids(raw, "asset"), ids(raw, "conversation")
        return {
            "shows": assets,
            "left": assets,
            "right": assets,
            "helps": ids(raw, "need") | {""},
            "who": people,
            "meets": people,
            "references": references,
        }

    town: Town = checked(file, known, lambda at, raw: at.read(Town, raw), _check)
    return town


def _check(town: Town, reader: Reader) -> None:
    """Note what the types cannot: places, directions, and what must be there just once."""
    assets = {each.id: each for each in town.asset}
    told = {id for each in town.conversation for id in each.shows}
    places: set[tuple[Side, int]] = set()
    for asset in town.asset:
        here = reader.at(f"asset.{asset.id}")
        if asset.row < 1:
            here.at("row").say("must be 1 or more.")
        if (asset.side, asset.row) in places:
            here.at("row").say(f"is taken: another asset stands {asset.side} in row {asset.row}.")
        places.add((asset.side, asset.row))
        if not asset.listed and asset.id not in told:
            here.say("can never be seen: list it, or let a conversation show it.")
    letters: set[str] = set()
    for link in town.link:
        here = reader.at(f"link.{link.id}")
        for side in ("left", "right"):
            end = assets.get(getattr(link, side))
            if end and end.side != side:
                here.at(side).say(f"names {shown(end.id)}, which stands on the other side.")
        if link.letter in letters:
            here.at("letter").say(f"is taken: another link is {shown(link.letter)} too.")
        letters.add(link.letter)
    for each in town.conversation:
        if each.hours < 1:
            reader.at(f"conversation.{each.id}.hours").say("must be 1 or more.")
