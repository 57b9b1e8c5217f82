"""The team's commands: ``place-kit team pool`` and its neighbours."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from place_kit.cli._command import command, folder, serving

if TYPE_CHECKING:
    from place_kit.cli._command import Commands

SESSION = "our_place"


def add_to(commands: Commands) -> None:
    """Name the commands."""
    help = "Answer alone, see the spread, talk, agree what to do."
    team = commands.add_parser("team", help=help, description=help)
    verbs = team.add_subparsers(title="what to do", metavar="WHAT", required=True)
    for add in (_add_host, _add_pool):  # each verb of the team's journey stands here
        add(verbs)


def _session(sub: argparse.ArgumentParser) -> None:
    """Let a verb be told which session."""
    sub.add_argument("--session", default=SESSION, help=f"the session’s id (default: {SESSION})")


def _add_host(verbs: Commands) -> None:
    host = command(verbs, "host", _host, "Let the team answer on phones, from this computer.")
    folder(host, "where answers are kept; default: team-session, here")
    _session(host)
    host.add_argument(
        "--open-to-network",
        action="store_true",
        help="let phones in the same network join; without it, this computer alone",
    )
    host.add_argument(
        "--test", action="store_true", help="try for a minute whether a phone reaches this computer"
    )
    serving(host)


def _host(given: argparse.Namespace) -> int:
    from place_kit.team import host

    open_browser = given.browser is not False
    if given.test:
        return host.try_connection(port=given.port, open_browser=open_browser)
    return host.host(
        given.folder,
        given.session,
        open_to_network=given.open_to_network,
        port=given.port,
        open_browser=open_browser,
    )


def _add_pool(verbs: Commands) -> None:
    pool = command(verbs, "pool", _pool, "Pool a folder of team files into the room’s pictures.")
    pool.add_argument("folder", type=Path, help="where the team files are, such as a shared drive")
    _session(pool)
    pool.add_argument(
        "--to", type=Path, default=Path("pooled"), help="where to write (default: pooled, here)"
    )


def _pool(given: argparse.Namespace) -> int:
    from place_kit.team import pooling

    return pooling.run(given.folder, given.session, given.to)
