"""Words that came from outside, made safe to print, to tabulate and to name a file by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath

from place_kit.documents import sheet

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def clean(text: str, limit: int = 120) -> str:
    """One line of what somebody else named: no control characters, no turned text.

    Right-to-left overrides and zero-width marks can make ``exe.nosj`` read as
    ``json.exe`` backwards; a terminal obeys control characters. Both are left out.
    """
    seen = "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in _UNSEEN
    )
    seen = " ".join(seen.split())
    return seen if len(seen) <= limit else seen[: limit - 1] + "…"


def csv_cell(text: str) -> str:
    """A cell that a spreadsheet shows as text and never works out as a formula."""
    return sheet.cell(clean(text, 500))


def safe_name(name: str) -> str:
    """A file name for any system, from one that somebody sent."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-._")[:80] or "file"


def utc_stamp() -> str:
    """The time now, as part of a file name."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")


def count(number: int, one: str, many: str = "") -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str], limit: int = 20) -> str:
    """``ada, bo and 3 more``: a list that stays short."""
    more = f" and {len(names) - limit} more" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more


def number(value: float) -> str:
    """Points as people write them: ``2.5``, ``3``."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
