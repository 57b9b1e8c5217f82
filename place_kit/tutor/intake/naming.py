"""Whose a file is, and when it came, by the names that learning platforms give to downloads.

=============  ================================================================================
Moodle         ``Ada Lovelace_12345_assignsubmission_file_/03_cases__ada-l.json``, or in one name
Canvas         ``lovelaceada_123_456_03_cases__ada-l-1.json``, ``..._LATE_...`` where it was late
Brightspace    ``12345-67890 - Ada Lovelace - Nov 20, 2026 1000 AM/03_cases__ada-l.json``
=============  ================================================================================

A hand-in says itself whose it is. These names are a second witness, heard by `Claim.named`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from place_kit.tutor.desk.roster import Learner

_MOODLE = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_file(_.*)?", re.DOTALL)
_CANVAS = re.compile(r"(?P<name>[^_]+)_(LATE_)?(?P<number>\d+)_\d+_.+", re.DOTALL)
_BRIGHTSPACE = re.compile(
    r"\d+-\d+ - (?P<name>.+?) - "
    r"(?P<month>[A-Z][a-z]{2})[a-z]* (?P<day>\d{1,2}), (?P<year>\d{4}) "
    r"(?P<hour>\d{1,2}):?(?P<minute>\d\d) (?P<half>[AP])M( - .+)?",
    re.DOTALL,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MAX_NAME = 255


@dataclass(frozen=True, slots=True)
class Claim:
    """What a platform's name says: who it is, by the platform's number too, and when it came."""

    platform: str
    name: str
    number: str = ""
    time: datetime | None = None

    def named(self, people: Mapping[str, Learner]) -> tuple[str, ...]:
        """The ids of those on the roster this can mean; none where it means a stranger."""
        # Moodle's number is one of an assignment, not of a person: only Canvas's counts.
        if self.platform == "Canvas" and self.number:
            found = [one.id for one in people.values() if one.lms_user_id == self.number]
            if found:
                return tuple(found)
        mine = self._forms()
        return tuple(one.id for one in people.values() if mine & _forms_of(one, self.platform))

    def _forms(self) -> set[str]:
        if self.platform == "Canvas":
            return {_letters(self.name)} - {""}
        # Moodle puts a group's name and a hyphen before the person's.
        pieces = self.name.split("-")
        return {_words("-".join(pieces[start:])) for start in range(len(pieces))} - {""}


def claim_of(parts: Sequence[str]) -> Claim | None:
    """What the names around a file, outermost first, and its own say of it, if anything."""
    for part in reversed([part for part in parts if len(part) <= MAX_NAME]):
        if found := _MOODLE.fullmatch(part):
            return Claim("Moodle", found["name"], found["number"])
        if found := _BRIGHTSPACE.fullmatch(part):
            return Claim("Brightspace", found["name"], time=_time(found))
    if parts and len(parts[-1]) <= MAX_NAME and (found := _CANVAS.fullmatch(parts[-1])):
        return Claim("Canvas", found["name"], found["number"])
    return None


def is_index(name: str, beside: Iterable[str]) -> bool:
    """Whether a file is the list that Brightspace puts into its download."""
    return name == "index.html" and any(_BRIGHTSPACE.fullmatch(one[:MAX_NAME]) for one in beside)


def _time(found: re.Match[str]) -> datetime | None:
    hour = int(found["hour"]) % 12 + (12 if found["half"] == "P" else 0)
    try:
        month = _MONTHS.index(found["month"]) + 1
        day = datetime(int(found["year"]), month, int(found["day"]), hour, int(found["minute"]))
        return day.astimezone()  # Brightspace writes the tutor's own time
    except (ValueError, OverflowError, OSError):
        return None


def _forms_of(person: Learner, platform: str) -> set[str]:
    if not person.first_name and not person.last_name:
        return set()
    first, last = person.first_name, person.last_name
    if platform == "Canvas":
        return {_letters(last + first), _letters(first + last)}
    return {_words(f"{first} {last}")}


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in split if not unicodedata.combining(one))


def _words(text: str) -> str:
    """A name whatever the order of its parts: some platforms write the family name first."""
    return " ".join(sorted(re.findall(r"[^\W_]+", _plain(text))))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", _plain(text))
