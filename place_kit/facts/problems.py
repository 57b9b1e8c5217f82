"""What is wrong with the content, collected: nothing is raised before all is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from place_kit.problems import PlaceKitError


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in the content: the file, the key in it, and what is wrong."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, {self.key}" if self.key else self.file
        return f"{place}: {self.message}"


class ContentError(PlaceKitError):
    """The content cannot be used. `problems` holds every mistake of every file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = "a mistake" if len(self.problems) == 1 else f"{len(self.problems)} mistakes"
        lines = "\n".join(f"- {problem}" for problem in self.problems)
        super().__init__(f"The course's content has {count}. Correct the files:\n{lines}")


def collected(loaders: Iterable[Callable[[], object]]) -> tuple[Problem, ...]:
    """Every mistake that some loaders find: one that fails keeps no other from its turn."""
    found: list[Problem] = []
    for load in loaders:
        try:
            load()
        except ContentError as error:
            found += error.problems
    return tuple(found)
