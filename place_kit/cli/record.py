"""The command that makes a learner's record."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from place_kit.cli._command import command, folder

if TYPE_CHECKING:
    from place_kit.cli._command import Commands


def add_to(commands: Commands) -> None:
    """Name the command."""
    record = command(commands, "record", _record, "Make your CPL / CPD record, or certificate.")
    folder(record, "default: this folder, or place-based-working, at home")
    record.add_argument(
        "--format",
        dest="formats",
        nargs="+",
        choices=("docx", "pdf", "txt", "csv"),
        default=(),
        help="default: all of them",
    )
    record.add_argument("--certificate", action="store_true", help="the certificate instead")


def _record(given: argparse.Namespace) -> int:
    from place_kit import record

    return record.write(given.folder, given.formats, certificate=given.certificate)
