"""The door: the command ``place-kit``. Each journey does its work in its own package."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import place_kit
from place_kit.problems import PlaceKitError

Command = Callable[[argparse.Namespace], int]


def _learn(given: argparse.Namespace) -> int:
    from place_kit import learner

    return learner.learn(given.folder, port=given.port, open_browser=given.browser)


def _tutor(given: argparse.Namespace) -> int:
    from place_kit import tutor

    return tutor.make(given.folder, given.roster)


def _collect(given: argparse.Namespace) -> int:
    from place_kit import tutor

    return tutor.collect(given.inbox, given.folder)


def _mark(given: argparse.Namespace) -> int:
    from place_kit import tutor

    return tutor.mark(given.folder)


def _feedback(given: argparse.Namespace) -> int:
    from place_kit import tutor

    return tutor.feedback(given.folder)


def _status(given: argparse.Namespace) -> int:
    from place_kit import tutor

    return tutor.status(given.folder)


def _release(given: argparse.Namespace) -> int:
    from place_kit import author

    return author.release(given.folder)


def _check(given: argparse.Namespace) -> int:
    from place_kit import author

    return author.check(given.folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="place-kit", description="Place-based working: a course people do, not read."
    )
    parser.add_argument("--version", action="version", version=place_kit.__version__)
    commands = parser.add_subparsers(title="what to do", metavar="COMMAND", required=True)

    def command(name: str, run: Command, help: str, folder: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        where = Path.cwd() if folder.startswith("default: this") else None
        sub.add_argument("folder", nargs="?", type=Path, default=where, help=folder)
        return sub

    learn = command("learn", _learn, "Open the course.", "default: place-based-working, at home")
    learn.add_argument("--port", type=int, help="the port to try first")
    learn.add_argument(
        "--no-browser",
        dest="browser",
        action="store_const",
        const=False,
        help="only print the address",
    )

    marking = "default: this folder, if it is a marking folder"
    tutor = command("tutor", _tutor, "Make or update a marking folder.", "where it is, or will be")
    tutor.add_argument("--roster", type=Path, help="a CSV file of learners: id, names, e-mail")
    collect = commands.add_parser("collect", help="Take in what learners handed in.")
    collect.set_defaults(run=_collect)
    collect.add_argument("inbox", type=Path, help="a hand-in, a zip, or a folder of them")
    collect.add_argument("folder", nargs="?", type=Path, default=Path.cwd(), help=marking)
    command("mark", _mark, "Mark by rule, through nbgrader.", f"default: this {marking[14:]}")
    command("feedback", _feedback, "Write feedback pages.", f"default: this {marking[14:]}")
    command("status", _status, "Say who has handed in what.", f"default: this {marking[14:]}")

    author = "default: this checkout"
    command("release", _release, "For authors: make exercises/ from solutions/.", author)
    command("check", _check, "For authors: list all that is wrong with the course.", author)
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
