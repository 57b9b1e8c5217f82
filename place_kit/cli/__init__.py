"""The door: the command ``place-kit``. Each journey does its work in its own package.

A module here names the commands of one journey and hands over what was typed; a journey is
imported when one of its commands is run, so that the door opens quickly.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import place_kit
from place_kit.cli import author, badge, learner, own_work, record, site, team, tutor
from place_kit.cli._command import Command
from place_kit.problems import PlaceKitError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="place-kit", description="Place-based working: a course people do, not read."
    )
    parser.add_argument("--version", action="version", version=place_kit.__version__)
    commands = parser.add_subparsers(title="what to do", metavar="COMMAND", required=True)
    for journey in (learner, own_work, record, tutor, team, badge, author, site):
        journey.add_to(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; what goes wrong is said in a sentence, never as a traceback.

    Returns
    -------
    int
        0 when all went well, 1 when something is to be looked at.
    """
    for stream in (sys.stdout, sys.stderr):
        # An old Windows console must not stop us over a Gaelic accent.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    given = _parser().parse_args(arguments)
    try:
        run: Command = given.run
        return run(given)
    except PlaceKitError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Nothing is lost: run the same command to go on.", file=sys.stderr)
        return 1
