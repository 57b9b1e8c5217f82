"""The wheel of a place: scores on spokes, weak themes near the centre, and whose view it is.

What nobody has said is never drawn as if they had: residents who were not asked, and a
team that has not met, each have a ring of their own that stands empty and says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import cos, pi, sin

from place_kit.facts.activities.wheel import Theme, Wheel
from place_kit.facts.model import Facts, Scale
from place_kit.show import template, words
from place_kit.show._html import Html, join, pairs, tag
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Anchor, Dash, Line, Mark, Shape, Words
from place_kit.show.evidence import cited
from place_kit.show.lookup import find
from place_kit.show.round import Patch, Round

MY_VIEW = "My view"
NOT_ASKED, NOT_POOLED, OPEN = "not yet asked", "no session yet", "open"
FAR = 3
"""Points apart that are worth a question: nearly half of the scale."""

WIDTH, RIM, SMALL = 326, 90, 50
MIDDLE, ACROSS = 138, WIDTH / 2
GRID, INK = "#c5ced4", template.INK

Scores = Mapping[str, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Seen:
    """One set of scores, and how it is drawn."""

    who: str
    scores: Scores
    symbol: str
    colour: str
    first: bool


def _first(who: str, scores: Scores) -> _Seen:
    return _Seen(who, scores, "circle", template.KIND_COLOURS["activity"], True)


def _second(who: str, scores: Scores) -> _Seen:
    return _Seen(who, scores, "diamond", template.KIND_COLOURS["cost"], False)


def own(
    facts: Facts,
    known: Wheel,
    mine: Scores,
    residents: Scores | None = None,
    *,
    theme: str = "",
    together: bool = False,
) -> Card:
    """Draw the reader's own scores, with a ring left for the team and one for residents.

    Parameters
    ----------
    facts, known
        The course's facts, and the themes.
    mine
        The reader's scores by theme, as far as there are any.
    residents
        What residents gave themselves; None if they have not been asked.
    theme
        The id of a theme to look into; without it, all.
    together
        Whether to lay the residents' scores over the reader's.
    """
    chosen = find(known.themes, theme, "theme") if theme else None
    seen = [_first(MY_VIEW, mine)]
    if together and residents is not None:
        seen.append(_second("Residents", residents))
    shapes, patches, bottom = _wheel(known, seen, chosen)
    for across, who, empty, scores in (
        (WIDTH * 0.25, "My team", NOT_POOLED, None),
        (WIDTH * 0.75, "Residents", NOT_ASKED, residents),
    ):
        more, below = _ring(known, across, bottom + SMALL + 34, who, empty, scores)
        shapes += more
        patches += below
    return Card(
        title=f"My place in {len(known.themes)} themes: my view",
        takeaway=_own_takeaway(known, mine, residents, chosen, together),
        alt=_own_alt(known, mine, residents, chosen, together),
        table=Table(
            f"Scores from {known.scale.low} to {known.scale.high}",
            ("Theme", MY_VIEW, "My team", "Residents"),
            tuple(
                (
                    each.name,
                    _given(mine, each),
                    NOT_POOLED,
                    NOT_ASKED if residents is None else _given(residents, each),
                )
                for each in known.themes.values()
            ),
        ),
        drawing=Round(bottom + 2 * SMALL + 46, tuple(shapes), WIDTH, tuple(patches)),
        source=f"your own answers. The idea of the wheel: {cited(facts, known.references)}. "
        f"{known.note}",
        body=_talk(chosen) if chosen else _left_open(residents),
    )


def place(facts: Facts, known: Wheel, id: str) -> Card:
    """Draw a made-up place with the views there are of it."""
    shown = find(known.places, id, "place")
    styles = (_first, _second)
    seen = [
        style(view.who, known.scores(view)) for style, view in zip(styles, shown.view, strict=False)
    ]
    shapes, patches, bottom = _wheel(known, seen, None)
    return Card(
        title=f"{shown.name} (made up): {_views(len(shown.view))}",
        takeaway=f"{shown.about} {_scale_said(known.scale)}",
        alt=(
            f"A wheel with {len(known.themes)} spokes. "
            + " ".join(_listed(known, each) for each in seen)
        ),
        table=Table(
            f"{shown.name}: scores from {known.scale.low} to {known.scale.high}",
            ("Theme", *(view.who for view in shown.view)),
            tuple(
                (each.name, *(str(one.scores[each.id]) for one in seen))
                for each in known.themes.values()
            ),
        ),
        drawing=Round(bottom, tuple(shapes), WIDTH, tuple(patches)),
        source=f"made up for this course. The idea of the wheel: "
        f"{cited(facts, known.references)}. {known.note}",
        body=pairs((view.who, view.about) for view in shown.view),
    )


# --- the drawing ---------------------------------------------------------------------------


def _wheel(
    known: Wheel, seen: list[_Seen], chosen: Theme | None
) -> tuple[list[Shape], list[Patch], float]:
    """Draw the rings, the spokes with their names, and each set of scores."""
    low = {each.id for each in lowest(known, seen[0].scores)} if seen[0].who == MY_VIEW else ()
    bold = {chosen.id} if chosen else set(low)
    shapes, patches = frame(known, bold, chosen)
    for each in seen:
        patches += _web(known, each, RIM, ACROSS, MIDDLE)
        shapes += _edges(known, each, RIM, ACROSS, MIDDLE)
    for each in seen:
        shapes += _marks(known, each, RIM, ACROSS, MIDDLE, size=11)
    shapes += _legend(seen)
    ends, bottom = foot(known.scale)
    return [*shapes, *ends], patches, bottom


def frame(
    known: Wheel, bold: Collection[str] = (), chosen: Theme | None = None
) -> tuple[list[Shape], list[Patch]]:
    """Draw the rings, and the spokes with their names."""
    scale, count = known.scale, len(known.themes)
    patches = [
        Patch(
            tuple(
                _at(ACROSS, MIDDLE, _out(scale, score, RIM), each, count) for each in range(count)
            ),
            line=template.LINE if score == scale.high else GRID,
        )
        for score in range(scale.low, scale.high + 1)
    ]
    shapes: list[Shape] = []
    for number, theme in enumerate(known.themes.values()):
        picked = chosen is not None and theme.id == chosen.id
        rim = _at(ACROSS, MIDDLE, RIM, number, count)
        colour, thick = (INK, 3.0) if picked else (GRID, 1.0)
        shapes.append(Line(ACROSS, MIDDLE, *rim, colour=colour, width=thick))
        shapes.append(_name(theme, number, count, bold=theme.id in bold))
    return shapes, patches


def foot(scale: Scale) -> tuple[list[Shape], float]:
    """Write what the centre and the rim mean; returns how far down the picture goes."""
    shapes: list[Shape] = []
    for score in (scale.low, scale.high):
        up = MIDDLE - _out(scale, score, RIM)
        shapes.append(Words(ACROSS + 9, up + 7, str(score), size=13, colour=template.QUIET))
    bottom = MIDDLE + RIM + 34
    for line in (
        f"Centre ({scale.low}): {_lower(scale.low_label)}",
        f"Rim ({scale.high}): {_lower(scale.high_label)}",
    ):
        shapes.append(Words(ACROSS, bottom, line, size=14, colour=template.QUIET))
        bottom += 18
    return shapes, bottom


def _ring(
    known: Wheel, across: float, down: float, who: str, empty: str, scores: Scores | None
) -> tuple[list[Shape], list[Patch]]:
    """Draw a small wheel: somebody's scores, or an empty ring that says why it is empty."""
    count = len(known.themes)
    rim = tuple(_at(across, down, SMALL, each, count) for each in range(count))
    shapes: list[Shape] = [Words(across, down - SMALL - 14, who, size=15, bold=True)]
    if scores is None:
        first, _, last = empty.rpartition(" ")
        shapes += [
            Words(across, down - 8, first, size=14),
            Words(across, down + 8, last, size=14),
        ]
        return shapes, [Patch(rim, dash="dash")]
    seen = _second(who, scores)
    shapes += _edges(known, seen, SMALL, across, down)
    shapes += _marks(known, seen, SMALL, across, down, size=6)
    return shapes, [Patch(rim), *_web(known, seen, SMALL, across, down)]


