"""What learning platforms call the columns of a list of people, and which of them to keep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Platform:
    """One kind of file with people in it. Names of columns are in `plain` form."""

    name: str
    known_by: tuple[str, ...]
    """Any of these columns tells that a file is of this platform."""
    ids: tuple[str, ...]
    """Where a learner's id may stand; the first column that holds anything is taken."""
    kept: tuple[str, ...] = ()
    """The columns its importer of grades asks for."""
    own_id: tuple[str, ...] = ()
    """The platform's own number for a person, which people themselves do not know."""

    def is_of(self, columns: Iterable[str]) -> bool:
        """Whether a file with these columns comes from here."""
        return not set(columns).isdisjoint(self.known_by)

    def is_no_person(self, row: Mapping[str, str]) -> bool:
        """Whether a row of its export stands for something else than a learner."""
        if self.name != "Canvas" or "student" not in row:
            return False
        student = row["student"].lower()
        return student.startswith("points possible") or student in ("", "student, test")


_PLAIN_IDS = ("id", "studentid", "learnerid", "learner", "username", "userid")
PLATFORMS = (
    Platform(
        "Canvas",
        ("sisuserid", "sisloginid"),
        ("sisuserid", "sisloginid"),
        ("student", "id", "sisuserid", "sisloginid", "integrationid", "rootaccount", "section"),
        ("id",),
    ),
    Platform(
        "Brightspace",
        ("orgdefinedid", "endoflineindicator"),
        ("orgdefinedid", "username"),
        ("orgdefinedid", "username", "lastname", "firstname", "email"),
    ),
    Platform(
        "Moodle",
        ("idnumber", "identifier", "lastdownloadedfromthiscourse"),
        ("idnumber", "username", "emailaddress", "email", "id", "userid"),
        ("identifier", "fullname", "username", "idnumber", "emailaddress", "email", "userid"),
        ("userid",),
    ),
)
PLAIN = Platform("", (), _PLAIN_IDS)
"""A file as nbgrader or a tutor writes it."""

NAMES = {
    "first_name": ("firstname", "givenname", "forename", "firstnames"),
    "last_name": ("lastname", "surname", "familyname"),
    "email": ("email", "emailaddress", "mail"),
}
WHOLE_NAMES = ("fullname", "student", "name")


def of(columns: Iterable[str]) -> Platform:
    """The platform whose export has these columns, or `PLAIN`."""
    columns = tuple(columns)
    return next((one for one in PLATFORMS if one.is_of(columns)), PLAIN)


def plain(heading: str) -> str:
    """A column's name without what differs from export to export: ``ID number``, ``Id_Number``."""
    return re.sub(r"[^a-z]", "", heading.lower())
