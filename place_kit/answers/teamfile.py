"""The team file: one participant's answers to one round of a session, and nobody's name.

It holds the session, the round, a random code made for this session, the answers, and which
texts its author ticked to be shown. A text that is not ticked never enters the file.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from place_kit.answers import handin, store, values
from place_kit.answers.text import clean
from place_kit.facts.model import Question
from place_kit.facts.reading import shown
from place_kit.facts.sessions import ROUNDS, Session
from place_kit.problems import PlaceKitError

FORMAT: Final = "place-kit team file"
VERSION: Final = 1
MAX_TEXT: Final = 400
"""Characters in one text: a sentence or two that a room can read."""

MAX_BYTES: Final = 64_000
_KEYS: Final = ("format", "version", "session", "round", "code", "answers", "show")
_CODE: Final = re.compile(r"[0-9a-f]{20}")
TEXTS: Final = ("reflect", "plan")


class EntryError(PlaceKitError):
    """A team file that cannot be made or taken, with the reason."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a team file holds, checked. `show` names the texts that were ticked."""

    session: str
    round: int
    code: str
    answers: Mapping[str, Any]
    show: frozenset[str] = frozenset()


def new_code() -> str:
    """A random code: it finds duplicates and links rounds, and says nothing of anyone."""
    return secrets.token_hex(10)


def is_code(value: Any) -> bool:
    """Whether something is a code of ours."""
    return isinstance(value, str) and bool(_CODE.fullmatch(value))


def file_name(entry: Entry) -> str:
    """A name that holds nothing but what is in the file."""
    return f"team-{entry.session}-round-{entry.round}-{entry.code}.json"


def make(
    session: Session,
    round: int,
    code: str,
    answers: Mapping[str, Any],
    show: Iterable[str] = (),
) -> bytes:
    """The bytes of a team file.

    Parameters
    ----------
    session, round
        What was asked. Answers to anything else are left out.
    code
        From `new_code`; the same for both rounds of one participant.
    answers
        Answers by whole question id, as an answer file or a form holds them.
    show
        The ids of the texts that their author ticked. Other texts are left out.

    Raises
    ------
    EntryError
        If nothing is answered, or an answer does not fit.
    """
    ticked = set(show)
    kept, texts = {}, []
    for question in session.asked(round):
        value = answers.get(question.id)
        if value is None or (question.kind in TEXTS and question.id not in ticked):
            continue
        value = _checked(question, value)
        if value:
            kept[question.id] = value
            texts += [question.id] if question.kind in TEXTS else []
    if not kept:
        raise EntryError("There is no answer to put into a team file yet.")
    data = {
        "format": FORMAT,
        "version": VERSION,
        "session": session.id,
        "round": round,
        "code": code,
        "answers": kept,
        "show": texts,
    }
    raw = json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8")
    parse(raw, session)  # what we make, we take
    return raw


def parse(raw: bytes, session: Session) -> Entry:
    """Read a team file that somebody sent. Nothing in it is trusted.

    Raises
    ------
    EntryError
        With the reason, as the end of the sentence "it was refused: …".
    """
    if len(raw) > MAX_BYTES:
        raise EntryError(f"it is larger than {MAX_BYTES:,} bytes")
    try:
        data = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise EntryError("it is not readable as JSON") from None
    return _entry(data, session)


def _entry(data: Any, session: Session) -> Entry:
    _check_head(data, session)
    round, code = data["round"], data["code"]
    if type(round) is not int or round not in ROUNDS:
        raise EntryError(f"it is for round {shown(round)}, and there are rounds 1 and 2")
    if not is_code(code):
        raise EntryError("its code is not one that this course makes")
    answers, show = data["answers"], data["show"]
    if not isinstance(answers, dict) or not answers:
        raise EntryError("it holds no answers")
    if not isinstance(show, list) or not all(isinstance(id, str) for id in show):
        raise EntryError("it does not say which texts may be shown in a form we know")
    asked = {question.id: question for question in session.asked(round)}
    strange = [id for id in answers if id not in asked]
    if strange:
        raise EntryError(f"it answers {shown(strange[0])}, which round {round} does not ask")
    texts = {id for id in answers if asked[id].kind in TEXTS}
    if texts != set(show) or len(show) != len(texts):
        raise EntryError("it holds a text that was not ticked, or a tick without its text")
    try:
        kept = {id: _checked(asked[id], value) for id, value in answers.items()}
    except PlaceKitError as error:
        raise EntryError(f"an answer does not fit its question: {error}") from None
    return Entry(session.id, round, code, kept, frozenset(show))


_OTHER_FILES: Final = {
    store.FORMAT: "it is a whole answer file, and a team file holds one session’s answers only",
    handin.FORMAT: "it is a hand-in, which says who its author is. It is for a tutor",
}


def _check_head(data: Any, session: Session) -> None:
    """Refuse whatever is not one of this session's team files, of our version, and no more."""
    named = data.get("format") if isinstance(data, dict) else None
    if isinstance(named, str) and named in _OTHER_FILES:
        raise EntryError(_OTHER_FILES[named])
    if named != FORMAT:
        raise EntryError("it is not a team file of this course")
    version = data.get("version")
    if type(version) is not int or version != VERSION:
        raise EntryError(
            f"it is of version {shown(version)}, and this course reads version {VERSION}: "
            "update the course"
        )
    for key in data:
        if key not in _KEYS:
            raise EntryError(
                f"it holds {shown(key)}: a team file has no room for names, times or notes"
            )
    for key in _KEYS:
        if key not in data:
            raise EntryError(f"it does not say its {key}")
    if data["session"] != session.id:
        raise EntryError(f"it is for the session {shown(data['session'])}, not {session.id}")


def _checked(question: Question, value: Any) -> Any:
    """A value in its normal form, its texts short and clean."""
    value = values.check(question, value)
    if question.kind == "reflect":
        return _text(value)
    if question.kind == "plan":
        rows = [{field: _text(text) for field, text in row.items()} for row in value]
        return [kept for row in rows if (kept := {id: text for id, text in row.items() if text})]
    return value


def _text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise values.AnswerError(
            f"A text for the team may have {MAX_TEXT} characters; this has {len(text):,}."
        )
    return " ".join(clean(text).split())


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once: a second one could hide what the first one says."""
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a key stands twice")
    return data


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
