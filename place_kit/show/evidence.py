"""What kind of evidence there is for each case: the grid, and one claim of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from place_kit.facts import citations
from place_kit.facts.model import (
    CLAIM_KINDS,
    Case,
    Claim,
    ClaimKind,
    Facts,
    Finding,
)
from place_kit.facts.model import Figure as Number
from place_kit.show import template, words
from place_kit.show._html import Html, escape, items, join, pairs, tag
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Box, Drawing, Mark, Shape, Words
from place_kit.show.lookup import find

CELL = 54
"""The height of one finding in a cell: its symbol and its word."""

_STRENGTH: tuple[Finding, ...] = ("reported", "early", "unclear", "not_reported")


def findings(case: Case, kind: ClaimKind) -> tuple[Finding, ...]:
    """Return the different findings of a case's claims of one kind; no claim is no report."""
    found = {claim.finding for claim in case.claims_of(kind)} or {"not_reported"}
    return tuple(finding for finding in _STRENGTH if finding in found)


def grid(facts: Facts) -> Card:
    """Draw every case's evidence by kind, in hues and shapes that rank nothing."""
    cases = tuple(facts.cases.values())
    shapes, height = _grid_shapes(cases)
    columns = tuple(f"{words.KINDS[kind]}: {words.KIND_MEANINGS[kind]}" for kind in CLAIM_KINDS)
    rows = tuple(
        (case.short, *(claims_in_words(case, kind) for kind in CLAIM_KINDS)) for case in cases
    )
    return Card(
        title="What kind of evidence there is for each case",
        takeaway=_grid_takeaway(cases),
        alt=(
            f"A grid of {words.count(len(cases))} cases and "
            f"{words.count(len(CLAIM_KINDS))} kinds of evidence. "
            + " ".join(f"{case.short}: {case_in_words(case)}" for case in cases)
        ),
        table=Table("What is claimed of each case, by kind of evidence", ("Case", *columns), rows),
        drawing=Drawing(height, shapes),
        source=sources(facts, (claim for case in cases for claim in case.claims)),
    )


def claim(facts: Facts, case: str, kind: str) -> Card:
    """Show what is claimed of one case by one kind of evidence, and where it comes from."""
    kinds = {str(each): each for each in CLAIM_KINDS}
    return claim_card(facts, find(facts.cases, case, "case"), find(kinds, kind, "kind of evidence"))


def claim_card(facts: Facts, case: Case, kind: ClaimKind) -> Card:
    """Show the claims of one kind, each with its finding, certainty and reference."""
    body = items((_claim(facts, each) for each in case.claims_of(kind)), class_="pk-plain")
    return Card(
        title=f"{case.short}: {words.KINDS[kind].lower()}, {words.KIND_MEANINGS[kind]}",
        takeaway="",
        alt=claims_in_words(case, kind),
        body=body or tag("p", "The course holds no claim of this kind."),
    )


def sources(facts: Facts, claims: Iterable[Claim]) -> str:
    """Write the references of claims in their short form, each once."""
    ids = dict.fromkeys(id for each in claims for id in each.references)
    return cited(facts, ids)


def cited(facts: Facts, ids: Iterable[str]) -> str:
    """Write references in their short form: "Telfer 2013; Grint 2009"."""
    return "; ".join(citations.short(find(facts.references, id, "reference").csl) for id in ids)


def claims_in_words(case: Case, kind: ClaimKind) -> str:
    """Write the claims of one cell: the finding, then what is said."""
    said = [
        f"{words.sentence(words.FINDINGS[each.finding])}. {each.text}"
        for each in case.claims_of(kind)
    ]
    return " ".join(said) or words.sentence(words.FINDINGS["not_reported"]) + "."


def marks(x: float, y: float, found: tuple[Finding, ...], kind: ClaimKind) -> Iterator[Shape]:
    """Lay down each finding's symbol with its words below, from `y` downwards.

    One word a line, so that they fit into a cell on a phone.
    """
    for number, finding in enumerate(found):
        top = y + number * CELL
        colour = template.LINE if finding == "not_reported" else template.KIND_COLOURS[kind]
        label = f"{words.KINDS[kind]}: {words.FINDINGS[finding]}"
        said = words.FINDINGS[finding].split()
        more = len(said) - 1
        first = top + CELL / 2 + 10 - 7 * more
        symbol = template.FINDING_SYMBOLS[finding]
        yield Mark(x, first - 20 + 3 * more, symbol, colour, label)
        for line, word in enumerate(said):
            yield Words(x, first + 14 * line, word, size=12)


