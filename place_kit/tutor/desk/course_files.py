"""Where the course's own files are: a checkout has the solutions, a wheel does not."""

from __future__ import annotations

from pathlib import Path

import place_kit
from place_kit.facts.model import Module
from place_kit.problems import PlaceKitError

PACKAGE = Path(place_kit.__file__).parent


def solutions() -> Path:
    """The instructor's notebooks of the checkout this package runs from.

    Raises
    ------
    PlaceKitError
        If it was installed from a wheel, which is what learners get.
    """
    found = PACKAGE.parent / "solutions"
    if not found.is_dir() or not (PACKAGE.parent / "pyproject.toml").is_file():
        raise PlaceKitError(
            "A marking folder needs the mark schemes, and the package installed here comes without "
            "them, as learners get it. Get the course's repository (git clone, or its zip), go "
            "into it, run: pip install -e '.[tutor]' and then this command again."
        )
    return found


def module_of(assignment: str) -> Module | None:
    """The module an assignment belongs to, if the syllabus knows it."""
    from place_kit import facts
    from place_kit.learner import shipped

    for module in facts.read_syllabus(shipped.root() / "course" / "modules.toml"):
        if assignment in (module.assignment, module.id):
            return module
    return None
