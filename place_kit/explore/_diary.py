"""The journal's page as a widget: the texts, a search box, files to download."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from place_kit.explore.controls import STATIC, Controls
from place_kit.show.card import Card


class Diary(anywidget.AnyWidget):  # type: ignore[misc]
    """Texts to search; searching happens on the page alone.

    Parameters
    ----------
    page
        ``{"html", "nothing", "files"}``, as `place_kit.explore.journal.page` makes it.
    printed
        What stands here where there is no live page.
    """

    _esm = STATIC / "journal.js"
    _css = Controls._css + (STATIC / "journal.css").read_text(encoding="utf-8")

    page = traitlets.Dict().tag(sync=True)

    def __init__(self, page: dict[str, Any], printed: Card) -> None:
        self._printed = printed
        super().__init__(page=page)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the live view; and, for a reader without one, no text at all."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        printed = self._printed._repr_mimebundle_()
        return {**data, **printed}, metadata
