"""Grades as CSV files that learning platforms import, and as a plain table.

What each importer wants was read in these public pages and sources:

Moodle
    MoodleDocs, "Grade import", and Moodle's ``grade/import/csv/classes/load_data.php``. A row
    is found by one column, which the tutor maps; a row whose cell is empty there would go to
    the learner of the row before, and somebody unknown stops the whole import. A grade is a
    number or ``-`` for none: an empty cell of a new column would become 0. There is no column
    of feedback: importing one can overwrite grades.
Canvas
    Ohio State University, "Import CSV File for Carmen Grades", and Canvas's own
    ``lib/gradebook_importer.rb``. The columns are Student, ID, SIS User ID, SIS Login ID and
    Section, then one an assignment; the row "Points Possible" says what there is to earn,
    for an assignment that Canvas is to make as well. Without an ID the name alone would decide.
Brightspace
    Brightspace Community, "Importing grades". OrgDefinedId or Username or both, then
    ``… Points Grade`` for each grade item, and the column that ends a line. Names and e-mail
    addresses are not to be imported.

All are UTF-8. Moodle's reader drops a byte order mark, and a spreadsheet needs one to read
names rightly: that file and the plain one begin with it. The other two do without.

Every cell is text that a spreadsheet does not work out (`place_kit.tutor.words.csv_cell`),
except those that say who somebody is: an importer must find them just as they are. Where such
a cell would be worked out, it counts as not known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from place_kit.documents import sheet
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import platforms
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.results.grades import Grade, Sheet
from place_kit.tutor.words import csv_cell, number

Columns = Mapping[str, Mapping[str, str]]
"""What a platform's own export says of each learner; see `roster.platform_columns`."""

_PLAIN = (
    "id",
    "first_name",
    "last_name",
    "email",
    "assignment",
    "by_rule",
    "by_rule_of",
    "level",
    "rubric",
    "rubric_of",
    "late_penalty",
    "total",
    "total_of",
    "result",
    "handed_in_at",
)


@dataclass(frozen=True, slots=True)
class Export:
    """A file for a platform: how to import it, and who could not be written into it."""

    raw: bytes
    rows: int
    how: str
    unknown: tuple[str, ...] = ()
    missing: str = ""
    """What would make the unknown known."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One learner's line: what the platform knows of them, and their grade in each sheet."""

    learner: Learner
    known: Mapping[str, str]
    grades: tuple[Grade | None, ...]

    def id(self, *names: str) -> str:
        """What the platform knows them by, exactly; empty if that is not safe to write."""
        text = next(filter(None, (self.known.get(platforms.plain(name), "") for name in names)), "")
        return "" if text.startswith(sheet.FORMULA_STARTS) else text

    def points(self, gap: str) -> list[str]:
        return [gap if text is None else number(text) for text in self._totals]

    @property
    def _totals(self) -> list[float | None]:
        return [grade.total if grade else None for grade in self.grades]

    @property
    def has_any(self) -> bool:
        return any(total is not None for total in self._totals)


def plain(sheets: Sequence[Sheet], columns: Columns) -> Export:
    """Write a row for each learner and assignment, with everything that is known."""
    rows = [_plain_row(sheet, grade) for sheet in sheets for grade in sheet.grades]
    how = "It opens in any spreadsheet program. What is not marked yet is empty."
    return Export(_csv([_PLAIN, *rows], mark=True), len(rows), how)


def moodle(sheets: Sequence[Sheet], columns: Columns) -> Export:
    """Write what Moodle's "Import from CSV file" reads."""
    rows = _rows(sheets, columns)
    headings = {"ID number": ("ID number",), "Email address": ("Email address", "Email"),
                "Username": ("Username",)}  # fmt: skip
    # The one by which most can be found; of equals, the first.
    key = max(headings, key=lambda heading: sum(bool(row.id(*headings[heading])) for row in rows))
    found = [row for row in rows if row.id(*headings[key])]
    head = (key, "First name", "Last name", *_titles(sheets))
    body = [
        (
            row.id(*headings[key]),
            csv_cell(row.learner.first_name),
            csv_cell(row.learner.last_name),
            *row.points("-"),
        )
        for row in found
    ]
    return Export(
        _csv([head, *body], mark=True),
        len(body),
        f"In Moodle, first make a grade item for each column, with its maximum ({_worth(sheets)}): "
        f"a new one would count out of 100. Then import the file, and map “{key}” to the field "
        "of that name and each column to its item. “-” means no grade, and takes away one that "
        "Moodle has.",
        _names(rows, found),
        "Moodle's own list of participants or grades, exported as CSV",
    )


