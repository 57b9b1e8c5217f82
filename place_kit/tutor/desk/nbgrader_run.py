"""Run nbgrader's own steps in this process, with a folder's own configuration."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import gradebook
from place_kit.tutor.desk.marking_folder import CONFIG, MarkingFolder
from place_kit.tutor.words import clean


def config_of(folder: MarkingFolder) -> Any:
    """The folder's nbgrader configuration, as ``nbgrader`` itself would read it.

    Raises
    ------
    PlaceKitError
        If it is not valid Python, or names what is not there.
    """
    from traitlets.config import PyFileConfigLoader

    try:
        return PyFileConfigLoader(CONFIG, path=str(folder.root)).load_config()
    except Exception as error:
        raise PlaceKitError(
            f"{folder.root / CONFIG} or own_config.py cannot be read: {error}. Correct "
            "own_config.py; 'place-kit tutor' on this folder writes the other one anew."
        ) from error


def bare_config(root: Path) -> Any:
    """A configuration for a trial: the same names of folders, and no gradebook."""
    from traitlets.config import Config

    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "exercises"
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    return config


def api(config: Any) -> Any:
    """Give nbgrader's `NbGraderAPI`."""
    try:
        from nbgrader.apps import NbGraderAPI
    except ImportError:
        raise PlaceKitError(
            "Marking needs nbgrader, which is not installed here. "
            "Run: pip install 'place-kit[tutor]'"
        ) from None
    gradebook.find_own_tools()
    return NbGraderAPI(config=config)


def generate(config: Any, assignment: str) -> None:
    """Make the released notebook of an assignment and fill the gradebook.

    Raises
    ------
    PlaceKitError
        If nbgrader cannot, with its reason.
    """
    result = api(config).generate_assignment(assignment, force=True, create=True)
    if not result["success"]:
        raise PlaceKitError(
            f"nbgrader could not make the exercise of {assignment}: {reason(result)}. "
            "This is a fault of the course: run 'place-kit check' in the checkout."
        )


def reason(result: dict[str, Any]) -> str:
    """The one line that says why a run of nbgrader failed."""
    said = f"{result.get('log', '')}\n{result.get('error', '')}"
    said = re.sub(r"\x1b\[[0-9;]*m", "", said)
    # The first traceback is the cause; nbgrader's own follows it.
    errors = re.findall(
        r"^ *(?:[A-Za-z_]\w*\.)*(\w*(?:Error|Exception)): (.+)$", said, re.MULTILINE
    )
    own = re.findall(r"^\[ERROR\] (.+)$", said, re.MULTILINE)
    for kind, text in errors:
        if kind not in ("NbGraderException",):
            plain = kind in ("PlaceKitError", "NotPlainError", "AnswerFileError", "DamagedError")
            return clean(text if plain else f"{kind}: {text}", 300).rstrip(".")
    return clean(own[0] if own else "nbgrader gave no reason", 300).rstrip(".")
