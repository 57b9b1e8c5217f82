"""What a document holds. Data only: how it looks is each writer's own matter.

Every text may be anything that a person can type. Writers treat it as text and never as
markup, and make it `plain` first.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

TEXT_WIDTH = 162
"""Millimetres between the margins."""
TALLEST = 200
"""Millimetres that a picture may be high."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINK = re.compile(r"(?:https?://|mailto:)\S+")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `link` is an address it leads to, on the web or by e-mail."""

    text: str
    strong: bool = False
    link: str = ""

    def __post_init__(self) -> None:
        if self.link and not _LINK.fullmatch(self.link):
            raise ValueError(f"A link leads to the web or to an e-mail address: {self.link!r}")


Text = str | tuple[Run, ...]
"""A text, plain or in runs."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` counts from 1, under the document's title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a line break in it stays one."""

    text: Text


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list of points in no set order."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row. `rows` are as long as `headers`; the first cell names its row.

    `widths` says how wide the columns are beside each other; without it, their texts decide.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str = ""
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.headers or any(len(row) != len(self.headers) for row in self.rows):
            raise ValueError("Each row of a table has a cell for each header.")
        if self.widths and len(self.widths) != len(self.headers):
            raise ValueError("Each column of a table has a width, or none has.")


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote, set apart; `by` says who."""

    text: Text
    by: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Short things, each with its label."""

    pairs: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What comes next starts a page, where there are pages."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG with its sizes in pixels, and what it shows in words."""

    svg: str
    alt: str
    width: float
    height: float

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("A picture says in words what it shows.")

    @property
    def across(self) -> float:
        """How wide it is printed, in millimetres: the text's width, or less if it is tall."""
        return min(TEXT_WIDTH, TALLEST * self.width / self.height)


@dataclass(frozen=True, slots=True)
class Together:
    """What stands on one page, where there are pages: it must be lower than a page."""

    blocks: tuple[Block, ...]


Block = Heading | Paragraph | BulletList | Table | Quote | Facts | Picture | PageBreak | Together


@dataclass(frozen=True, slots=True)
class Document:
    """A document.

    Parameters
    ----------
    title
        Its title, on the first page and in the file's properties.
    blocks
        What it says, in order.
    subtitle
        Stands under the title.
    author
        Goes into the file's properties only.
    footer
        What stands at its end: where it comes from, and the licence. A text is a paragraph.
    lang
        The language it is written in (BCP 47).
    made
        When; this too goes into the properties only.
    """

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    author: str = ""
    footer: tuple[Text, ...] = ()
    lang: str = "en-GB"
    made: datetime | None = None


def prose(text: str) -> tuple[Paragraph, ...]:
    """Give what somebody wrote, as paragraphs: an empty line parts two."""
    parts = re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", plain(text).strip("\n"))
    return tuple(Paragraph(part.strip("\n")) for part in parts if part.strip())


def plain(text: str) -> str:
    """Give a text as any format can hold it.

    Line ends become one kind. What no printer can print (control characters, halves of
    characters) becomes the sign for "something is missing here".
    """
    text = re.sub("\r\n?|[\x0b\x0c\u2028\u2029]", "\n", text).replace("\t", " ")
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def runs(text: Text) -> tuple[Run, ...]:
    """Give a text as its runs, made plain."""
    given = (Run(text),) if isinstance(text, str) else text
    return tuple(Run(plain(run.text), run.strong, run.link) for run in given)


def words_of(text: Text) -> str:
    """Give a text without its runs, made plain."""
    return "".join(run.text for run in runs(text))


def shares(table: Table) -> tuple[float, ...]:
    """Give the part of the page's width that each column of a table takes.

    A text four times as long gets twice the width, so that neither it nor a date is squeezed.
    """
    if table.widths:
        return tuple(each / sum(table.widths) for each in table.widths)
    columns = zip(table.headers, *table.rows, strict=True)
    longest = [max(len(words_of(cell)) for cell in column) for column in columns]
    wanted = [math.sqrt(min(max(each, 8), 160)) for each in longest]
    return tuple(each / sum(wanted) for each in wanted)


def right_to_left(text: str) -> bool:
    """Whether a text starts from the right: its first letter that has a direction says so."""
    directions = map(unicodedata.bidirectional, text)
    return next((each != "L" for each in directions if each in ("L", "R", "AL")), False)


def by_direction(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text into pieces of one direction, each with whether it runs from right to left."""
    at = 0
    for found in _FROM_THE_RIGHT.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found.group(), True
        at = found.end()
    if at < len(text):
        yield text[at:], False


_LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_FROM_THE_RIGHT = re.compile(f"{_LETTER}+(?:[ ,.:;'\"()\u200c-\u200f0-9-]*{_LETTER}+)*")
