"""The learner's commands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from place_kit.cli._command import command, folder, serving

if TYPE_CHECKING:
    from place_kit.cli._command import Commands


def add_to(commands: Commands) -> None:
    """Name the commands."""
    learn = command(commands, "learn", _learn, "Open the course.")
    folder(learn, "default: place-based-working, at home")
    serving(learn)


def _learn(given: argparse.Namespace) -> int:
    from place_kit import learner

    return learner.learn(given.folder, port=given.port, open_browser=given.browser)
