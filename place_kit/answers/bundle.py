"""One file with all that a learner made, to move to another machine: read it, write it, merge it.

A zip of JSON files and a list of them. It holds answers, earlier versions, hand-ins and the
name the learner goes by; no notebook and no code. The same work makes the same bytes. Reading
trusts nothing: sizes are those really read, and only names of ours are opened. Nothing here
touches a disk, so the browser edition reads and writes the same file.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import place_kit
from place_kit.answers import handin, journal, store
from place_kit.answers.entries import Answers, Entry
from place_kit.answers.journal import Version, Versions
from place_kit.problems import PlaceKitError

FORMAT = "place-kit export"
VERSION = 1
MANIFEST = "manifest.json"
LEARNER = "learner.json"
MAX_BYTES = 60_000_000
"""Of the file, and of all that is in it."""

MAX_FILES = 500
MAX_SMALL = 200_000

_SET = r"(?:[0-9]{2}_[a-z0-9_]{1,60}(?:\.graded)?|record|team_plan|team_session)"
_NAMES = re.compile(
    rf"(?P<kind>answers|journal)/(?P<set>{_SET})\.json"
    r"|hand-in/(?P<handin>[0-9]{2}_[a-z0-9_]{1,60}__[a-z0-9][a-z0-9._-]{0,90}\.json)"
    rf"|{re.escape(LEARNER)}|{re.escape(MANIFEST)}"
)
_QUESTION = re.compile(rf"{_SET}\.[a-z0-9_]{{1,80}}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,200}")

Kept = tuple[Any, str]
"""An answer as it once was, and when."""


def holds(name: str) -> bool:
    """Whether an export holds files of this name."""
    return bool(_NAMES.fullmatch(name))


def is_set(name: str) -> bool:
    """Whether this could be the name of a set of questions."""
    return bool(re.fullmatch(_SET, name))


def is_question(id: str) -> bool:
    """Whether this could be a question's whole id."""
    return bool(_QUESTION.fullmatch(id))


class BundleError(PlaceKitError):
    """A file that is not, or not safely, what an export holds."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that a learner made: by set, by file name, and the name they go by."""

    answers: Mapping[str, Answers] = field(default_factory=dict)
    journals: Mapping[str, Versions] = field(default_factory=dict)
    handins: Mapping[str, bytes] = field(default_factory=dict)
    learner: str = ""
    course: str = place_kit.__version__


def make(bundle: Bundle) -> bytes:
    """The bytes of an export; the same for the same work, on any machine."""
    files = {
        **{f"answers/{name}.json": _json(store.to_json(one)) for name, one in _full(bundle)},
        **{f"journal/{name}.json": journal.dump(name, one) for name, one in _told(bundle)},
        **{f"hand-in/{name}": raw for name, raw in bundle.handins.items()},
    }
    if bundle.learner:
        files[LEARNER] = _json({"learner": bundle.learner})
    listed = {name: hashlib.sha256(raw).hexdigest() for name, raw in sorted(files.items())}
    manifest = {"format": FORMAT, "version": VERSION, "course": bundle.course, "files": listed}
    made = io.BytesIO()
    # Stored, not pressed: pressing differs from one system's library to the next.
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, raw in [(MANIFEST, _json(manifest)), *sorted(files.items())]:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o600) << 16
            archive.writestr(info, raw)
    return made.getvalue()


def _full(bundle: Bundle) -> Iterable[tuple[str, Answers]]:
    return ((name, one) for name, one in bundle.answers.items() if one.entries)


def _told(bundle: Bundle) -> Iterable[tuple[str, Versions]]:
    return ((name, one) for name, one in bundle.journals.items() if one)


