"""Whose work is to go, and how names of files and rows of tables say that they are theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from place_kit.answers import handin
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.marking_folder import ANSWERS, TIMESTAMP

# Only these are taken off a name: an id may have a full stop of its own.
_SUFFIXES = (".zip", ".html", ".pdf", ".docx", ".json", ".csv", ".txt", ".eml", ".jwt")
_BADGE = "badge-"
_ASSIGNMENT = re.compile(r"\d\d_[a-z0-9_]+")
# What a submission's own files are called: never somebody's id.
_OF_ANYBODY = (ANSWERS, TIMESTAMP)


@dataclass(frozen=True)
class Target:
    """One learner, and one assignment of theirs; with an empty text, all of them.

    `known` are the assignments there are, `others` the ids of everybody else, and `email`
    and `name` are the learner's, if known.
    """

    learner: str
    assignment: str = ""
    known: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()
    email: str = ""
    name: str = ""

    def covers(self, learner: str, assignment: str) -> bool:
        """Whether a piece of work is to go. One that does not say its assignment is not spared."""
        return learner == self.learner and self._covers(assignment)

    def owns(self, parts: Sequence[str]) -> bool:
        """Whether the names along a path say that what is there is to go."""
        for place, part in enumerate(parts):
            if part in self.others:
                return False  # in somebody else's folder, a name means something else
            if one := self._inbound.match(part):
                return self._covers(one["assignment"])
            if one := self._joined.search(part):
                named = one["before"] or one["after"]
                # A platform may have put words of its own before it.
                ends = (known for known in self.known if named.endswith(known))
                return self._covers(next(ends, named))
            if self._is_learner(part):
                # What does not say its assignment may hold this one, too: it is not spared.
                inside = filter(_ASSIGNMENT.fullmatch, map(_bare, parts[place + 1 :]))
                return self._covers(next(inside, ""))
        return False

    def owns_row(self, cells: Sequence[str], *, says_assignment: bool) -> bool:
        """Whether a row of a table is about what is to go.

        Parameters
        ----------
        cells
            The row.
        says_assignment
            Whether the table has a row for each assignment, rather than one for each learner.
        """
        # An id as it is: "Bo" may be the first name of somebody else.
        if self.learner in cells or (self.email and self.email in cells):
            return not (self.assignment and says_assignment) or self.assignment in cells
        paths = [[part for part in re.split(r"[/\\]| > ", cell) if part] for cell in cells]
        return any(self.owns(path) for path in paths if path and len(path[-1]) > len(self.learner))

    def _is_learner(self, name: str) -> bool:
        if name in _OF_ANYBODY or _bare(name) in self.known:
            return False
        if name.startswith(_BADGE) and name.endswith(".jwt"):
            name = name.removeprefix(_BADGE)
        return _bare(name) == self.learner or _id_of(name) == self.learner

    def _covers(self, assignment: str) -> bool:
        return not (self.assignment and assignment) or assignment == self.assignment

    @cached_property
    def _inbound(self) -> re.Pattern[str]:
        """As nbgrader's exchange names a submission, and as received/ writes that."""
        learner = re.escape(self.learner)
        return re.compile(rf"{learner}(\+|-)(?P<assignment>\d\d_[a-z0-9_]+)\1\d{{4}}-", re.I)

    @cached_property
    def _joined(self) -> re.Pattern[str]:
        """A hand-in's own name, whatever a platform puts before it, or the other way round."""
        learner, end = re.escape(self.learner), "|".join(map(re.escape, _SUFFIXES))
        one = r"\d\d_[a-z0-9_]+?"
        return re.compile(
            rf"(?P<before>{one})__{learner}({end})?$|^{learner}__(?P<after>{one})({end})?$", re.I
        )


def _bare(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return name[: -len(suffix)] if suffix in _SUFFIXES else name


def _id_of(name: str) -> str:
    try:
        return handin.learner_id(name)
    except PlaceKitError:
        return ""
