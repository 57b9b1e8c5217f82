"""Before marking: submitted/ must hold what the intake wrote, and nothing else.

Marking is safe without this (see `nbgrader_side`): it is here so that a tutor is told
what was put there by hand, and where it is now.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from place_kit.answers import handin
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import gradebook
from place_kit.tutor.desk.marking_folder import ANSWERS, TIMESTAMP, MarkingFolder
from place_kit.tutor.files import (
    is_link,
    is_unfinished,
    move_aside,
    read_plain,
    same_bytes,
    write_whole,
)
from place_kit.tutor.intake import validated
from place_kit.tutor.times import nbgrader_time
from place_kit.tutor.words import clean, safe_name, utc_stamp


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that did not belong in submitted/: what, why, and where it is now."""

    what: str
    reason: str
    now_at: Path


def clear_submitted(folder: MarkingFolder) -> tuple[Moved, ...]:
    """Move aside whatever is not the intake's; returns what was moved."""
    return _Guard(folder).clear()


class _Guard:
    def __init__(self, folder: MarkingFolder) -> None:
        self.folder = folder
        self.moved: list[Moved] = []
        self.aside = folder.held / f"found-in-submitted-{utc_stamp()}"
        self.roster = gradebook.roster(folder)
        self.notebooks = {
            name: (path.name, path.read_bytes()) for name, path in folder.notebooks().items()
        }

    def clear(self) -> tuple[Moved, ...]:
        for learner in sorted(self.folder.submitted.iterdir()):
            if is_link(learner) or not learner.is_dir():
                self._move(learner, "it is not a learner's folder")
            elif learner.name not in self.roster or not _is_id(learner.name):
                self._move(learner, "nobody of this id is on the roster")
            else:
                for submission in sorted(learner.iterdir()):
                    self._submission(submission)
        return tuple(self.moved)

    def _submission(self, place: Path) -> None:
        if is_link(place) or not place.is_dir() or place.name not in self.notebooks:
            self._move(place, "it is not a submission of an assignment we have")
            return
        try:
            answers = validated.serialise(validated.read(place / ANSWERS, place.name))
        except PlaceKitError as error:
            self._move(place, f"its answers cannot be used: {error}")
            return
        name, released = self.notebooks[place.name]
        for path in sorted(place.iterdir()):
            if is_unfinished(path):
                path.unlink()
            elif path.name == name and not same_bytes(path, released):
                self._move(path, "it is not the notebook we released")
            elif path.name not in (name, ANSWERS, TIMESTAMP):
                self._move(path, "only answers are marked")
            elif path.name == TIMESTAMP:
                self._timestamp(path)
        if not same_bytes(place / ANSWERS, answers):
            self._move(place / ANSWERS, "it was changed by hand; what fits is marked")
            write_whole(place / ANSWERS, answers)
        if not (place / name).exists():
            write_whole(place / name, released)

    def _timestamp(self, path: Path) -> None:
        try:
            raw = read_plain(path, 100)
            time = nbgrader_time(raw.decode("ascii", "replace")).encode("ascii")
        except PlaceKitError as reason:
            self._move(path, str(reason))
            return
        if time != raw:
            write_whole(path, time)

    def _move(self, path: Path, reason: str) -> None:
        inside = path.relative_to(self.folder.submitted)
        now_at = move_aside(path, self.aside.joinpath(*map(safe_name, inside.parts)))
        what = clean(f"submitted/{inside.as_posix()}")
        self.moved.append(Moved(what, clean(reason, 300), now_at))


def _is_id(name: str) -> bool:
    try:
        return handin.learner_id(name) == name
    except PlaceKitError:
        return False
