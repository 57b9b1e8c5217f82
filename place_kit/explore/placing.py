"""Maps on which the reader has placed things: stories in *The place lens*, and people's roles.

The places are answers, given in forms and kept; the maps here follow them. What is chosen
beside them is curiosity, and is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from place_kit import facts
from place_kit.ask import _front
from place_kit.explore.answered import answered
from place_kit.facts.activities import lens as lenses
from place_kit.facts.model import Question
from place_kit.show import lens as shown
from place_kit.show import willing as _willing
from place_kit.show.card import Card
from place_kit.show.lookup import find, in_words

if TYPE_CHECKING:
    from place_kit.explore.controls import Controls

WILLING, KNOWN = "01_place_lens.willing", "01_place_lens.how_known"
ALL = "all"


def lens(round: str = "") -> Controls | Card:
    """Draw the stories where the reader placed them; lay the course's ranges over them.

    Where nobody can choose, both stand there together.

    Parameters
    ----------
    round
        Only the stories of this round: ``"first"`` or ``"second"``.
    """
    return in_words(_lens)(round)


def willing() -> Controls | Card:
    """Draw how willing each role is, as the reader rated it, beside how the reader knows."""
    return in_words(_willingness)()


def ratings(questions: Sequence[Question]) -> Mapping[str, Mapping[str, int]]:
    """Return the ratings kept so far, by question; what cannot be read is left out."""
    return {each.id: rated for each in questions if (rated := answered(each)) is not None}


def _lens(round: str) -> Controls | Card:
    known = lenses.load()
    rounds = [find(known.rounds, round, "round")] if round else list(known.rounds.values())
    questions = [facts.question(id) for each in rounds for id in (each.who, each.start)]
    told = shown.stories(known, round)
    if not _front.is_live():
        return shown.reasoned(known, ratings(questions), told)

    def draw(chosen: Mapping[str, str]) -> Card:
        answers, reasons = ratings(questions), chosen["show"] == "reasons"
        if chosen["story"] != ALL:
            return shown.story(known, chosen["story"], answers, with_reasons=reasons)
        return (shown.reasoned if reasons else shown.own)(known, answers, told)

    from place_kit.explore.controls import Field

    names = tuple((one.id, f"{known.number(one.id)}. {one.title}") for one in told)
    from place_kit.explore.following import Following

    return Following(
        questions,
        "Your map follows your answers. Choose what to lay over it, and which story to look at.",
        (
            Field(
                "show",
                "Show",
                (("own", "My own places"), ("reasons", "The course’s ranges and reasons too")),
                shape="radio",
            ),
            Field("story", "Story", ((ALL, "All of them"), *names)),
        ),
        draw,
        # Printed without the answers: they are kept in one place, and not in the notebook too.
        shown.printed(known, {}, told),
    )


def _willingness() -> Controls | Card:
    questions = [facts.question(WILLING), facts.question(KNOWN)]

    def draw(chosen: Mapping[str, str]) -> Card:
        rated = ratings(questions)
        return _willing.willing(
            questions[0], rated.get(WILLING, {}), rated.get(KNOWN, {}), chosen["which"]
        )

    if not _front.is_live():
        return draw({"which": ALL})
    from place_kit.explore.controls import Field

    empty = _willing.willing(questions[0], {}, {})
    from place_kit.explore.following import Following

    return Following(
        questions,
        "Your map follows your answers. Choose whom to show.",
        (
            Field(
                "which",
                "Show",
                (
                    (ALL, "Everyone"),
                    ("guessed", "Those I guessed at (1 or 2)"),
                    ("known", "Those who told me, or whom I saw (4 or 5)"),
                ),
                shape="radio",
            ),
        ),
        draw,
        Card(title=empty.title, takeaway="Open this notebook in the course to see your map."),
    )
