"""A card: what the course shows, with its words, for the eye and the ear alike.

A picture never stands alone. Where JupyterLab would show only the drawing, a card
puts out three things, one below the other: what the picture says, the picture, and
the same as a table with its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from place_kit.show._html import EMPTY, Html, details, join, tag
from place_kit.show.drawing import Drawing

PLOTLY = "application/vnd.plotly.v1+json"


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers or words behind a picture; the first cell of a row is its heading."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def html(self) -> Html:
        """Write the table, with a caption and a heading for each column and row."""
        head = tag("tr", *(tag("th", column, scope="col") for column in self.columns))
        body = (
            tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:]))
            for row in self.rows
        )
        table = tag(
            "table",
            tag("caption", self.caption),
            tag("thead", head),
            tag("tbody", *body),
            class_="pk-many" if len(self.columns) > 3 else None,
        )
        # What scrolls sideways must be reached by keyboard, and so needs a name.
        return tag(
            "div", table, class_="pk-wide", tabindex="0", role="group", aria_label=self.caption
        )


@dataclass(frozen=True, slots=True)
class Card:
    """Something to show.

    Parameters
    ----------
    title
        What it is about.
    takeaway
        What to see in it, in a sentence or two; no more than the evidence says.
    alt
        What the drawing looks like, for those who do not see it.
    table
        The same as a table.
    drawing
        The picture, if there is one.
    source
        Where it comes from.
    body
        What stands below the takeaway, or below the picture if there is one.
    level
        Of its title, among the headings of the page: 2 for what stands right below the title of
        the page, before its first part.
    """

    title: str
    takeaway: str
    alt: str = ""
    table: Table | None = None
    drawing: Drawing | None = None
    source: str = ""
    body: Html = EMPTY
    level: int = 3

    @property
    def figure(self) -> dict[str, Any] | None:
        """The picture as a plotly figure, a plain dict; None for a card without one."""
        if self.drawing is None:
            return None
        return self.drawing.plotly(title=self.title, alt=self.alt, takeaway=self.takeaway)

    def html(self) -> Html:
        """Write all of the card as one piece of HTML, without its style."""
        if self.drawing is None:
            return tag("div", *self.parts(), class_="pk-card pk-boxed")
        return join((self._before(), self.drawing.svg(self.alt), self._after()))

    def parts(self) -> tuple[Html, Html]:
        """Return the card in two pieces: what is read out when it appears, and the rest."""
        words = (self._title(), _takeaway(self.takeaway))
        if self.drawing is None:
            return join((*words, self.body, self._source())), EMPTY
        return join(words), join((self.drawing.svg(self.alt), self._after()))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Return the card as one bundle, for whoever wants just one."""
        bundle = {"text/html": style() + self.html(), "text/plain": self.text()}
        figure = self.figure
        return bundle if figure is None else {PLOTLY: figure, **bundle}

    def _ipython_display_(self) -> None:
        from IPython.display import publish_display_data

        for bundle in self.outputs():
            publish_display_data(bundle)

    def outputs(self) -> tuple[dict[str, Any], ...]:
        """Return what is put out, one below the other.

        The drawing's `text/html` is the SVG alone, so that a page without plotly has
        the picture and, as everywhere, one takeaway and one table.
        """
        if self.drawing is None:
            return (self._repr_mimebundle_(),)
        before = {"text/html": style() + self._before(), "text/plain": self.text()}
        drawn = {
            PLOTLY: self.figure,
            "text/html": str(self.drawing.svg(self.alt)),
            "text/plain": self.alt,
        }
        after = {"text/html": str(self._after()), "text/plain": self.source}
        return before, drawn, after

    def text(self) -> str:
        """Return the card in a sentence or two: the takeaway, where there is one."""
        return self.takeaway or self.alt or self.title

    def _title(self) -> Html:
        return tag(f"h{self.level}", self.title, class_="pk-title") if self.title else EMPTY

    def _before(self) -> Html:
        parts = (self._title(), _takeaway(self.takeaway))
        return tag("div", *parts, class_="pk-card pk-before")

    def _after(self) -> Html:
        table = self.table.html() if self.table else ""
        words = details(
            "The same in words and as a table",
            tag("p", tag("strong", "What the picture shows. "), self.alt),
            tag("div", table, class_="pk-part"),
        )
        return tag("div", self.body, self._source(), words, class_="pk-card pk-after")

    def _source(self) -> Html:
        if not self.source:
            return EMPTY
        return tag("p", f"Source: {self.source}", class_="pk-soft")


@cache
def style() -> Html:
    """Return the cards' style, which stands in each output: an output may travel alone."""
    css = files(__package__).joinpath("card.css").read_text(encoding="utf-8")
    return Html(f"<style>{css}</style>")


def _takeaway(takeaway: str) -> Html:
    return tag("p", takeaway, class_="pk-takeaway") if takeaway else EMPTY
