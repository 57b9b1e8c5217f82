"""The reader's own ladder: it fills as they answer, and shows the course's view once they check.

The places are answers, given in a form and kept; the picture follows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from place_kit import facts
from place_kit.answers import store, values
from place_kit.ask import _front
from place_kit.facts.activities import ladder as _ladder
from place_kit.problems import PlaceKitError
from place_kit.show import ladder as shown
from place_kit.show.card import Card
from place_kit.show.lookup import problem

if TYPE_CHECKING:
    from place_kit.explore.controls import Controls


def ladder() -> Controls | Card:
    """Draw the ladder with the practices on it that the reader has placed.

    Where no front end is, it is printed as the kept answer has it.
    """
    try:
        return _followed()
    except PlaceKitError as error:
        return problem(str(error))


def placed(question_id: str) -> tuple[Mapping[str, str], bool]:
    """Return the rungs kept so far, and whether the reader stands by them.

    Looks, and changes nothing; what cannot be read is as if nothing were placed.
    """
    question = facts.question(question_id)
    try:
        entry = store.look(question.set).entries.get(question.id)
        if entry is None:
            return {}, False
        return values.check(question, entry.value), entry.settled
    except PlaceKitError:
        return {}, False


def _followed() -> Controls | Card:
    known, activity = facts.load(), _ladder.load()

    def draw(_: Mapping[str, str] | None = None) -> Card:
        rungs, checked = placed(activity.question)
        return shown.ladder(known, activity, rungs, checked=checked)

    if not _front.is_live():
        return draw()
    from place_kit.explore.following import Following

    return Following(
        (facts.question(activity.question),),
        "Your ladder fills as you answer above. Once you check your answer, the course’s view "
        "stands beside yours.",
        (),
        draw,
        # Printed without the answer: it is kept in one place, and not in the notebook too.
        shown.ladder(known, activity, {}),
    )