def canvas(sheets: Sequence[Sheet], columns: Columns) -> Export:
    """Write what the import of Canvas's gradebook reads."""
    rows = _rows(sheets, columns)
    ids = ("ID", "SIS User ID", "SIS Login ID")
    found = [row for row in rows if any(map(row.id, ids))]
    head = ("Student", *ids, "Section", *_titles(sheets))
    worth = ("    Points Possible", "", "", "", "", *(number(sheet.out_of) for sheet in sheets))
    body = [
        (
            csv_cell(row.known.get("student", "") or _last_first(row.learner)),
            *map(row.id, ids),
            csv_cell(row.known.get("section", "")),
            *row.points(""),
        )
        for row in found
    ]
    return Export(
        _csv([head, worth, *body]),
        len(body),
        "In Canvas, open the gradebook and choose Import. It makes an assignment for each column "
        "whose name it does not have. An empty cell takes away a grade that Canvas has.",
        _names(rows, found),
        "Canvas's own gradebook, exported as CSV",
    )


def brightspace(sheets: Sequence[Sheet], columns: Columns) -> Export:
    """Write what Brightspace's "Import grades" reads."""
    rows = _rows(sheets, columns)
    found = [row for row in rows if row.id("OrgDefinedId") or row.id("Username")]
    head = (
        "OrgDefinedId",
        "Username",
        *(f"{item} Points Grade" for item in _titles(sheets)),
        "End-of-Line Indicator",
    )
    body = [
        # Its export puts a # before both, so that a spreadsheet leaves them as they are.
        (row.id("OrgDefinedId").lstrip("#"), row.id("Username").lstrip("#"), *row.points(""), "#")
        for row in found
    ]
    return Export(
        _csv([head, *body]),
        len(body),
        "In Brightspace, open Grades, Enter Grades, Import. Where a grade item is new, tick to "
        f"make it, as numeric, with its maximum ({_worth(sheets)}).",
        _names(rows, found),
        "Brightspace's own grades, exported as CSV with both key fields",
    )


FORMATS: dict[str, Callable[[Sequence[Sheet], Columns], Export]] = {
    "plain": plain,
    "moodle": moodle,
    "canvas": canvas,
    "brightspace": brightspace,
}


def write(platform: str, sheets: Sequence[Sheet], columns: Columns) -> Export:
    """Write the grades for a platform.

    Raises
    ------
    PlaceKitError
        If no learner could be found there, with what to do.
    """
    export = FORMATS[platform](sheets, columns)
    if export.unknown and not export.rows:
        raise PlaceKitError(f"Nothing was written: nobody can be found there yet. {load(export)}")
    return export


def load(export: Export) -> str:
    """What to do so that those who are unknown are known."""
    return f"Load {export.missing}: place-kit tutor . --roster FILE. Then run this again."


def _rows(sheets: Sequence[Sheet], columns: Columns) -> list[_Row]:
    """The learners who have any grade: for others there is nothing to import."""
    people = {grade.learner.id: grade.learner for sheet in sheets for grade in sheet.grades}
    by_sheet = [{grade.learner.id: grade for grade in sheet.grades} for sheet in sheets]
    rows = []
    for id, learner in sorted(people.items()):
        own = {platforms.plain(name): text for name, text in columns.get(id, {}).items()}
        known = {"emailaddress": learner.email} | {name: text for name, text in own.items() if text}
        rows.append(_Row(learner, known, tuple(grades.get(id) for grades in by_sheet)))
    return [row for row in rows if row.has_any]


def _names(rows: Iterable[_Row], found: Iterable[_Row]) -> tuple[str, ...]:
    there = {row.learner.id for row in found}
    return tuple(row.learner.id for row in rows if row.learner.id not in there)


def _titles(sheets: Sequence[Sheet]) -> list[str]:
    return [csv_cell(sheet.title) for sheet in sheets]


def _worth(sheets: Sequence[Sheet]) -> str:
    return "; ".join(f"{sheet.title}: {number(sheet.out_of)}" for sheet in sheets)


def _last_first(learner: Learner) -> str:
    return ", ".join(filter(None, (learner.last_name, learner.first_name))) or learner.id


def _plain_row(sheet: Sheet, grade: Grade) -> tuple[str, ...]:
    one = grade.learner
    known = grade.by_rule is not None
    return (
        *map(csv_cell, (one.id, one.first_name, one.last_name, one.email, sheet.assignment)),
        _or_empty(grade.by_rule),
        number(sheet.by_rule_of),
        _or_empty(grade.level),
        _or_empty(grade.by_rubric),
        number(sheet.by_rubric_of),
        number(grade.late_penalty) if known else "",
        _or_empty(grade.total),
        number(sheet.out_of),
        grade.outcome,
        _time(grade.handed_in),
    )


def _or_empty(value: float | None) -> str:
    return "" if value is None else number(value)


def _time(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if moment else ""


def _csv(rows: Iterable[Sequence[str]], *, mark: bool = False) -> bytes:
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    return table.getvalue().encode("utf-8-sig" if mark else "utf-8")
