"""A document as a tagged PDF that keeps to PDF/UA-1, by Typst.

Typst refuses to write what breaks the standard. All letters come from the folder `fonts` or
from Typst itself, never from the machine, so a document looks the same everywhere.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from place_kit.documents._library import library
from place_kit.documents.model import (
    Block,
    BulletList,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Run,
    Table,
    Text,
    Together,
    plain,
    right_to_left,
    runs,
    shares,
    words_of,
)

_HERE = Path(__file__).parent
_NOT_DRAWN = re.compile(r'the text `"(.*?)"` could not be displayed')
_BREAK = "\u200b"
"""Where a long word may break: it fails only with what stands beside it."""
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


def write(document: Document) -> bytes:
    """Write a document as PDF/UA-1.

    A sign that no letters here can show stands there by its number, and the end says so.
    """
    typst = library("typst")
    lost: dict[int, str] = {}
    while True:
        data = json.dumps(_data(document, lost), ensure_ascii=False)
        try:
            made: bytes = typst.compile(
                (_HERE / "document.typ").read_bytes(),
                format="pdf",
                pdf_standards="ua-1",
                sys_inputs={"document": data.translate(lost)},
                font_paths=[_HERE / "fonts"],
                ignore_system_fonts=True,
                root=_HERE,
            )
        except typst.TypstError as error:
            more = _not_drawn(error.diagnostic) - lost.keys()
            if not more:
                raise
            lost |= {sign: f"[U+{sign:04X}]" for sign in more}
        else:
            return made


def _not_drawn(diagnostic: str) -> set[int]:
    """The signs that Typst says it cannot draw."""
    texts = (
        _ESCAPED.sub(lambda one: chr(int(one[1], 16)) if one[1] else one[2], text)
        for text in _NOT_DRAWN.findall(diagnostic)
    )
    # Our letters have all of ASCII: such a sign is named only for what stands on it, and as a
    # quotation mark it would break the data.
    found = {sign for text in texts for sign in text if not sign.isascii()} - {_BREAK}
    # A letter is named too where only the mark on it cannot be drawn: the marks go first.
    marks = {sign for sign in found if unicodedata.category(sign)[0] in "MC"}
    return set(map(ord, marks or found))


def _data(document: Document, lost: dict[int, str]) -> dict[str, Any]:
    """What `document.typ` reads."""
    language, _, region = document.lang.partition("-")
    footer = document.footer
    if lost:
        footer += (
            "Some signs in this text have no shape in the letters of this file. Each stands "
            f"there by its number, such as {min(lost.values())}. The Word file and the plain "
            "text keep them as they were typed.",
        )
    return {
        "title": plain(document.title),
        "author": plain(document.author),
        "lang": language,
        "region": region or None,
        "heading": _text(document.title),
        "subtitle": _maybe(document.subtitle),
        "blocks": list(map(_block, document.blocks)),
        "footer": list(map(_text, footer)),
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": _text(text)}
        case Paragraph(text):
            return {"kind": "paragraph", "text": _text(text)}
        case BulletList(items):
            return {"kind": "bullets", "items": list(map(_text, items))}
        case Quote(text, by):
            return {"kind": "quote", "text": _text(text), "by": _maybe(by)}
        case Facts(pairs):
            each = [[_text(label), _text(text)] for label, text in pairs]
            return {"kind": "facts", "pairs": each}
        case Table(headers, rows, caption, _):
            return {
                "kind": "table",
                "caption": _maybe(caption),
                "widths": shares(block),
                "headers": list(map(_text, headers)),
                "rows": [list(map(_text, row)) for row in rows],
            }
        case Picture(svg, alt):
            return {"kind": "picture", "svg": svg, "alt": plain(alt), "across": block.across}
        case PageBreak():
            return {"kind": "page"}
        case Together(blocks):
            return {"kind": "together", "blocks": list(map(_block, blocks))}


def _maybe(text: str) -> dict[str, Any] | None:
    return _text(text) if text else None


def _text(text: Text) -> dict[str, Any]:
    """A text as its lines, each as its runs."""
    lines: list[list[dict[str, Any]]] = [[]]
    for run in runs(text):
        first, *more = run.text.split("\n")
        lines[-1].append(_run(run, first))
        lines += [[_run(run, line)] for line in more]
    return {"rtl": right_to_left(words_of(text)), "lines": lines}


def _run(run: Run, words: str) -> dict[str, Any]:
    return {"text": words, "strong": run.strong, "link": run.link}