def cell(
    x0: float, x1: float, y0: float, y1: float, found: tuple[Finding, ...], kind: ClaimKind
) -> Box:
    """Frame a cell: filled where something is said, open where nothing is."""
    said = found[0] in ("reported", "early")
    return Box(
        x0,
        x1,
        y0,
        y1,
        fill=template.KIND_TINTS[kind] if said else template.PAPER,
        line=template.KIND_COLOURS[kind] if found[0] != "not_reported" else template.LINE,
        dash="solid" if said else "dot",
    )


def _grid_shapes(cases: tuple[Case, ...]) -> tuple[tuple[Shape, ...], float]:
    wide = 100 / len(CLAIM_KINDS)
    shapes: list[Shape] = []
    for column, kind in enumerate(CLAIM_KINDS):
        middle = (column + 0.5) * wide
        shapes.append(Words(middle, 12, words.KINDS[kind], bold=True))
        x0, x1 = column * wide + 0.8, (column + 1) * wide - 0.8
        colour = template.KIND_COLOURS[kind]
        shapes.append(Box(x0, x1, 24, 28, fill=colour, line=colour))
    y = 38.0
    for case in cases:
        found = [findings(case, kind) for kind in CLAIM_KINDS]
        shapes.append(Words(0.8, y + 12, case.short, anchor="left", bold=True))
        top, tall = y + 25, CELL * max(map(len, found))
        for column, (kind, each) in enumerate(zip(CLAIM_KINDS, found, strict=True)):
            x0, x1 = column * wide + 0.8, (column + 1) * wide - 0.8
            shapes.append(cell(x0, x1, top, top + tall, each, kind))
            first = top + (tall - CELL * len(each)) / 2
            shapes.extend(marks((x0 + x1) / 2, first, each, kind))
        y = top + tall + 10
    return tuple(shapes), y


def _grid_takeaway(cases: tuple[Case, ...]) -> str:
    activity = words.count(_tally(cases, "activity")["reported"])
    outcome = _tally(cases, "outcome")
    rest = [
        f"{words.FINDINGS_SAID[finding]} for {words.count(outcome[finding])}"
        for finding in _STRENGTH[1:]
        if outcome[finding]
    ]
    parts = [
        f"What was done (activity) is reported for {activity} of the {words.count(len(cases))} "
        "cases.",
        "What changed for residents (outcome) is reported for "
        f"{words.count(outcome['reported'])} of them{': ' if rest else ''}"
        f"{words.together(rest)}.",
    ]
    if outcome["not_reported"]:
        parts.append("“Not reported” does not mean that nothing changed.")
    return " ".join(parts)


def _tally(cases: tuple[Case, ...], kind: ClaimKind) -> Counter[Finding]:
    """Count cases by the firmest finding of that kind."""
    return Counter(findings(case, kind)[0] for case in cases)


def case_in_words(case: Case) -> str:
    """Write a case's findings by kind: "Activity reported, process unclear"."""
    said = (
        f"{words.KINDS[kind].lower()} "
        + words.together([words.FINDINGS[each] for each in findings(case, kind)])
        for kind in CLAIM_KINDS
    )
    return f"{words.sentence(', '.join(said))}."


def _claim(facts: Facts, each: Claim) -> Html:
    finding = tag("span", words.sentence(words.FINDINGS[each.finding]), class_="pk-finding")
    meaning = words.FINDING_MEANINGS[each.finding]
    said = tag("p", finding, f" ({meaning}). " if meaning else ". ", each.text)
    numbers = items(_number(figure) for figure in each.figures)
    more = pairs(
        (
            ("Bear in mind", each.note),
            ("How sure", words.CERTAINTIES[each.certainty]),
            ("Source", cited(facts, each.references)),
        ),
        class_="pk-short",
    )
    return join((said, numbers, more))


def _number(figure: Number) -> Html:
    base = f" (of {figure.of})" if figure.of else ""
    if figure.unit == "percent" and not figure.of:
        base = f" ({words.BASE_NOT_STATED})"
    return join((tag("strong", words.amount(figure)), escape(f" {figure.label}{base}")))
