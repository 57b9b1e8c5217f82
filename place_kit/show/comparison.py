"""Two cases side by side: what each aimed for, and what its evidence can carry."""

from __future__ import annotations

from place_kit.facts.model import CLAIM_KINDS, Case, ClaimKind, Facts
from place_kit.problems import PlaceKitError
from place_kit.show import template, words
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Box, Drawing, Shape, Words, lines
from place_kit.show.evidence import CELL, cell, claims_in_words, findings, marks, sources
from place_kit.show.lookup import find

LETTERS = 14
"""As many as fit over a column on a phone."""


def compare(facts: Facts, first: str, second: str) -> Card:
    """Draw two cases as mirrored columns, with the kinds of evidence between them."""
    a, b = find(facts.cases, first, "case"), find(facts.cases, second, "case")
    if a.id == b.id:
        raise PlaceKitError(f"Both cases are “{a.short}”. Choose two different cases.")
    shapes, height = _shapes(a, b)
    return Card(
        title=f"{a.short} and {b.short}",
        takeaway=_takeaway(a, b),
        alt=(
            f"Two columns of symbols, {a.short} on the left and {b.short} on the right, with the "
            "kinds of evidence between them. "
            + " ".join(
                f"{words.KINDS[kind]}: {_said(a, kind)} on the left, {_said(b, kind)} on the right."
                for kind in CLAIM_KINDS
            )
        ),
        table=Table(
            f"{a.title}, and {b.title}",
            ("What", a.short, b.short),
            (
                ("Where", a.place, b.place),
                ("Led by", a.led_by, b.led_by),
                ("When", a.period, b.period),
                ("Aims", " ".join(a.aims), " ".join(b.aims)),
                *(
                    (
                        f"{words.KINDS[kind]}: {words.KIND_MEANINGS[kind]}",
                        claims_in_words(a, kind),
                        claims_in_words(b, kind),
                    )
                    for kind in CLAIM_KINDS
                ),
            ),
        ),
        drawing=Drawing(height, shapes),
        source=sources(facts, (*a.claims, *b.claims)),
    )


def _shapes(a: Case, b: Case) -> tuple[tuple[Shape, ...], float]:
    names = ((18, lines(a.short, LETTERS)), (82, lines(b.short, LETTERS)))
    most = max(len(name) for _, name in names)
    shapes: list[Shape] = [
        Words(x, 12 + 17 * (most - len(name) + number), line, bold=True)
        for x, name in names
        for number, line in enumerate(name)
    ]
    y = 11.0 + 17 * most
    for kind in CLAIM_KINDS:
        left, right = findings(a, kind), findings(b, kind)
        tall = CELL * max(len(left), len(right))
        colour = template.KIND_COLOURS[kind]
        for x0, x1, found in ((0.5, 35.5, left), (64.5, 99.5, right)):
            shapes.append(cell(x0, x1, y, y + tall, found, kind))
            first = y + (tall - CELL * len(found)) / 2
            shapes.extend(marks((x0 + x1) / 2, first, found, kind))
        middle = y + tall / 2
        shapes.append(Box(37, 63, middle - 14, middle + 14, fill=colour, line=colour))
        shapes.append(Words(50, middle, words.KINDS[kind], bold=True, colour=template.PAPER))
        y += tall + 10
    return tuple(shapes), y


def _said(case: Case, kind: ClaimKind) -> str:
    return words.together([words.FINDINGS_SAID[each] for each in findings(case, kind)])


def _takeaway(a: Case, b: Case) -> str:
    different = [kind for kind in CLAIM_KINDS if findings(a, kind) != findings(b, kind)]
    if "outcome" in different:
        outcome = f"{_said(a, 'outcome')} for {a.short}, {_said(b, 'outcome')} for {b.short}"
    else:
        outcome = f"{_said(a, 'outcome')} for both cases"
    parts = [f"What changed for residents (outcome): {outcome}."]
    others = [kind for kind in different if kind != "outcome"]
    if others:
        also = "also " if "outcome" in different else ""
        parts.append(f"The evidence {also}differs in {words.together(others)}.")
    else:
        parts.append("The other kinds of evidence are alike.")
    return " ".join(parts)
