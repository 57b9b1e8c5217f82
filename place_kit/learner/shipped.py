"""Where the course lies that came with this installation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from place_kit.problems import PlaceKitError

PARTS = ("course", "exercises")
"""The folders that a learner gets, in the wheel and in a checkout alike."""

_LEFT_OUT = {"answers", "answers.json", "__pycache__"}


def root() -> Path:
    """Return the folder that holds ``course`` and ``exercises``.

    In an installed wheel that is ``place_kit/_shipped``; in a checkout it is the
    folder beside ``place_kit``.
    """
    package = Path(__file__).resolve().parent.parent
    for place in (package / "_shipped", package.parent):
        if (place / "course" / "modules.toml").is_file():
            return place
    raise PlaceKitError(
        "The course's notebooks are missing from this installation. "
        "Install it again: pip install --force-reinstall place-kit"
    )


def files(root: Path) -> Iterator[str]:
    """List the files a learner gets, as paths with ``/``, relative to `root`.

    Answers and hidden files, which an author's own trial leaves in a checkout, are not among them.
    """
    for part in PARTS:
        for path in sorted((root / part).rglob("*")):
            inside = path.relative_to(root)
            hidden = any(name.startswith(".") or name in _LEFT_OUT for name in inside.parts)
            if path.is_file() and not hidden:
                yield inside.as_posix()