def _points(
    known: Wheel, seen: _Seen, rim: float, across: float, down: float
) -> list[Point | None]:
    count = len(known.themes)
    return [
        _at(across, down, _out(known.scale, seen.scores[theme], rim), number, count)
        if theme in seen.scores
        else None
        for number, theme in enumerate(known.themes)
    ]


def _web(known: Wheel, seen: _Seen, rim: float, across: float, down: float) -> Iterator[Patch]:
    """Fill the first set, if it is whole: a gap filled in would be a score nobody gave."""
    points = [point for point in _points(known, seen, rim, across, down) if point]
    if seen.first and len(points) == len(known.themes):
        yield Patch(tuple(points), fill=template.KIND_TINTS["activity"], width=0)


def _edges(known: Wheel, seen: _Seen, rim: float, across: float, down: float) -> Iterator[Line]:
    """Join neighbours that were both scored."""
    points = _points(known, seen, rim, across, down)
    dash: Dash = "solid" if seen.first else "dash"
    for one, other in zip(points, [*points[1:], points[0]], strict=True):
        if one and other:
            yield Line(*one, *other, colour=seen.colour, dash=dash, width=2)


def _marks(
    known: Wheel, seen: _Seen, rim: float, across: float, down: float, *, size: int
) -> Iterator[Mark]:
    points = _points(known, seen, rim, across, down)
    for theme, point in zip(known.themes.values(), points, strict=True):
        if point:
            label = f"{seen.who}: {theme.name} {seen.scores[theme.id]}"
            yield Mark(*point, seen.symbol, seen.colour, label, size)


