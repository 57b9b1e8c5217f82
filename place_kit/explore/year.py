"""Play a year in a made-up place, and compare it with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from place_kit import facts
from place_kit.ask import _front
from place_kit.facts.activities import year as scenario
from place_kit.problems import PlaceKitError
from place_kit.show import year as shown
from place_kit.show.card import Card
from place_kit.show.lookup import problem

if TYPE_CHECKING:
    from place_kit.explore.playing import YearPlay


def year() -> YearPlay | Card:
    """Play a year, one decision at a time; what is decided is kept with the module's answers.

    Where nobody can choose, every decision is printed, with what comes of each choice.
    """
    try:
        known, story = facts.load(), scenario.load()
        if not _front.is_live():
            return shown.every_decision(known, story)
        from place_kit.explore.playing import YearPlay

        return YearPlay(known, story)
    except PlaceKitError as error:
        return problem(str(error))
