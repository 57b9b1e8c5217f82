"""The commands for badges: a key, a signature, and a look at one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from place_kit.cli._command import command

if TYPE_CHECKING:
    from place_kit.cli._command import Commands


def add_to(commands: Commands) -> None:
    """Name the commands."""
    about = "Badges (Open Badges 3.0) for those who completed the course."
    badges = commands.add_parser("badge", help=about, description=about)
    verbs = badges.add_subparsers(title="what to do", metavar="VERB", required=True)

    key = command(verbs, "key", _key, "For the course team, once: make the key.")
    key.add_argument("--issuer", required=True, help="what your team or organisation is called")
    key.add_argument("--url", default="", help="its page on the web")
    key.add_argument("--folder", type=Path, help="default: .config/place-kit, at home")

    sign = command(verbs, "sign", _sign, "For the course team: sign badges.")
    sign.add_argument("learners", nargs="*", help="default: all who have passed every exercise")
    sign.add_argument("--folder", type=Path, help="the marking folder; default: this one")
    sign.add_argument("--name", help="one person, by name, without a marking folder")
    sign.add_argument("--to", type=Path, help="where badges go; default: badges, there")
    sign.add_argument("--key", type=Path, help="the private key")
    sign.add_argument("--show-name", action="store_true", help="let everybody read the name")
    sign.add_argument("--years", type=float, help="how long they are valid; default: for ever")

    verify = command(verbs, "verify", _verify, "For anybody: verify a badge, offline.")
    verify.add_argument("file", type=Path, help="the badge")
    verify.add_argument("--issuer-key", type=Path, help="the issuer's public key")
    verify.add_argument("--name", default="", help="check that it is this person's")


def _key(given: argparse.Namespace) -> int:
    from place_kit.record import awarding

    return awarding.key(given.folder, given.issuer, given.url)


def _sign(given: argparse.Namespace) -> int:
    from place_kit.record import awarding

    if given.name:
        people, to = {given.name: given.name}, given.to or Path.cwd() / "badges"
    else:
        from place_kit.tutor import commands

        people, to = commands.completed(given.folder, given.learners)
        to = given.to or to
    return awarding.sign(people, to, key=given.key, show_name=given.show_name, years=given.years)


def _verify(given: argparse.Namespace) -> int:
    from place_kit.record import awarding

    return awarding.verify(given.file, given.issuer_key, given.name)
