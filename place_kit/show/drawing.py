"""A picture as a handful of shapes, drawn either by plotly or as plain SVG.

Across, places are per cent of the width; down, they are pixels. So a picture fits
a phone and a wall without a letter changing size. JupyterLab gets the plotly
specification; a page without plotly (an export, a form) gets the SVG: the same
picture, from the same shapes, with nothing fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from textwrap import wrap
from typing import Any, Literal

from place_kit.show import template
from place_kit.show._html import Html, tag

Anchor = Literal["left", "center", "right"]
Dash = Literal["solid", "dash", "dot"]

#: The white border around a picture, in pixels.
SIDE, TOP = 10, 6


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x0: float
    x1: float
    y0: float
    y1: float
    fill: str = template.PAPER
    line: str = template.LINE
    dash: Dash = "solid"
    width: float = 1


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from the left edge: a value of 0 to 100, read against the width."""

    value: float
    y: float
    height: float
    colour: str
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol; `label` says what it stands for."""

    x: float
    y: float
    symbol: str
    colour: str
    label: str
    size: int = 14


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words. `y` is its middle."""

    x: float
    y: float
    text: str
    anchor: Anchor = "center"
    size: int = template.FONT_SIZE
    bold: bool = False
    colour: str = template.INK


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str = template.LINE
    dash: Dash = "solid"
    width: float = 2


