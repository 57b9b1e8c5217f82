"""The marking folder: where everything of it stands, and how it is found."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from place_kit.problems import PlaceKitError

SETTINGS = "place-kit.toml"
CONFIG = "nbgrader_config.py"
COURSE_ID = "place-based-working"
ANSWERS = "answers.json"
TIMESTAMP = "timestamp.txt"
PATIENCE = 5.0
"""Seconds to wait for another command at work in the same folder."""


@dataclass(frozen=True, slots=True)
class MarkingFolder:
    """A complete nbgrader course that holds personal data, outside any repository.

    ========================  ====================================================
    nbgrader's own            ours
    ========================  ====================================================
    solutions/, exercises/    received/ (originals as they came; nbgrader never reads it)
    submitted/, autograded/   held/ (what waits for the tutor)
    feedback/, gradebook.db   attempts/ (older attempts, and which one is current)
                              return/ (pages to send back, as last put together)
    ========================  ====================================================
    """

    root: Path

    @classmethod
    def open(cls, path: Path | None = None) -> MarkingFolder:
        """The marking folder at `path`, by default the current folder.

        Raises
        ------
        PlaceKitError
            If it is none.
        """
        root = (path or Path.cwd()).resolve()
        if not (root / SETTINGS).is_file() or not (root / CONFIG).is_file():
            raise PlaceKitError(
                f"{root} is not a marking folder. Go to your marking folder or name it; "
                "'place-kit tutor FOLDER' makes one."
            )
        return cls(root)

    @property
    def submitted(self) -> Path:
        return self.root / "submitted"

    @property
    def autograded(self) -> Path:
        return self.root / "autograded"

    @property
    def feedback(self) -> Path:
        return self.root / "feedback"

    @property
    def returns(self) -> Path:
        """What goes back to learners, as ``place-kit return`` put it together last."""
        return self.root / "return"

    @property
    def solutions(self) -> Path:
        return self.root / "solutions"

    @property
    def exercises(self) -> Path:
        return self.root / "exercises"

    @property
    def received(self) -> Path:
        return self.root / "received"

    @property
    def held(self) -> Path:
        return self.root / "held"

    @property
    def attempts(self) -> Path:
        return self.root / "attempts"

    @property
    def workshop(self) -> Path:
        """Where folders are built before they are put in place: on the same disk."""
        return self.root / ".place-kit"

    @property
    def gradebook(self) -> Path:
        return self.root / "gradebook.db"

    @property
    def db_url(self) -> str:
        return url_of(self.gradebook)

    def notebooks(self) -> dict[str, Path]:
        """The released notebook of every assignment, by the assignment's id."""
        found = sorted(self.exercises.glob("*/*.ipynb"))
        return {path.parent.name: path for path in found if not path.name.startswith(".")}

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep a second command out of the folder while this one works in it."""
        from filelock import FileLock, Timeout

        self.workshop.mkdir(exist_ok=True)
        try:
            with FileLock(self.workshop / "lock", timeout=PATIENCE):
                for left in self.workshop.glob("tmp*"):  # of a run that was stopped
                    shutil.rmtree(left, ignore_errors=True)
                yield
        except Timeout:
            raise PlaceKitError(
                f"Another place-kit command is at work in {self.root}. "
                "Wait until it has ended, then run this one again."
            ) from None


def url_of(database: Path) -> str:
    """How nbgrader names a file that is a gradebook."""
    # A per cent sign in a path would be taken for the start of a code.
    return "sqlite:///" + str(database).replace("%", "%25")
