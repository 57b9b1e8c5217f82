"""The commands for a learner's own work: to move it, and to delete it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from place_kit.cli._command import command, folder

if TYPE_CHECKING:
    from place_kit.cli._command import Commands

EXPORT = "place-based-working.zip"
YOURS = "your course folder; default: the one you are in, or place-based-working at home"


def add_to(commands: Commands) -> None:
    """Name the commands."""
    out = command(commands, "export", _export, "Put all your work into one file, to move it.")
    out.add_argument("file", nargs="?", type=Path, help=f"default: {EXPORT} in this folder")
    into = command(commands, "import", _import, "Bring in the work of such a file.")
    into.add_argument("file", type=Path, help="the file that place-kit export made")
    for each in (out, into):
        each.add_argument("--folder", type=Path, help=YOURS)
    forget = command(commands, "forget", _forget, "Delete for good: a text, a part, or all.")
    folder(forget, YOURS)
    what = forget.add_mutually_exclusive_group()
    what.add_argument("--text", metavar="QUESTION", help="a text, by the id of its question")
    what.add_argument("--part", metavar="ID", help="such as 03_cases, or 03_cases.graded")
    what.add_argument("--all", action="store_true", help="everything you made in the course")
    forget.add_argument("--yes", action="store_true", help="do not ask; for scripts")


def _export(given: argparse.Namespace) -> int:
    from place_kit.learner import own_work

    return own_work.export(given.file or Path(EXPORT), given.folder)


def _import(given: argparse.Namespace) -> int:
    from place_kit.learner import own_work

    return own_work.take(given.file, given.folder)


def _forget(given: argparse.Namespace) -> int:
    from place_kit.learner import own_work

    return own_work.forget(
        given.folder, text=given.text, part=given.part, all=given.all, yes=given.yes
    )
