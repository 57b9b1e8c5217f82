"""Documents to keep and to send: one model, and a writer for each format.

`Document` says what a document holds; each writer is a pure function of it::

    Document(title="A record", blocks=(Heading(1, "What I did"), Paragraph("I listened.")))
    docx.write(document)   # bytes: Word, to edit
    pdf.write(document)    # bytes: tagged PDF (PDF/UA-1), to keep
    text.write(document)   # str: plain text, to paste
"""

from __future__ import annotations

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
    prose,
)

__all__ = [
    "Block",
    "BulletList",
    "Document",
    "Facts",
    "Heading",
    "PageBreak",
    "Paragraph",
    "Picture",
    "Quote",
    "Run",
    "Table",
    "Text",
    "Together",
    "prose",
]
