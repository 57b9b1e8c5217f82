"""The roster: learners from a CSV file, as nbgrader or a learning platform writes it.

An export is taken as it comes: Moodle's list of participants, grades or grading worksheet,
Canvas's gradebook, Brightspace's grades. What the platform's own importer of grades will ask
for later is kept in the marking folder's ``roster.json``; see `platform_columns`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from place_kit.answers import handin
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import platforms
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.files import NotPlainError, read_plain, write_whole
from place_kit.tutor.words import clean

MAX_BYTES = 5_000_000
KEPT = "roster.json"
FORMAT = "place-kit roster"

# Names no file can have on Windows, where a marking folder may be opened too.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True, slots=True)
class Learner:
    """One person on the roster; `id` is what hand-ins are named by."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""
    """The platform's own number for them, where the roster gave one."""

    @property
    def name(self) -> str:
        """The name as people say it, or the id where no name is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.id


@dataclass(frozen=True, slots=True)
class Roster:
    """What a roster file gave: learners, and a sentence for every row to look at."""

    learners: tuple[Learner, ...]
    problems: tuple[str, ...] = ()
    platform: str = ""
    """Canvas, Brightspace, Moodle, or nothing."""
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The platform's columns as given, by learner's id."""


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
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise PlaceKitError(
            "The roster is a workbook. Open it in your spreadsheet program, save it as CSV "
            "and name that file."
        )
    try:
        rows = _rows(_text(raw))
    except csv.Error as error:
        raise PlaceKitError(
            f"The roster is not a CSV file we can read ({error}). "
            "Save it as CSV in UTF-8 and try again."
        ) from None
    if not rows:
        raise PlaceKitError("The roster is empty. It needs a first line of column names.")
    return _Reading(rows).done()


