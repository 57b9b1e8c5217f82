"""The wheel of a place as a team scored it: every score, the middle half and the middle one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from place_kit.facts.activities.wheel import Theme, Wheel
from place_kit.facts.model import Facts
from place_kit.show import template, words
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Line, Mark, Shape, Words
from place_kit.show.evidence import cited
from place_kit.show.round import Round
from place_kit.show.wheel import ACROSS, MIDDLE, RIM, WIDTH, _at, _out, foot, frame

DOT, LEAST, MOST = template.KIND_COLOURS["activity"], 4, 11
HALF, MIDDLE_ONE = template.KIND_COLOURS["cost"], template.INK


@dataclass(frozen=True, slots=True)
class Spot:
    """How a team scored a theme; `counts` begin with the lowest score."""

    counts: tuple[int, ...]
    median: float
    quartiles: tuple[float, float]

    @property
    def n(self) -> int:
        """How many scored it."""
        return sum(self.counts)


def spread(facts: Facts, known: Wheel, spots: Mapping[str, Spot]) -> Card:
    """Draw a team's scores by theme; a theme that is not there was scored by too few."""
    scale = known.scale
    steps = range(scale.low, scale.high + 1)
    wide = _widest(known, spots)
    shapes, patches = frame(known, {theme.id for theme in wide})
    shapes += _halves(known, spots)
    shapes += _dots(known, spots)
    shapes += [
        Mark(*_spoke(known, number, spots[theme].median), "diamond", MIDDLE_ONE, theme, 6)
        for number, theme in enumerate(known.themes)
        if theme in spots
    ]
    ends, bottom = foot(scale)
    legend, bottom = _legend(bottom + 6)
    return Card(
        title=f"Our place in {len(known.themes)} themes: the team’s view",
        takeaway=_takeaway(known, spots, wide),
        alt="A wheel with a spoke for each theme. " + " ".join(_said(known, spots)),
        table=Table(
            f"How many gave each score, from {scale.low} to {scale.high}",
            ("Theme", "n", "Median", "Middle half", *map(str, steps)),
            tuple(_row(theme, spots.get(theme.id), len(steps)) for theme in known.themes.values()),
        ),
        drawing=Round(bottom, (*shapes, *ends, *legend), WIDTH, tuple(patches)),
        source=f"the team’s own answers. The idea of the wheel: {cited(facts, known.references)}. "
        f"{known.note}",
    )


def number(value: float) -> str:
    """Write a median or a quartile: 3, 3.5, 3.25."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _spoke(known: Wheel, at: int, score: float) -> tuple[float, float]:
    steps = known.scale.high - known.scale.low + 1
    out = RIM * (score - known.scale.low + 1) / steps
    return _at(ACROSS, MIDDLE, out, at, len(known.themes))


def _halves(known: Wheel, spots: Mapping[str, Spot]) -> Iterator[Line]:
    for at, theme in enumerate(known.themes):
        if theme in spots:
            low, high = spots[theme].quartiles
            yield Line(*_spoke(known, at, low), *_spoke(known, at, high), colour=HALF, width=3)


def _dots(known: Wheel, spots: Mapping[str, Spot]) -> Iterator[Mark]:
    """A ring where a score was given: its area grows with how many gave it."""
    most = max((max(spot.counts) for spot in spots.values()), default=1)
    for at, theme in enumerate(known.themes.values()):
        for place, many in enumerate(spots[theme.id].counts if theme.id in spots else ()):
            if many:
                score = known.scale.low + place
                point = _at(ACROSS, MIDDLE, _out(known.scale, score, RIM), at, len(known.themes))
                size = max(LEAST, round(MOST * (many / most) ** 0.5))
                label = f"{theme.name} {score}: {many}"
                yield Mark(*point, "circle-open", DOT, label, size)


def _legend(y: float) -> tuple[list[Shape], float]:
    return [
        Mark(14, y, "circle-open", DOT, "Given by", 9),
        Words(26, y, "given: larger, more people", "left", 13),
        Line(8, y + 18, 20, y + 18, colour=HALF, width=3),
        Words(26, y + 18, "the middle half", "left", 13),
        Mark(14, y + 36, "diamond", MIDDLE_ONE, "Median", 7),
        Words(26, y + 36, "the middle one (median)", "left", 13),
    ], y + 50


def _widest(known: Wheel, spots: Mapping[str, Spot]) -> list[Theme]:
    """The themes whose middle half is the widest, unless they are all as wide."""
    widths = {id: spot.quartiles[1] - spot.quartiles[0] for id, spot in spots.items()}
    most = max(widths.values(), default=0)
    wide = [theme for theme in known.themes.values() if widths.get(theme.id) == most]
    return wide if most and len(wide) < len(spots) else []


def _takeaway(known: Wheel, spots: Mapping[str, Spot], wide: list[Theme]) -> str:
    if not spots:
        return "No theme was scored by five people or more, so none is shown."
    lowest = min(spot.median for spot in spots.values())
    weak = [each.name for each in known.themes.values() if _median(spots, each) == lowest]
    said = [f"Lowest in the team’s view, with a middle score of {number(lowest)}: "]
    said[0] += f"{words.together(weak)}." if len(weak) <= 4 else f"{len(weak)} themes."
    if wide and len(wide) <= 4:
        said.append(f"Furthest apart (in bold): {words.together([each.name for each in wide])}.")
    said.append("It is the team’s view. Residents have not been asked here.")
    return " ".join(said)


def _median(spots: Mapping[str, Spot], theme: Theme) -> float | None:
    return spots[theme.id].median if theme.id in spots else None


def _said(known: Wheel, spots: Mapping[str, Spot]) -> Iterator[str]:
    for theme in known.themes.values():
        spot = spots.get(theme.id)
        if spot is None:
            yield f"{theme.name}: fewer than five scored it."
            continue
        low, high = map(number, spot.quartiles)
        half = f"from {low} to {high}" if low != high else f"all {low}"
        yield f"{theme.name}: median {number(spot.median)}, middle half {half}, n = {spot.n}."


def _row(theme: Theme, spot: Spot | None, steps: int) -> tuple[str, ...]:
    if spot is None:
        return (theme.name, "fewer than 5", *[""] * (steps + 2))
    low, high = map(number, spot.quartiles)
    counts = map(str, spot.counts)
    return (theme.name, str(spot.n), number(spot.median), f"{low} to {high}", *counts)