Shape = Box | Bar | Mark | Words | Line


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on a sheet of paper `height` pixels tall, in the order they are laid down."""

    height: float
    shapes: tuple[Shape, ...]

    def plotly(self, *, title: str, alt: str, takeaway: str) -> dict[str, Any]:
        """Return the picture as a plotly figure: a plain dict, plotly is not needed for it.

        `layout.meta` carries the words, so that the front end can name the picture
        for those who do not see it.
        """
        return {
            "data": [*_bars(self.shapes), *_markers(self.shapes)],
            "layout": {
                "template": template.template(),
                "meta": {"title": title, "alt": alt, "takeaway": takeaway},
                "autosize": True,
                "height": self.height + 2 * TOP,
                "margin": {"l": SIDE, "r": SIDE, "t": TOP, "b": TOP, "pad": 0},
                "xaxis": {"range": [0, 100]},
                "yaxis": {"range": [self.height, 0]},
                "shapes": [
                    _plotly_box(shape) if isinstance(shape, Box) else _plotly_line(shape)
                    for shape in self.shapes
                    if isinstance(shape, Box | Line)
                ],
                "annotations": [
                    _annotation(shape) for shape in self.shapes if isinstance(shape, Words)
                ],
            },
            "config": template.config(),
        }

    def svg(self, alt: str) -> Html:
        """Return the same picture as SVG, with `alt` as its name."""
        drawn = tag(
            "svg",
            *(_svg(shape) for shape in self.shapes),
            xmlns="http://www.w3.org/2000/svg",
            role="img",
            aria_label=alt,
            width="100%",
            height=_n(self.height),
            overflow="visible",
            font_family=template.FONT,
        )
        style = f"background:{template.PAPER};padding:{TOP}px {SIDE}px"
        return tag("div", drawn, class_="pk-drawing", style=style)

    def file(self, *, title: str, alt: str, width: float) -> str:
        """Return the same picture as an SVG file of its own.

        Parameters
        ----------
        title, alt
            Its name, and what it looks like.
        width
            Pixels across. Letters keep their size, so a narrow picture has large letters once
            it is blown up: good for the back of a room.
        """
        inside = tag(
            "svg",
            *(_svg(shape) for shape in self.shapes),
            x=_n(SIDE),
            y=_n(TOP),
            width=_n(width - 2 * SIDE),
            height=_n(self.height),
            overflow="visible",
        )
        return sheet(inside, title=title, alt=alt, width=width, height=self.height + 2 * TOP)


def sheet(drawn: Html, *, title: str, alt: str, width: float, height: float) -> str:
    """Write a whole SVG file around what is drawn, on white paper."""
    return tag(
        "svg",
        tag("title", title),
        tag("desc", alt),
        tag("rect", width="100%", height="100%", fill=template.PAPER),
        drawn,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        lang="en-GB",
        width=_n(width),
        height=_n(height),
        viewBox=f"0 0 {_n(width)} {_n(height)}",
        font_family=template.FONT,
    )


@lru_cache(1_024)
def lines(text: str, letters: int) -> tuple[str, ...]:
    """Break a text into lines of about the same length, none longer than `letters`.

    A single longer word stays whole.
    """
    least = max(map(len, text.split()), default=1)
    needed = len(wrap(text, max(letters, least)))
    widths = range(max(least, len(text) // max(needed, 1)), letters)
    wrapped = (wrap(text, width) for width in (*widths, max(letters, least)))
    return next(tuple(each) for each in wrapped if len(each) == needed)


def _bars(shapes: tuple[Shape, ...]) -> list[dict[str, Any]]:
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": bar.label,
            "x": [bar.value],
            "y": [bar.y],
            "width": [bar.height],
            "marker": {"color": bar.colour, "line": {"width": 0}},
            "cliponaxis": False,
        }
        for bar in shapes
        if isinstance(bar, Bar)
    ]


def _markers(shapes: tuple[Shape, ...]) -> list[dict[str, Any]]:
    groups: dict[tuple[str, str], list[Mark]] = {}
    for shape in shapes:
        if isinstance(shape, Mark):
            groups.setdefault((shape.symbol, shape.colour), []).append(shape)
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": marks[0].label,
            "x": [mark.x for mark in marks],
            "y": [mark.y for mark in marks],
            "text": [mark.label for mark in marks],
            "marker": {
                "symbol": symbol,
                "size": [mark.size for mark in marks],
                "color": colour,
                "line": {"color": colour, "width": 2.5 if symbol.endswith("-open") else 0},
                "opacity": 1,
            },
            "cliponaxis": False,
        }
        for (symbol, colour), marks in groups.items()
    ]


def _plotly_box(box: Box) -> dict[str, Any]:
    return {
        "type": "rect",
        "layer": "below",
        "x0": box.x0,
        "x1": box.x1,
        "y0": box.y0,
        "y1": box.y1,
        "fillcolor": box.fill,
        "line": {"color": box.line, "width": box.width, "dash": box.dash},
    }


def _plotly_line(line: Line) -> dict[str, Any]:
    return {
        "type": "line",
        "layer": "below",
        "x0": line.x0,
        "x1": line.x1,
        "y0": line.y0,
        "y1": line.y1,
        "line": {"color": line.colour, "width": line.width, "dash": line.dash},
    }


def _annotation(words: Words) -> dict[str, Any]:
    # Plotly reads a few tags in text, so what is text must be escaped for it too.
    text = escape(words.text, quote=False)
    return {
        "x": words.x,
        "y": words.y,
        "text": f"<b>{text}</b>" if words.bold else text,
        "showarrow": False,
        "xanchor": words.anchor,
        "yanchor": "middle",
        "align": words.anchor,
        "borderpad": 0,
        "font": {"size": words.size, "color": words.colour},
    }


_DASHES: dict[Dash, str | None] = {"solid": None, "dash": "6 4", "dot": "2 3"}


def _svg(shape: Shape) -> Html:
    match shape:
        case Box():
            return _rect(
                shape.x0,
                shape.x1,
                shape.y0,
                shape.y1,
                fill=shape.fill,
                stroke=shape.line if shape.width else None,
                stroke_width=_n(shape.width) if shape.width else None,
                stroke_dasharray=_DASHES[shape.dash],
            )
        case Line():
            return tag(
                "line",
                x1=f"{_n(shape.x0)}%",
                y1=_n(shape.y0),
                x2=f"{_n(shape.x1)}%",
                y2=_n(shape.y1),
                stroke=shape.colour,
                stroke_width=_n(shape.width),
                stroke_dasharray=_DASHES[shape.dash],
            )
        case Bar():
            half = shape.height / 2
            return _rect(0, shape.value, shape.y - half, shape.y + half, fill=shape.colour)
        case Words():
            return tag(
                "text",
                shape.text,
                x=f"{_n(shape.x)}%",
                y=_n(shape.y),
                dy="0.35em",
                text_anchor={"left": "start", "center": "middle", "right": "end"}[shape.anchor],
                font_size=_n(shape.size),
                font_weight="bold" if shape.bold else None,
                fill=shape.colour,
            )
        case Mark(symbol="circle"):
            r = _n(shape.size / 2)
            return tag("circle", cx=f"{_n(shape.x)}%", cy=_n(shape.y), r=r, fill=shape.colour)
        case Mark():
            # A path has no percentages; an inner picture carries it to its place.
            path = tag("path", d=_path(shape), **_paint(shape))
            place = {"x": f"{_n(shape.x)}%", "y": _n(shape.y)}
            return tag("svg", path, **place, overflow="visible", aria_hidden="true")


def _rect(x0: float, x1: float, y0: float, y1: float, **paint: str | None) -> Html:
    return tag(
        "rect",
        x=f"{_n(x0)}%",
        y=_n(min(y0, y1)),
        width=f"{_n(x1 - x0)}%",
        height=_n(abs(y1 - y0)),
        **paint,
    )


def _path(mark: Mark) -> str:
    """Draw plotly's symbol of that name, in plotly's sizes."""
    r = mark.size / 2
    match mark.symbol.removesuffix("-open"):
        case "circle":
            return f"M{_n(r)},0A{_n(r)},{_n(r)} 0 1,1 0,{_n(-r)}A{_n(r)},{_n(r)} 0 0,1 {_n(r)},0Z"
        case "triangle-up":
            wide, low = r * 2 / 3**0.5, r / 2
            return f"M{_n(-wide)},{_n(low)}H{_n(wide)}L0,{_n(-r)}Z"
        case "triangle-down":
            wide, low = r * 2 / 3**0.5, r / 2
            return f"M{_n(-wide)},{_n(-low)}H{_n(wide)}L0,{_n(r)}Z"
        case "triangle-right":
            wide, low = r * 2 / 3**0.5, r / 2
            return f"M{_n(-low)},{_n(-wide)}V{_n(wide)}L{_n(r)},0Z"
        case "triangle-left":
            wide, low = r * 2 / 3**0.5, r / 2
            return f"M{_n(low)},{_n(-wide)}V{_n(wide)}L{_n(-r)},0Z"
        case "diamond":
            d = r * 1.3
            return f"M{_n(d)},0L0,{_n(d)}L{_n(-d)},0L0,{_n(-d)}Z"
        case "line-ew":
            return f"M{_n(r * 1.4)},0H{_n(-r * 1.4)}"
    raise ValueError(f"no drawing for the symbol {mark.symbol!r}")


def _paint(mark: Mark) -> dict[str, str | bool | None]:
    if mark.symbol.endswith("-open"):
        return {"fill": "none", "stroke": mark.colour, "stroke_width": "2.5"}
    return {"fill": mark.colour}


def _n(number: float) -> str:
    return f"{number:.4g}" if abs(number) < 1000 else f"{number:.1f}"
