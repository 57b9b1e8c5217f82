"""The intake: what was handed in becomes what is marked, and nothing else does.

``submitted/LEARNER/ASSIGNMENT/`` only ever holds three plain files, all written here: the
notebook we released, the answers as checked and written anew, and the time of arrival. A
submission is put in place in one step; an attempt that it replaces is copied to
``attempts/`` first. So a run that is stopped anywhere has lost nothing and is run again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from place_kit.answers import handin, store
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import gradebook
from place_kit.tutor.desk.marking_folder import ANSWERS, TIMESTAMP, MarkingFolder
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.files import NotPlainError, is_link, read_plain, write_folder, write_whole
from place_kit.tutor.intake import arrivals, tables, validated
from place_kit.tutor.intake.arrivals import Arrival
from place_kit.tutor.times import to_made, to_nbgrader
from place_kit.tutor.words import clean, count, listed, safe_name, utc_stamp

Outcome = Literal["taken", "replaced", "duplicate", "held", "refused"]
RECORD = "current.json"
COLLECTED, MISSING = "collected.csv", "missing.csv"
WHOSE = "whose"
"""Inside ``held/``: hand-ins that say another name than the platform they came from."""
_COLUMNS = ("collected", "file", "outcome", "reason", "learner", "assignment", "made")
Progress = Callable[[int, str], None]
"""Called with how many files are dealt with, and which was the last."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file, and why, in words safe to print."""

    source: str
    outcome: Outcome
    reason: str
    learner: str = ""
    assignment: str = ""
    made: str = ""


def collect(
    inbox: Path,
    marking: Path,
    learner: str = "",
    progress: Progress = lambda done, name: None,
) -> tuple[Taken, ...]:
    """Take in everything of an inbox; each file's outcome is told, and written to a CSV file.

    Submissions that were held because their learner was not on the roster are looked at
    again first. Nothing in the inbox is changed.

    Parameters
    ----------
    inbox
        A hand-in, a zip, an e-mail, a mailbox, an nbgrader folder, or a folder of all these.
    marking
        The marking folder.
    learner
        Whose the one hand-in at `inbox` is, where the tutor knows better than the file.
    progress
        Told of each file.

    Raises
    ------
    PlaceKitError
        If there is no such inbox, or the marking folder cannot be written.
    """
    folder = MarkingFolder.open(marking)
    inbox = inbox.expanduser()
    if not inbox.exists():
        raise PlaceKitError(f"There is nothing at {inbox}. Check the name of the inbox.")
    inbox = inbox.resolve()
    if learner:
        return _collect_as(learner, inbox, folder)
    if inbox == folder.root or folder.root in inbox.parents:
        raise PlaceKitError(
            f"{inbox} belongs to the marking folder. Put what was handed in into a folder of its "
            "own, outside it, and name that."
        )
    return take_all(folder, arrivals.read(inbox), progress)


def _collect_as(learner: str, inbox: Path, folder: MarkingFolder) -> tuple[Taken, ...]:
    if learner not in gradebook.roster(folder):
        raise PlaceKitError(
            f"There is no learner {learner} on the roster. 'place-kit status' shows all ids."
        )
    if inbox.suffix.lower() != ".json" or not inbox.is_file():
        raise PlaceKitError(f"Name one hand-in file (.json) of {learner}. {inbox} is none.")
    found = [replace(one, learner=learner, claim=None) for one in arrivals.read(inbox)]
    taken = take_all(folder, found)
    if folder.held in inbox.parents and all(one.outcome != "refused" for one in taken):
        inbox.unlink(missing_ok=True)
        inbox.with_suffix(".why.txt").unlink(missing_ok=True)
    return taken


def take_all(
    folder: MarkingFolder,
    arrived: Iterable[Arrival],
    progress: Progress = lambda done, name: None,
) -> tuple[Taken, ...]:
    """As `collect`, for arrivals that have been read already."""
    taken: list[Taken] = []
    with folder.locked():
        desk = _Desk(folder)
        try:
            for one in desk.look_at_held():
                taken.append(one)
            for arrival in arrived:
                if told := desk.take(arrival):
                    taken.append(told)
                    progress(len(taken), told.source)
        except BaseException:
            with suppress(PlaceKitError):  # what was done so far is told, where that can be
                _add_to_table(folder, taken)
            raise
        _add_to_table(folder, taken)
        _write_missing(folder, desk.roster)
    return tuple(taken)


