"""The links of a theory of change, as the reader rates them, and the next evidence for one.

The ratings are answers, given in a form and kept; the pictures here follow them. What is
chosen below them is curiosity, and is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from place_kit import facts
from place_kit.ask import _front
from place_kit.explore.answered import answered
from place_kit.facts.activities import theory as theories
from place_kit.facts.activities.theory import Theory
from place_kit.facts.model import Facts, Question
from place_kit.show import theory as shown
from place_kit.show.card import Card
from place_kit.show.lookup import in_words

if TYPE_CHECKING:
    from place_kit.explore.controls import Controls

RATED = "06_contribution.rate_links"

WEAKEST = "weakest"


def theory() -> Controls | Card:
    """Draw the theory of change with the reader's ratings; the weakest link lights up."""
    return in_words(_theory)()


def next_evidence() -> Controls | Card:
    """Choose a link, a way to look and whom to look with; read what that would tell.

    It begins with the link that the reader rated lowest.
    """
    return in_words(_next_evidence)()


def ratings(question: Question) -> Mapping[str, int]:
    """Return the ratings kept so far; none if there are none, or they cannot be read."""
    rated: Mapping[str, int] = answered(question) or {}
    return rated


def _theory() -> Controls | Card:
    known, drawn, question = _read()

    def draw(_: Mapping[str, str] | None = None) -> Card:
        return shown.theory_of_change(known, drawn, ratings(question))

    if not _front.is_live():
        return draw()
    from place_kit.explore.following import Following

    return Following(
        (question,),
        "Your ratings, drawn. The picture changes as you rate.",
        (),
        draw,
        # Printed without the answers: they are kept in one place, and not in the notebook too.
        shown.theory_of_change(known, drawn, {}),
    )


def _next_evidence() -> Controls | Card:
    known, drawn, question = _read()
    printed = shown.all_next_evidence(known, drawn)
    if not _front.is_live():
        return printed
    from place_kit.explore.controls import Field
    from place_kit.explore.following import Following

    def draw(chosen: Mapping[str, str]) -> Card:
        link = "" if chosen["link"] == WEAKEST else chosen["link"]
        return shown.next_evidence(
            known, drawn, ratings(question), link, chosen["way"], chosen["partner"]
        )

    links = tuple(
        (link.id, f"Link {drawn.number(link)}: to “{drawn.node_of(link.end).text}”")
        for link in drawn.link
    )
    return Following(
        (question,),
        "Choose what to look for next, and with whom. What it would tell you appears below.",
        (
            Field("link", "Link", ((WEAKEST, "The weakest, by my ratings"), *links)),
            Field("way", "How", tuple((each.id, each.text) for each in drawn.way), shape="radio"),
            Field(
                "partner",
                "With whom",
                tuple((each.id, each.text) for each in drawn.partner),
                shape="radio",
            ),
        ),
        draw,
        printed,
    )


def _read() -> tuple[Facts, Theory, Question]:
    return facts.load(), theories.load(), facts.question(RATED)
