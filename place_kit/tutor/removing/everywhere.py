"""Go through the whole marking folder, in an order that can be stopped and gone through again.

What says whose a file is goes last: the learner's answers, in ``submitted/`` and ``attempts/``.
Every step finds what is still there, and leaves what is done alone.
"""

from __future__ import annotations

import html
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from place_kit.answers import handin, store
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import backups, gradebook, stopped
from place_kit.tutor.desk.marking_folder import ANSWERS, MarkingFolder
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.files import (
    NotPlainError,
    is_link,
    is_unfinished,
    plain_words,
    read_plain,
)
from place_kit.tutor.intake import arrivals, validated
from place_kit.tutor.moderation import moderating
from place_kit.tutor.removing import records
from place_kit.tutor.removing.originals import MAX_ZIP, Originals
from place_kit.tutor.removing.target import Target
from place_kit.tutor.words import clean

LOG = "removed.log"
LONG_ENOUGH = 20
_NOBODYS = ("solutions", "exercises", "for-learners", "moderation")
_OWN_WAY = ("received", "backups", "submitted", "autograded", "feedback", "attempts", "held")


@dataclass(slots=True)
class Removed:
    """What `remove` did, and what a tutor has to look at.

    `unknown` are files nobody can tell the owner of, `whole` zips that went as a whole,
    `lost` copies of the gradebook that were too damaged to keep, and `left` files in which a
    line that the learner wrote still stands.
    """

    unknown: list[Path] = field(default_factory=list)
    whole: list[Path] = field(default_factory=list)
    lost: list[Path] = field(default_factory=list)
    left: list[Path] = field(default_factory=list)


def remove(folder: MarkingFolder, learner: str, assignment: str = "") -> Removed:
    """Erase a learner's work for good, or one assignment of it. Stopped anywhere, run it again.

    Raises
    ------
    PlaceKitError
        If there is nothing of theirs, or its marking is stopped.
    """
    with folder.locked():
        if not _is_id(learner):
            raise _nothing(learner)  # not so much as looked for: it could be a path
        target = _target(folder, learner, assignment)
        run = _Run(folder, target)
        if not run.is_there() and not _is_unfinished_business(folder):
            raise _nothing(learner)
        _log(folder, target, "begun")
        with plain_words(folder.root):
            for step in run.steps():
                step()
        _log(folder, target, "done")
    return run.removed


def _nothing(learner: str) -> PlaceKitError:
    return PlaceKitError(
        f"There is nothing of {clean(learner) or 'nobody'} to remove here. "
        "'place-kit status' lists everybody's id."
    )


def _is_id(learner: str) -> bool:
    try:
        return handin.learner_id(learner) == learner
    except PlaceKitError:
        return False


def _target(folder: MarkingFolder, learner: str, assignment: str) -> Target:
    known = tuple(folder.notebooks())
    if assignment and assignment not in known:
        raise PlaceKitError(
            f"There is no assignment {clean(assignment)} here. There is: {', '.join(known)}."
        )
    for one in stopped.stopped(folder).values():
        if one.learner == learner and assignment in ("", one.assignment):
            raise PlaceKitError(
                f"The marking of {one.assignment} by {learner} is stopped, and the work may be "
                "needed to keep somebody safe. Follow your organisation's safeguarding procedure "
                "first. Then run 'place-kit stop --resume' for it, and this command again."
            )
    people = gradebook.roster(folder)
    mine = people.get(learner, Learner(learner))
    others = {*people, *(path.name for path in folder.submitted.iterdir())} - {learner}
    return Target(learner, assignment, known, frozenset(others), mine.email, mine.name)


