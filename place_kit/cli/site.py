"""The command that makes the browser edition."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from place_kit.cli._command import command, folder

if TYPE_CHECKING:
    from place_kit.cli._command import Commands


def add_to(commands: Commands) -> None:
    """Name the command."""
    make = "Make the browser edition: plain files for any web host."
    site = command(commands, "site", _site, make)
    folder(site, "where it goes (default: site, here)")
    site.add_argument("--serve", action="store_true", help="show it on this machine")
    site.add_argument("--zip", action="store_true", help="put it into one zip file too")
    site.add_argument("--port", type=int, help="the port to try first")


def _site(given: argparse.Namespace) -> int:
    from place_kit import site

    return site.site(given.folder, serve=given.serve, pack=given.zip, port=given.port)
