"""A gentle warning where a text seems to hold something that identifies a person.

Patterns only: it finds some and misses others, and says so by asking.
"""

from __future__ import annotations

import re

_DAY, _MONTH = "(?:0[1-9]|[12]\\d|3[01])", "(?:0[1-9]|1[0-2])"
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an e-mail address", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}")),
    (
        "a CHI number",
        re.compile(rf"(?<!\d){_DAY}{_MONTH}\d{{2}} ?\d{{4}}(?!\d)"),
    ),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")),
    ("a phone number", re.compile(r"(?<![\d+])(?:\+44 ?|0)\d(?:[ -]?\d){8,9}(?!\d)")),
    (
        "a date of birth",
        re.compile(r"\b(?:born(?: on)?|d\.?o\.?b\.?|date of birth)[: ]+\d", re.I),
    ),
)


def warning(text: str) -> str:
    """Words for the learner if `text` seems to identify somebody; otherwise nothing."""
    found = [name for name, sign in _SIGNS if sign.search(text)]
    if not found:
        return ""
    return (
        f"There seems to be {' and '.join(found)} in your text. If it could identify a person, "
        "please take it out."
    )
