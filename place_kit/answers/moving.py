"""Out of a learner's folder into one file, and from such a file into a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from place_kit import facts
from place_kit.answers import bundle, handin, journal, places, store, values
from place_kit.answers.bundle import Bundle
from place_kit.answers.entries import Answers, Entry
from place_kit.facts.model import Question
from place_kit.problems import PlaceKitError

T = TypeVar("T")

HEADINGS = ("What", "New", "Brought up to date", "The same", "To know")


@dataclass(frozen=True, slots=True)
class Row:
    """What an import did with one thing: how many parts of it, and what is to be known."""

    what: str
    new: int = 0
    newer: int = 0
    same: int = 0
    note: str = ""
    failed: bool = False

    def cells(self) -> tuple[str, ...]:
        """The row under `HEADINGS`."""
        counts = (str(number or "–") for number in (self.new, self.newer, self.same))
        return (self.what, *counts, self.note)


def collect(home: Path) -> tuple[Bundle, tuple[str, ...]]:
    """All that there is to move; and what could not be read, in words."""
    answers, journals, handins, problems = {}, {}, {}, []

    def read(path: Path, name: str, limit: int, parse: Callable[[str, bytes], T]) -> list[T]:
        try:
            return [parse(name, store.read_plain_file(path, limit) or b"")]
        except PlaceKitError as error:
            problems.append(f"{path.relative_to(home).as_posix()} was left out. {error}")
            return []

    for name, path in places.answer_files(home).items():
        for one in read(path, name, store.MAX_BYTES, bundle.parse_answers):
            answers[name] = one
    for path in sorted((home / places.JOURNAL).glob("*.json")):
        if bundle.holds(f"journal/{path.name}"):  # not one put aside
            for earlier in read(path, path.stem, journal.MAX_BYTES, bundle.parse_journal):
                journals[path.stem] = earlier
    for path in sorted((home / places.HAND_IN).glob("*.json")):
        if bundle.holds(f"hand-in/{path.name}"):
            for raw in read(path, path.name, handin.MAX_BYTES, bundle.parse_handin):
                handins[path.name] = raw
    return Bundle(answers, journals, handins, handin.recall(home)), tuple(problems)


def export(home: Path) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of an export of a learner's folder; and what is not in it, in words.

    Raises
    ------
    PlaceKitError
        There is nothing to export yet, or it would not be read again.
    """
    found, problems = collect(home)
    if not (any(one.entries for one in found.answers.values()) or found.journals or found.handins):
        raise PlaceKitError(" ".join(("There is nothing to export yet.", *problems)))
    raw = bundle.make(found)
    bundle.parse(raw)  # what is handed over can be read again
    return raw, problems


def take(home: Path, raw: bytes) -> tuple[Row, ...]:
    """Bring an export into a learner's folder. Nothing that is there is lost.

    Raises
    ------
    PlaceKitError
        The export cannot be used, and why; then nothing was changed.
    """
    return _merged(home, bundle.parse(raw))


def _merged(home: Path, given: Bundle) -> tuple[Row, ...]:
    rows = []
    for name in sorted(given.answers.keys() | given.journals.keys()):
        try:
            rows.append(_take_set(home, given, name))
        except PlaceKitError as error:
            rows.append(Row(places.title(home, name), note=f"Not taken. {error}", failed=True))
    if given.handins:
        rows.append(_take_handins(home, given))
    if given.learner:
        rows.append(_take_learner(home, given.learner))
    return tuple(rows)


