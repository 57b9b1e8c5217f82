"""What the software keeps of a learner, in words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from place_kit.facts.parsing import parsed
from place_kit.facts.problems import ContentError, Problem
from place_kit.facts.reading import BAD, Reader


@dataclass(frozen=True, slots=True)
class Heap:
    """One kind of thing that is kept: where it lies, what it holds, and for how long.

    `installed` says that it is only there where the course is installed.
    """

    id: str
    name: str
    where: str
    what: str
    until: str
    installed: bool = False


@lru_cache(maxsize=1)
def load() -> tuple[Heap, ...]:
    """Give the kinds of things that are kept, read once from the package."""
    return read(files("place_kit").joinpath("content/keeping.toml"))


def read(file: Traversable) -> tuple[Heap, ...]:
    """Read a file of such kinds.

    Raises
    ------
    ContentError
        With every mistake.
    """
    problems: list[Problem] = []
    raw = parsed(file, file.name, tomllib.loads, problems)
    reader = Reader(file.name, problems)
    parts: Any = BAD if raw is BAD else reader.keys({"heap": (tuple[Heap, ...], False)}, raw)
    if problems:
        raise ContentError(problems)
    heaps: tuple[Heap, ...] = parts["heap"]
    return heaps
