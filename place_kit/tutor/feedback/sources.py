"""Where a page's parts are read: the marked notebook and the answers beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from place_kit.answers import store
from place_kit.facts.model import Module
from place_kit.problems import PlaceKitError
from place_kit.tutor import words
from place_kit.tutor.desk import course_files, settings, stopped
from place_kit.tutor.desk.gradebook import Score
from place_kit.tutor.desk.marking_folder import ANSWERS, TIMESTAMP, MarkingFolder
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.feedback import page
from place_kit.tutor.files import read_plain
from place_kit.tutor.intake import validated
from place_kit.tutor.times import from_nbgrader, to_made

_NOTEBOOK_LIMIT = 50_000_000


@dataclass(frozen=True, slots=True)
class Sources:
    """What the pages of one assignment share, read once."""

    assignment: str
    module: Module | None
    settings: settings.Settings
    stopped: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, folder: MarkingFolder, assignment: str) -> Sources:
        """Read it from a marking folder."""
        return cls(
            assignment,
            _module(assignment),
            settings.read(folder),
            frozenset(stopped.stopped(folder)),
        )

    def page(
        self, marked: Path, learner: Learner, scores: Mapping[str, Score], lost: float = 0.0
    ) -> page.Page:
        """Gather the page of one marked notebook.

        Raises
        ------
        PlaceKitError
            If its marking was stopped, or it cannot be read.
        """
        if (learner.id, self.assignment) in self.stopped:
            raise PlaceKitError("its marking is stopped, and nothing is said through feedback")
        try:
            notebook = json.loads(read_plain(marked, _NOTEBOOK_LIMIT))
            return page.gather(
                notebook,
                scores,
                self._answers(marked.with_name(ANSWERS)),
                words.clean(learner.name),
                handed_in=_handed_in(marked.with_name(TIMESTAMP)),
                lost=lost,
                module=self.module,
                settings=self.settings,
            )
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise PlaceKitError(
                f"its marked notebook is damaged ({type(error).__name__}): delete "
                f"autograded/{learner.id}/{self.assignment}, then mark again"
            ) from error

    def _answers(self, path: Path) -> store.Answers:
        try:
            return validated.read(path, self.assignment)
        except PlaceKitError:
            return store.Answers(self.assignment + store.GRADED)


def _module(assignment: str) -> Module | None:
    try:
        return course_files.module_of(assignment)
    except PlaceKitError:
        return None


def _handed_in(path: Path) -> str:
    try:
        return to_made(from_nbgrader(read_plain(path, 100).decode("ascii", "replace")))
    except PlaceKitError:
        return ""
