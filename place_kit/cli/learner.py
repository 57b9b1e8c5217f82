"""The learner's commands."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from place_kit.cli._command import command, folder, serving

if TYPE_CHECKING:
    from place_kit.cli._command import Commands


def add_to(commands: Commands) -> None:
    """Name the commands."""
    learn = command(commands, "learn", _learn, "Open the course.")
    folder(learn, "default: place-based-working, at home")
    serving(learn)
    progress = command(commands, "progress", _progress, "Say how far you are, and what is next.")
    folder(progress, "your course folder; default: this one, or place-based-working at home")
    progress.add_argument(
        "--ics", type=Path, metavar="FILE", help="write your trial at work as a calendar file"
    )


def _learn(given: argparse.Namespace) -> int:
    from place_kit import learner

    return learner.learn(given.folder, port=given.port, open_browser=given.browser)


def _progress(given: argparse.Namespace) -> int:
    from place_kit.learner import progress

    return progress.tell(given.folder, ics=given.ics)