def _legend(seen: list[_Seen]) -> Iterator[Shape]:
    for number, each in enumerate(seen):
        across = 8 if number == 0 else WIDTH - 8
        inward = 1 if number == 0 else -1
        yield Mark(across, 10, each.symbol, each.colour, each.who, 11)
        anchor: Anchor = "left" if number == 0 else "right"
        yield Words(across + 12 * inward, 10, each.who, anchor=anchor, size=15, bold=True)


def _name(theme: Theme, number: int, count: int, *, bold: bool) -> Words:
    x, y = _at(ACROSS, MIDDLE, RIM + 8, number, count)
    side = round(sin(2 * pi * number / count), 6)
    if side == 0:
        return Words(x, y + (-6 if number == 0 else 6), theme.name, size=15, bold=bold)
    return Words(x, y, theme.name, anchor="left" if side > 0 else "right", size=15, bold=bold)


def _at(across: float, down: float, out: float, number: int, count: int) -> Point:
    """Give the place on a spoke; the first points up, and they go round as a clock does."""
    turn = 2 * pi * number / count
    return across + out * sin(turn), down - out * cos(turn)


def _out(scale: Scale, score: int, rim: float) -> float:
    """How far from the centre a score lies; even the lowest has its ring."""
    steps = scale.high - scale.low + 1
    return rim * (score - scale.low + 1) / steps


# --- the words -----------------------------------------------------------------------------


def lowest(known: Wheel, scores: Scores) -> list[Theme]:
    """Return the themes with the lowest score, unless all scores are the same."""
    least = min(scores.values(), default=None)
    if least is None or (len(set(scores.values())) == 1 and len(scores) > 1):
        return []
    return [each for each in known.themes.values() if scores.get(each.id) == least]


def apart(known: Wheel, mine: Scores, residents: Scores) -> list[Theme]:
    """Return the themes on which two sets of scores are far apart."""
    return [
        each
        for each in known.themes.values()
        if each.id in mine
        and each.id in residents
        and abs(mine[each.id] - residents[each.id]) >= FAR
    ]


