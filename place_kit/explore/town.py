"""The town of module 2, as far as the reader's own choice of conversations shows it.

Whom to meet is an answer, given in a form and kept; so is the guess that opens the town.
Whose choice is shown, one's own or another, is curiosity, and is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from place_kit import facts
from place_kit.ask import _front
from place_kit.ask._kept import kept
from place_kit.facts.activities import town as towns
from place_kit.facts.activities.town import Town
from place_kit.problems import PlaceKitError
from place_kit.show import town as drawn
from place_kit.show.card import Card
from place_kit.show.lookup import problem

if TYPE_CHECKING:
    from place_kit.explore.controls import Controls

CHOICE: Final = "02_assets.whom_to_meet"
GUESS: Final = "02_assets.predict"
MINE: Final = "mine"
FIRST: Final = (
    "First choose whom to meet and make your guess, above. Then you can set other choices beside "
    "yours."
)


def town() -> Controls | Card:
    """Show the town as the saved conversations show it, and then other choices beside it.

    Where nobody can choose it is printed: the saved choice, or else all of the town.
    """
    try:
        return _town(towns.load())
    except PlaceKitError as error:
        return problem(str(error))


def _town(place: Town) -> Controls | Card:
    known = facts.load()
    choice, guess = facts.question(CHOICE), facts.question(GUESS)
    if not _front.is_live():
        whole = drawn.printed(known, place)
        return drawn.network(known, place, chosen(place)) if open_(place) else whole
    from place_kit.explore.controls import Field
    from place_kit.explore.following import Following

    others = {each.id: each for each in place.choice}

    def draw(values: Mapping[str, str]) -> Card:
        mine = chosen(place)
        if values["view"] in others:
            if not open_(place):
                return Card(title="", takeaway=FIRST)
            return drawn.beside(known, place, mine, others[values["view"]])
        if open_(place):
            return drawn.network(known, place, mine)
        return drawn.start(known, place, mine)

    options = tuple((each.id, drawn.choice_name(place, each)) for each in place.choice)
    return Following(
        (choice, guess),
        f"{place.name} is drawn below, as far as your choice shows it.",
        (Field("view", "Whose choice to show", ((MINE, "My own choice"), *options)),),
        draw,
        # Printed without the answers: they are kept in one place, and not in the notebook too.
        drawn.start(known, place),
    )


def chosen(place: Town) -> tuple[str, ...]:
    """Return whom the reader chose to meet; nobody where that cannot be read."""
    value, _ = kept(facts.question(CHOICE))
    ids = value if isinstance(value, list) else []
    return tuple(each.id for each in place.met(id for id in ids if isinstance(id, str)))


def open_(place: Town) -> bool:
    """Whether the town opens: somebody was chosen, and a guess made."""
    guess, _ = kept(facts.question(GUESS))
    return bool(chosen(place)) and guess is not None
