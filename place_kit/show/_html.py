"""Safe HTML, in three lines of use: `tag("p", "a < b")` is `<p>a &lt; b</p>`.

Text is escaped unless it is `Html`, and only this module makes `Html` from
pieces. So whatever stands in the content files, it stays text on the page.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from functools import cache


class Html(str):
    """HTML that is already safe."""

    __slots__ = ()


EMPTY = Html("")


def escape(text: str) -> Html:
    """Make `text` safe; `Html` passes as it is."""
    return text if isinstance(text, Html) else Html(html.escape(text))


def join(parts: Iterable[str], between: str = "") -> Html:
    """Put parts together, each made safe."""
    return Html(escape(between).join([escape(part) for part in parts]))


def tag(name: str, /, *children: str, **attributes: str | bool | None) -> Html:
    """Write one element.

    Parameters
    ----------
    name
        The element's name.
    *children
        Its contents; plain text is escaped.
    **attributes
        Its attributes. A trailing underscore is dropped (`class_`), others
        become hyphens (`aria_label`). `True` writes the name alone; `None`,
        `False` and a class of nothing are left out.
    """
    written = "".join(
        f" {_name(key)}" if value is True else f' {_name(key)}="{html.escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Html(f"<{name}{written}>{join(children)}</{name}>")


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def items(texts: Iterable[str], name: str = "ul", **attributes: str | bool | None) -> Html:
    """Write a list; nothing at all if there is nothing to list."""
    rows = [tag("li", text) for text in texts]
    return tag(name, *rows, **attributes) if rows else EMPTY


def pairs(rows: Iterable[tuple[str, str]], **attributes: str | bool | None) -> Html:
    """Write a description list of the pairs that have a description."""
    parts = [join((tag("dt", term), tag("dd", text))) for term, text in rows if text]
    return tag("dl", *parts, **attributes) if parts else EMPTY


def details(summary: str, *children: str, **attributes: str | bool | None) -> Html:
    """Write something that opens."""
    return tag("details", tag("summary", summary), *children, **attributes)
