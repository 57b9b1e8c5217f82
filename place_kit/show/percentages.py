"""The three percentages of Equally Well: separate bars, and what is not known said."""

from __future__ import annotations

from place_kit.facts.model import Claim, Facts, Figure
from place_kit.problems import PlaceKitError
from place_kit.show import template, words
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Bar, Box, Drawing, Shape, Words, lines
from place_kit.show.evidence import cited
from place_kit.show.lookup import find

CASE = "equally_well"
BAR = 30
LINE = 18
"""The height of a bar, and of a line of words above it."""
LETTERS = 32
"""As many as fit into a line on a phone."""

UNKNOWN = "Not stated"


def equally_well(facts: Facts) -> Card:
    """Draw each percentage on its own scale, so that they are never parts of one whole."""
    case = find(facts.cases, CASE, "case")
    found = [
        (claim, figure)
        for claim in case.claims
        for figure in claim.figures
        if figure.unit == "percent"
    ]
    if not found:
        raise PlaceKitError(f"The case “{case.title}” has no percentages to draw.")
    shapes: list[Shape] = []
    bottom = 0.0
    for claim, figure in found:
        drawn, bottom = _row(bottom, claim, figure)
        shapes += drawn
    figures = [figure for _, figure in found]
    return Card(
        title=f"{case.short}: {words.count(len(found))} figures, each on its own",
        takeaway=_takeaway(figures),
        alt=(
            f"{words.sentence(words.count(len(found)))} separate bars, each on a scale of its own "
            "from 0 to 100%. " + " ".join(_in_words(figure) for figure in figures)
        ),
        table=Table(
            f"{case.short}: what was reported, and of whom",
            ("What was reported", "Share", "Of whom", "Bear in mind"),
            tuple(
                (
                    words.sentence(figure.label),
                    words.amount(figure),
                    words.sentence(figure.of) or UNKNOWN,
                    claim.note,
                )
                for claim, figure in found
            ),
        ),
        drawing=Drawing(bottom, tuple(shapes)),
        source=cited(facts, dict.fromkeys(id for claim, _ in found for id in claim.references)),
    )


def _row(top: float, claim: Claim, figure: Figure) -> tuple[list[Shape], float]:
    """Draw one bar with its words, from `top`; return also where the next may begin."""
    known = bool(figure.of)
    label = lines(words.sentence(figure.label), LETTERS)
    upper = top + 10 + LINE * len(label)
    middle, lower = upper + BAR / 2, upper + BAR
    end = f"100% of {figure.of}" if known else f"100% ({words.BASE_NOT_STATED})"
    colour = template.KIND_COLOURS[claim.kind]
    # A dotted track: we cannot say what the whole is.
    shapes: list[Shape] = [
        Words(0, top + 12 + LINE * number, line, anchor="left", bold=True)
        for number, line in enumerate(label)
    ]
    shapes += [
        Box(
            0,
            100,
            upper,
            lower,
            fill=template.TRACK if known else template.PAPER,
            dash="solid" if known else "dot",
        ),
        Bar(figure.value, middle, BAR, colour, f"{words.KINDS[claim.kind]}: {figure.label}"),
        Words(figure.value + 1.5, middle, words.amount(figure), anchor="left", size=15, bold=True),
        Words(0, lower + 12, "0%", anchor="left", size=12, colour=template.QUIET),
        Words(100, lower + 12, end, anchor="right", size=12, colour=template.QUIET),
    ]
    return shapes, lower + 36


def _in_words(figure: Figure) -> str:
    base = f"of {figure.of}" if figure.of else words.BASE_NOT_STATED
    return f"{words.amount(figure)} {figure.label} ({base})."


def _takeaway(figures: list[Figure]) -> str:
    stated = [figure for figure in figures if figure.of]
    open_ = [figure for figure in figures if not figure.of]
    parts = [f"{words.amount(figure)} of {figure.of} {figure.label}." for figure in stated]
    if open_:
        shares = words.together([f"{words.amount(figure)} {figure.label}" for figure in open_])
        parts.append(f"{shares}; of whom, the booklet does not say.")
    if len(figures) > 1:
        parts.append("These are separate figures: they are not steps, and they cannot be added.")
    return " ".join(words.sentence(part) for part in parts)
