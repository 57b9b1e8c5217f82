"""The command that makes a learner's record."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from place_kit.cli._command import command, folder
from place_kit.problems import PlaceKitError

if TYPE_CHECKING:
    from place_kit.cli._command import Commands


FORMATS = ("docx", "pdf", "txt", "csv")


def add_to(commands: Commands) -> None:
    """Name the command."""
    record = command(commands, "record", _record, "Make your CPL / CPD record, or certificate.")
    folder(record, "default: this folder, or place-based-working, at home")
    record.add_argument(
        "--format",
        dest="formats",
        action="extend",
        type=_formats,
        metavar="FORMAT,FORMAT",
        default=[],
        help=f"only these, of {', '.join(FORMATS)}; default: all of them",
    )
    record.add_argument("--certificate", action="store_true", help="the certificate instead")


def _formats(typed: str) -> list[str]:
    named = [name.strip().lower() for name in typed.split(",") if name.strip()]
    for name in named:
        if name not in FORMATS:
            raise argparse.ArgumentTypeError(f"there is no {name}; there are {', '.join(FORMATS)}")
    return named


def _record(given: argparse.Namespace) -> int:
    from place_kit import record

    if str(given.folder) in FORMATS and not given.folder.exists():
        raise PlaceKitError(
            f"“{given.folder}” stands where the folder does. To ask for more than one format, put "
            f"a comma between them, without a space: --format {FORMATS[0]},{FORMATS[1]}"
        )
    return record.write(given.folder, given.formats, certificate=given.certificate)
