"""The one look of the pictures: colours, symbols, and plotly's layout template.

Colours come from Okabe and Ito's palette, which people with any common kind of
colour vision can tell apart; three are darkened so that each has a contrast of at
least 3:1 on paper and on its own tint. Colour never says a thing alone: a kind of
evidence always has its name above its column, a finding its symbol and its word.
"""

from __future__ import annotations

from typing import Any

from place_kit.facts.model import ClaimKind, Finding

PAPER = "#ffffff"
INK = "#1f2933"
QUIET = "#4a5763"
LINE = "#6b7680"
TRACK = "#f3f5f7"

FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
FONT_SIZE = 13

#: Kinds of evidence are different things, not more or less of one: hues, no ramp.
KIND_COLOURS: dict[ClaimKind, str] = {
    "activity": "#0072b2",
    "process": "#00795a",
    "cost": "#b34d00",
    "outcome": "#a13c7d",
}
KIND_TINTS: dict[ClaimKind, str] = {
    "activity": "#eaf4fa",
    "process": "#e9f5f1",
    "cost": "#fbf1ea",
    "outcome": "#f8eff5",
}

#: plotly's names for the symbols; each has its own outline, so shape alone tells them apart.
FINDING_SYMBOLS: dict[Finding, str] = {
    "reported": "circle",
    "early": "triangle-up",
    "unclear": "diamond-open",
    "not_reported": "line-ew-open",
}


def template() -> dict[str, Any]:
    """Return plotly's layout template, shared by every picture.

    White paper, so that a picture reads the same in a light and a dark notebook;
    axes hidden, because the pictures write their own labels.
    """
    axis = {
        "visible": False,
        "fixedrange": True,
        "zeroline": False,
        "showgrid": False,
        "automargin": False,
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": FONT_SIZE, "color": INK},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "colorway": list(KIND_COLOURS.values()),
            "showlegend": False,
            "hovermode": False,
            "dragmode": False,
            "xaxis": axis,
            "yaxis": axis,
            "bargap": 0,
        }
    }


def config() -> dict[str, Any]:
    """Return plotly's configuration: a still picture, as wide as its place."""
    return {"staticPlot": True, "displayModeBar": False, "responsive": False}
