"""A participant's team file, as the team's room knows it.

Its form stands in `place_kit.answers.teamfile`: the forms of a notebook make it too.
"""

from __future__ import annotations

from place_kit.answers.teamfile import (
    MAX_BYTES,
    MAX_TEXT,
    TEXTS,
    Entry,
    EntryError,
    file_name,
    make,
    new_code,
    parse,
)

__all__ = [
    "MAX_BYTES",
    "MAX_TEXT",
    "TEXTS",
    "Entry",
    "EntryError",
    "file_name",
    "make",
    "new_code",
    "parse",
]
