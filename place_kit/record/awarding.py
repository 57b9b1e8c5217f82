"""``place-kit badge``: what its commands do and say."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from place_kit.answers import days
from place_kit.answers.store import read_plain_file, write_whole
from place_kit.problems import PlaceKitError
from place_kit.record import badge, signing

KEYS = "~/.config/place-kit"
DAYS_A_YEAR = 365.25
LONGEST = 100
LONGEST_NAME = 50
"""In letters: no system takes a name of more than 255 bytes, and a letter may have four."""


@signing.installed()
def key(folder: Path | None, issuer: str, url: str = "") -> int:
    """Make the course team's key."""
    private, public = signing.make(folder or Path(KEYS), issuer, url)
    made = signing.read(public)
    print(f"Private key: {private}")
    print("  Keep it to yourselves, and keep a copy where only you can reach it.")
    print(f"Public key: {public}")
    print("  Give it to everybody: with it, anyone can verify your badges offline.")
    print(f"Its fingerprint, to publish beside it: {made.fingerprint}")
    return 0


@signing.installed()
def sign(
    people: Mapping[str, str],
    to: Path,
    *,
    key: Path | None = None,
    show_name: bool = False,
    years: float | None = None,
) -> int:
    """Write a signed badge for each of these people.

    Parameters
    ----------
    people
        Their names, by what their file is to be called.
    to
        The folder for the badges.
    key
        The private key.
    show_name
        Whether the badge shows the name, or only lets it be checked.
    years
        How long a badge is valid; by default for ever.
    """
    if years is not None and not 0 < years <= LONGEST:
        raise signing.BadgeError(
            f"A badge is valid for more than 0 and up to {LONGEST} years. "
            "Without --years it is valid for ever."
        )
    issuer = signing.read(key or Path(KEYS) / signing.PRIVATE)
    now = datetime.now(UTC)
    until = now + timedelta(days=DAYS_A_YEAR * years) if years else None
    for id, name in people.items():
        made = badge.credential(issuer, name, show_name=show_name, at=now, until=until)
        path = to / f"badge-{_plain_name(id)}.jwt"
        write_whole(path, badge.sign(issuer, made).encode("ascii") + b"\n")
        print(f"Badge of {name}: {path}")
    return 0


def _plain_name(id: str) -> str:
    """A part of a file name, for any system; letters of every script are letters."""
    signs = unicodedata.normalize("NFC", id)
    plain = (
        sign if sign in "._-" or unicodedata.category(sign)[0] in "LMN" else " " for sign in signs
    )
    return "-".join("".join(plain).split())[:LONGEST_NAME].strip("-.") or "learner"


@signing.installed()
def verify(file: Path, issuer_key: Path | None = None, name: str = "") -> int:
    """Verify a badge, and say what it says.

    Returns
    -------
    int
        0 where it is genuine; 1 where nobody said whose key to trust.
    """
    raw = read_plain_file(file, badge.MAX_BYTES)
    if raw is None:
        raise PlaceKitError(f"There is no file {file}.")
    pinned = signing.read(issuer_key) if issuer_key else None
    found = badge.verify(raw, pinned, name=name)
    print(f"Badge: {found.achievement}")
    print(f"Issued by: {found.issuer}, on {days.of(found.issued.isoformat())}")
    until = days.of(found.until.isoformat()) if found.until else "it does not expire"
    print(f"Valid until: {until}")
    print(f"Held by: {found.holder}")
    if found.pinned:
        print("Genuine: signed with this issuer's key, and unchanged since.")
        return 0
    print(f"Unchanged since it was signed, with the key {found.fingerprint}.")
    print("Whose key that is, this cannot tell: anybody can call themselves anything.")
    print("Get the issuer's public key from them, then: --issuer-key FILE")
    return 1
