"""The small things that the reader chose to try at work, module by module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from place_kit.show import words
from place_kit.show._html import Html, items, join, tag
from place_kit.show.card import Card


@dataclass(frozen=True, slots=True)
class Trial:
    """What was chosen in a module."""

    module: str
    action: str
    with_whom: str = ""
    date: str = ""
    sign: str = ""


def trials(chosen: Sequence[Trial]) -> Card:
    """List them, oldest first."""
    if not chosen:
        return Card(
            title="What you chose to try so far",
            takeaway="Nothing from an earlier module is in this folder. Choose something below.",
        )
    noun = "thing" if len(chosen) == 1 else "things"
    return Card(
        title="What you chose to try so far",
        takeaway=f"You chose {words.count(len(chosen))} {noun}. What came of it? Whatever it "
        "was, it tells you something about the next one.",
        body=items(map(_trial, chosen), "ol"),
    )


def _trial(each: Trial) -> Html:
    more = "; ".join(
        f"{name}: {text}"
        for name, text in (
            ("with", each.with_whom),
            ("by", each.date),
            ("worth it if", each.sign),
        )
        if text
    )
    said = tag("p", join((tag("strong", f"{each.module}:"), each.action), between=" "))
    return join((said, tag("p", words.sentence(more), class_="pk-soft") if more else ""))
