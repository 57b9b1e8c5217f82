"""The author's commands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from place_kit.cli._command import command, folder

if TYPE_CHECKING:
    from place_kit.cli._command import Commands

HERE = "default: this checkout"


def add_to(commands: Commands) -> None:
    """Name the commands."""
    make = "For authors: make exercises/ from solutions/."
    folder(command(commands, "release", _release, make), HERE, here=True)
    look = "For authors: list all that is wrong with the course."
    folder(command(commands, "check", _check, look), HERE, here=True)


def _release(given: argparse.Namespace) -> int:
    from place_kit import author

    return author.release(given.folder)


def _check(given: argparse.Namespace) -> int:
    from place_kit import author

    return author.check(given.folder)