def _text(raw: bytes) -> str:
    encodings = ["utf-8-sig"]
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif b"\0" in raw[:2]:  # UTF-16 that does not say so
        encodings = ["utf-16-be" if raw[:1] == b"\0" else "utf-16-le"]
    for encoding in encodings:
        try:
            return raw.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252", "replace").replace("\0", "")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with its number as a spreadsheet shows it."""
    lines = [line for line in text.splitlines() if line.strip()]
    told = re.fullmatch(r'"?sep=(.)"?', lines[0].strip()) if lines else None
    header = lines[1:2] if told else lines[:1]
    delimiter = told[1] if told else max(",;\t", key="".join(header).count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    numbered = [(n, row) for n, row in enumerate(rows, 1) if any(map(str.strip, row))]
    return numbered[1:] if told else numbered


class _Reading:
    """One roster file being read, row by row."""

    def __init__(self, rows: list[tuple[int, list[str]]]) -> None:
        (_, self.header), *self.rows = rows
        self.plain = [platforms.plain(cell) for cell in self.header]
        self.platform = platforms.of(self.plain)
        self.id_column = self._id_column()
        self.learners: dict[str, Learner] = {}
        self.columns: dict[str, dict[str, str]] = {}
        self.row_of: dict[str, int] = {}
        self.row_of_email: dict[str, int] = {}
        self.problems: list[str] = []

    def done(self) -> Roster:
        for number, row in self.rows:
            cells = self._cells(row)
            if not self.platform.is_no_person(cells):
                self._add(number, cells)
        learners = tuple(self.learners.values())
        return Roster(learners, tuple(self.problems), self.platform.name, self.columns)

    def _cells(self, row: list[str]) -> dict[str, str]:
        """A row by its columns' plain names; of two columns of one name the first counts."""
        pairs = [*zip(self.plain, (clean(cell, 128) for cell in row), strict=False)]
        return dict(reversed(pairs))

    def _id_column(self) -> str:
        others = [platforms.PLAIN, *platforms.PLATFORMS]
        known = [*self.platform.ids, *(name for one in others for name in one.ids)]
        known = [n for n in known if n in self.plain and n not in self.platform.own_id]
        known.sort(key=lambda name: "email" in name)  # the last resort
        people = [self._cells(row) for _, row in self.rows]
        people = [cells for cells in people if not self.platform.is_no_person(cells)]

        def is_used(name: str) -> bool:
            held = [cells.get(name, "") for cells in people]
            return any("@" in one for one in held) if "email" in name else any(held)

        # Moodle leaves the ID number of everybody empty where a school does not use it.
        found = next(filter(is_used, known), None) or next(
            (name for name in known if "email" not in name), None
        )
        if found is None:
            seen = ", ".join(clean(cell, 30) for cell in self.header[:8])
            raise PlaceKitError(
                "The roster has no column of learners' ids. Name one column 'id' (nbgrader's "
                f"names are id, first_name, last_name, email). Its columns now: {seen}."
            )
        return found

    def _add(self, number: int, cells: dict[str, str]) -> None:
        given = cells.get(self.id_column, "").lstrip("#")
        try:
            id = handin.learner_id(given)
        except PlaceKitError:
            said = f"an id without a letter or digit ({clean(given, 30)})" if given else "no id"
            who = f" ({name})" if (name := _whole_name(cells)) else ""
            self.problems.append(f"Row {number}{who} has {said}: it was left out.")
            return
        if _RESERVED.fullmatch(id):
            self.problems.append(
                f"Row {number}: {id} cannot be the name of a folder on Windows. Left out."
            )
            return
        if id in self.learners:
            self.problems.append(
                f"Row {number}: {id} is on the roster already, in row {self.row_of[id]}. Left out."
            )
            return
        learner = _learner(id, cells, self.platform)
        self.learners[id], self.row_of[id] = learner, number
        self._compare_email(learner, number)
        kept = {
            heading: cells[name]
            for heading, name in reversed([*zip(self.header, self.plain, strict=True)])
            if name in self.platform.kept and name in cells
        }
        if kept:
            self.columns[id] = dict(reversed(kept.items()))

    def _compare_email(self, learner: Learner, number: int) -> None:
        first = self.row_of_email.setdefault(learner.email.lower(), number)
        if learner.email and first != number:
            self.problems.append(
                f"Row {number}: {learner.id} has the same e-mail address as row {first}. "
                "Both are kept: correct the one that is wrong."
            )


def _learner(id: str, cells: Mapping[str, str], platform: platforms.Platform) -> Learner:
    def first_of(names: tuple[str, ...]) -> str:
        return next(filter(None, (cells.get(name, "") for name in names)), "")

    names = {field: first_of(columns) for field, columns in platforms.NAMES.items()}
    if not names["first_name"] and not names["last_name"]:
        whole = _whole_name(cells)
        last, comma, first = whole.partition(",")
        # Where nothing says which part is which, the name stays in one piece.
        names |= {"first_name": first.strip() if comma else "", "last_name": last.strip()}
    return Learner(id, **names, lms_user_id=first_of(platform.own_id))


def _whole_name(cells: Mapping[str, str]) -> str:
    return next(filter(None, (cells.get(name, "") for name in platforms.WHOLE_NAMES)), "")


def platform_columns(folder: MarkingFolder) -> Mapping[str, Mapping[str, str]]:
    """What a platform's importer needs to know of a learner, by learner's id.

    The columns have the names and the texts of the platform's own export, such as
    ``{"ada-l": {"Student": "Lovelace, Ada", "ID": "4711", "Section": "A"}}``. Empty where
    the roster came from no platform we know.

    Raises
    ------
    PlaceKitError
        If the file is damaged.
    """
    found: dict[str, dict[str, str]] = {}
    for by_learner in _kept(folder).values():
        for learner, columns in by_learner.items():
            found.setdefault(learner, {}).update(columns)
    return found


def keep_platform_columns(folder: MarkingFolder, people: Roster) -> None:
    """Keep a roster's columns for the exports; those of people it does not name stay."""
    if people.columns:
        kept = _kept(folder)
        kept[people.platform] = {**kept.get(people.platform, {}), **people.columns}
        data = {"format": FORMAT, "version": 1, "platforms": kept}
        raw = json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8")
        write_whole(folder.root / KEPT, raw)


def _kept(folder: MarkingFolder) -> dict[str, dict[str, Mapping[str, str]]]:
    path = folder.root / KEPT
    if not path.exists():
        return {}
    try:
        data: Any = json.loads(read_plain(path, 4 * MAX_BYTES))
        if data["format"] != FORMAT:
            raise ValueError("it is another file")
        return {
            str(platform): {
                str(learner): {str(name): str(text) for name, text in columns.items()}
                for learner, columns in by_learner.items()
            }
            for platform, by_learner in data["platforms"].items()
        }
    except (PlaceKitError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise PlaceKitError(
            f"{path} is damaged. Move it away, then run 'place-kit tutor . --roster FILE' with "
            "your platform's latest export: it is made anew."
        ) from None
