"""The exercises, made by nbgrader from the solutions: in a scratch copy, then swapped in.

nbgrader deletes a release that it fails to make again, so it never works on ours.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from place_kit.author.notebooks import problems_of_folder
from place_kit.problems import PlaceKitError

SOLUTIONS = "solutions"
EXERCISES = "exercises"


def release(root: Path) -> tuple[str, ...]:
    """Make every exercise from its solution, and replace those that changed.

    Parameters
    ----------
    root
        The checkout: it holds ``solutions/`` and ``exercises/``.

    Returns
    -------
    tuple of str
        The assignments whose exercise is new or has changed.

    Raises
    ------
    PlaceKitError
        If a solution has a problem, or nbgrader refuses it. ``exercises/`` is then
        as it was.
    """
    with _made(root) as made:
        changed = tuple(
            name for name in sorted(made) if not _same(made[name], root / EXERCISES / name)
        )
        for name in changed:
            _swap_in(made[name], root / EXERCISES / name)
    return changed


def check(root: Path) -> tuple[str, ...]:
    """Say which exercises are not what nbgrader makes of the solutions.

    An exercise without a solution counts too. Nothing is written.

    Parameters
    ----------
    root
        The checkout: it holds ``solutions/`` and ``exercises/``.

    Returns
    -------
    tuple of str
        The assignments that differ, sorted; empty if all is well.
    """
    with _made(root) as made:
        committed = {folder.name for folder in folders(root / EXERCISES)}
        return tuple(
            name
            for name in sorted(committed | made.keys())
            if name not in made or not _same(made[name], root / EXERCISES / name)
        )


@contextmanager
def _made(root: Path) -> Iterator[dict[str, Path]]:
    """Each assignment's exercise, freshly made in a folder that goes away afterwards."""
    assignments = [folder.name for folder in folders(root / SOLUTIONS)]
    if not assignments:
        raise PlaceKitError(
            f"There is no assignment in {root / SOLUTIONS}. "
            "Run this from a checkout of the course, not from an installed copy."
        )
    found = [
        problem for name in assignments for problem in problems_of_folder(root / SOLUTIONS / name)
    ]
    if found:
        raise PlaceKitError(
            "Nothing was released, because the solutions need mending first:\n"
            + "\n".join(f"- {problem}" for problem in found)
        )
    with tempfile.TemporaryDirectory(prefix="place-kit-release-") as scratch_name:
        # Resolved, because nbgrader matches paths as text (macOS links its temporary folder).
        scratch = Path(scratch_name).resolve()
        checkpoints = shutil.ignore_patterns(".ipynb_checkpoints")
        shutil.copytree(root / SOLUTIONS, scratch / SOLUTIONS, ignore=checkpoints)
        for name in assignments:
            _generate(scratch, name)
        yield {name: scratch / EXERCISES / name for name in assignments}


def _generate(scratch: Path, assignment: str) -> None:
    try:
        from nbgrader.converters import GenerateAssignment
        from nbgrader.coursedir import CourseDirectory
        from traitlets.config import Config
    except ImportError:
        raise PlaceKitError(
            "Exercises are made by nbgrader, which is not installed here. "
            'Run "pip install -e .[tutor]" in the checkout, then try again.'
        ) from None

    config = Config()
    config.CourseDirectory.root = str(scratch)
    config.CourseDirectory.source_directory = SOLUTIONS
    config.CourseDirectory.release_directory = EXERCISES
    config.CourseDirectory.assignment_id = assignment
    # nbgrader's own --no-db: an exercise is the same without a gradebook.
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    log, said = _listening_log()
    course = CourseDirectory(config=config)
    converter = GenerateAssignment(coursedir=course, config=config, log=log)
    try:
        converter.start()
    # nbgrader ends some failures with SystemExit, others with whatever went wrong inside.
    except (Exception, SystemExit) as error:
        traceback = next((text for text in reversed(said) if "Traceback" in text), str(error))
        raise PlaceKitError(
            f"nbgrader could not make the exercise {assignment}: "
            f"{traceback.strip().splitlines()[-1]}. "
            f"Mend {SOLUTIONS}/{assignment} and try again; {EXERCISES}/ is as it was."
        ) from error


def _listening_log() -> tuple[logging.Logger, list[str]]:
    """Give a logger of our own, and the list of the errors it hears."""
    said: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    log = logging.Logger("place_kit.author.releasing", level=logging.ERROR)
    log.addHandler(Keep())
    return log, said


def _swap_in(made: Path, place: Path) -> None:
    """Put a folder in the place of another; if that fails, the other is back."""
    place.parent.mkdir(parents=True, exist_ok=True)
    new, old = (place.with_name(f".{place.name}.{word}") for word in ("new", "old"))
    for left_over in (new, old):
        shutil.rmtree(left_over, ignore_errors=True)
    # Beside its place first: renaming works only within one disk.
    shutil.copytree(made, new)
    had_one = place.exists()
    if had_one:
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if had_one:
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _same(one: Path, other: Path) -> bool:
    return other.is_dir() and _contents(one) == _contents(other)


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }


def folders(parent: Path) -> list[Path]:
    """Give the assignments' folders in ``solutions/`` or ``exercises/``, in order."""
    if not parent.is_dir():
        return []
    return sorted(
        path for path in parent.iterdir() if path.is_dir() and not path.name.startswith(".")
    )