def missing(folder: MarkingFolder) -> dict[str, list[str]]:
    """Who on the roster has handed in nothing, by assignment."""
    return _missing(folder, gradebook.roster(folder))


def _missing(folder: MarkingFolder, people: Iterable[str]) -> dict[str, list[str]]:
    return {
        assignment: [one for one in people if not (folder.submitted / one / assignment).is_dir()]
        for assignment in folder.notebooks()
    }


def held(folder: MarkingFolder) -> list[Path]:
    """The hand-ins that wait for the tutor; beside each is its reason, in a ``.why.txt``."""
    return sorted([*folder.held.glob("*__*.json"), *(folder.held / WHOSE).glob("*__*.json")])


class _Desk:
    """One run of the intake, with what it needs to know read once."""

    def __init__(self, folder: MarkingFolder) -> None:
        self.folder = folder
        self.stamp = utc_stamp()
        self.now = datetime.now(UTC)
        self.notebooks = {name: path.read_bytes() for name, path in folder.notebooks().items()}
        self.files = {name: path.name for name, path in folder.notebooks().items()}
        self.roster = gradebook.roster(folder)
        self.withdrawn = gradebook.assignments(folder) - self.notebooks.keys()
        self.kept = {path.name.split(".")[0] for path in folder.received.glob("*/*")}

    def look_at_held(self) -> Iterator[Taken]:
        """Take what waited for the roster, where its learner is on it now."""
        for path in sorted(self.folder.held.glob("*__*.json")):
            try:
                raw = read_plain(path, arrivals.MAX_JSON)
                given = handin.parse(raw)
            except PlaceKitError:
                continue  # put there by hand: it stays, and is nobody's submission
            if given.learner in self.roster and given.assignment in self.notebooks:
                taken = self.take(Arrival(f"held/{path.name}", raw, in_zip=True))
                if taken and taken.outcome not in ("refused", "held"):
                    path.unlink()
                    path.with_suffix(".why.txt").unlink(missing_ok=True)
                    yield taken

    def take(self, arrival: Arrival) -> Taken | None:
        """Deal with one arrival. None for a zip: its members are told of one by one."""
        source = clean(arrival.source)
        if arrival.problem:
            return Taken(source, "refused", clean(arrival.problem, 300))
        if not arrival.in_zip:
            self._keep_original(arrival)
        if arrival.kind == "zip":
            return None
        try:
            given = self._read(arrival)
        except PlaceKitError as error:
            return Taken(
                source, "refused", clean(str(error), 300), arrival.learner, arrival.assignment
            )
        if given.assignment in self.withdrawn:
            return self._hold(source, given, _WITHDRAWN.format(given.assignment))
        if given.learner not in self.roster:
            return self._hold(source, given, _STRANGER.format(given.learner))
        if whose := self._other_person(arrival, given.learner):
            return self._hold(source, given, whose, WHOSE)
        time = min(arrival.time or self.now, self.now)
        taken = self._place(source, given, time)
        if taken.outcome in ("taken", "replaced") and arrival.time:
            at = time.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
            said = f"it came at {at}, says {arrival.time_by or 'its folder'}"
            taken = replace(taken, reason=". ".join(filter(None, (taken.reason, said))))
        return taken

    def _other_person(self, arrival: Arrival, learner: str) -> str:
        """Why a hand-in may be somebody else's: the platform names another learner."""
        claim = arrival.claim
        named = claim.named(self.roster) if claim else ()
        if claim is None or not named or learner in named:
            return ""
        return (
            f"the file says that it is by {learner}, and {claim.platform} that it is by "
            f"{clean(claim.name, 60)} ({', '.join(named)}). Ask them, then run: "
            f"place-kit collect FILE --learner ID, with this file of held/{WHOSE}/"
        )

    def _keep_original(self, arrival: Arrival) -> None:
        """Keep the bytes as they came, once, however often they come."""
        digest = hashlib.sha256(arrival.raw).hexdigest()[:16]
        if digest not in self.kept:
            name = f"{digest}.{safe_name(arrival.source)}"
            write_whole(self.folder.received / self.stamp / name, arrival.raw)
            self.kept.add(digest)

    def _read(self, arrival: Arrival) -> handin.HandIn:
        """The hand-in of an arrival, its assignment known, its answers reduced."""
        if arrival.kind == "submission":
            self._known(arrival.assignment)
            if not arrival.learner:
                raise PlaceKitError("the folder around it does not say whose answers these are")
            answers = store.parse(arrival.raw, arrival.assignment + store.GRADED)
            made = to_made(arrival.time) if arrival.time else _last_change(answers, self.now)
            given = handin.HandIn(arrival.assignment, arrival.learner, made, answers)
        else:
            given = handin.parse(arrival.raw)
            self._known(given.assignment)
            if arrival.learner:
                given = replace(given, learner=arrival.learner)
        if given.assignment in self.withdrawn:
            return given
        answers, left_out = validated.reduce(given.answers)
        notices = []
        if left_out:
            # Kept word for word in received/.
            notices.append(
                f"{count(left_out, 'answer')} did not fit the questions and was left out"
            )
        if changed := validated.changed_since(answers):
            verb = "has" if len(changed) == 1 else "have"
            notices.append(f"{listed(changed)} {verb} changed since it was answered")
        answers = replace(answers, notice=". ".join(notices))
        # A clock that runs ahead must not win over every later attempt.
        made = min(given.made, to_made(self.now))
        return handin.HandIn(given.assignment, given.learner, made, answers)

    def _known(self, assignment: str) -> None:
        if assignment not in self.notebooks and assignment not in self.withdrawn:
            known = ", ".join(self.notebooks) or "none"
            named = clean(assignment, 40) or "named in the folders around it"
            raise PlaceKitError(f"there is no assignment {named} here (there is: {known})")

    def _place(self, source: str, given: handin.HandIn, arrived: datetime) -> Taken:
        def told(outcome: Outcome, *reasons: str) -> Taken:
            reason = ". ".join(filter(None, (*reasons, given.answers.notice)))
            return Taken(source, outcome, reason, given.learner, given.assignment, given.made)

        raw = validated.serialise(given.answers)
        place = self.folder.submitted / given.learner / given.assignment
        record = _Record(self.folder.attempts / given.learner / given.assignment)
        if is_link(place) or is_link(place.parent):
            return told("refused", "its place in submitted/ is a link: 'place-kit mark' moves that")
        if not place.is_dir():
            contents = {
                self.files[given.assignment]: self.notebooks[given.assignment],
                ANSWERS: raw,
                TIMESTAMP: to_nbgrader(arrived).encode("ascii"),
            }
            write_folder(place, contents, self.folder.workshop)
            record.write(given.made, raw)
            return told("taken")
        before = _bytes_of(place / ANSWERS)
        if before == raw and record.digest == _digest(raw):
            return told("duplicate", "the same answers are here already")
        if before != raw and record.made >= given.made:
            self._archive(record, given.made, raw, to_nbgrader(arrived).encode("ascii"))
            return told(
                "duplicate",
                f"a newer attempt, made at {record.made}, is here already and stays; "
                "this one is kept in attempts/",
            )
        if before is not None and before != raw:
            self._archive(record, record.made or "before", before, _bytes_of(place / TIMESTAMP))
        # Answers first: if this is stopped half-way, the next run finds the same answers
        # without their record, and goes on from here.
        write_whole(place / ANSWERS, raw)
        write_whole(place / TIMESTAMP, to_nbgrader(arrived).encode("ascii"))
        # Of a run that was stopped half-way nobody knows what was written before.
        again = self._ask_to_look_again(given, None if before == raw else before)
        record.write(given.made, raw)
        if before == raw:
            return told("taken", again)
        return told("replaced", "the attempt before is kept in attempts/", again)

    def _ask_to_look_again(self, given: handin.HandIn, before: bytes | None) -> str:
        try:
            old = store.parse(before or b"", given.answers.set)
            same = validated.texts(validated.reduce(old)[0]) == validated.texts(given.answers)
        except store.AnswerFileError:
            same = False
        if not same and gradebook.look_again(self.folder, given.assignment, given.learner):
            return "what they wrote has changed since it was marked: please look at it again"
        return ""

    def _archive(self, record: _Record, made: str, answers: bytes, timestamp: bytes | None) -> None:
        place = record.folder / f"{made.replace(':', '')}-{_digest(answers)[:8]}"
        if not place.exists():
            contents = {ANSWERS: answers, TIMESTAMP: timestamp or b""}
            write_folder(place, contents, self.folder.workshop)

    def _hold(self, source: str, given: handin.HandIn, reason: str, where: str = "") -> Taken:
        """Keep a hand-in until the tutor has put right what is in its way."""
        path = self.folder.held / where / handin.file_name(given.assignment, given.learner)
        data = {
            "format": handin.FORMAT,
            "version": handin.VERSION,
            "assignment": given.assignment,
            "learner": given.learner,
            "made": given.made,
            "answers": store.to_json(given.answers),
        }
        try:
            # A hand-in of ours, whatever it came as; in ASCII, for half a surrogate pair.
            raw = json.dumps(data, indent=1).encode("ascii")
        except (ValueError, RecursionError):
            reason = "its answers are not in a form that can be kept"
            return Taken(source, "refused", reason, given.learner, given.assignment, given.made)
        if where:  # not to be told apart by whose they are
            path = path.with_name(f"{path.stem}.{_digest(raw)[:8]}.json")
        try:
            newer = handin.parse(read_plain(path, arrivals.MAX_JSON)).made > given.made
        except PlaceKitError:
            newer = False
        if not newer:
            write_whole(path, raw)
            write_whole(path.with_suffix(".why.txt"), f"{reason}.\n".encode())
        return Taken(source, "held", reason, given.learner, given.assignment, given.made)


