"""The session as it stands: its code, the open round, and the answers, all in one folder.

Answers are team files, written whole, so that ``place-kit team pool`` takes the same folder.
What is kept beside them holds no name, no address and no time. It is read back when the
session is started again: the same code, the same phones, nothing lost.

A round is shown once, whole, after it was closed, and then takes no more answers. Of two pictures
that differ by one person, whoever sees both can read off that person's answer; so there are no
two, unless somebody takes their own answers back, or the facilitator corrects counted cards.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Literal

from place_kit.answers.files import plain_words, read_plain_file, write_whole
from place_kit.problems import PlaceKitError
from place_kit.team import entry as teamfile
from place_kit.team.entry import Entry
from place_kit.team.pool import FEWEST
from place_kit.team.session import ROUNDS, Session

STATE: Final = ".team-host/session.json"
LOCK: Final = ".team-host/lock"
FORMAT: Final = "place-kit team host"
LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LETTERS: Final = 8
MOST: Final = 300
"""As many may answer a round: ten times a full room. It bounds what a forger can fill."""

Stage = Literal["waiting", "round 1", "round 2", "ended"]
Counts = Mapping[str, Mapping[str, int]]
"""How many cards say what: by question (and item, after a colon), then by option or number."""


class FullError(PlaceKitError):
    """More answers than any room holds."""


class Room:
    """One session, hosted from one folder. Made by `open_room`."""

    def __init__(self, folder: Path, session: Session, kept: Mapping[str, Any]) -> None:
        self.folder, self.session = folder, session
        self.code: str = kept["code"]
        self.key: str = kept["key"]
        self.desk: str = kept["desk"]
        self.port: int = kept["port"]
        self.stage: Stage = kept["stage"]
        self.shown: tuple[int, ...] = tuple(kept.get("shown", ()))
        self.people: int = kept.get("people", 0)
        """How many the facilitator says are in the room; 0 where they did not say."""
        self.changes = 0
        """Grows with everything that changes the picture."""
        self._cards: dict[int, dict[str, Any]] = {int(r): dict(v) for r, v in kept["cards"].items()}
        self._entries = _read(folder, session)

    @property
    def round(self) -> int | None:
        """The round that is open, if one is."""
        return int(self.stage[-1]) if self.stage.startswith("round") else None

    def entries(self) -> list[Entry]:
        """What may be seen: the rounds that were shown, phones and cards alike."""
        return [entry for (round, _), entry in list(self._entries.items()) if round in self.shown]

    @property
    def begun(self) -> bool:
        """Whether anybody has answered."""
        return bool(self._entries)

    def answered(self, round: int) -> int:
        """How many have answered a round."""
        return sum(number == round for number, _ in list(self._entries))

    def entry(self, round: int, code: str) -> Entry | None:
        """What one participant has answered so far."""
        return self._entries.get((round, code))

    def move(self, stage: Stage) -> None:
        """Open a round, close it, or end the session, which shows all there is.

        Raises
        ------
        PlaceKitError
            If the round was shown already.
        """
        if stage.startswith("round") and int(stage[-1]) in self.shown:
            raise PlaceKitError(
                "This round was shown, so it takes no more answers: what came now could be told "
                "from the change in the picture."
            )
        self.stage = stage
        if stage == "ended":
            self._show(*ROUNDS)
        self.keep()

    def show(self, round: int) -> None:
        """Let the room see a round, which closes it: from now on it takes no more answers.

        Raises
        ------
        PlaceKitError
            If too few have answered.
        """
        if self.round == round:
            self.move("waiting")
        if self.answered(round) < FEWEST:
            raise PlaceKitError(self.session.few)
        self._show(round)
        self.keep()

    def _show(self, *rounds: int) -> None:
        self.shown = tuple(sorted({*self.shown, *rounds}))
        self.changes += 1

    def count_people(self, people: int) -> None:
        """Note how many are in the room."""
        self.people = people
        self.keep()

    def keep(self, port: int | None = None) -> None:
        """Write down what a new start needs to know."""
        self.port = port or self.port
        data = {
            "format": FORMAT,
            "session": self.session.id,
            "code": self.code,
            "key": self.key,
            "desk": self.desk,
            "port": self.port,
            "stage": self.stage,
            "shown": self.shown,
            "people": self.people,
            "cards": self._cards,
        }
        write_whole(self.folder / STATE, json.dumps(data, indent=1).encode())

    def check(
        self, round: int, code: str, answers: Mapping[str, Any], show: Iterable[str]
    ) -> bytes:
        """The team file of some answers; empty where there is nothing to keep.

        Raises
        ------
        PlaceKitError
            If an answer does not fit, or the room is full.
        """
        if (round, code) not in self._entries and self.answered(round) >= MOST:
            raise FullError("More answers have come than a room holds, so this one was not kept.")
        return teamfile.make(self.session, round, code, answers, show) if answers else b""

    def write(self, round: int, code: str, raw: bytes) -> None:
        """Put a checked team file on the disk, or take it away where `raw` is empty."""
        path = self._path(round, code)
        if raw:
            write_whole(path, raw)
        else:
            with plain_words(path):
                path.unlink(missing_ok=True)

    def note(self, round: int, code: str, raw: bytes) -> None:
        """Take what is now on the disk into the picture."""
        if raw:
            self._entries[round, code] = teamfile.parse(raw, self.session)
        else:
            self._entries.pop((round, code), None)
        self.changes += round in self.shown

    def cards(self, round: int) -> Counts:
        """What was counted from paper cards."""
        found: Counts = self._cards.get(round, {}).get("counts", {})
        return found

    def count_cards(self, round: int, counts: Counts) -> int:
        """Put counted cards in place of those counted before; return how many cards they make.

        Each becomes a team file. Who gave which two answers together is not known from counts,
        and nothing that is shown needs it. In a round that was shown, cards that were counted
        before are corrected, and none are added.

        Raises
        ------
        PlaceKitError
            The round was shown without cards.
        """
        if round in self.shown and round not in self._cards:
            raise PlaceKitError(
                f"Round {round} was shown, so no cards are added to it: whoever compares the two "
                "pictures would read them off. Say beside the picture what the cards say."
            )
        entries = _dealt(self.session, round, counts)
        old = self._cards.get(round, {}).get("codes", [])
        codes = (old + [teamfile.new_code() for _ in entries])[: len(entries)]
        files = [
            teamfile.make(self.session, round, code, answers)
            for code, answers in zip(codes, entries, strict=True)
        ]
        self._cards[round] = {"counts": counts, "codes": codes}
        self.keep()
        for code, raw in [*((code, b"") for code in old), *zip(codes, files, strict=True)]:
            self.write(round, code, raw)
            self.note(round, code, raw)
        return len(entries)

    def delete(self) -> int:
        """Delete every answer and what was kept of the session; return how many files went."""
        self.stage = "ended"
        paths = list(_files(self.folder, self.session))
        for path in (*paths, self.folder / STATE):
            with plain_words(path):
                path.unlink(missing_ok=True)
        self._entries.clear()
        self._cards.clear()
        self.changes += 1
        return len(paths)

    def _path(self, round: int, code: str) -> Path:
        return self.folder / teamfile.file_name(Entry(self.session.id, round, code, {}))


def open_room(folder: Path, session: Session, port: int) -> Room:
    """Begin a session in a folder, or go on with the one that is there. Nothing is written yet.

    Raises
    ------
    PlaceKitError
        If the folder holds another session.
    """
    raw = read_plain_file(folder / STATE, 1_000_000)
    if raw is None:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
        secret = {"key": secrets.token_urlsafe(32), "desk": secrets.token_urlsafe(24)}
        kept = {"code": code, **secret, "port": port, "stage": "waiting", "cards": {}}
        return Room(folder, session, kept)
    try:
        kept = json.loads(raw)
        if kept["format"] != FORMAT:
            raise ValueError
        room = Room(folder, session, kept)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PlaceKitError(
            f"{folder / STATE} cannot be read, so the session cannot go on from there. The answers "
            "are safe. Delete that one file to go on with a new join code."
        ) from None
    if kept["session"] != session.id:
        raise PlaceKitError(f"{folder} holds another session. Name another folder for this one.")
    return room


def sweep(folder: Path) -> None:
    """Take away what stood beside the answers, where the session itself was deleted."""
    beside = (folder / STATE).parent
    if not (folder / STATE).exists():
        with suppress(OSError):  # somebody else's file is in there
            (folder / LOCK).unlink(missing_ok=True)
            beside.rmdir()


def _read(folder: Path, session: Session) -> dict[tuple[int, str], Entry]:
    """The team files of the folder. What cannot be read as one is left alone."""
    found = {}
    for path in _files(folder, session):
        try:
            raw = read_plain_file(path, teamfile.MAX_BYTES)
            entry = teamfile.parse(raw or b"", session)
        except PlaceKitError:
            continue
        found[entry.round, entry.code] = entry
    return found


def _files(folder: Path, session: Session) -> list[Path]:
    named = re.compile(rf"team-{re.escape(session.id)}-round-[12]-[0-9a-f]{{20}}\.json")
    return sorted(path for path in folder.iterdir() if named.fullmatch(path.name))


def _dealt(session: Session, round: int, counts: Counts) -> list[dict[str, Any]]:
    """As many answers as the fullest question has cards, which together give these counts."""
    many = max((sum(each.values()) for each in counts.values()), default=0)
    entries: list[dict[str, Any]] = [{} for _ in range(many)]
    for question in session.asked(round):
        for part in (question.id, *(f"{question.id}:{item.id}" for item in question.items)):
            values = [v for v, number in counts.get(part, {}).items() for _ in range(number)]
            for answers, value in zip(entries, values, strict=False):
                if question.kind == "rate":
                    answers.setdefault(question.id, {})[part.rpartition(":")[2]] = int(value)
                else:
                    answers[question.id] = value
    return entries