class _Run:
    def __init__(self, folder: MarkingFolder, target: Target) -> None:
        self.folder = folder
        self.target = target
        self.removed = Removed()
        theirs, others = _answers(folder, target)
        self.originals = Originals(target, theirs, others)
        # A line that somebody else wrote, too, would find theirs.
        self.lines = _lines(theirs, target.known) - _lines(others, target.known)

    def steps(self) -> tuple[Callable[[], None], ...]:
        """What is done, in this order."""
        return (
            self.half_written_files,
            self.second_marking,
            self.tables_and_records,
            self.pages_and_copies,
            self.files_as_they_came,
            self.copies_of_the_gradebook,
            self.gradebook,
            self.log_of_failures,
            self.what_is_held,
            self.earlier_attempts,
            self.submissions,
            self.look_for_what_is_left,
        )

    def is_there(self) -> bool:
        """Whether anything of theirs is in the folder."""
        target, folder = self.target, self.folder
        if not target.assignment and target.learner in gradebook.roster(folder):
            return True
        own = [folder.submitted, folder.attempts, folder.autograded, folder.feedback]
        own.extend(folder.held.glob("found-*"))
        if any((place / target.learner / target.assignment).exists() for place in own):
            return True
        named = (*folder.held.glob("*"), *folder.received.glob("*/*"))
        return any(target.owns(_names(path)) for path in named)

    def half_written_files(self) -> None:
        """What a run that was stopped has left; nobody writes while we have the folder."""
        for path in _files(self.folder.root):
            if is_unfinished(path):
                path.unlink()

    def second_marking(self) -> None:
        moderating.forget(self.folder, self.target.learner, self.target.assignment)

    def tables_and_records(self) -> None:
        for path in self._files_of_all():
            if path.suffix == ".csv":
                records.erase_rows(path, self.target)
            elif path.suffix == ".json":
                records.erase_entries(path, self.target)
            elif path.suffix == ".ipynb":  # cohort.ipynb may have been asked for names
                records.erase_outputs(path, self.target)

    def pages_and_copies(self) -> None:
        """Marked copies, feedback, and whatever else is made from marks: it can be made anew."""
        results = self.folder.root / "results"
        if results.is_dir() and not is_link(results):
            shutil.rmtree(results)  # a platform's own names for people stand there, too
        for place in (self.folder.autograded, self.folder.feedback):
            self._own_folder(place)
        for path in self._files_of_all(inside=True):
            parts = path.relative_to(self.folder.root).parts[1:]
            if self.target.owns(parts):
                path.unlink()
            elif path.suffix == ".zip":
                self.originals.erase(path)
        self._empty_folders()

    def files_as_they_came(self) -> None:
        for path in sorted(self.folder.received.glob("*/*")):
            self.originals.erase(path)
        self.removed.unknown, self.removed.whole = self.originals.unknown, self.originals.whole
        self._empty_folders()

    def copies_of_the_gradebook(self) -> None:
        place = backups.folder_of(self.folder)
        self.removed.lost = records.erase_from_copies(place, self.target)

    def gradebook(self) -> None:
        records.erase_from_gradebook(self.folder.gradebook, self.target)

    def log_of_failures(self) -> None:
        """It may quote anything, and nothing in it is needed."""
        (self.folder.root / "mark.log").unlink(missing_ok=True)

    def what_is_held(self) -> None:
        for path in sorted(self.folder.held.iterdir()):
            name = path.name.removesuffix(".why.txt")
            if is_link(path) or path.is_file():
                if self.target.owns([name]):
                    path.unlink()
            else:
                self._own_folder(path)

    def earlier_attempts(self) -> None:
        self._own_folder(self.folder.attempts)

    def submissions(self) -> None:
        self._own_folder(self.folder.submitted)

    def look_for_what_is_left(self) -> None:
        forms = {
            form.encode()
            for line in self.lines
            for form in (line, html.escape(line), json.dumps(line)[1:-1])
        }
        if forms:
            self.removed.left = [
                path
                for path in _files(self.folder.root)
                if any(form in raw for raw in _contents(path) for form in forms)
            ]

    def _own_folder(self, place: Path) -> None:
        """Remove a learner's folder inside `place`, or one assignment of it."""
        mine = place / self.target.learner
        gone = mine / self.target.assignment
        if is_link(mine) or is_link(gone):
            (mine if is_link(mine) else gone).unlink()
        elif gone.is_dir():
            shutil.rmtree(gone)
        if not is_link(mine) and mine.is_dir() and not any(mine.iterdir()):
            mine.rmdir()

    def _files_of_all(self, inside: bool = False) -> Iterator[Path]:
        """What is made from everybody's work; `inside` leaves out what lies in the root."""
        for path in _files(self.folder.root):
            parts = path.relative_to(self.folder.root).parts
            elsewhere = self.target.assignment and any(
                part in self.target.known and part != self.target.assignment for part in parts
            )
            if parts[0] not in (*_NOBODYS, *_OWN_WAY) and len(parts) > inside and not elsewhere:
                yield path

    def _empty_folders(self) -> None:
        for place, _, _ in os.walk(self.folder.root, topdown=False):
            path = Path(place)
            parts = path.relative_to(self.folder.root).parts
            if len(parts) > 1 and parts[0] not in _NOBODYS and not any(path.iterdir()):
                path.rmdir()


