"""Three ways to evaluate the same project, side by side."""

from __future__ import annotations

from place_kit.facts.activities.theory import Fit, Theory
from place_kit.facts.model import Facts
from place_kit.show import template, words
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Box, Drawing, Mark, Shape, Words, lines
from place_kit.show.evidence import cited
from place_kit.show.lookup import find

FITS: dict[Fit, str] = {
    "core": "its strength",
    "if_planned": "if planned",
    "not_alone": "not alone",
}
SYMBOLS: dict[Fit, str] = {
    "core": "circle",
    "if_planned": "triangle-up",
    "not_alone": "line-ew-open",
}
CELL = 52
LETTERS = 13
ACCENT = template.KIND_COLOURS["process"]


def methods(facts: Facts, theory: Theory) -> Card:
    """Draw what each way of evaluating is for, what it can do if planned, and what not alone."""
    shapes, height = _shapes(theory)
    used = [find(facts.frameworks, each.framework, "framework") for each in theory.method]
    names = [each.title for each in theory.method]
    references = dict.fromkeys(id for each in used for id in each.references)
    return Card(
        title=f"{words.sentence(words.count(len(names)))} ways to evaluate one project",
        takeaway=_takeaway(theory),
        alt=(
            f"A grid: {words.count(len(theory.aspect))} things one may want of an evaluation, and "
            f"{words.count(len(names))} ways to do it. "
            + " ".join(
                f"{aspect.text}: "
                + "; ".join(
                    f"{method.short} {FITS[method.on(aspect.id).fit]}" for method in theory.method
                )
                + "."
                for aspect in theory.aspect
            )
        ),
        table=Table(
            f"{theory.title}, evaluated in {words.count(len(names))} ways",
            ("What you may want", *names),
            (
                ("It asks", *(method.asks for method in theory.method)),
                *(
                    (
                        aspect.text,
                        *(
                            f"{words.sentence(FITS[answer.fit])}. {answer.text}"
                            for answer in (method.on(aspect.id) for method in theory.method)
                        ),
                    )
                    for aspect in theory.aspect
                ),
            ),
        ),
        drawing=Drawing(height, shapes),
        source=(
            f"{cited(facts, references)}. What each would do for the shed is our own reading. "
            f"{theory.note}"
        ),
    )


def _takeaway(theory: Theory) -> str:
    strengths = [
        f"{method.title} {words.together(found)}."
        for method in theory.method
        if (
            found := [
                aspect.text[:1].lower() + aspect.text[1:]
                for aspect in theory.aspect
                if method.on(aspect.id).fit == "core"
            ]
        )
    ]
    return (
        "No way does everything, and they can be mixed. Here is where each is strong. "
        f"{' '.join(strengths)} “If planned” means that it depends on how you do it."
    )


def _shapes(theory: Theory) -> tuple[tuple[Shape, ...], float]:
    wide = 100 / len(theory.method)
    centres = [wide * (column + 0.5) for column in range(len(theory.method))]
    headings = [lines(method.short, LETTERS) for method in theory.method]
    most = max(map(len, headings))
    shapes: list[Shape] = [
        Words(x, 10 + 16 * number, line, size=12)
        for x, heading in zip(centres, headings, strict=True)
        for number, line in enumerate(heading)
    ]
    y = 8.0 + 16 * most
    for aspect in theory.aspect:
        shapes.append(Words(0, y + 14, aspect.text, anchor="left", bold=True))
        top = y + 28
        for x, method in zip(centres, theory.method, strict=True):
            fit = method.on(aspect.id).fit
            core = fit == "core"
            colour = ACCENT if core else template.LINE
            shapes += [
                Box(
                    x - wide / 2 + 0.8,
                    x + wide / 2 - 0.8,
                    top,
                    top + CELL,
                    fill=template.TRACK if core else template.PAPER,
                    line=colour,
                    width=2 if core else 1,
                ),
                Mark(x, top + 18, SYMBOLS[fit], colour, f"{method.short}: {FITS[fit]}", size=14),
                Words(x, top + 38, FITS[fit], size=12, bold=core),
            ]
        y = top + CELL + 8
    return tuple(shapes), y