def _own_takeaway(
    known: Wheel,
    mine: Scores,
    residents: Scores | None,
    chosen: Theme | None,
    together: bool,
) -> str:
    if not mine:
        return "Nothing is scored yet. Score a theme above, and it appears here."
    if chosen:
        return _of_theme(known, mine, residents, chosen)
    count = len(known.themes)
    said = [
        f"You have scored all {count} themes."
        if len(mine) == count
        else f"You have scored {len(mine)} of {count} themes."
    ]
    said.append(_lowest_said(known, mine))
    if residents is None:
        said.append(
            "There are no scores of residents to lay over yours: they have not been asked yet."
            if together
            else "This is your view alone. Residents have not been asked yet."
        )
    elif together:
        said.append(_apart_said(known, mine, residents))
    return " ".join(said)


def _lowest_said(known: Wheel, mine: Scores) -> str:
    low = lowest(known, mine)
    if not low:
        return "All have the same score." if len(mine) > 1 else ""
    names = words.together([each.name for each in low])
    return f"Lowest in your view, with {mine[low[0].id]} (in bold): {names}."


def _apart_said(known: Wheel, mine: Scores, residents: Scores) -> str:
    both = [each for each in known.themes if each in mine and each in residents]
    if not both:
        return "No theme has a score from both of you yet."
    far = apart(known, mine, residents)
    if not far:
        return f"{_far()} apart: none of the {len(both)} themes that you both scored."
    listed = words.together(
        [f"{each.name} (you {mine[each.id]}, they {residents[each.id]})" for each in far]
    )
    return f"{_far()} apart: {listed}. Ask what stands behind their scores."


def _far() -> str:
    return f"{words.sentence(words.count(FAR))} or more points"


def _of_theme(known: Wheel, mine: Scores, residents: Scores | None, theme: Theme) -> str:
    given = mine.get(theme.id)
    yours = f"you gave it {given}" if given is not None else "you left it open"
    theirs = "residents have not been asked yet"
    if residents is not None:
        score = residents.get(theme.id)
        theirs = f"residents gave it {score}" if score is not None else "residents left it open"
    return f"{theme.text}. Here {yours}; {theirs}."


def _own_alt(
    known: Wheel,
    mine: Scores,
    residents: Scores | None,
    chosen: Theme | None,
    together: bool,
) -> str:
    said = [f"A wheel with {len(known.themes)} spokes.", _listed(known, _first(MY_VIEW, mine))]
    if chosen:
        said.append(f"The spoke {chosen.name} is drawn thick.")
    if residents is not None:
        where = "over it, as diamonds, and in a small wheel below" if together else "below, small"
        said.append(f"Residents’ scores are drawn {where}.")
        said.append(_listed(known, _second("Residents", residents)))
    said.append(f"An empty ring for my team: {NOT_POOLED}.")
    if residents is None:
        said.append(f"An empty ring for residents: {NOT_ASKED}.")
    return " ".join(said)


def _listed(known: Wheel, seen: _Seen) -> str:
    if not seen.scores:
        return f"{seen.who}: nothing scored."
    scores = ", ".join(
        f"{each.name} {seen.scores[each.id]}"
        for each in known.themes.values()
        if each.id in seen.scores
    )
    return f"{seen.who}: {scores}."


def _scale_said(scale: Scale) -> str:
    return (
        f"Near the centre ({scale.low}) there is {_lower(scale.low_label)}, "
        f"at the rim ({scale.high}) {_lower(scale.high_label)}."
    )


def _talk(theme: Theme) -> Html:
    return join(
        (
            pairs(
                (
                    ("You could ask residents", f"“{theme.ask}”"),
                    ("Who may see it differently", theme.otherwise),
                )
            ),
            tag("p", "A low score is a reason to ask. It is not a verdict.", class_="pk-soft"),
        )
    )


def _left_open(residents: Scores | None) -> Html:
    rows = [
        (
            "My team",
            "The spread of a team’s scores comes from a team session, with five people or more. "
            "Until then this ring stays empty.",
        )
    ]
    if residents is None:
        rows.append(
            ("Residents", "Nobody can fill this in for them. It fills when they have been asked.")
        )
    return pairs(rows)


def _views(count: int) -> str:
    return "one view" if count == 1 else f"{words.count(count)} views"


def _given(scores: Scores, theme: Theme) -> str:
    return str(scores[theme.id]) if theme.id in scores else OPEN


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
