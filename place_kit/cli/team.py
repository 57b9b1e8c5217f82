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
    # Each verb of the team's journey stands here.
    for add in (_add_slides, _add_pack, _add_host, _add_pool, _add_report):
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


def _add_slides(verbs: Commands) -> None:
    slides = command(verbs, "slides", _slides, "Write slides that run offline, by keyboard.")
    _to(slides, "team-slides")
    _session(slides)


def _slides(given: argparse.Namespace) -> int:
    from place_kit.team import slides

    return slides.run(given.folder, given.session)


def _add_pack(verbs: Commands) -> None:
    pack = command(verbs, "pack", _pack, "Write what a session needs on paper: PDF and Word.")
    _to(pack, "team-pack")
    _session(pack)


def _to(sub: argparse.ArgumentParser, default: str) -> None:
    """Let a verb be told the folder it writes to."""
    sub.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path(default),
        help=f"where to write (default: {default}, here)",
    )


def _pack(given: argparse.Namespace) -> int:
    from place_kit.team import pack

    return pack.run(given.folder, given.session)


def _add_report(verbs: Commands) -> None:
    help = "Write the plan, the pictures and how it was as one report, and a follow-up."
    report = command(verbs, "report", _report, help)
    folder(report, "the course folder of the scribe; default: this one, or the usual one")
    _session(report)
    report.add_argument("--answers", type=Path, help="the folder of team files, for the pictures")
    report.add_argument(
        "--last-time",
        type=Path,
        help="what was pooled of a session before, or its team files, to put beside it",
    )


def _report(given: argparse.Namespace) -> int:
    from place_kit.team import report

    return report.run(given.folder, given.session, given.answers, given.last_time)
