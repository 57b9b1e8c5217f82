"""The roster: learners from a CSV file, as nbgrader or a learning platform writes it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from place_kit.answers import handin
from place_kit.problems import PlaceKitError
from place_kit.tutor.files import NotPlainError, read_plain
from place_kit.tutor.words import clean

MAX_BYTES = 5_000_000

# In the order they are tried: nbgrader's names first, then those of common platforms.
_HEADERS = {
    "id": ("id", "studentid", "learnerid", "learner", "idnumber", "orgdefinedid", "sisuserid",
           "sisloginid", "username", "userid"),
    "first_name": ("firstname", "givenname", "forename", "firstnames"),
    "last_name": ("lastname", "surname", "familyname"),
    "email": ("email", "emailaddress", "mail"),
}  # fmt: skip
# Names no file can have on Windows, where a marking folder may be opened too.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True, slots=True)
class Learner:
    """One person on the roster; `id` is what hand-ins are named by."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""

    @property
    def name(self) -> str:
        """The name as people say it, or the id where no name is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.id


@dataclass(frozen=True, slots=True)
class Roster:
    """What a roster file gave: learners, and a sentence for every row left out."""

    learners: tuple[Learner, ...]
    problems: tuple[str, ...] = ()


def read(path: Path) -> Roster:
    """Read a roster; rows that cannot be used are named, the others are used.

    Raises
    ------
    PlaceKitError
        If the file as a whole cannot be read, or has no column of ids.
    """
    if not path.exists():
        raise PlaceKitError(f"There is no roster at {path}. Check the name and try again.")
    try:
        return parse(read_plain(path.resolve(), MAX_BYTES))
    except NotPlainError as reason:
        raise PlaceKitError(f"The roster {path} was not read: {reason}.") from None


def parse(raw: bytes) -> Roster:
    """Read the bytes of a roster; see `read`."""
    lines = _text(raw).splitlines()
    while lines and not lines[0].strip():
        lines.pop(0)
    if not lines:
        raise PlaceKitError("The roster is empty. It needs a first line of column names.")
    delimiter = max(",;\t", key=lines[0].count)
    rows = csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter)
    try:
        columns = _columns(next(rows))
        learners: dict[str, Learner] = {}
        problems: list[str] = []
        for number, row in enumerate(rows, start=2):
            if not any(cell.strip() for cell in row):
                continue
            _add(row, number, columns, learners, problems)
    except csv.Error as error:
        raise PlaceKitError(
            f"The roster is not a CSV file we can read ({error}). "
            "Save it as CSV in UTF-8 and try again."
        ) from None
    return Roster(tuple(learners.values()), tuple(problems))


def _text(raw: bytes) -> str:
    for encoding in (
        ("utf-8-sig", "utf-16") if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",)
    ):
        try:
            return raw.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252", "replace").replace("\0", "")


def _columns(header: list[str]) -> dict[str, int]:
    plain = [re.sub(r"[^a-z]", "", cell.lower()) for cell in header]
    found = {
        field: plain.index(name)
        for field, names in _HEADERS.items()
        for name in reversed(names)
        if name in plain
    }
    if "id" not in found:
        seen = ", ".join(clean(cell, 30) for cell in header[:8])
        raise PlaceKitError(
            "The roster has no column of learners' ids. Name one column 'id' (nbgrader's names "
            f"are id, first_name, last_name, email). Its columns now: {seen}."
        )
    return found


def _add(
    row: list[str],
    number: int,
    columns: dict[str, int],
    learners: dict[str, Learner],
    problems: list[str],
) -> None:
    cells = {
        field: clean(row[place], 200) if place < len(row) else ""
        for field, place in columns.items()
    }
    given = cells.pop("id").lstrip("#")
    try:
        id = handin.learner_id(given)
    except PlaceKitError:
        said = "no id" if not given else f"an id without a letter or digit ({clean(given, 30)})"
        problems.append(f"Row {number} has {said}: it was left out.")
        return
    if _RESERVED.fullmatch(id):
        problems.append(f"Row {number}: {id} cannot be the name of a folder on Windows. Left out.")
    elif id in learners:
        problems.append(f"Row {number}: {id} is on the roster already. Left out.")
    else:
        learners[id] = Learner(id, **cells)
