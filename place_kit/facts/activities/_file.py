"""What the loaders of the activities share: one file in, its content checked as a whole."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib.resources.abc import Traversable
from typing import Any

from place_kit.facts.parsing import parsed
from place_kit.facts.problems import ContentError, Problem
from place_kit.facts.reading import BAD, Reader, id_of

Known = Mapping[str, frozenset[str]]


def checked(
    file: Traversable,
    known: Callable[[Mapping[str, Any]], Known],
    read: Callable[[Reader, Any], Any],
    check: Callable[[Any, Reader], None],
    folder: str = "activities",
) -> Any:
    """Read a file, then check what the types cannot say.

    Parameters
    ----------
    file
        A file such as ``content/activities/town.toml``.
    known
        Gives the ids that entries may name, from the file as plain data.
    read
        Makes of the plain data what it should be.
    check
        Notes what is wrong with that.
    folder
        The folder of the content that holds it, for the person who has to correct it.

    Raises
    ------
    ContentError
        With every mistake of the file.
    """
    problems: list[Problem] = []
    name = f"{folder}/{file.name}"
    raw = parsed(file, name, tomllib.loads, problems)
    found = BAD
    if raw is not BAD:
        reader = Reader(name, problems, known=known(raw))
        found = read(reader, raw)
        if found is not BAD:
            check(found, reader)
    if problems:
        raise ContentError(problems)
    return found


def ids(raw: Mapping[str, Any], name: str) -> frozenset[str]:
    """The ids under one key of plain data; none where it is not a list."""
    entries = raw.get(name)
    return frozenset(map(id_of, entries)) if isinstance(entries, list) else frozenset()
