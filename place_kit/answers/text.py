"""Text that somebody else wrote, made safe to show."""

from __future__ import annotations

import unicodedata

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """`text` without control characters and marks that turn the direction of reading."""
    return "".join(
        sign
        for sign in text.replace("\r\n", "\n").replace("\r", "\n")
        if sign in "\n\t" or (sign not in _BIDI and unicodedata.category(sign) not in ("Cc", "Cs"))
    )
