"""Choose who is heard in a made-up place: the dots are drawn anew and the ideas change places.

What is chosen is curiosity, and is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from place_kit.ask import _front
from place_kit.facts.activities import voices as _voices
from place_kit.problems import PlaceKitError
from place_kit.show import voices as shown
from place_kit.show.card import Card
from place_kit.show.lookup import problem

if TYPE_CHECKING:
    from place_kit.explore.controls import Controls

NOBODY = "nobody"


def voices() -> Controls | Card:
    """Choose who is heard; see what then comes first, and whose answers stay open.

    Where nobody can choose, the order for every choice is printed, and everyone's scores.
    """
    try:
        return _offered()
    except PlaceKitError as error:
        return problem(str(error))


def _offered() -> Controls | Card:
    known = _voices.load()
    printed = shown.printed(known)
    if not _front.is_live():
        return printed
    from place_kit.explore.controls import Controls, Field

    def draw(chosen: Mapping[str, str]) -> Card:
        met = "" if chosen["met"] == NOBODY else chosen["met"]
        return shown.dots(known, chosen["speak"], chosen["engaged"], met)

    people = tuple((each.id, f"{each.name}, {each.about}") for each in known.people)
    return Controls(
        "Choose who is heard. The picture changes with you.",
        (
            Field("speak", "Who speaks up", tuple(shown.SPEAK.items())),
            Field("engaged", "Who is engaged already", tuple(shown.ENGAGED.items())),
            Field("met", "Meet one of the people", ((NOBODY, "Nobody just now"), *people)),
        ),
        draw,
        printed,
    )
