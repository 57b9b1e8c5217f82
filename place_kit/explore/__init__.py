"""Look closer: labelled controls beside a picture or a claim.

``explore.evidence()`` and ``explore.compare()``. What is chosen here is curiosity, not
an answer: nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from place_kit import facts
from place_kit.ask import _front
from place_kit.explore.journal import journal
from place_kit.explore.ladder import ladder
from place_kit.explore.placing import lens, willing
from place_kit.explore.plan import confidence, plan, trial, trials
from place_kit.explore.session_plan import session_plan, team_actions
from place_kit.explore.theory import next_evidence, theory
from place_kit.explore.town import town
from place_kit.explore.voices import voices
from place_kit.explore.wheel import wheel
from place_kit.explore.year import year
from place_kit.facts.model import CLAIM_KINDS, Facts
from place_kit.problems import PlaceKitError
from place_kit.show import comparison, words
from place_kit.show import evidence as _evidence
from place_kit.show.card import Card, Table
from place_kit.show.lookup import problem

if TYPE_CHECKING:
    from place_kit.explore.controls import Controls

__all__ = [
    "compare",
    "confidence",
    "evidence",
    "journal",
    "ladder",
    "lens",
    "next_evidence",
    "plan",
    "session_plan",
    "team_actions",
    "theory",
    "town",
    "trial",
    "trials",
    "voices",
    "wheel",
    "willing",
    "year",
]


def evidence() -> Controls | Card:
    """Choose a case and a kind of evidence; read the claim, how sure we are, and its source.

    Where nobody can choose, everything is printed as a table.
    """
    return _offer(_offer_evidence, all_claims)


def compare() -> Controls | Card:
    """Choose two cases; see them side by side, with the table.

    Where nobody can choose, all the cases are printed as a table.
    """
    return _offer(_offer_comparison, all_cases)


def all_claims(known: Facts) -> Card:
    """Return every claim of every case as a table."""
    rows = tuple(
        (
            f"{case.short}, {words.KINDS[claim.kind].lower()}",
            f"{words.sentence(words.FINDINGS[claim.finding])}. {claim.text} {claim.note}".strip(),
            f"{words.CERTAINTIES[claim.certainty]} {_evidence.cited(known, claim.references)}.",
        )
        for case in known.cases.values()
        for claim in case.claims
    )
    columns = ("Case and kind of evidence", "What is claimed", "How sure we are, and the source")
    return _printed("Every claim, its kind and its source", columns, rows)


def all_cases(known: Facts) -> Card:
    """Return every case as a row of a table."""
    rows = tuple(
        (
            case.title,
            f"{case.place}. {case.led_by}.",
            " ".join(case.aims),
            _evidence.case_in_words(case),
        )
        for case in known.cases.values()
    )
    columns = ("Case", "Where, and who led", "Aims", "Evidence")
    return _printed("The cases side by side", columns, rows)


def _printed(caption: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Card:
    table = Table(caption, columns, rows)
    return Card(title="", takeaway="", alt=caption, table=table, body=table.html())


def _offer(offer: Callable[[Facts], Controls], printed: Callable[[Facts], Card]) -> Controls | Card:
    try:
        known = facts.load()
        return offer(known) if _front.is_live() else printed(known)
    except PlaceKitError as error:
        return problem(str(error))


def _offer_evidence(known: Facts) -> Controls:
    from place_kit.explore.controls import Controls, Field

    kinds = tuple(
        (str(kind), f"{words.KINDS[kind]}: {words.KIND_MEANINGS[kind]}") for kind in CLAIM_KINDS
    )

    def draw(chosen: Mapping[str, str]) -> Card:
        return _evidence.claim(known, chosen["case"], chosen["kind"])

    return Controls(
        "Choose a case and a kind of evidence. What is claimed appears below.",
        (
            Field("case", "Case", _cases(known)),
            Field("kind", "Kind of evidence", kinds, shape="radio"),
        ),
        draw,
        all_claims(known),
    )


def _offer_comparison(known: Facts) -> Controls:
    from place_kit.explore.controls import Controls, Field

    def draw(chosen: Mapping[str, str]) -> Card:
        if chosen["first"] == chosen["second"]:
            return Card(title="", takeaway="Both are the same case. Choose two different cases.")
        return comparison.compare(known, chosen["first"], chosen["second"])

    cases = _cases(known)
    return Controls(
        "Choose two cases. The comparison appears below.",
        (
            Field("first", "First case", cases),
            Field("second", "Second case", cases, start=cases[-1][0]),
        ),
        draw,
        all_cases(known),
    )


def _cases(known: Facts) -> tuple[tuple[str, str], ...]:
    return tuple((case.id, case.title) for case in known.cases.values())
