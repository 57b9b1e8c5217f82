"""What is really kept in a learner's folder, by kind: every file belongs to one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from place_kit.answers import places
from place_kit.answers.files import HOME

_ASIDE = re.compile(r"\.(?:damaged|full)-")
_ANSWERS = re.compile(r"course/answers/[^/]+\.json|exercises/[^/]+/answers[^/]*\.json")
_TEAM = re.compile(r"team-[a-z0-9_]+-round-[0-9]-[0-9a-f]+\.json")
_MY_OWN = re.compile(r" \(my own( \d+)?\)\.ipynb$")  # as the browser edition keeps a changed page
_FOLDERS = {
    "pooled": "team_pooled",
    places.HAND_IN: "hand_in",
    places.FEEDBACK: "feedback",
    places.RECORD: "records",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """How many files there are of one kind, and how large they are together."""

    files: int = 0
    size: int = 0


def look(home: Path) -> Mapping[str, Kept]:
    """Count what is kept in a learner's folder, by the ids of `place_kit.facts.keeping`."""
    found: dict[str, Kept] = {}
    for path in places.files(home):
        kind = kind_of(path.relative_to(home).as_posix())
        before = found.get(kind, Kept())
        with suppress(OSError):  # gone since
            found[kind] = Kept(before.files + 1, before.size + path.stat().st_size)
    return found


def kind_of(name: str) -> str:
    """The kind of a file, from its name in the learner's folder."""
    path = PurePosixPath(name)
    first, *rest = path.parts
    if first == HOME:
        return _of_home(rest)
    if first in _FOLDERS:
        return _FOLDERS[first]
    if ".team-host" in path.parts or _TEAM.fullmatch(path.name):
        return "team_files"
    if first in ("course", "exercises"):
        return next(_of_course(name, path))
    return "exports" if not rest and path.suffix == ".zip" else "own"


def _of_home(rest: list[str]) -> str:
    if rest[:1] == ["journal"]:
        return "aside" if _ASIDE.search(rest[-1]) else "versions"
    if rest[:1] == ["jupyter"]:
        return "engine"
    return "name" if rest == ["learner.json"] else "notes"


def _of_course(name: str, path: PurePosixPath) -> Iterator[str]:
    if places.CHECKPOINTS in path.parts:
        yield "copies"
    if path.suffix in (".lock", ".tmp"):
        yield "notes"
    if _ANSWERS.fullmatch(name):
        yield "aside" if _ASIDE.search(path.name) else "answers"
    if _MY_OWN.search(path.name):
        yield "own"
    yield "pages" if path.suffix in (".ipynb", ".toml") else "own"
