"""The wheel of the reader's own place, drawn from the scores they gave.

The scores are answers, given in forms and kept; the wheel follows them. What is chosen
beside it is curiosity, and is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from place_kit import facts
from place_kit.ask import _front
from place_kit.explore.answered import answered
from place_kit.facts.activities import wheel as wheels
from place_kit.problems import PlaceKitError
from place_kit.show import wheel as shown
from place_kit.show.card import Card
from place_kit.show.lookup import problem

if TYPE_CHECKING:
    from place_kit.explore.controls import Controls

MINE = "07_place_and_plan.my_scores"
ASKED, YES = "07_place_and_plan.asked_residents", "yes"
THEIRS = "07_place_and_plan.residents_scores"
ALL = "all"


def wheel() -> Controls | Card:
    """Draw the reader's scores; look into a theme, or lay residents' own scores over them."""
    try:
        return _wheel()
    except PlaceKitError as error:
        return problem(str(error))


def _wheel() -> Controls | Card:
    known, course = wheels.load(), facts.load()
    mine, asked, theirs = (facts.question(id) for id in (MINE, ASKED, THEIRS))

    def draw(chosen: Mapping[str, str]) -> Card:
        # Scores count as residents' own only where the reader says that residents gave them.
        given = (answered(theirs) or None) if answered(asked) == YES else None
        return shown.own(
            course,
            known,
            answered(mine) or {},
            given,
            theme="" if chosen["theme"] == ALL else chosen["theme"],
            together=chosen["lay"] == "both",
        )

    if not _front.is_live():
        return draw({"theme": ALL, "lay": "both"})
    from place_kit.explore.controls import Field
    from place_kit.explore.following import Following

    themes = tuple((each.id, each.name) for each in known.themes.values())
    return Following(
        (mine, asked, theirs),
        "Your wheel follows your scores. Choose what to show, and a theme to look into.",
        (
            Field(
                "lay",
                "Show",
                (("mine", "My view"), ("both", "My view, with residents’ own scores over it")),
                shape="radio",
            ),
            Field("theme", "Theme", ((ALL, "All of them"), *themes)),
        ),
        draw,
        # Printed without the answers: they are kept in one place, and not in the notebook too.
        shown.own(course, known, {}),
    )
