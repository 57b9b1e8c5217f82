"""The committed notebooks, and the words in them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from place_kit.author.notebooks import FACILITATOR_TAG

ROOT = Path(__file__).parents[2]
COURSE, SOLUTIONS, EXERCISES = ROOT / "course", ROOT / "solutions", ROOT / "exercises"

#: Pages beside the modules: they teach nothing, so they are not in the syllabus.
PAGES = [
    COURSE / f"{page}.ipynb"
    for page in ("glossary", "journal", "privacy", "record", "references", "team_session")
]
MODULES = sorted(set(COURSE.glob("*.ipynb")) - set(PAGES))
SOLVED = sorted(SOLUTIONS.glob("*/*.ipynb"))
RELEASED = sorted(EXERCISES.glob("*/*.ipynb"))
ALL = [*MODULES, *PAGES, *SOLVED, *RELEASED]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def cells(path: Path) -> list[dict[str, Any]]:
    content = json.loads(path.read_text(encoding="utf-8"))
    return [cell | {"source": "".join(cell["source"])} for cell in content["cells"]]


def texts(path: Path, *, facilitator: bool = False) -> list[str]:
    """The Markdown that learners read, or that facilitators do; mark schemes left out."""
    return [
        cell["source"].partition("### BEGIN MARK SCHEME")[0]
        for cell in cells(path)
        if cell["cell_type"] == "markdown"
        and (FACILITATOR_TAG in cell["metadata"].get("tags", ())) is facilitator
    ]
