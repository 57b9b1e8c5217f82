"""A document as plain text, to read anywhere and to paste into a form."""

from __future__ import annotations

from collections.abc import Iterator

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
    Table,
    Text,
    Together,
    plain,
    runs,
    words_of,
)


def write(document: Document) -> str:
    """Write a document as plain text; paragraphs are not wrapped."""
    parts = [plain(document.title), plain(document.subtitle)]
    parts += [part for block in document.blocks for part in _block(block)]
    parts += map(_text, document.footer)
    return "\n\n".join(filter(None, parts)) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(_, text):
            yield plain(text)
        case Paragraph(text):
            yield _text(text)
        case BulletList(items):
            yield "\n".join(f"- {_text(item)}" for item in items)
        case Table(headers, rows, caption, _):
            yield plain(caption)
            for row in rows:
                yield _pairs(zip(headers, row, strict=True))
        case Quote(text, by):
            yield f"“{_text(text)}”" + (f"\n({plain(by)})" if by else "")
        case Facts(pairs):
            yield _pairs(pairs)
        case Picture(alt=alt):
            yield f"Picture: {plain(alt)}"
        case PageBreak():
            return
        case Together(blocks):
            for one in blocks:
                yield from _block(one)


def _pairs(pairs: Iterator[tuple[str, Text]] | tuple[tuple[str, Text], ...]) -> str:
    return "\n".join(f"{plain(label)}: {_text(text)}" for label, text in pairs if words_of(text))


def _text(text: Text) -> str:
    return "".join(
        f"{run.text} ({run.link})" if run.link and run.link != run.text else run.text
        for run in runs(text)
    )