def _take_set(home: Path, given: Bundle, name: str) -> Row:
    file = store.AnswerFile(name, places.answer_file(home, name))
    theirs = given.answers.get(name, Answers(name)).entries
    counts = {"new": 0, "newer": 0, "same": 0}

    def merged(mine: Answers) -> Answers:
        entries = dict(mine.entries)
        for id, entry in theirs.items():
            before = entries.get(id)
            entries[id] = bundle.merge(before, entry) if before else replace(entry)
            kind = "new" if before is None else "same" if entries[id] == before else "newer"
            counts[kind] += 1
        return replace(mine, entries=entries)

    # The versions first: should the answers not go in, those are more than there were.
    earlier = _take_journal(home, file, given.journals.get(name, {}))
    notice = file.change(merged).notice if theirs else ""
    notes = (notice, earlier, _about(theirs))
    note = " ".join(filter(None, notes))
    return Row(places.title(home, name), counts["new"], counts["newer"], counts["same"], note)


def _take_journal(home: Path, file: store.AnswerFile, theirs: journal.Versions) -> str:
    if not theirs:
        return ""
    path = places.journal_file(home, file.set)
    with file.alone():
        mine = _journal(path) if path.exists() else {}
        both = {
            id: bundle.joined(mine.get(id, ()), theirs.get(id, ()))
            for id in [*mine, *(id for id in theirs if id not in mine)]
        }
        new = sum(map(len, both.values())) - sum(map(len, mine.values()))
        if new:
            store.write_whole(path, journal.dump(file.set, both))
    return f"{_count(new, 'earlier version')} added." if new else ""


def _journal(path: Path) -> journal.Versions:
    raw = store.read_plain_file(path, journal.MAX_BYTES) or b""
    return bundle.parse_journal(path.stem, raw)


def _about(entries: Mapping[str, Entry]) -> str:
    """What the learner must know of answers that came from another version of the course."""
    known = facts.load().questions
    gone = sum(id not in known for id in entries)
    asked = [(known[id], entry) for id, entry in entries.items() if id in known]
    older = sum(entry.revision < question.revision for question, entry in asked)
    newer = sum(entry.revision > question.revision for question, entry in asked)
    unfit = sum(not _fits(question, entry) for question, entry in asked)
    said = (
        (older, "was given to earlier words of its question, and stands as it is"),
        (newer, "was given to newer words of its question than are here: update the course"),
        (unfit, "does not fit its question here: it is kept, but not shown"),
        (gone, "is to a question that this course does not ask: it is kept, but not shown"),
    )
    return " ".join(f"{_count(many, 'answer')} ({words})." for many, words in said if many)


def _fits(question: Question, entry: Entry) -> bool:
    try:
        values.check(question, entry.value)
    except PlaceKitError:
        return False
    return True


def _take_handins(home: Path, given: Bundle) -> Row:
    folder = home / places.HAND_IN
    here = {store.read_plain_file(path, handin.MAX_BYTES) for path in places.files(folder)}
    new = newer = same = 0
    for name, raw in given.handins.items():
        path = folder / name
        if raw in here:
            same += 1
            continue
        if not path.exists():
            store.write_whole(path, raw)
            new += 1
            continue
        # The later made keeps the name; the other stays beside it.
        mine = store.read_plain_file(path, handin.MAX_BYTES) or b""
        first, second = sorted((mine, raw), key=_made)
        store.write_whole(_beside(path, first), first)
        if second is raw:
            store.write_whole(path, second)
        newer += 1
    note = "Of two for one exercise both are kept; the later has the plain name." if newer else ""
    return Row("Hand-ins", new, newer, same, note)


def _made(raw: bytes) -> str:
    try:
        return handin.parse(raw).made
    except PlaceKitError:
        return ""


def _beside(path: Path, raw: bytes) -> Path:
    made = _made(raw).replace(":", "").lower() or "earlier"
    beside, turn = path.with_name(f"{path.stem}.{made}.json"), 1
    while beside.exists():
        turn += 1
        beside = path.with_name(f"{path.stem}.{made}-{turn}.json")
    return beside


def _take_learner(home: Path, learner: str) -> Row:
    mine = handin.recall(home)
    if not mine:
        handin.remember(home, learner)
        return Row("The name you go by", new=1, note=learner)
    note = "" if mine == learner else f"It stays {mine}; the file says {learner}."
    return Row("The name you go by", same=1, note=note)


def _count(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
