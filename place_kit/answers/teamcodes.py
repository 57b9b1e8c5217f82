"""The random code of a participant, one for each session, kept on their own machine alone.

It links their two rounds. Whoever begins another session of the same kind makes a new one, so
that nothing links a person across sessions.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from place_kit.answers import teamfile
from place_kit.answers.files import HOME, home_of, read_plain_file, write_whole
from place_kit.problems import PlaceKitError

NAME = "team-codes.json"


def code_for(folder: Path, session: str) -> str:
    """The participant's code for a session: the one made before, or a new one."""
    codes = _read(folder)
    return codes[session] if session in codes else renew(folder, session)


def renew(folder: Path, session: str) -> str:
    """A new code for a session, in the place of the one before.

    Where it cannot be kept it is given all the same: only the rounds are then not linked.
    """
    code = teamfile.new_code()
    raw = json.dumps({**_read(folder), session: code}).encode("utf-8")
    with suppress(PlaceKitError):
        write_whole(_path(folder), raw)
    return code


def _path(folder: Path) -> Path:
    home = home_of(folder)
    return home / HOME / NAME if home else folder / f".{NAME}"


def _read(folder: Path) -> dict[str, str]:
    try:
        codes = json.loads(read_plain_file(_path(folder), 10_000) or b"{}")
        return {name: code for name, code in codes.items() if teamfile.is_code(code)}
    except (PlaceKitError, ValueError, AttributeError, RecursionError):
        return {}  # a new one is made
