"""A picture as PNG, from its SVG: by Typst, with the same letters as the PDF on every machine."""

from __future__ import annotations

from pathlib import Path

from place_kit.documents._library import library

_FONTS = Path(__file__).parent / "fonts"
_SHEET = b"""
#set page(width: float(sys.inputs.width) * 1pt, height: auto, margin: 0pt)
#set text(font: "Noto Sans")
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""


def png(svg: str, width: int = 1600) -> bytes:
    """Draw an SVG file as a PNG of so many pixels across."""
    made: bytes = library("typst").compile(
        _SHEET,
        format="png",
        ppi=72,
        sys_inputs={"svg": svg, "width": str(width)},
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        root=_FONTS,
    )
    return made
