"""``for-learners/``: what to expect, as a page and as text to paste into an e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import fill

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import course_files, settings
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.desk.settings import Settings
from place_kit.tutor.files import same_bytes, write_whole

TITLE = "What to expect"
INTRO = (
    "This is about the exercises of the course on place-based working: how they are marked, "
    "and what you can count on."
)
Deadlines = Sequence[tuple[str, str]]
"""The name of each exercise, and its deadline in words."""


def write(folder: MarkingFolder) -> bool:
    """Write the page and the text anew from the settings; returns whether anything changed."""
    told = settings.read(folder)
    deadlines = _deadlines(told, folder)
    made = {
        "what-to-expect.html": html(told, deadlines).encode(),
        "what-to-expect.txt": text(told, deadlines).encode(),
    }
    changed = False
    for name, raw in made.items():
        path = folder.root / "for-learners" / name
        if not same_bytes(path, raw):
            write_whole(path, raw)
            changed = True
    return changed


def html(told: Settings, deadlines: Deadlines) -> str:
    """The page: one file, with nothing to fetch; everything in it is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return templates.get_template("what-to-expect.html.j2").render(
        title=TITLE, intro=INTRO, terms=settings.for_learners(told), deadlines=deadlines
    )


def text(told: Settings, deadlines: Deadlines) -> str:
    """The same as plain text."""
    parts = [f"{TITLE}\n{'=' * len(TITLE)}", fill(INTRO, 78)]
    for heading, words in settings.for_learners(told):
        parts.append(f"{heading}\n{'-' * len(heading)}\n{fill(words, 78)}")
    if deadlines:
        parts.append("Deadlines\n---------\n" + "\n".join(f"{n}: {when}" for n, when in deadlines))
    return "\n\n".join(parts) + "\n"


def _deadlines(told: Settings, folder: MarkingFolder) -> Deadlines:
    return [
        (_name(assignment), told.say_time(due))
        for assignment in folder.notebooks()
        if (due := told.deadlines.get(assignment))
    ]


def _name(assignment: str) -> str:
    try:
        module = course_files.module_of(assignment)
    except PlaceKitError:
        module = None
    return f"Module {module.number}, {module.title}" if module else assignment