def parse(raw: bytes) -> Bundle:
    """Read an export that somebody may have changed, damaged or made up.

    Raises
    ------
    BundleError
        With the reason. An export is taken whole or not at all.
    """
    if len(raw) > MAX_BYTES:
        raise BundleError(f"The file is larger than {MAX_BYTES:,} bytes, so it was not opened.")
    files = _unpacked(raw)
    manifest = _listed(files)
    answers, journals, handins, learner = {}, {}, {}, ""
    for name, content in files.items():
        found = _NAMES.fullmatch(name)
        assert found is not None  # `_unpacked` opens no other
        if found["kind"] == "answers":
            answers[found["set"]] = parse_answers(found["set"], content)
        elif found["kind"] == "journal":
            journals[found["set"]] = parse_journal(found["set"], content)
        elif found["handin"]:
            handins[found["handin"]] = parse_handin(found["handin"], content)
        elif name == LEARNER:
            learner = _learner(content)
    bundle = Bundle(answers, journals, handins, learner, manifest["course"][:40])
    try:
        make(bundle)
    except UnicodeEncodeError:  # half of a character, which no file of ours can hold
        raise _damaged("a text that cannot be written down") from None
    return bundle


def merge(mine: Entry, theirs: Entry) -> Entry:
    """One answer out of two to the same question: the later is the latest, none is lost.

    Merging the same again changes nothing.
    """
    # The later wins; of two of one time the one that is here.
    latest, other = (theirs, mine) if theirs.at > mine.at else (mine, theirs)
    firsts = sorted((one for one in (mine, theirs) if one.first_at), key=lambda one: one.first_at)
    first = firsts[0] if firsts else mine
    found = joined(
        theirs.kept,
        [(other.value, other.at)] if other.value is not None else [],
        [(one.first, one.first_at) for one in firsts[1:]],
    )
    shown = ([latest.value], [first.first])
    new = (one for one in found if one in theirs.kept or [one[0]] not in shown)
    kept = (*mine.kept, *(one for one in new if one not in mine.kept))
    entry = Entry(
        value=latest.value,
        revision=latest.revision,
        saves=mine.saves,
        at=latest.at,
        first=first.first,
        first_at=first.first_at,
        settled=latest.settled,
        kept=kept,
    )
    if entry == mine:
        return mine
    # A count that no open window has seen, so that its next save keeps what is here now.
    return replace(entry, saves=max(mine.saves, theirs.saves) + 1)


def joined(*versions: Iterable[Kept]) -> tuple[Version, ...]:
    """Versions from several places: each once, oldest first."""
    seen = {(_key(value), at): Version(value, at) for each in versions for value, at in each}
    return tuple(seen[key] for key in sorted(seen, key=lambda key: (key[1], key[0])))