def _answers(folder: MarkingFolder, target: Target) -> tuple[set[bytes], set[bytes]]:
    """The answers that are the learner's to erase, and everybody else's, as they are kept."""
    theirs: set[bytes] = set()
    others: set[bytes] = set()
    for place in (folder.submitted, folder.attempts):
        for path in place.glob(f"*/*/**/{ANSWERS}"):
            learner, assignment = path.relative_to(place).parts[:2]
            with suppress(NotPlainError):  # put there by hand
                raw = read_plain(path, store.MAX_BYTES * 2)
                (theirs if target.covers(learner, assignment) else others).add(raw)
    for path in folder.held.glob("*__*.json"):
        try:
            given = handin.parse(read_plain(path, arrivals.MAX_JSON))
        except PlaceKitError:
            continue
        raw = validated.serialise(given.answers)
        (theirs if target.covers(given.learner, given.assignment) else others).add(raw)
    return theirs, others


def _lines(answers: Iterable[bytes], known: Iterable[str]) -> set[str]:
    """Lines long enough to know somebody's writing by."""
    found = set()
    for raw, assignment in product(answers, known):
        with suppress(store.AnswerFileError):
            kept = validated.reduce(store.parse(raw, assignment + store.GRADED))[0]
            for value in validated.texts(kept).values():
                cells = (
                    [value]
                    if isinstance(value, str)
                    else [c for row in value for c in row.values()]
                )
                found |= {line.strip() for cell in cells for line in str(cell).splitlines()}
    return {line for line in found if len(line) >= LONG_ENOUGH}


def _files(root: Path) -> list[Path]:
    """Every plain file of the folder, links left out."""
    found = (Path(place) / name for place, _, names in os.walk(root) for name in names)
    return sorted(path for path in found if not is_link(path) and path.is_file())


def _names(path: Path) -> list[str]:
    return [path.name.removesuffix(".why.txt"), path.name.partition(".")[2]]


def _contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and of what is packed in it."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path) and path.stat().st_size <= MAX_ZIP:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                try:
                    with archive.open(info) as member:
                        yield member.read(MAX_ZIP)
                except (zipfile.BadZipFile, OSError, RuntimeError, ValueError):
                    continue


def _is_unfinished_business(folder: MarkingFolder) -> bool:
    """Whether the last removal was stopped before its end."""
    path = folder.root / LOG
    return path.is_file() and path.read_text(encoding="utf-8").endswith(": begun\n")


def _log(folder: MarkingFolder, target: Target, state: str) -> None:
    """Note that it happened: never whose it was, not even hashed, since ids can be guessed."""
    what = f"one learner's {target.assignment}" if target.assignment else "all work of one learner"
    with (folder.root / LOG).open("a", encoding="utf-8") as log:
        log.write(f"{store.now()} removed for good: {what}: {state}\n")