_STRANGER = (
    "{} is not on the roster: add them and collect again, and it is taken by itself. If the name "
    "is only written wrongly, run: place-kit collect FILE --learner ID, with this file of held/"
)
_WITHDRAWN = (
    "{} was withdrawn: its exercise is no longer in exercises/. If it comes back, collect again, "
    "and this is taken by itself"
)


class _Record:
    """Which attempt of a learner is the current one: when it was made, and its digest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = self.digest = ""
        try:
            data = json.loads(read_plain(folder / RECORD, 10_000))
            self.made, self.digest = str(data["made"]), str(data["digest"])
        except (NotPlainError, ValueError, KeyError, TypeError):
            pass  # none yet, or a run was stopped before it was written

    def write(self, made: str, answers: bytes) -> None:
        """Note the attempt that is in submitted/ now."""
        data = {"made": made, "digest": _digest(answers)}
        write_whole(self.folder / RECORD, json.dumps(data).encode("ascii"))


def _bytes_of(path: Path) -> bytes | None:
    try:
        return read_plain(path, store.MAX_BYTES * 2)
    except NotPlainError:
        return None


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _last_change(answers: store.Answers, now: datetime) -> str:
    times = [entry.at for entry in validated.reduce(answers)[0].entries.values()]
    return max(filter(None, times), default=to_made(now))


def _add_to_table(folder: MarkingFolder, taken: Iterable[Taken]) -> None:
    now = store.now()
    rows = [
        (now, one.source, one.outcome, one.reason, one.learner, one.assignment, one.made)
        for one in taken
    ]
    tables.add(folder.root / COLLECTED, _COLUMNS, rows)


def _write_missing(folder: MarkingFolder, people: Mapping[str, Learner]) -> None:
    rows = [
        (assignment, one, people[one].first_name, people[one].last_name, people[one].email)
        for assignment, absent in _missing(folder, people).items()
        for one in absent
    ]
    columns = ("assignment", "learner", "first_name", "last_name", "email")
    tables.write(folder.root / MISSING, columns, rows)