def _key(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def parse_journal(question_set: str, raw: bytes) -> Versions:
    """Read earlier versions, and see that they hold only what belongs to their set.

    Raises
    ------
    BundleError
        They do not, or are of a newer version.
    """
    what = f"the earlier versions of {question_set}"
    try:
        versions = journal.parse(raw, question_set)
    except journal.NewerError:
        raise _newer("earlier versions") from None
    except store.DamagedError:
        raise _damaged(what) from None
    _belong(question_set, versions)
    if not all(_TIME.fullmatch(one.at) for all in versions.values() for one in all):
        raise _damaged(what)
    return versions


def parse_answers(question_set: str, raw: bytes) -> Answers:
    """Read an answer file, and see that it holds only what belongs to its set.

    Raises
    ------
    BundleError
        It does not, or is of a newer version.
    """
    try:
        answers = store.parse(raw, question_set)
    except store.DamagedError as damage:
        raise BundleError(
            f"The answers to {question_set} in the file are damaged ({damage}), so nothing was "
            "taken from it."
        ) from None
    except store.AnswerFileError as error:
        raise BundleError(str(error)) from None
    _belong(question_set, answers.entries)
    for entry in answers.entries.values():
        times = [entry.at, *(at for _, at in entry.kept), *filter(None, [entry.first_at])]
        if not all(map(_TIME.fullmatch, times)) or entry.saves < 0:
            raise _damaged(f"the answers to {question_set}")
    return answers


def parse_handin(name: str, raw: bytes) -> bytes:
    """See that bytes are a hand-in, under the name of its exercise and learner.

    Raises
    ------
    BundleError
        They are not.
    """
    try:
        one = handin.parse(raw)
    except PlaceKitError as error:
        raise BundleError(
            f"The hand-in {name} in the file cannot be used: {error}. Nothing was taken from it."
        ) from None
    if not name.startswith(f"{one.assignment}__{one.learner}."):
        raise _damaged(f"the hand-in {name}, which is another’s")
    return raw


# --- reading what is not trusted ----------------------------------------------------------


def _unpacked(raw: bytes) -> dict[str, bytes]:
    # Counted before it is opened: the list alone could fill the memory.
    if raw.count(b"PK\x01\x02") > MAX_FILES:
        raise BundleError(f"The file holds more than {MAX_FILES} files, so it was not opened.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            files: dict[str, bytes] = {}
            room = MAX_BYTES
            for info in archive.infolist():
                if not _NAMES.fullmatch(info.filename) or not _is_plain(info):
                    raise BundleError(
                        f"The file holds “{_short(info.filename)}”, which an export never does. "
                        "Nothing was taken from it."
                    )
                if info.filename in files:
                    raise _damaged(f"{info.filename}, which is in it twice")
                with archive.open(info) as file:
                    content = file.read(min(room, _limit(info.filename)) + 1)
                room -= len(content)
                if room < 0 or len(content) > _limit(info.filename):
                    raise BundleError(
                        f"“{info.filename}” in the file is too large, so nothing was taken from it."
                    )
                files[info.filename] = content
            return files
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,  # it asks for a password
        NotImplementedError,  # pressed in a way of its own
        ValueError,
        OSError,
        OverflowError,
    ):
        raise BundleError(
            "This is not an export of the course, or it is damaged. Nothing was taken from it. "
            "Export once more, and copy the file whole."
        ) from None


def _is_plain(info: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(info.external_attr >> 16)
    return not info.is_dir() and kind in (0, stat.S_IFREG)


def _limit(name: str) -> int:
    if name.startswith("journal/"):
        return journal.MAX_BYTES
    if name in (MANIFEST, LEARNER):
        return MAX_SMALL
    return handin.MAX_BYTES


def _listed(files: dict[str, bytes]) -> dict[str, Any]:
    """Take the list out of `files`, and check that it names all the others, unharmed."""
    manifest = _loaded(files.pop(MANIFEST, b""), "its list of files")
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BundleError("This is not an export of the course. Nothing was taken from it.")
    version = manifest.get("version")
    if type(version) is not int or version < 1:
        raise _damaged("its list of files")
    if version > VERSION:
        raise _newer("an export")
    digests = {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}
    if manifest.get("files") != digests or not isinstance(manifest.get("course"), str):
        raise _damaged("a file that is not as it was when the export was made")
    return manifest


def _belong(question_set: str, ids: Iterable[str]) -> None:
    beginning = re.compile(rf"{re.escape(question_set)}\.[a-z0-9_]{{1,80}}")
    if not all(map(beginning.fullmatch, ids)):
        raise _damaged(f"what stands under {question_set} and belongs elsewhere")


def _learner(raw: bytes) -> str:
    data = _loaded(raw, "the learner's name")
    name = data.get("learner") if isinstance(data, dict) else None
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise _damaged("the learner’s name")
    return name


def _loaded(raw: bytes, what: str) -> Any:
    try:
        return json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _damaged(what) from None


def _damaged(what: str) -> BundleError:
    return BundleError(f"The file is damaged: {what}. Nothing was taken from it.")


def _newer(what: str) -> BundleError:
    return BundleError(
        f"The file holds {what} of a newer version of the course. Nothing was taken from it. "
        "Update the course, then import the file again."
    )


def _short(name: str) -> str:
    shown = "".join(sign if sign.isprintable() else "?" for sign in name)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")
