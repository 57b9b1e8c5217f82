"""Where things of a learner lie in their folder: one list, for moving, forgetting and showing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from place_kit import facts
from place_kit.answers import bundle, store
from place_kit.answers.files import HOME, home_of
from place_kit.problems import PlaceKitError

JOURNAL = f"{HOME}/journal"
HAND_IN = "hand-in"
FEEDBACK = "feedback"
RECORD = "record"
CHECKPOINTS = ".ipynb_checkpoints"


def home(folder: Path | None = None) -> Path:
    """The learner's folder around a folder (by default the current one).

    Raises
    ------
    PlaceKitError
        There is none: the course was not opened here with ``place-kit learn``.
    """
    start = (folder or Path.cwd()).absolute()
    found = home_of(start)
    if found is None:
        raise PlaceKitError(
            f"{start} is not in a course folder. Name yours, for example: "
            "~/place-based-working. If there is none yet: place-kit learn"
        )
    return found


def answer_files(home: Path) -> dict[str, Path]:
    """The answer files there are, by the set they hold the answers of."""
    modules = {path.stem: path for path in sorted(home.glob("course/answers/*.json"))}
    exercises = {
        path.parent.name + store.GRADED: path
        for path in sorted(home.glob("exercises/*/answers.json"))
    }
    return {
        name: path
        for name, path in (modules | exercises).items()
        if bundle.is_set(name) and not path.is_symlink()
    }


def title(home: Path, question_set: str) -> str:
    """What people call a set: “Five cases”, or “Five cases: exercise”."""
    own = {
        "record": "Your record",
        "team_plan": "Team session: plan",
        "team_session": "Team session",
    }
    name = own.get(question_set, store.assignment_of(question_set))
    with suppress(PlaceKitError, OSError):  # a damaged syllabus must not stand in the way
        for module in facts.read_syllabus(home / "course" / "modules.toml"):
            if module.id == name:
                name = module.title
    return f"{name}: exercise" if question_set.endswith(store.GRADED) else name


def journal_file(home: Path, question_set: str) -> Path:
    """Where the earlier versions of a set's answers lie."""
    return home / JOURNAL / f"{question_set}.json"


def answer_file(home: Path, question_set: str) -> Path:
    """Where a set's answers lie, or will."""
    name = store.assignment_of(question_set)
    graded = question_set.endswith(store.GRADED)
    folder = home / "exercises" / name if graded else home / "course"
    return store.file_for(question_set, folder)


def files(folder: Path) -> Iterator[Path]:
    """Every plain file in a folder and below it; no link is followed."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not Path(root, name).is_symlink())
        for name in sorted(names):
            path = Path(root, name)
            if path.is_file() and not path.is_symlink():
                yield path
