"""A round picture: as far down as across, and shrinking as a whole.

The other pictures stretch with the page, which would make an egg of a wheel. Here one
unit is as long in both directions, and the words shrink with the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from place_kit.show import template
from place_kit.show._html import Html, tag
from place_kit.show.drawing import (
    _DASHES,
    SIDE,
    TOP,
    Dash,
    Drawing,
    Line,
    Mark,
    Shape,
    Words,
    _n,
    _paint,
    _path,
    sheet,
)

ROOMIER = 1.25
"""Pixels of a plotly figure to a unit, at most: plotly has no width of its own to go by."""

LARGEST = 32
"""How wide it grows, in letters of the page: a wheel need not fill a desk's screen."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A shape with straight sides, through its points."""

    points: tuple[tuple[float, float], ...]
    fill: str = "none"
    line: str = template.LINE
    dash: Dash = "solid"
    width: float = 1

    @property
    def path(self) -> str:
        """Its outline, as SVG and plotly both write it."""
        return "M" + "L".join(f"{_n(x)},{_n(y)}" for x, y in self.points) + "Z"


@dataclass(frozen=True, slots=True)
class Round(Drawing):
    """Shapes on a sheet `width` by `height`, both in the same unit; patches lie lowest.

    Of the shapes only lines, marks and words may stand here.
    """

    width: float = 360
    patches: tuple[Patch, ...] = ()

    def plotly(self, *, title: str, alt: str, takeaway: str) -> dict[str, Any]:
        """Return the picture as a plotly figure whose axes keep one unit as long as the other."""
        figure = Drawing.plotly(self, title=title, alt=alt, takeaway=takeaway)
        layout = figure["layout"]
        layout["shapes"] = [*map(_plotly_patch, self.patches), *layout["shapes"]]
        layout["height"] = ROOMIER * self.height + 2 * TOP
        layout["xaxis"] = {"range": [0, self.width], "constrain": "domain"}
        layout["yaxis"] = {
            "range": [self.height, 0],
            "scaleanchor": "x",
            "scaleratio": 1,
            "constrain": "domain",
            "constraintoward": "top",
        }
        return figure

    def svg(self, alt: str) -> Html:
        """Return the same picture as SVG, with `alt` as its name."""
        drawn = tag(
            "svg",
            *map(_svg_patch, self.patches),
            *map(_svg, self.shapes),
            xmlns="http://www.w3.org/2000/svg",
            role="img",
            aria_label=alt,
            viewBox=f"0 0 {_n(self.width)} {_n(self.height)}",
            font_family=template.FONT,
            style=f"display:block;width:100%;max-width:{LARGEST}rem;height:auto;margin:0 auto",
        )
        style = f"background:{template.PAPER};padding:{TOP}px {SIDE}px"
        return tag("div", drawn, class_="pk-drawing", style=style)

    def file(self, *, title: str, alt: str, width: float) -> str:
        """Return the same picture as an SVG file of its own; its letters grow with `width`."""
        inner = width - 2 * SIDE
        height = inner * self.height / self.width
        drawn = tag(
            "svg",
            *map(_svg_patch, self.patches),
            *map(_svg, self.shapes),
            viewBox=f"0 0 {_n(self.width)} {_n(self.height)}",
            x=_n(SIDE),
            y=_n(TOP),
            width=_n(inner),
            height=_n(height),
        )
        return sheet(drawn, title=title, alt=alt, width=width, height=height + 2 * TOP)


def _plotly_patch(patch: Patch) -> dict[str, Any]:
    return {
        "type": "path",
        "layer": "below",
        "path": patch.path,
        "fillcolor": "rgba(0,0,0,0)" if patch.fill == "none" else patch.fill,
        "line": {"color": patch.line, "width": patch.width, "dash": patch.dash},
    }


def _svg_patch(patch: Patch) -> Html:
    return tag(
        "path",
        d=patch.path,
        fill=patch.fill,
        stroke=patch.line,
        stroke_width=_n(patch.width),
        stroke_dasharray=_DASHES[patch.dash],
    )


def _svg(shape: Shape) -> Html:
    match shape:
        case Line():
            return tag(
                "line",
                x1=_n(shape.x0),
                y1=_n(shape.y0),
                x2=_n(shape.x1),
                y2=_n(shape.y1),
                stroke=shape.colour,
                stroke_width=_n(shape.width),
                stroke_dasharray=_DASHES[shape.dash],
            )
        case Words():
            return tag(
                "text",
                shape.text,
                x=_n(shape.x),
                y=_n(shape.y),
                dy="0.35em",
                text_anchor={"left": "start", "center": "middle", "right": "end"}[shape.anchor],
                font_size=_n(shape.size),
                font_weight="bold" if shape.bold else None,
                fill=shape.colour,
            )
        case Mark():
            move = f"translate({_n(shape.x)} {_n(shape.y)})"
            return tag("path", d=_path(shape), transform=move, **_paint(shape))
    raise ValueError(f"a round picture has no place for {type(shape).__name__}")
