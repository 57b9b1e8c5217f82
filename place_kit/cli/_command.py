"""How a journey names a command of its own."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

Command = Callable[[argparse.Namespace], int]
if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def command(commands: Commands, name: str, run: Command, help: str) -> argparse.ArgumentParser:
    """A command that runs `run`; returns its parser, for what it takes."""
    sub = commands.add_parser(name, help=help, description=help)
    sub.set_defaults(run=run)
    return sub


def serving(sub: argparse.ArgumentParser) -> None:
    """Let a command that opens JupyterLab be told where."""
    sub.add_argument("--port", type=int, help="the port to try first")
    sub.add_argument(
        "--no-browser",
        dest="browser",
        action="store_const",
        const=False,
        help="only print the address",
    )


def folder(sub: argparse.ArgumentParser, help: str, *, here: bool = False) -> None:
    """Let a command take a folder; `here` makes the current one its default."""
    default = Path.cwd() if here else None
    sub.add_argument("folder", nargs="?", type=Path, default=default, help=help)
